import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator';
import { attach, type Attached } from '../attached';
import { errorsIn } from '../workspace';

const EXPORT = 'genesyscloud_recording_export_job.sms';
const HOLD = 'genesyscloud_compliance_legalhold.case';
/** Our own governor would spread the requests of a test over a minute. */
const HURRIED = { GENESYSCLOUD_REQUESTS_PER_MINUTE: '6000' };
const HOUR = 3_600_000;
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

const job = (more = '', scope = 'interval = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"') => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${simulator.integrationId}"
  ${scope}
  media_types    = ["message"]
  message_types  = ["sms"]
  ${more}
}
`;
const hold = (more = '') => `
resource "genesyscloud_compliance_legalhold" "case" {
  name          = "Acme v. Example"
  export_job_id = genesyscloud_recording_export_job.sms.id
  ${more}
}
`;
const jobsMade = () =>
  simulator
    .requests()
    .filter(({ method, path }) => method === 'POST' && path.endsWith('/jobs') && path.includes('recording'));

describe('no way to Genesys Cloud', () => {
  test('a wrong secret is one error at plan, without the secret', async () => {
    await start({ seed: 'none' }, { GENESYSCLOUD_OAUTHCLIENT_SECRET: 'not-the-secret-at-all' });
    attached.workspace.write(job());

    const plan = await attached.workspace.plan();

    expect(plan.code).toBe(1);
    expect(errorsIn(plan)).toHaveLength(1);
    expect(plan.text).toContain('oauthclient_secret');
    expect(plan.text).not.toContain('not-the-secret-at-all');
  });

  test('an unreachable gateway is one error at plan, with its address', async () => {
    await start({ seed: 'none' }, { GENESYSCLOUD_GATEWAY_PORT: '1', GENESYSCLOUD_RETRY_TIMEOUT: '1s' });
    attached.workspace.write(job());

    const plan = await attached.workspace.plan();

    expect(plan.code).toBe(1);
    expect(errorsIn(plan)).toHaveLength(1);
    expect(plan.text).toContain('127.0.0.1:1');
  });

  test('an unknown integration is one error at plan, at its attribute', async () => {
    await start({ seed: 'none' });
    attached.workspace.write(job().replace(simulator.integrationId, '22222222-2222-4222-8222-222222222222'));

    const plan = await attached.workspace.plan();

    expect(plan.code).toBe(1);
    expect(errorsIn(plan)).toHaveLength(1);
    expect(plan.text).toContain('integration_id');
    expect(plan.text).toContain('Correlation id');
  });

  test('a missing permission is named', async () => {
    await start({
      seed: { conversations: 3, clients: [{ id: 'weak', secret: 'weak-secret', without: ['recording:job:add'] }] },
    });
    await attached.close();
    attached = await attach({
      env: { ...simulator.env, GENESYSCLOUD_OAUTHCLIENT_ID: 'weak', GENESYSCLOUD_OAUTHCLIENT_SECRET: 'weak-secret' },
    });
    attached.workspace.write(job());

    const run = await attached.workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(errorsIn(run)).toHaveLength(1);
    expect(run.text).toContain('recording:job:add');
    expect((await attached.workspace.run(['state', 'list'])).stdout).toBe('');
  });
});

describe('exports that take a detour', () => {
  test('a timeout in the middle saves what runs; the next apply continues with the same jobs', async () => {
    await start({ seed: { conversations: 20 }, processingMs: HOUR });
    attached.workspace.write(job('batch_interval = "P10D"\n timeouts { create = "3s" }'));

    const stopped = await attached.workspace.apply();
    expect(stopped.text).toContain('Export is not complete yet');
    expect(await attached.workspace.actions()).toEqual({ [EXPORT]: 'update' });
    const time = setInterval(() => simulator.advance(HOUR), 300);
    await attached.workspace.apply().finally(() => clearInterval(time));

    expect(jobsMade()).toHaveLength(3);
    expect(await attached.workspace.attributes(EXPORT)).toMatchObject({ state: 'exported', conversation_count: 20 });
    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('a job that fails is an error with its message; the next apply repeats only that batch', async () => {
    await start({ seed: { conversations: 20 } });
    simulator.addFault({ failJob: 'The export engine is out of order.' });
    attached.workspace.write(job('batch_interval = "P10D"') + hold());

    const failed = await attached.workspace.run(['apply', '-auto-approve']);
    expect(failed.code).toBe(1);
    expect(errorsIn(failed)).toHaveLength(1);
    expect(failed.text).toContain('The export engine is out of order.');
    expect(simulator.state().protected).toEqual([]);

    await attached.workspace.apply();
    expect(jobsMade()).toHaveLength(4);
    expect(simulator.state().protected).toHaveLength(20);
    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('a finished export is really made again with -replace', async () => {
    await start({ seed: { conversations: 5 } });
    attached.workspace.write(job());
    await attached.workspace.apply();
    const before = (await attached.workspace.attributes(EXPORT))['id'];

    await attached.workspace.apply(`-replace=${EXPORT}`);

    expect(jobsMade()).toHaveLength(2);
    expect((await attached.workspace.attributes(EXPORT))['id']).not.toBe(before);
    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('the same export imported by its job ids leaves nothing to do', async () => {
    await start({ seed: { conversations: 5 } });
    attached.workspace.write(job('batch_interval = "P10D"') + hold());
    await attached.workspace.apply();
    const { id } = await attached.workspace.attributes(EXPORT);
    await attached.workspace.run(['state', 'rm', EXPORT, HOLD]);

    for (const args of [
      [EXPORT, String(id)],
      [HOLD, `export/${String(id)}`],
    ]) {
      const imported = await attached.workspace.run(['import', ...args]);
      expect(imported.stderr).toBe('');
    }

    expect(await attached.workspace.actions()).toEqual({ [EXPORT]: 'no-op', [HOLD]: 'update' });
    await attached.workspace.apply();
    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('named conversations are exported a hundred a job, and held', async () => {
    const ids = Array.from({ length: 120 }, (_, n) => `c0000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    await start({ seed: { conversations: ids.map((id) => ({ id, start: '2026-01-05T10:00:00Z' })) } });
    attached.workspace.write(
      `resource "genesyscloud_recording_export_job" "sms" {
        integration_id   = "${simulator.integrationId}"
        conversation_ids = ${JSON.stringify(ids)}
      }${hold()}`,
    );

    await attached.workspace.apply();

    expect(jobsMade()).toHaveLength(2);
    expect(simulator.state().protected).toHaveLength(120);
    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('delivery is proven by listing the bucket when its name is given', async () => {
    await start({ seed: { conversations: 5 } });
    const aws = Object.entries(simulator.env).filter(([name]) => name.startsWith('AWS_'));
    const before = aws.map(([name]) => [name, process.env[name]] as const);
    for (const [name, value] of aws) process.env[name] = value;
    try {
      attached.workspace.write(
        job(`destination = { bucket = "${simulator.bucket}", region = "us-east-1", endpoint = "${simulator.s3Url}" }`),
      );
      await attached.workspace.apply();
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }

    expect(await attached.workspace.attributes(EXPORT)).toMatchObject({ state: 'exported' });
    expect((await attached.workspace.plan()).code).toBe(0);
  });
});

describe('holds that do not fit', () => {
  test('what an organization can protect is held, the rest is told; room made later is used', async () => {
    await start({ seed: { conversations: 12 }, protectedLimit: 10 });
    attached.workspace.write(job() + hold());

    const applied = await attached.workspace.apply();
    expect(applied.text).toContain('Legal hold is incomplete');
    expect(await attached.workspace.attributes(HOLD)).toMatchObject({
      status: 'incomplete',
      held_count: 10,
      missing_count: 2,
    });
    expect(attached.workspace.stateText()).not.toContain('tainted');

    const again = await attached.workspace.run(['apply', '-auto-approve']);
    expect(again.code).toBe(1);
    expect(errorsIn(again)).toHaveLength(1);
    expect(again.text).toContain('1,000');
    expect(await attached.workspace.actions()).toEqual({ [EXPORT]: 'no-op', [HOLD]: 'update' });
  });
});
