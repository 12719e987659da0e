/** Release by two from end to end: a hold over the simulator, a register in a folder, and approvals that the command signs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../../src/cli';
import { FolderStore } from '../../../src/register';
import { startSimulator, type Simulator } from '../../../src/simulator';
import { Approver } from '../../support/approvers';
import { registersIn } from '../../support/registers';
import { attach, type Attached } from '../attached';

const HOLD = 'genesyscloud_compliance_legalhold.acme';
const CONVERSATION = '00000017-0000-4000-8000-000000000001';
const REASON = 'Acme v. Example was settled';
const [anna, bo] = [new Approver(), new Approver()] as const;

let simulator: Simulator;
let attached: Attached;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'approvals-'));
  simulator = await startSimulator({ seed: { conversations: [{ id: CONVERSATION, start: '2026-01-10T12:00:00Z' }] } });
  const register = join(folder, 'register');
  attached = await attach({
    env: { ...simulator.env, GENESYSCLOUD_COMPLIANCE_REGISTER: register },
    registers: registersIn(new FolderStore(register)),
  });
});
afterEach(async () => {
  await attached.close();
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

const configuration = (more: string) => `
provider "genesyscloud" {
  release_approvers = ${JSON.stringify([anna.pem, bo.pem])}
}
resource "genesyscloud_compliance_legalhold" "acme" {
  name             = "Acme v. Example"
  conversation_ids = ["${CONVERSATION}"]
  release_on_destroy = true
  release_reason     = "${REASON}"
  ${more}
}
`;

/** Signs with the command, as an approver on another machine would. */
async function sign(name: string, by: Approver): Promise<string> {
  const [key, out] = [join(folder, `${name}.pem`), join(folder, `${name}.json`)];
  writeFileSync(key, by.privatePem);
  const words = ['--matter', 'Acme v. Example', '--reason', REASON, '--key', key, '--out', out];
  let said = '';
  const code = await runCli(['approve', '--register', join(folder, 'register'), ...words], {
    out: (text) => void (said += text),
    err: (text) => void (said += text),
    signal: new AbortController().signal,
  });
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('1 conversation would no longer be held') });
  return out;
}

test('a hold is let go when two have signed what they saw, and the register keeps their signatures', async () => {
  const { workspace } = attached;
  workspace.write(configuration(''));
  await workspace.apply();
  const refused = await workspace.run(['destroy', '-auto-approve']);
  expect(refused.code).toBe(1);
  expect(refused.text).toContain('Release is not approved');

  expect(simulator.state().protected).toEqual([CONVERSATION]);

  const files = [await sign('anna', anna), await sign('bo', bo)];
  workspace.write(configuration(`release_approvals = [${files.map((file) => `file("${file}")`).join(', ')}]`));
  await workspace.apply();
  expect(await workspace.attributes(HOLD)).toMatchObject({
    release_approvals: files.map((file) => readFileSync(file, 'utf8')),
  });
  expect((await workspace.run(['destroy', '-auto-approve'])).code).toBe(0);

  expect(simulator.state().protected).toEqual([]);
  let shown = '';
  const code = await runCli(['holds', '--register', join(folder, 'register'), '--verify'], {
    out: (text) => void (shown += text),
    err: (text) => void (shown += text),
    signal: new AbortController().signal,
  });
  expect(code).toBe(0);
  expect(shown).toContain('Whatever takes approvals has them: 1 release, 0 changes of approvers.');
});
