import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator';
import { attach, type Attached } from '../attached';
import { errorsIn, type Run } from '../workspace';

/** Our own governor would spread the requests of a test over a minute. */
const HURRIED = { GENESYSCLOUD_REQUESTS_PER_MINUTE: '6000' };
const QUICK = { pendingMs: 50, processingMs: 100, exportDelayMs: 100, rateLimitPerMinute: 10_000 };

let simulator: Simulator;
let attached: Attached;

async function start(options: SimulatorOptions, env: Readonly<Record<string, string>> = {}): Promise<void> {
  simulator = await startSimulator({ ...QUICK, ...options });
  attached = await attach({ env: { ...simulator.env, ...HURRIED, ...env } });
}
afterEach(async () => {
  await attached.close();
  await simulator.stop();
});

const job = (scope = 'media_types = ["message"]\n message_types = ["sms"]') => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${simulator.integrationId}"
  interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
  ${scope}
}
`;
const hold = (more = '') => `
resource "genesyscloud_compliance_legalhold" "case" {
  name          = "Acme v. Example"
  export_job_id = genesyscloud_recording_export_job.sms.id
  ${more}
}
`;

/** The title of the one error that a run prints. */
function titleOf(run: Run): string {
  const errors = errorsIn(run);
  expect(errors).toHaveLength(1);
  return (errors[0] ?? '').split('\n')[0] ?? '';
}

describe('an organization without the compliance API', () => {
  test('refuses hold_api = "compliance" when planning, by its name and with what to set', async () => {
    await start({ seed: 'none' });
    attached.workspace.write(`provider "genesyscloud" { hold_api = "compliance" }\n${job()}`);

    const plan = await attached.workspace.plan();

    expect(titleOf(plan)).toBe('The organization has no compliance API');
    expect(plan.text).toContain('hold_api = "deletion_protection"');
    expect(plan.text).not.toContain('include_metadata');
  });

  test('refuses it at a hold alone, too', async () => {
    await start({ seed: 'none' });
    attached.workspace.write(job() + hold('hold_api = "compliance"'));

    expect(titleOf(await attached.workspace.plan())).toBe('The organization has no compliance API');
  });
});

describe('a way to Genesys Cloud that is barred', () => {
  test('by a wrong secret is titled as a sign-in', async () => {
    await start({ seed: 'none' }, { GENESYSCLOUD_OAUTHCLIENT_SECRET: 'not-the-secret-at-all' });
    attached.workspace.write(job());

    const plan = await attached.workspace.plan();

    expect(titleOf(plan)).toBe('Genesys Cloud refuses the sign-in');
    expect(plan.text).toContain('Check oauthclient_id and oauthclient_secret');
    expect(plan.text).not.toContain('Integration could not be read');
  });

  test('by a gateway that is not there is titled as a connection', async () => {
    await start({ seed: 'none' }, { GENESYSCLOUD_GATEWAY_PORT: '1', GENESYSCLOUD_RETRY_TIMEOUT: '1s' });
    attached.workspace.write(job());

    const plan = await attached.workspace.plan();

    expect(titleOf(plan)).toBe('Genesys Cloud cannot be reached');
    expect(plan.text).toContain('Check host and port of gateway');
  });
});

describe('arguments that contradict each other', () => {
  test('are refused as soon as both are known, which for the id of a new export is during apply', async () => {
    await start({ seed: 'none' });
    attached.workspace.write(job() + hold('conversation_ids = ["11111111-1111-4111-8111-111111111111"]'));
    expect((await attached.workspace.plan()).code).toBe(2);

    const applied = await attached.workspace.run(['apply', '-auto-approve']);

    expect(titleOf(applied)).toBe(
      'Only one of "export_job_id", "conversation_ids", "conversations_from" and "scope" may be set',
    );
  });

  test('are no contradiction in a module that passes on one of them', async () => {
    await start({ seed: 'none' });
    attached.workspace.write(`
      variable "ids" {
        type    = list(string)
        default = null
      }
      ${job()}${hold('conversation_ids = var.ids')}`);

    expect((await attached.workspace.run(['validate'])).code).toBe(0);
    expect((await attached.workspace.plan()).code).toBe(2);
  });

  test('a message type without messages is told when validating', async () => {
    await start({ seed: 'none' });
    attached.workspace.write(job('media_types = ["voice"]\n message_types = ["sms"]'));

    const validated = await attached.workspace.run(['validate']);

    expect(titleOf(validated)).toBe('Scope matches nothing');
    expect(validated.text).toContain('Add "message" to media_types');
  });
});

describe('-replace', () => {
  const EXPORT = 'genesyscloud_recording_export_job.sms';
  const made = () =>
    simulator.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/recording/jobs'));

  test('exports again each time, also within a day', async () => {
    await start({ seed: { conversations: 3 } });
    attached.workspace.write(job());
    await attached.workspace.apply();

    await attached.workspace.apply(`-replace=${EXPORT}`);
    const second = await attached.workspace.apply(`-replace=${EXPORT}`);

    expect(made()).toHaveLength(3);
    expect(second.text).not.toContain('Finished export taken over');
    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('exports an imported export again', async () => {
    await start({ seed: { conversations: 3 } });
    attached.workspace.write(job());
    await attached.workspace.apply();
    const { id } = await attached.workspace.attributes(EXPORT);
    await attached.workspace.run(['state', 'rm', EXPORT]);
    const imported = await attached.workspace.run(['import', EXPORT, String(id)]);
    expect(imported.code).toBe(0);
    expect((await attached.workspace.plan()).code).toBe(0);

    await attached.workspace.apply(`-replace=${EXPORT}`);

    expect(made()).toHaveLength(2);
  });
});
