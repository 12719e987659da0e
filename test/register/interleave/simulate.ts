/** One seed: matters on machines over shared conversations, and what must be true of them. */
import { ConversationSet, type ConversationId } from '../../../src/conversations';
import { Unanswered, type Bits, type Store } from '../../../src/register';
import { Log } from '../../../src/register/log';
import type { Parts } from '../../../src/register/parts';
import { SetStore } from '../../../src/register/sets';
import { Counters } from './counters';
import { seeded } from './events';
import { Matter } from './matter';
import { LEASE_MS, LIFT, LONGEST_MS, LOOK, NoAnswer, SET, STORE_READ, STORE_WRITE, World, type Run } from './world';

/** How a run of one seed ended. */
export interface Result {
  readonly seed: number;
  /** Invariants of docs/design/register.md that did not hold. */
  readonly broken: readonly string[];
  readonly counters: Counters;
}

/** Small, so that a few conversations make several requests and several sections. */
const TIMING = { leaseMs: LEASE_MS, longestRequestMs: LONGEST_MS, pollMs: 5_000, chunk: 2, chunksASection: 2 };
/** A run that has not ended by then hangs. */
const LONGEST_RUN_MS = 60 * 60 * 60 * 1_000;

/** Runs one seed to its end. The same seed gives the same run. */
export async function simulate(seed: number): Promise<Result> {
  const random = seeded(seed);
  const counters = new Counters();
  const ids = Array.from({ length: 3 + Math.floor(random() * 9) }, (_, index) => conversation(index));
  const some = (share: number): readonly ConversationId[] => ids.filter(() => random() < share);
  const roughness = {
    kill: random() * 0.015,
    lose: random() * 0.05,
    late: random() * 0.08,
    pause: random() * 0.05,
    slow: random() < 0.5 ? 1 : 1 + random() * 40,
  };
  const world = new World(ids, some(0.15), random, roughness, counters);
  const matters = Array.from(
    { length: 2 + Math.floor(random() * 4) },
    (_, number) =>
      new Matter(world, (run) => equip(world, run), number, atLeastOne(ids, some(0.6)), ConversationSet.of(some(0.4))),
  );
  for (const matter of matters) matter.begin();
  for (let times = 0; times < 5; times += 1) {
    world.events.after(world.between(0, 60 * LEASE_MS), () => world.retain(some(0.2)));
  }
  if (world.chance(0.3)) {
    world.events.after(world.between(0, 30 * LEASE_MS), () => world.outage(world.between(0.1, 4) * LEASE_MS));
  }
  if (!(await world.events.run(LONGEST_RUN_MS))) world.broken.push('it did not end');
  await atRest(world, matters);
  return { seed, broken: world.broken, counters };
}

function conversation(index: number): ConversationId {
  return `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
}

function atLeastOne(ids: readonly ConversationId[], some: readonly ConversationId[]): ConversationSet {
  return ConversationSet.of(some.length === 0 ? ids.slice(0, 1) : some);
}

/** What must be true when nothing happens any more. */
async function atRest(world: World, matters: readonly Matter[]): Promise<void> {
  for (const { done, number } of matters) if (!done) world.broken.push(`matter ${number} did not end`);
  if (world.broken.length > 0) return;
  const z = world.counters.get('late lifts of paused machines (z)');
  if (z > 0) await refresh(world, matters);
  for (const id of world.lost) if (z === 0) world.broken.push(`I5: ${id} was claimed, had been set, and was deleted`);
  const living = matters.filter(({ released }) => !released);
  const claimed = ConversationSet.unionOf(living.map(({ wanted }) => wanted));
  for (const id of claimed) {
    if (world.existing.has(id) && !world.bits.has(id)) world.broken.push(`I1: ${id} is claimed and not set`);
  }
  for (const id of world.bits) {
    if (!claimed.has(id) && !world.foreign.has(id)) world.broken.push(`I4: ${id} stays set`);
  }
  const entries = [...world.objects.keys()].filter((key) => key.startsWith('e/'));
  if (entries.length === 0) world.broken.push('I6: there is no record');
}

/** What a late lift took away is found by the next refresh. */
async function refresh(world: World, matters: readonly Matter[]): Promise<void> {
  const living = matters.filter(({ released }) => !released);
  let repaired = 0;
  for (const matter of living) matter.repair(() => (repaired += 1));
  await world.events.run(Infinity);
  if (repaired === living.length) world.counters.add('late lifts repaired');
  else world.broken.push('a repair did not end');
}

function equip(world: World, run: Run): { readonly parts: Parts; readonly bits: Bits<ConversationSet> } {
  const { events, random, counters } = world;
  const report: Parts['report'] = (event) => counters.add(event);
  const clock = {
    now: () => 1_700_000_000_000 + events.now + run.skew,
    monotonic: () => events.now - run.suspended,
    sleep: (ms: number) => new Promise<void>((resolve) => events.after(ms, () => run.alive && resolve())),
  };
  const store = storeOf(world, run);
  const parts: Parts = {
    log: new Log({ store, clock, random, actor: `matter ${run.matter}`, report }),
    sets: new SetStore(store),
    clock,
    timing: TIMING,
    newId: () => `claim-${run.matter}-${Math.floor(random() * 1e9)}`,
    report,
  };
  return { parts, bits: bitsOf(world, run) };
}

function storeOf(world: World, run: Run): Store {
  const { objects } = world;
  return {
    place: 'memory',
    list: (prefix, after) =>
      world.request(run, STORE_READ, () =>
        [...objects.keys()].filter((key) => key.startsWith(prefix) && (after === undefined || key > after)).sort(),
      ),
    read: (key) => world.request(run, STORE_READ, () => objects.get(key)),
    create: (key, body) =>
      world.request(run, STORE_WRITE, () => {
        if (objects.has(key)) return 'exists' as const;
        objects.set(key, body);
        return 'created' as const;
      }),
  };
}

function bitsOf(world: World, run: Run): Bits<ConversationSet> {
  return {
    seen: (ids) => world.request(run, LOOK, () => ConversationSet.of([...ids].filter((id) => world.bits.has(id)))),
    set: (ids) => world.request(run, SET, () => world.set(ids)),
    lift: async (ids, lease) => {
      lease.check();
      let settledOn = world.settledOn(ids);
      try {
        await world.request(
          run,
          LIFT,
          (pausedFor) => world.lift(ids, run.matter, settledOn, pausedFor > 0),
          () => (settledOn = world.settledOn(ids)),
        );
      } catch (error) {
        if (error instanceof NoAnswer) throw new Unanswered(error.message);
        throw error;
      }
    },
  };
}
