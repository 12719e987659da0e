/** Following a scope: what a look costs, and what it says when its bounds are reached. */
import { ConversationSet, createGenesys, follow, isSettled, ProcessState, type Followed } from '../../src/genesys';
import type { Answer, Request, Transport } from '../../src/genesys/transport';
import { InProcessCloud } from '../answers/in-process';
import { never, seeded, uuid, VirtualClock } from './helpers';

const DAY = 24 * 3_600_000;
const START = Date.UTC(2026, 0, 1);
const END = Date.UTC(2026, 1, 1);
const BOUNDS = { requests: 20, milliseconds: 60_000 };
const none = ConversationSet.empty;

class Counted implements Transport {
  readonly tokenExpiresAt = undefined;
  readonly lines: string[] = [];
  /** Milliseconds that each answer takes. */
  takes = 0;

  constructor(
    private readonly inner: Transport,
    private readonly clock: VirtualClock,
  ) {}

  async send(request: Request, signal: AbortSignal): Promise<Answer> {
    this.lines.push(`${request.operation.method} ${request.operation.path}`);
    if (this.takes > 0) await this.clock.sleep(this.takes, signal);
    return this.inner.send(request, signal);
  }

  login(signal: AbortSignal): Promise<Answer> {
    return this.inner.login(signal);
  }
}

function open(conversations: number) {
  const clock = new VirtualClock();
  clock.time = END + DAY;
  const cloud = new InProcessCloud(
    { now: () => clock.now(), seed: { estate: 'none', conversations }, pendingMs: 1_000 },
    () => undefined,
  );
  const transport = new Counted(cloud.transport(), clock);
  const config = {
    clientId: 'client',
    clientSecret: 'secret',
    region: 'us-east-1',
    requestsPerMinute: 30_000,
    retryTimeoutMs: 300_000,
    holdApi: 'auto',
  } as const;
  const genesys = createGenesys(config, { clock, random: seeded(), transport, state: new ProcessState() });
  const all = () =>
    ConversationSet.of(
      Array.from({ length: cloud.world.conversations.places }, (_, n) => cloud.world.conversations.at(n).id),
    );
  return { clock, cloud, transport, genesys, all };
}

const scope = { mediaTypes: [], messageTypes: [] };
const followed = (more: Partial<Followed> = {}): Followed => ({
  end: END,
  seenAt: END,
  openSince: null,
  without: none,
  young: none,
  ...more,
});

describe('a look at a scope', () => {
  test.each([
    [100, 100, 10],
    [9_000, 9_000, 20],
    [100_000, 9_000, 12],
  ])(
    'of %i conversations, %i of them of this month, finds what is new within %i requests',
    async (size, month, most) => {
      const { clock, cloud, transport, genesys, all } = open(month);
      const earlier = Array.from({ length: size - month }, (_, n) => uuid(1_000_000 + n));
      const known = all().union(ConversationSet.of(earlier));
      cloud.world.sow({ conversations: [{ id: uuid(900_001), start: '2026-01-31T12:00:00Z' }] });
      const watched = { scope, start: Date.UTC(2025, 0), followed: followed(), known };

      const seen = await follow(genesys.looks(BOUNDS), watched, clock.now(), never);

      expect([...seen.late]).toEqual([uuid(900_001)]);
      expect(transport.lines.length).toBeLessThanOrEqual(most);
      expect(seen.isWhole).toBe(true);
      process.stdout.write(`follow: ${size} conversations, ${transport.lines.length} requests\n`);
    },
  );

  test('that is cut off says so, keeps what it has found, and puts its query away', async () => {
    const { clock, cloud, transport, genesys } = open(40_000);
    const watched = {
      scope,
      start: START,
      followed: followed({ seenAt: START }),
      known: ConversationSet.of([uuid(1)]),
    };

    const seen = await follow(genesys.looks({ requests: 8, milliseconds: 60_000 }), watched, clock.now(), never);

    expect(seen.isWhole).toBe(false);
    expect(seen.late.size).toBeGreaterThan(1_000);
    expect(seen.followed.seenAt).toBe(START);
    expect(transport.lines).toHaveLength(8);
    expect(transport.lines).toContain('DELETE /api/v2/analytics/conversations/details/jobs/{jobId}');
    expect([...cloud.world.analyticsJobs.values()].every(({ cancelled }) => cancelled)).toBe(true);
  });

  test('ends when its time is over, also in the middle of an answer', async () => {
    const { clock, transport, genesys } = open(100);
    transport.takes = 45_000;
    const begun = clock.now();

    const seen = await follow(
      genesys.looks(BOUNDS),
      { scope, start: START, followed: followed(), known: ConversationSet.of([uuid(1)]) },
      clock.now(),
      never,
    );

    expect(seen.isWhole).toBe(false);
    expect(clock.now() - begun).toBeLessThanOrEqual(110_000);
  });
});

test('a scope is settled when it has ended a week ago, and nothing of it continues or may still be recorded', () => {
  expect(isSettled(followed({ seenAt: END + 7 * DAY }))).toBe(true);
  expect(isSettled(followed({ seenAt: END + 7 * DAY - 1 }))).toBe(false);
  expect(isSettled(followed({ seenAt: END + 70 * DAY, openSince: START }))).toBe(false);
  expect(isSettled(followed({ seenAt: END + 70 * DAY, young: ConversationSet.of([uuid(1)]) }))).toBe(false);
});
