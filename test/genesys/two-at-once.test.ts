/** Two processes begin the same export at the same time, and share nothing but Genesys Cloud. */
import type { AdoptedJob, ExportSpec, RunOutcome } from '../../src/genesys';
import { createGenesys, ProcessState } from '../../src/genesys';
import { FakeCloud, type Seen } from './fake-cloud';
import { configFor, fastClock, never, seeded, uuid } from './helpers';

const sms: ExportSpec = {
  integrationId: uuid(999),
  scope: { interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z', mediaTypes: ['message'], messageTypes: ['sms'] },
  includeScreenRecordings: false,
  includeRecordingsWithSensitiveData: false,
  includeMetadata: false,
};

type Process = 'a' | 'b';

/** Where a request waits: before it has its effect, and after it, before its answer. */
interface Traffic {
  readonly before: (process: Process, request: number, seen: Seen) => Promise<void>;
  readonly after: (process: Process, request: number, seen: Seen) => Promise<void>;
  readonly ended: (process: Process) => void;
}

interface Result {
  readonly outcomes: readonly RunOutcome[];
  /** States of all jobs that were not cancelled. */
  readonly jobs: readonly string[];
  readonly told: readonly AdoptedJob[];
  readonly requestsOfA: number;
}

async function bothExport(
  traffic: Traffic,
  { spec = sms, conversations = 2, dateOf = () => new Date(), speed = 500 }: Setting = {},
): Promise<Result> {
  const cloud = await FakeCloud.start();
  try {
    // One a week.
    cloud.addConversations(conversations, (recording, n) => {
      recording.startTime = new Date(Date.UTC(2026, 0, 2 + 7 * n)).toISOString();
    });
    cloud.dateOf = dateOf;
    const count = { a: 0, b: 0 };
    const numbers = new Map<Seen, number>();
    cloud.intercept = async (seen) => {
      numbers.set(seen, (count[processOf(seen)] += 1));
      await traffic.before(processOf(seen), count[processOf(seen)], seen);
      return undefined;
    };
    cloud.lose = async (seen) => {
      await traffic.after(processOf(seen), numbers.get(seen) ?? 0, seen);
      return false;
    };
    const told: AdoptedJob[] = [];
    const run = async (process: Process): Promise<RunOutcome> => {
      const config = { ...configFor(cloud.port), accessToken: `token-of-${process}` };
      const { exports } = createGenesys(config, {
        clock: fastClock(speed),
        random: seeded(process === 'a' ? 1 : 2),
        state: new ProcessState(),
      });
      const outcome = await exports.run(spec, [], {
        waitFor: 'exported',
        signal: never,
        onAdopt: (job) => told.push(job),
      });
      traffic.ended(process);
      return outcome;
    };
    const outcomes = await Promise.all([run('a'), run('b')]);
    const jobs = [...cloud.jobs.values()].map(({ state }) => state).filter((state) => state !== 'CANCELLED');
    return { outcomes, jobs, told, requestsOfA: count.a };
  } finally {
    await cloud.stop();
  }
}

interface Setting {
  readonly spec?: ExportSpec;
  readonly conversations?: number;
  /** What Genesys Cloud says when the n-th job was created. */
  readonly dateOf?: (n: number) => Date;
  /** How many times as fast as ours time goes. */
  readonly speed?: number;
}

function processOf({ headers }: Seen): Process {
  return headers.authorization?.endsWith('a') === true ? 'a' : 'b';
}

/**
 * `a` waits at its n-th request, before or after the effect; `b` begins when `a` waits. `a` continues when `b` is done, or, with
 * `untilLooks`, when `b` has looked for jobs so often.
 */
function pausedAt(pause: number, when: 'before' | 'after', untilLooks = Number.POSITIVE_INFINITY): Traffic {
  const goesOn = signalled();
  const aWaits = signalled();
  let looks = 0;
  const gate = (at: 'before' | 'after') => async (process: Process, request: number, seen: Seen) => {
    if (process === 'b') {
      if (at === 'before' && isLook(seen) && (looks += 1) >= untilLooks) goesOn.resolve();
      return request === 1 ? aWaits.promise : undefined;
    }
    if (request !== pause || at !== when) return undefined;
    aWaits.resolve();
    return goesOn.promise;
  };
  return {
    before: gate('before'),
    after: gate('after'),
    ended: (process) => (process === 'a' ? aWaits : goesOn).resolve(),
  };
}

function isLook({ query }: Seen): boolean {
  return query.get('showOnlyMyJobs') === 'true' && query.get('state') === 'READY';
}

/** Each request takes a time by chance. */
function jostling(seed: number): Traffic {
  const random = seeded(seed);
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, Math.floor(random() * 6)));
  return { before: pause, after: pause, ended: () => undefined };
}

function signalled(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

function expectNothingTwice({ outcomes, jobs }: Result, count = 1): void {
  expect(outcomes.map(({ completion, strays }) => ({ exported: completion?.exported, strays }))).toEqual([
    { exported: true, strays: [] },
    { exported: true, strays: [] },
  ]);
  expect(jobs).toEqual(Array.from({ length: count }, () => 'FULFILLED'));
  const [a, b] = outcomes.map(({ batches }) => batches.map(({ jobId }) => jobId));
  expect(b).toEqual(a);
}

const today = Date.now();

describe('two processes that begin one export at once', () => {
  test.each(['before', 'after'] as const)(
    'export nothing twice, wherever one stands still %s its request',
    async (when) => {
      const { requestsOfA } = await bothExport(pausedAt(1_000, when));
      expect(requestsOfA).toBeGreaterThan(15);
      for (let request = 1; request <= requestsOfA; request += 1) {
        expectNothingTwice(await bothExport(pausedAt(request, when)));
      }
    },
  );

  test('export nothing twice in whatever order requests come', async () => {
    for (let seed = 1; seed <= 10; seed += 1) expectNothingTwice(await bothExport(jostling(seed)));
  });

  // The second look of `b`, before it executes, finds the job of `a`, younger by its date; the third comes after a wait.
  test.each([
    ['that are all the same', () => new Date(today)],
    ['in the wrong order', (n: number) => new Date(today - n * 1_000)],
  ])('export nothing twice with dates %s', async (_, dateOf) => {
    for (let request = 6; request <= 18; request += 1) {
      // Slow enough for the wait to be longer than the requests of `a` take.
      const setting = { dateOf, speed: 10 };
      expectNothingTwice(await bothExport(pausedAt(request, request % 2 === 0 ? 'before' : 'after', 3), setting));
    }
  });

  test('share each of several batches, also those that only one has got to', async () => {
    const setting = { spec: { ...sms, batchInterval: 'P7D' }, conversations: 5 };
    for (let seed = 1; seed <= 4; seed += 1) expectNothingTwice(await bothExport(jostling(seed), setting), 5);
  });

  test('agree that there is nothing to export', async () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const { outcomes, jobs } = await bothExport(jostling(seed), { conversations: 0 });
      expect(outcomes.map(({ batches }) => batches[0]?.state)).toEqual(['exported', 'exported']);
      expect(jobs).toEqual([]);
    }
  });

  test('say which job is taken over', async () => {
    const { told, outcomes } = await bothExport(pausedAt(12, 'before'));
    expect(told).toEqual([expect.objectContaining({ jobId: outcomes[0]?.batches[0]?.jobId })]);
  });
});
