/**
 * Interleavings that chance does not find. Each is about one step of the protocol: with it nothing is broken, and without it
 * something is.
 */
import { ConversationSet } from '../../../src/conversations';
import { ClaimRefused, type ClaimKey, type ClaimReference } from '../../../src/register';
import { ConversationHold } from './conversation-hold';
import type { Counters } from './counters';
import { Stage } from './stage';
import { LEASE_MS, LIFT, LONGEST_MS, SET, type Run } from './world';

/** How a script ended. */
export interface Played {
  readonly broken: readonly string[];
  readonly counters: Counters;
}

const X = '00000001-0000-4000-8000-000000000000';
const Y = '00000002-0000-4000-8000-000000000000';
/** Long enough for everybody else to think that the machine is dead. */
const LONG_MS = 8 * (LEASE_MS + LONGEST_MS);

/** By the step that each is about. */
export const SCRIPTS: Readonly<Record<string, () => Promise<Played>>> = {
  /** A process is killed right after it sent a request that sets; the request arrives while its matter is being released. */
  'waiting after a drop': () =>
    played(async (stage) => {
      const hold = holdOf(stage, 0, [X], [Y]);
      const reference = await apply(stage, hold, 0);
      hold.widen();
      const killed = stage.run(0);
      const released = new Promise<void>((resolve, reject) => {
        stage.mishap(killed, SET, {
          killed: true,
          effectMs: LONGEST_MS - 1,
          meanwhile: () => void release(stage, hold, reference, stage.run(0)).then(resolve, reject),
        });
      });
      void grow(stage, hold, reference, killed);
      await released;
      return [];
    }),

  /** A request that lifts gets no answer, and arrives when another matter has claimed and set the conversation. */
  'waiting out an unanswered lift': () =>
    played(async (stage) => {
      const [first, second] = [holdOf(stage, 0, [X]), holdOf(stage, 1, [X])];
      const reference = await apply(stage, first, 0);
      const run = stage.run(0);
      stage.mishap(run, LIFT, { unansweredMs: 5_000, effectMs: LONGEST_MS - 1 });
      await release(stage, first, reference, run);
      await apply(stage, second, 1);
      return [X];
    }),

  /** Another matter claims while a request to lift is about to be sent, and sees the bit that it is about to lose. */
  'waiting for an open intent that overlaps': () =>
    played(async (stage) => {
      const [first, second] = [holdOf(stage, 0, [X]), holdOf(stage, 1, [X])];
      const reference = await apply(stage, first, 0);
      const run = stage.run(0);
      const applied = new Promise<unknown>((resolve, reject) => {
        stage.mishap(run, LIFT, {
          pausedMs: LEASE_MS / 2,
          meanwhile: () => void apply(stage, second, 1).then(resolve, reject),
        });
      });
      await release(stage, first, reference, run);
      await applied;
      return [X];
    }),

  /** A machine stands still right before it lifts. Another matter gives it up, claims and sees the bit; then it lifts it. */
  'the second look': () =>
    played(async (stage) => {
      const [first, second] = [holdOf(stage, 0, [X]), holdOf(stage, 1, [X])];
      const reference = await apply(stage, first, 0);
      const run = stage.run(0);
      const applied = new Promise<unknown>((resolve, reject) => {
        stage.mishap(run, LIFT, {
          pausedMs: LONG_MS,
          meanwhile: () => void apply(stage, second, 1).then(resolve, reject),
        });
      });
      await release(stage, first, reference, run);
      await applied;
      return [X];
    }),

  /** A machine stands still right before it sets. Its matter is released to the end; then it sets. */
  'the look after the last set': () =>
    played(async (stage) => {
      const hold = holdOf(stage, 0, [X], [Y]);
      const reference = await apply(stage, hold, 0);
      hold.widen();
      const run = stage.run(0);
      const released = new Promise<void>((resolve, reject) => {
        stage.mishap(run, SET, {
          pausedMs: LONG_MS,
          meanwhile: () => void release(stage, hold, reference, stage.run(0)).then(resolve, reject),
        });
      });
      await grow(stage, hold, reference, run).catch(unlessDropped);
      await released;
      return [];
    }),
};

/** Plays a script that answers what must be set at its end: that, and nothing else. */
async function played(script: (stage: Stage) => Promise<readonly string[]>): Promise<Played> {
  const stage = new Stage([X, Y]);
  let claimed: readonly string[] = [];
  await stage.play(async () => {
    claimed = await script(stage);
  });
  const { bits } = stage.fields.conversations;
  const broken = [
    ...stage.broken,
    ...claimed.filter((id) => !bits.has(id)).map((id) => `I1: ${id} is claimed and not set`),
    ...[...bits].filter((id) => !claimed.includes(id)).map((id) => `I4: ${id} stays set`),
  ];
  return { broken, counters: stage.counters };
}

function holdOf(stage: Stage, matter: number, ids: readonly string[], more: readonly string[] = []): ConversationHold {
  const key: ClaimKey = {
    organization: 'organization',
    resourceType: 'genesyscloud_compliance_legalhold',
    holdApi: 'deletion_protection',
    matter: `MATTER-${matter}`,
    name: 'hold',
  };
  return new ConversationHold(stage, key, ConversationSet.of(ids), ConversationSet.of(more));
}

async function apply(stage: Stage, hold: ConversationHold, matter: number): Promise<ClaimReference> {
  const run = stage.run(matter);
  const { reference, seen } = await hold.claim(await stage.open(run), run, 0);
  stage.settle(matter, hold.field, seen);
  return reference;
}

async function grow(stage: Stage, hold: ConversationHold, reference: ClaimReference, run: Run): Promise<void> {
  await hold.grow(await stage.open(run), run, reference);
}

async function release(stage: Stage, hold: ConversationHold, reference: ClaimReference, run: Run): Promise<void> {
  stage.keep(run.matter, hold.field, new Set());
  await hold.release(await stage.open(run), run, reference, false);
}

/** A run that sees that its matter was released stops, and that is right. */
function unlessDropped(error: unknown): void {
  if (!(error instanceof ClaimRefused) || error.reason !== 'dropped') throw error;
}
