/** Releases, of what jobs of S3 Batch Operations have held, too, with the real terraform against the simulator. */
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeleteBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { ListJobsCommand } from '@aws-sdk/client-s3-control';
import { existsSync } from 'node:fs';
import { startSimulator, type Simulator } from '../../../src/simulator';
import { Aws } from '../../simulator/aws';
import { QUICK_IN_S3, registersIn } from '../../support/registers';
import { attach, type Attached } from '../attached';

const HOLD = 'genesyscloud_compliance_object_hold.files';
const CONSENT = 'release_on_destroy = true\nrelease_reason = "settled"';
const COUNT = 120;

// Many runs of terraform each, and jobs are looked at every two seconds.
jest.setTimeout(240_000);

let simulator: Simulator;
let attached: Attached;
let aws: Aws;
let roleArn: string;
const environment = { ...process.env };

beforeEach(async () => {
  simulator = await startSimulator({ seed: 'none', batchStateMs: 1, batchTasksPerSecond: 1_000_000 });
  aws = new Aws(simulator);
  // The provider runs in this process, and the AWS SDK looks for keys and addresses in its environment.
  Object.assign(process.env, simulator.env);
  attached = await attach({ env: { ...simulator.env }, registers: registersIn(undefined, { timing: QUICK_IN_S3 }) });
  await aws.lockedBucket('recordings');
  await aws.lockedBucket('reports');
  simulator.seed({ objects: { bucket: 'recordings', prefix: 'org/', count: COUNT } });
  roleArn = await batchRole(['s3:GetObject*', 's3:PutObject*', 's3:GetBucketObjectLockConfiguration']);
});
afterEach(async () => {
  await attached.close();
  aws.close();
  await simulator.stop();
  process.env = { ...environment };
});

async function batchRole(actions: readonly string[]): Promise<string> {
  const policy = (more: object): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
  const trust = { Principal: { Service: 'batchoperations.s3.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const RoleName = 'batch';
  const { Role } = await aws.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(trust) }));
  const PolicyDocument = policy({ Action: actions, Resource: 'arn:aws:s3:::*' });
  await aws.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'hold', PolicyDocument }));
  return Role?.Arn ?? '';
}

const main = (more = ''): string => `
  resource "genesyscloud_compliance_object_hold" "files" {
    bucket           = "recordings"
    prefix           = "org/"
    tags             = { matter = "M-17" }
    engine           = "batch_operations"
    batch_operations = { role_arn = "${roleArn}", report_bucket = "reports" }
    ${more}
  }`;
const keyOf = (n: number): string => `org/${String(n).padStart(9, '0')}.json`;
const recordings = () => simulator.state().buckets.find(({ name }) => name === 'recordings');
/** What the jobs made so far were for. */
async function jobsMade(): Promise<readonly string[]> {
  const { Jobs = [] } = await aws.control.send(new ListJobsCommand({ AccountId: roleArn.split(':')[4] ?? '' }));
  return Jobs.map(({ Description }) => Description?.replace(/^.*: /, '') ?? '').sort();
}
const holdRequests = () =>
  simulator.s3Requests().filter(({ method, query }) => method === 'PUT' && 'legal-hold' in query);

async function holdAll(): Promise<void> {
  attached.workspace.write(main(CONSENT));
  await attached.workspace.apply();
  expect(recordings()).toMatchObject({ held: COUNT, tagged: COUNT });
}

test('destroying releases what jobs have held, request by request; what another matter held before stays held', async () => {
  simulator.changeObjectsQuietly({ bucket: 'recordings', key: keyOf(5), legalHold: 'ON' });
  await holdAll();

  const destroyed = await attached.workspace.run(['destroy', '-auto-approve']);

  expect(destroyed.code).toBe(0);
  expect(destroyed.text).toContain('Some object versions stay held');
  expect(await jobsMade()).toEqual(['legal hold ON', 'set tags matter']);
  // A job cannot be stopped when somebody claims the same versions; a request is good for some seconds only.
  const lifts = holdRequests();
  expect(new Set(lifts.map(({ path }) => path)).size).toBe(COUNT - 1);
  expect(lifts.every(({ query }) => Number(query['X-Amz-Expires']) <= 6)).toBe(true);
  expect(recordings()).toMatchObject({ held: 1, tagged: COUNT });
});

test('a version that may not be released is named and stays in state; the next destroy finishes', async () => {
  await holdAll();
  const guard = { Effect: 'Deny', Principal: '*', Action: 's3:PutObjectLegalHold' };
  const Statement = [{ ...guard, Resource: `arn:aws:s3:::recordings/${keyOf(7)}` }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await aws.s3.send(new PutBucketPolicyCommand({ Bucket: 'recordings', Policy }));

  const refused = await attached.workspace.run(['destroy', '-auto-approve']);

  expect(refused.code).toBe(1);
  expect(refused.text).toContain('Object hold could not be released');
  expect(refused.text).toContain(keyOf(7));
  expect(refused.text).toContain('AccessDenied');
  expect(recordings()).toMatchObject({ held: 1 });
  expect(await attached.workspace.attributes(HOLD)).toMatchObject({ release_on_destroy: true });

  await aws.s3.send(new DeleteBucketPolicyCommand({ Bucket: 'recordings' }));
  const destroyed = await attached.workspace.run(['destroy', '-auto-approve']);
  expect(destroyed.code).toBe(0);
  expect(recordings()).toMatchObject({ held: 0, tagged: COUNT });
});

test('the legal hold is turned off in place only with consent in state; the tags stay, and the plan is empty', async () => {
  attached.workspace.write(main());
  await attached.workspace.apply();
  attached.workspace.write(main(`object_lock_legal_hold = false\n${CONSENT}`));
  const refused = await attached.workspace.run(['plan']);
  expect(refused.code).toBe(1);
  expect(refused.text).toContain('Object hold would be released');

  attached.workspace.write(main(CONSENT));
  await attached.workspace.apply();
  attached.workspace.write(main(`object_lock_legal_hold = false\n${CONSENT}`));
  const plan = await attached.workspace.plan();
  expect(plan.text).toContain(`releases ${COUNT} of ${COUNT}`);
  expect(plan.text).toContain('0 to add, 1 to change, 0 to destroy');
  await attached.workspace.apply();

  expect(recordings()).toMatchObject({ held: 0, tagged: COUNT });
  expect(await attached.workspace.attributes(HOLD)).toMatchObject({
    status: 'active',
    held_count: null,
    tagged_count: COUNT,
  });
  expect((await attached.workspace.plan()).code).toBe(0);
  const { journal_path: journal } = await attached.workspace.attributes(HOLD);
  expect(existsSync(String(journal))).toBe(true);
  expect((await attached.workspace.run(['destroy', '-auto-approve'])).code).toBe(0);
});
