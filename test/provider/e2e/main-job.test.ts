import { startSimulator, type LoggedRequest, type Simulator } from '../../../src/simulator';
import { contractIsThere, validateAgainstContract } from '../../support/contract';
import { attach, type Attached } from '../attached';
import { errorsIn } from '../workspace';

const EXPORT = 'genesyscloud_recording_export_job.sms';
const HOLD = 'genesyscloud_compliance_legalhold.sms_export';

const QUICK = { pendingMs: 100, processingMs: 200, exportDelayMs: 400, rateLimitPerMinute: 10_000 };

function main(integrationId: string, options: { readonly hold?: string; readonly job?: string } = {}): string {
  return `
    resource "genesyscloud_recording_export_job" "sms" {
      integration_id = "${integrationId}"
      interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
      media_types    = ["message"]
      message_types  = ["sms"]
      batch_interval = "P7D"
      ${options.job ?? ''}
    }
    resource "genesyscloud_compliance_legalhold" "sms_export" {
      name          = "Acme v. Example"
      export_job_id = genesyscloud_recording_export_job.sms.id
      ${options.hold ?? ''}
    }`;
}

/** Every text in a value, keys included. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

const isExport = ({ method, path }: LoggedRequest) => method === 'POST' && path === '/api/v2/recording/jobs';
const isProtect = ({ method, path }: LoggedRequest) =>
  method === 'PUT' && path === '/api/v2/recordings/deletionprotection';
const isHold = ({ method, path }: LoggedRequest) =>
  method === 'POST' && path.startsWith('/api/v2/compliance/legalholds');

describe.each([
  ['deletion protection', false],
  ['the compliance API', true],
])('export, wait, hold with %s', (_, complianceApi) => {
  let simulator: Simulator;
  let attached: Attached;

  beforeAll(async () => {
    simulator = await startSimulator({ ...QUICK, complianceApi, seed: { conversations: 250 } });
    attached = await attach({ env: { ...simulator.env, GENESYSCLOUD_REQUESTS_PER_MINUTE: '6000' } });
    attached.workspace.write(main(simulator.integrationId));
    await attached.workspace.apply();
  });
  afterAll(async () => {
    await attached.close();
    await simulator.stop();
  });

  const heldNow = (): readonly string[] => {
    const state = simulator.state();
    return complianceApi ? (state.holds[0]?.conversationIds ?? []) : state.protected;
  };

  test('holds all that was exported', async () => {
    expect(await attached.workspace.attributes(EXPORT)).toMatchObject({
      state: 'exported',
      batch_count: 5,
      conversation_count: 250,
      recording_count: 250,
    });
    expect(await attached.workspace.attributes(HOLD)).toMatchObject({
      status: 'active',
      hold_api: complianceApi ? 'compliance' : 'deletion_protection',
      held_count: 250,
      conversation_ids_sha256: (await attached.workspace.attributes(EXPORT))['conversation_ids_sha256'],
    });
    expect(heldNow()).toHaveLength(250);
  });

  test('asks for no legal hold in an export, for at most two jobs at once, and for one job a batch', () => {
    const log = simulator.requests();

    expect(
      log.flatMap((request) => textsIn([request.body, request.query])).filter((text) => /legal_?hold/i.test(text)),
    ).toEqual([]);
    expect(Math.max(...log.map(({ jobs }) => jobs.pending + jobs.processing))).toBe(2);
    expect(log.filter(isExport)).toHaveLength(5);
  });

  test('asks for holds only after the last file has arrived, a hundred conversations at a time', () => {
    const log = simulator.requests();
    const holds = log.filter((request) => (complianceApi ? isHold(request) : isProtect(request)));
    const lastExported = simulator
      .state()
      .exports.map(({ exportedDate }) => exportedDate ?? 'never')
      .sort()
      .at(-1);

    expect(holds.length).toBeGreaterThanOrEqual(3);
    for (const { time, jobs, body } of holds) {
      expect(time >= (lastExported ?? '')).toBe(true);
      expect(jobs.exportsWaiting).toBe(0);
      expect((body as { readonly conversationIds: readonly string[] }).conversationIds.length).toBeLessThanOrEqual(100);
    }
  });

  test('sends include_metadata = false with every export to the compliance API, and nowhere else', () => {
    for (const { body } of simulator.requests().filter(isExport)) {
      if (complianceApi) expect(body).toHaveProperty('include_metadata', false);
      else expect(body).not.toHaveProperty('include_metadata');
    }
  });

  (contractIsThere ? test : test.skip)('sends nothing that the published API description does not have', () => {
    expect(validateAgainstContract(simulator.requests(), { complianceApi })).toEqual([]);
  });

  test('leaves nothing to do, and no drift where there is none', async () => {
    expect((await attached.workspace.plan()).code).toBe(0);
    expect((await attached.workspace.plan('-refresh-only')).code).toBe(0);
  });

  test('repairs exactly the three conversations that somebody released', async () => {
    const { workspace } = attached;
    const released = heldNow().slice(0, 3);
    simulator.releaseQuietly(released);

    const plan = await workspace.plan();
    expect(plan.code).toBe(2);
    expect(plan.text).toContain('0 to add, 1 to change, 0 to destroy');
    expect(await workspace.actions()).toEqual({ [EXPORT]: 'no-op', [HOLD]: 'update' });

    const before = simulator.requests().length;
    await workspace.apply();
    const sent = simulator
      .requests()
      .slice(before)
      .filter((request) => (complianceApi ? isHold(request) : isProtect(request)))
      .flatMap(({ body }) => (body as { readonly conversationIds: readonly string[] }).conversationIds);

    expect([...sent].sort()).toEqual([...released].sort());
    expect(heldNow()).toHaveLength(250);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('does not miss jobs that Genesys Cloud has forgotten', async () => {
    simulator.forgetJobs();

    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('refuses to destroy the hold, and releases it with consent', async () => {
    const { workspace } = attached;
    const refused = await workspace.run(['plan', '-destroy']);
    expect(refused.code).toBe(1);
    expect(errorsIn(refused)).toHaveLength(1);
    expect(refused.text).toContain('release_on_destroy = true');

    workspace.write(main(simulator.integrationId, { hold: 'release_on_destroy = true\nrelease_reason = "settled"' }));
    await workspace.apply();
    const destroyed = await workspace.run(['destroy', '-auto-approve']);

    expect(destroyed.code).toBe(0);
    const state = simulator.state();
    expect(state.protected).toEqual([]);
    expect(state.holds.filter(({ status }) => status === 'ACTIVE')).toEqual([]);
    expect(state.exports.every(({ exportedDate }) => exportedDate !== null)).toBe(true);
  });

  test('never wrote the secret anywhere', async () => {
    const secret = simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '';

    expect(secret).not.toBe('');
    expect(attached.workspace.stateText()).not.toContain(secret);
    expect((await attached.workspace.run(['show', '-json'])).stdout).not.toContain(secret);
  });
});
