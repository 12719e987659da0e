/** Exports that grow, over the simulator: every job is counted, and every file. */
import { createGenesys, ProcessState } from '../../src/genesys';
import { startSimulator, type Simulator } from '../../src/simulator';
import { fastClock, seeded } from '../genesys/helpers';
import { attach, type Attached } from './attached';

const EXPORT = 'genesyscloud_recording_export_job.sms';
const HOLD = 'genesyscloud_compliance_legalhold.acme';

interface Options {
  readonly interval?: string;
  readonly batch?: string | null;
  readonly media?: readonly string[];
  readonly more?: string;
}

const config = (
  integration: string,
  {
    interval = '2026-01-01T00:00:00Z/2026-02-05T00:00:00Z',
    batch = 'P7D',
    media = ['message'],
    more = '',
  }: Options = {},
) => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${integration}"
  interval       = "${interval}"
  media_types    = ${JSON.stringify(media)}
  ${batch === null ? '' : `batch_interval = "${batch}"`}
  ${more}
}
resource "genesyscloud_compliance_legalhold" "acme" {
  name          = "Acme"
  export_job_id = genesyscloud_recording_export_job.sms.id
}
`;

let simulator: Simulator;
let attached: Attached;

beforeEach(async () => {
  const clock = fastClock(100);
  simulator = await startSimulator({
    pendingMs: 10,
    processingMs: 10,
    exportDelayMs: 10,
    rateLimitPerMinute: 1_000_000,
    seed: 'none',
  });
  const { port } = new URL(simulator.url);
  const genesys = createGenesys(
    {
      clientId: simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'] ?? '',
      clientSecret: simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '',
      region: 'us-east-1',
      gateway: { protocol: 'http', host: '127.0.0.1', port: Number(port) },
      requestsPerMinute: 1_000_000,
      retryTimeoutMs: 300_000,
      holdApi: 'auto',
    },
    { clock, random: seeded(), state: new ProcessState() },
  );
  attached = await attach({ genesys, now: () => new Date('2026-06-01T00:00:00Z') });
});
afterEach(async () => {
  await attached.close();
  await simulator.stop();
});

const write = (options?: Options) => attached.workspace.write(config(simulator.integrationId, options));
const jobsMade = (): number =>
  simulator.requests().filter(({ method, path }) => method === 'POST' && path === '/api/v2/recording/jobs').length;
const versions = (): number => simulator.state().buckets.reduce((sum, bucket) => sum + bucket.versions, 0);
/** A conversation on each of these days of 2026, ten minutes long. */
const talk = (...days: readonly string[]) =>
  simulator.seed({ conversations: days.map((day) => ({ start: `2026-${day}T10:00:00Z` })) });

test('widening from five batches to ten makes five jobs, and the hold covers what is new in the same apply', async () => {
  const { workspace } = attached;
  talk('01-02', '01-09', '01-16', '01-23', '01-30', '02-06', '02-13', '02-20', '02-27', '03-06');
  write();
  await workspace.apply();
  expect(jobsMade()).toBe(5);
  const files = versions();

  write({ interval: '2026-01-01T00:00:00Z/2026-03-12T00:00:00Z' });
  expect(await workspace.actions()).toEqual({ [EXPORT]: 'update', [HOLD]: 'update' });
  await workspace.apply();

  expect(jobsMade()).toBe(10);
  expect(versions()).toBe(files * 2);
  expect(await workspace.attributes(EXPORT)).toMatchObject({
    state: 'exported',
    batch_count: 10,
    conversation_count: 10,
    reexported_count: 0,
  });
  expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', held_count: 10, out_of_scope_count: 0 });
  expect((await workspace.plan()).code).toBe(0);
});

test('an interval that rolls on with the clock exports the new day alone', async () => {
  const { workspace } = attached;
  talk('01-10', '01-31', '02-01');
  write({ interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z', batch: null });
  await workspace.apply();

  write({ interval: '2026-01-02T00:00:00Z/2026-02-02T00:00:00Z', batch: null });
  expect(await workspace.actions()).toEqual({ [EXPORT]: 'update', [HOLD]: 'update' });
  await workspace.apply();

  expect(jobsMade()).toBe(2);
  expect(versions()).toBe(6);
  expect((await workspace.plan()).code).toBe(0);
});

test('one more medium is exported by itself; a conversation of both is exported again, and counted', async () => {
  const { workspace } = attached;
  simulator.seed({
    conversations: [
      { start: '2026-01-05T10:00:00Z' },
      { start: '2026-01-06T10:00:00Z', mediaType: 'voice' },
      // It continues from one interval into the next.
      { start: '2026-02-04T23:58:00Z', end: '2026-02-05T00:10:00Z' },
    ],
  });
  write({ batch: null });
  await workspace.apply();
  const files = versions();

  write({ batch: null, media: ['message', 'voice'] });
  await workspace.apply();
  expect(jobsMade()).toBe(2);
  expect(versions()).toBe(files + 2);
  expect(await workspace.attributes(EXPORT)).toMatchObject({ conversation_count: 3, reexported_count: 0 });

  write({ batch: null, media: ['message', 'voice'], interval: '2026-01-01T00:00:00Z/2026-02-06T00:00:00Z' });
  await workspace.apply();
  expect(await workspace.attributes(EXPORT)).toMatchObject({ conversation_count: 3, reexported_count: 1 });
  expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', held_count: 3 });
  expect((await workspace.plan()).code).toBe(0);
});

test('a filter that is removed exports the conversations that no batch had, by name', async () => {
  const { workspace } = attached;
  simulator.seed({
    conversations: [
      { start: '2026-01-05T10:00:00Z', addressTo: '+13175550100' },
      { start: '2026-01-06T10:00:00Z', addressTo: '+13175550101' },
    ],
  });
  write({ batch: null, more: 'address_to = "+13175550100"' });
  await workspace.apply();
  const files = versions();

  write({ batch: null });
  expect((await workspace.plan()).text).toContain('conversations that no batch has covered');
  await workspace.apply();

  expect(versions()).toBe(files * 2);
  expect(await workspace.attributes(EXPORT)).toMatchObject({ conversation_count: 2, reexported_count: 0 });
  expect((await workspace.plan()).code).toBe(0);
});

test('a job that fails keeps nothing back: what is exported is held, and the next apply exports what is missing', async () => {
  const { workspace } = attached;
  talk('01-02', '02-06', '02-13');
  write();
  await workspace.apply();
  simulator.addFault({ failJob: 'disk full' });

  write({ interval: '2026-01-01T00:00:00Z/2026-02-19T00:00:00Z' });
  const { text } = await workspace.apply();

  expect(text).toContain('Export is still growing');
  expect(text).toContain('disk full');
  expect(await workspace.attributes(EXPORT)).toMatchObject({ state: 'growing', conversation_count: 2 });
  expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', held_count: 2 });
  await workspace.apply();
  expect(await workspace.attributes(EXPORT)).toMatchObject({
    state: 'exported',
    conversation_count: 3,
    batch_count: 7,
  });
  expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', held_count: 3 });
  expect(jobsMade()).toBe(8);
  expect((await workspace.plan()).code).toBe(0);
});
