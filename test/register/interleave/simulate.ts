/** One run of matters on several machines over shared conversations and files, and what must be true of it. */
import { ConversationSet, type ConversationId } from '../../../src/conversations';
import type { ClaimKey, Store } from '../../../src/register';
import { ConversationHold } from './conversation-hold';
import { Counters } from './counters';
import { seeded } from './events';
import { FileHold } from './file-hold';
import type { Hold } from './hold';
import { registerOf } from './machine';
import { Matter, type Open, type Together } from './matter';
import type { StoreKind } from './stores';
import { LEASE_MS, World, type Field, type Roughness } from './world';

/** How a run of one seed ended. */
export interface Result {
  readonly seed: number;
  /** Invariants of docs/design/register.md that did not hold. */
  readonly broken: readonly string[];
  readonly counters: Counters;
}

/** A run that has not ended by then hangs. */
const LONGEST_RUN_MS = 120 * 60 * 60 * 1_000;

/** Every so many seeds, machines stand still before they lift: rare otherwise, and nothing else shows class z. */
const STALLING = 10;

/** Runs one seed to its end. The same seed gives the same run. @param real the register's store, if it is to be a real one */
export async function simulate(seed: number, real?: Store): Promise<Result> {
  const random = seeded(seed);
  const counters = new Counters();
  const ids = Array.from({ length: 3 + Math.floor(random() * 9) }, (_, index) => conversation(index));
  const files = ids.flatMap((id, index) => filesOf(id, index));
  const some = <Item>(from: readonly Item[], share: number): readonly Item[] => from.filter(() => random() < share);
  const world = new World(
    [...ids, ...files],
    { conversations: field(some(ids, 0.15)), holds: field([]), files: field(some(files, 0.15), true) },
    random,
    roughnessOf(random, seed % STALLING === 0),
    counters,
  );
  const drawnStore = world.chance(0.02) ? 'careless' : world.chance(0.3) ? 'folder' : 's3';
  const store: StoreKind = real ?? drawnStore;
  const open: Open = (run) => registerOf(world, run, store);
  const together = { unadopted: 0 };
  const drawn = world.chance(0.3) ? 'mixed' : world.chance(0.6) ? 'conversations' : 'files';
  const kind = world.roughness.stalls ? 'conversations' : drawn;
  const matters = Array.from({ length: 2 + Math.floor(random() * 4) }, (_, number) => {
    const hold = holdOf(world, number, kind, ids, files);
    return new Matter(world, open, number, hold, together);
  });
  for (const matter of matters) matter.begin();
  for (let times = 0; times < 5; times += 1) {
    world.events.after(world.between(0, 60 * LEASE_MS), () => world.retain(some([...ids, ...files], 0.2)));
  }
  if (world.chance(0.3)) {
    world.events.after(world.between(0, 15 * LEASE_MS), () => world.outage(world.between(0.1, 4) * LEASE_MS));
  }
  if (!(await world.events.run(LONGEST_RUN_MS))) world.broken.push('it did not end');
  await atRest(world, matters, together);
  return { seed, broken: world.broken, counters };
}

function roughnessOf(random: () => number, stalls: boolean): Roughness {
  return {
    kill: random() * 0.012,
    lose: random() * 0.05,
    late: random() * 0.08,
    pause: random() * 0.05,
    slow: random() < 0.5 ? 1 : 1 + random() * 140,
    stalls,
  };
}

function field(foreign: readonly string[], fenced = false): Field {
  return { bits: new Set(), foreign: new Set(foreign), fenced };
}

function holdOf(
  world: World,
  number: number,
  kind: 'mixed' | 'conversations' | 'files',
  ids: readonly ConversationId[],
  files: readonly string[],
): Hold {
  const some = (share: number): readonly ConversationId[] => ids.filter(() => world.chance(share));
  const atLeastOne = (chosen: readonly ConversationId[]): ConversationSet =>
    ConversationSet.of(chosen.length === 0 ? ids.slice(0, 1) : chosen);
  const what =
    kind !== 'mixed' ? kind : (['conversations', 'compliance', 'files'] as const)[Math.floor(world.random() * 3)];
  if (what === 'files') {
    const scope = (): { readonly prefix: string; readonly conversations?: ConversationSet } => ({
      prefix: ['', 'a/', 'b/'][Math.floor(world.random() * 3)] as string,
      ...(world.chance(0.5) ? { conversations: atLeastOne(some(0.6)) } : {}),
    });
    return new FileHold(world, keyOf(number, 'genesyscloud_compliance_object_hold', 's3'), files, [scope()], scope());
  }
  const api = what === 'compliance' ? 'compliance' : 'deletion_protection';
  const key = keyOf(number, 'genesyscloud_compliance_legalhold', api);
  return new ConversationHold(world, key, atLeastOne(some(0.6)), ConversationSet.of(some(0.4)));
}

function keyOf(number: number, resourceType: string, holdApi: string): ClaimKey {
  return { organization: 'organization', resourceType, holdApi, matter: `MATTER-${number}`, name: 'hold' };
}

function conversation(index: number): ConversationId {
  return `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
}

/** One or two files of a conversation, one of which may have two versions. */
function filesOf(id: ConversationId, index: number): readonly string[] {
  const key = `${index % 2 === 0 ? 'a' : 'b'}/conversation_id=${id}/recording`;
  return index % 3 === 0 ? [`${key}.opus\n1`, `${key}.opus\n2`] : [`${key}.opus\n1`];
}

/** What must be true when nothing happens any more. */
async function atRest(world: World, matters: readonly Matter[], together: Together): Promise<void> {
  for (const { done, number } of matters) if (!done) world.broken.push(`matter ${number} did not end`);
  if (world.broken.length > 0) return;
  if (matters.some(({ refused }) => refused)) return;
  const z = world.counters.get('late lifts of paused machines (z)');
  if (z > 0) await refresh(world, matters);
  for (const recording of world.lost) {
    if (z === 0 || recording.includes('\n'))
      world.broken.push(`I5: ${recording} was claimed, had been set, and was deleted`);
  }
  const living = matters.filter(({ released }) => !released);
  const kept = new Set(matters.flatMap((matter) => matter.kept));
  for (const [name, { bits, foreign }] of Object.entries(world.fields)) {
    const claimed = new Set(living.filter(({ hold }) => hold.field === name).flatMap(({ hold }) => [...hold.wanted]));
    for (const thing of claimed) {
      if (world.exists(thing) && !bits.has(thing)) world.broken.push(`I1: ${thing} is claimed and not set`);
    }
    for (const thing of bits) {
      if (claimed.has(thing) || foreign.has(thing) || kept.has(thing) || world.lateSets.has(thing)) continue;
      world.broken.push(`I4: ${thing} stays set`);
    }
  }
  const entries = [...world.objects.keys()].filter((key) => key.startsWith('e/') && !key.includes('.new-')).length;
  if (entries === 0 || entries !== world.truth.view.last) world.broken.push('I6: an entry is missing');
  if (together.unadopted > 0) world.broken.push('a hold of 0.1.0 was not adopted');
}

/** What a late lift took away is found by the next refresh. */
async function refresh(world: World, matters: readonly Matter[]): Promise<void> {
  const living = matters.filter(({ released }) => !released);
  let repaired = 0;
  for (const matter of living) matter.repair(() => (repaired += 1));
  await world.events.run(Infinity);
  if (repaired === living.length) world.counters.add('late lifts and sets repaired');
  else world.broken.push('a repair did not end');
}
