/** The estimate of api/rate-limit against what applies really ask of Genesys Cloud. */
import { readPlans } from '../../src/collect/plan';
import type { ExportFact, Facts, HoldFact, Known, PlannedWork } from '../../src/facts';
import { estimateHold, estimateWork } from '../../src/rules';
import { exportJob, hold, liveEstate, seen, unseen } from '../rules/estate';
import { Nights, type Night } from './nights';

const EXPORT = 'genesyscloud_recording_export_job';
const HOLD = 'genesyscloud_compliance_legalhold';
const JANUARY = '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z';
const INTEGRATION = '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d';
const QUICK = { pendingMs: 1_000, processingMs: 1_500, exportDelayMs: 2_000 };

const talks = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    start: new Date(Date.UTC(2026, 0, 1 + (at % 30), 10, Math.floor(at / 30) % 60)).toISOString(),
  }));
const scope = (interval: string, step: string | null) => ({
  interval,
  batch_interval: step,
  media_types: null,
  message_types: null,
  address_from: null,
  address_to: null,
  external_tag: null,
});

/** Within a fifth, and five requests for what is small. */
function expectNear(estimate: number | null, real: number): void {
  const most = real * 1.2 + 5;
  const least = real * 0.8 - 5;
  expect({ estimate, real, isNear: estimate !== null && estimate <= most && estimate >= least }).toMatchObject({
    isNear: true,
  });
}

/** In one apply the organization, its hold API and what the export covers are asked once. */
const inOneApply = ({ applied }: Night): number =>
  applied.filter((line) => /deletionprotection|conversations\/\{conversationId\}\/recordings$/.test(line)).length;

function factsOf(fact: Partial<ExportFact>, follower: Partial<HoldFact> = {}): Facts {
  return liveEstate({
    exports: [exportJob({ interval: seen<string | null>(JANUARY), ...fact })],
    holds: [hold({ conversationCount: unseen(), ...follower })],
  });
}

const total = (facts: Facts): number | null => estimateWork(facts, facts.exports[0] as ExportFact).requests;

test.each([
  [20, 'P30D'],
  [20, 'P6D'],
  [200, 'P6D'],
  [900, 'P1D'],
  [3_000, 'P3D'],
])('a first export of %i conversations in batches of %s, and its hold', async (count, step) => {
  const nights = new Nights(EXPORT, '2026-02-10T03:00:00Z', QUICK);
  nights.sow(...talks(count));
  const first = await nights.night({ integration_id: INTEGRATION, interval: JANUARY, batch_interval: step });
  const follower = new Nights(HOLD, '', {}, nights);
  const held = await follower.night({ name: 'Acme', export_job_id: first.state['id'] as string });
  expect([...first.errors, ...held.errors]).toEqual([]);

  const facts = factsOf({ batchInterval: seen<string | null>(step), conversationCount: seen(count) });
  expectNear(total(facts), first.applied.length + inOneApply(held));
});

test('jobs and files that take long add no more than is said', async () => {
  const slow = { pendingMs: 60_000, processingMs: 900_000, exportDelayMs: 7_200_000 };
  const nights = new Nights(EXPORT, '2026-02-10T03:00:00Z', slow);
  nights.sow(...talks(40));
  const from = nights.clock.now();
  const night = await nights.night({ integration_id: INTEGRATION, interval: JANUARY, batch_interval: 'P15D' });
  const minutes = (nights.clock.now() - from) / 60_000;

  const facts = { ...factsOf({ batchInterval: seen<string | null>('P15D'), conversationCount: seen(40) }), holds: [] };
  const { requests, waitingPerMinute } = estimateWork(facts, facts.exports[0] as ExportFact);
  expect(night.errors).toEqual([]);
  expect(minutes).toBeGreaterThan(100);
  expect(night.applied.length).toBeLessThan((requests ?? 0) + waitingPerMinute * minutes);
});

test.each([
  [20, null],
  [200, 'P10D'],
  [1_500, 'P1D'],
])('a first hold by scope over %i conversations in steps of %s', async (count, step) => {
  const nights = new Nights(HOLD, '2026-02-10T03:00:00Z', QUICK);
  nights.sow(...talks(count));
  const night = await nights.night({ name: 'Acme', scope: scope(JANUARY, step) });
  expect(night.errors).toEqual([]);

  const fact = byScope(JANUARY, step, { conversationCount: seen(count) });
  expectNear(estimateHold(fact).requests, night.applied.length);
});

test.each([[30], [300], [1_500]])('one more night of a rolling matter of %i conversations', async (count) => {
  const nights = new Nights(EXPORT, '2026-01-29T03:00:00Z', QUICK);
  nights.sow(...talks(count));
  const rolling = { integration_id: INTEGRATION, interval: '2026-01-01T00:00:00Z/..', batch_interval: 'P1D' };
  const exported = await nights.night(rolling);
  const follower = new Nights(HOLD, '', {}, nights);
  const held = await follower.night({ name: 'Acme', export_job_id: exported.state['id'] as string });
  const beside = new Nights(HOLD, '', {}, nights);
  const first = { name: 'At once', scope: scope('2026-01-01T00:00:00Z/..', 'P1D') };
  const own = await beside.night(first);

  nights.at('2026-01-30T03:00:00Z');
  const next = await nights.night(rolling);
  const heldNext = await follower.night({ name: 'Acme', export_job_id: next.state['id'] as string });
  const ownNext = await beside.night(first);
  expect([next, heldNext, ownNext].flatMap(({ errors }) => errors)).toEqual([]);

  const plan = {
    timestamp: '2026-01-30T03:00:00Z',
    resources: [
      { type: EXPORT, before: exported.state, after: { ...exported.state, ...rolling }, unknown: ['batches', 'id'] },
      { type: HOLD, before: own.state, after: own.state, unknown: ['held_count', 'conversation_count'] },
    ],
  };
  const planned = readFacts(plan);
  const work = planned.exports[0]?.work;
  expect(work).toMatchObject({ known: true, value: { pieces: 1, there: { pieces: 28 } } });
  const facts = factsOf(
    { work: work as Known<PlannedWork> },
    {
      work: seen({
        pieces: 0,
        conversations: 0,
        there: { pieces: 0, conversations: Number(held.state['conversation_count']) },
      }),
    },
  );
  expectNear(total(facts), next.applied.length + inOneApply(heldNext));

  const ownFact = planned.holds[0] as HoldFact;
  expect(ownFact.work).toMatchObject({ known: true, value: { pieces: 1, there: { pieces: 28 } } });
  expectNear(estimateHold(ownFact).requests, ownNext.applied.length);
});

test('a plan that changes nothing asks nothing', async () => {
  const nights = new Nights(EXPORT, '2026-02-10T03:00:00Z', QUICK);
  nights.sow(...talks(20));
  const { state } = await nights.night({ integration_id: INTEGRATION, interval: JANUARY, batch_interval: 'P30D' });
  const { exports } = readFacts({
    timestamp: '2026-02-11T03:00:00Z',
    resources: [{ type: EXPORT, before: state, after: state, unknown: [] }],
  });
  const facts = { ...factsOf({ work: exports[0]?.work as Known<PlannedWork> }), holds: [] };
  expect(estimateWork(facts, facts.exports[0] as ExportFact)).toMatchObject({ jobs: 0, requests: 0 });
});

test('an object hold asks each job of its export once', () => {
  const files = {
    address: 'genesyscloud_compliance_object_hold.files',
    exportJobId: seen<string | null>('${genesyscloud_recording_export_job.sms.id}'),
    bucket: seen<string | null>(null),
    prefix: seen<string | null>(null),
    objectLockLegalHold: seen(true),
    releaseOnDestroy: seen(false),
  };
  const facts = factsOf({ batchInterval: seen<string | null>('P6D'), conversationCount: seen(20) });
  expect(total({ ...facts, objectHolds: [files] })).toBe((total(facts) ?? 0) + 5);
});

function byScope(interval: string, step: string | null, more: Partial<HoldFact>): HoldFact {
  const filters = { mediaTypes: [], messageTypes: [], addressFrom: null, addressTo: null, externalTag: null };
  return hold({
    exportJobId: seen<string | null>(null),
    dependsOn: [],
    belongsTo: null,
    scope: seen({ interval, batchInterval: step, ...filters }),
    ...more,
  });
}

interface Planned {
  readonly timestamp: string;
  readonly resources: readonly {
    readonly type: string;
    readonly before: object;
    readonly after: object;
    readonly unknown: readonly string[];
  }[];
}

/** What a plan of updates says, as Terraform writes it down. */
function readFacts({ timestamp, resources }: Planned): Facts {
  const changes = resources.map(({ type, before, after, unknown }, at) => ({
    address: `${type}.r${at}`,
    mode: 'managed',
    type,
    name: `r${at}`,
    provider_name: 'terraform.local/genesyscloud/compliance',
    change: {
      actions: unknown.length === 0 ? ['no-op'] : ['update'],
      before,
      after: Object.fromEntries(Object.entries(after).filter(([name]) => !unknown.includes(name))),
      after_unknown: Object.fromEntries(unknown.map((name) => [name, true])),
    },
  }));
  const json = { format_version: '1.2', timestamp, resource_changes: changes };
  return readPlans([{ name: 'plan', plan: json }] as never).facts;
}
