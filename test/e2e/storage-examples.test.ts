import { startSimulator, type Simulator } from '../../src/simulator';
import { changesIn, Stacks } from './stacks';

let simulator: Simulator;
let stacks: Stacks;

beforeAll(async () => {
  simulator = await startSimulator();
  stacks = await Stacks.install(simulator.env);
});
afterAll(async () => {
  await simulator.stop();
  stacks.remove();
});

describe('an example with storage', () => {
  test.each([
    ['examples/cdktf/existing-role.ts', 'existing-role', ['aws_iam_role', 'aws_iam_role_policy']],
    ['examples/cdktf/several-matters.ts', 'matters', ['aws_iam_role', 'aws_iam_role_policy', 'aws_s3_bucket']],
  ])('%s: terraform can plan it', async (program, stack, types) => {
    const synthesised = await stacks.synth(program);
    expect(synthesised).toMatchObject({ code: 0 });
    const initialised = await stacks.terraform(stack, 'init', '-input=false');
    expect(initialised).toMatchObject({ code: 0 });

    const planned = await stacks.plan(stack);

    expect(planned.text).not.toContain('Error:');
    expect(changesIn(planned.plan)).toMatchObject({
      ...Object.fromEntries(types.map((type) => [type, 'create'])),
      genesyscloud_recording_export_job: 'create',
      genesyscloud_compliance_legalhold: 'create',
    });
  });
});
