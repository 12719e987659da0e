/** What a year brings: conversations, how late they come, what takes them away, who needs them, and the nights of applies. */
import type { SeedConversation, SeedRecording, SimulatorOptions } from '../../src/simulator';
import { seeded, uuid } from '../genesys/helpers';
import type { Death } from './machine';

/** How the first matter is written down. */
export type Shape = 'scope' | 'rolling scope' | 'export' | 'rolling export';

export const SHAPES: readonly Shape[] = ['scope', 'rolling scope', 'export', 'rolling export'];

/** What somebody does at a night. An apply may be killed, and is then run again by another machine. */
export interface Night {
  readonly at: number;
  readonly deed: 'apply' | 'look';
  readonly death: Death | null;
  /** Somebody plans again right after the apply. */
  readonly repeats: boolean;
  /** Somebody asks who holds what. */
  readonly asks: boolean;
  /** Somebody has the sources compared. */
  readonly reconciles: boolean;
}

/** Something that happens to a conversation at a moment, whatever protects it. */
export interface Incident {
  readonly at: number;
  readonly conversationId: string;
}

/** Who needs conversations, from when to when. */
export interface MatterPlan {
  readonly name: string;
  /** What its hold is over. */
  readonly by: 'scope' | 'export';
  readonly opens: number;
  /** When it is let go of, with its reason; null: it stays. */
  readonly ends: number | null;
  /** Somebody destroys it before that without a reason, which has to be refused. */
  readonly isDestroyedCarelessly: boolean;
  /** The process that releases it is killed. */
  readonly death: Death | null;
  /** The interval at a moment, as it is written in the configuration: it may be widened in the course of the year. */
  readonly intervalAt: (now: number) => string;
}

/** One year of one seed. */
export interface Department {
  readonly shape: Shape;
  readonly begins: number;
  readonly step: string;
  /** The first is there all year. The second one needs conversations of the first. */
  readonly matters: readonly MatterPlan[];
  readonly conversations: readonly SeedConversation[];
  readonly erasures: readonly Incident[];
  /** Conversations that a person protects by hand, for reasons of their own. */
  readonly byHand: readonly Incident[];
  readonly nights: readonly Night[];
  readonly options: Pick<SimulatorOptions, 'retention' | 'pendingMs' | 'processingMs' | 'exportDelayMs'>;
}

export const DAY = 86_400_000;
const HOUR = 3_600_000;
const BEGINS = Date.UTC(2026, 0, 1);

/** The year of a seed: the same for the same seed. */
export function departmentOf(seed: number): Department {
  const random = seeded(Math.imul(seed + 1, 0x9e3779b1) >>> 0);
  for (let n = 0; n < 3; n += 1) random();
  const among = (most: number): number => Math.floor(random() * most);
  const shape = SHAPES[seed % SHAPES.length] as Shape;
  const conversations = Array.from({ length: 8 + among(16) }, (_, n) => conversationOf(n, random));
  const incidents = (share: number, after: number, within: number): readonly Incident[] =>
    conversations
      .filter(() => random() < share)
      .map(({ id = '', start }) => ({ at: Date.parse(start) + (after + among(within)) * DAY, conversationId: id }));
  return {
    shape,
    begins: BEGINS,
    step: random() < 0.5 ? 'P30D' : 'P14D',
    matters: mattersOf(shape, random),
    conversations,
    erasures: incidents(0.06, 10, 200),
    byHand: random() < 0.4 ? incidents(0.1, 1, 100) : [],
    nights: nightsOf(random),
    options: {
      // Analytics answer within a refresh, or, in every third year, later than its bounds: then it says that it does not know.
      pendingMs: seed % 3 === 0 ? HOUR / 4 : 5_000,
      processingMs: HOUR / 4,
      exportDelayMs: HOUR * (1 + among(3)),
      retention: {
        ...(random() < 0.6 ? { policies: [{ messageTypes: ['sms'], deleteAfterDays: 5 + among(60) }] } : {}),
        ...(random() < 0.15 ? { maximumDays: 90 + among(200) } : {}),
      },
    },
  };
}

/** The first ones are there, with recordings, when the matter begins: a hold of nothing is refused. */
function conversationOf(n: number, random: () => number): SeedConversation {
  const isFirst = n < 3;
  const start = BEGINS + Math.floor(random() * (isFirst ? 15 : 330)) * DAY + Math.floor(random() * DAY);
  const end = start + (random() < 0.1 ? Math.floor(random() * 3 * DAY) : 300_000);
  // What comes later than seven days after its end is out of the bounds within which a refresh promises to see it.
  const appears = new Date(end + (random() < 0.3 ? Math.floor(random() * 6 * DAY) : 0)).toISOString();
  const recordings: readonly SeedRecording[] = Array.from(
    { length: random() < 0.08 && !isFirst ? 0 : 1 + Math.floor(random() * 2) },
    () => ({}),
  );
  return {
    id: uuid(n + 1),
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    messageType: isFirst || random() < 0.8 ? 'sms' : 'whatsapp',
    appears,
    recordings,
  };
}

function mattersOf(shape: Shape, random: () => number): readonly MatterPlan[] {
  const overlapsFrom = 60 + Math.floor(random() * 150);
  const isJoined = random() < 0.7;
  const ends = (share: number, least: number): number | null =>
    random() < share ? BEGINS + (least + Math.floor(random() * (330 - least))) * DAY : null;
  const common = (): Pick<MatterPlan, 'isDestroyedCarelessly' | 'death'> => ({
    isDestroyedCarelessly: random() < 0.5,
    death: random() < 0.3 ? deathOf(random, 12) : null,
  });
  const first: MatterPlan = {
    name: 'Acme v. Example',
    by: shape.endsWith('export') ? 'export' : 'scope',
    opens: BEGINS,
    ends: isJoined ? ends(0.5, overlapsFrom + 20) : ends(0.2, 150),
    intervalAt: intervalsOf(shape, random),
    ...common(),
  };
  if (!isJoined) return [first];
  const by = first.by === 'export' && random() < 0.5 ? 'export' : 'scope';
  const isSame = by === 'export' || random() < 0.5;
  const second: MatterPlan = {
    name: 'Doe v. Example',
    by,
    opens: BEGINS + overlapsFrom * DAY,
    ends: ends(0.5, overlapsFrom + 40),
    intervalAt: isSame ? first.intervalAt : () => `${iso(BEGINS)}/${iso(BEGINS + (overlapsFrom + 20) * DAY)}`,
    ...common(),
  };
  return [first, second];
}

function deathOf(random: () => number, most: number): Death {
  return { at: 1 + Math.floor(random() * most), when: random() < 0.5 ? 'before' : 'after' };
}

/** A closed interval is widened now and then; an open one never needs to be. */
function intervalsOf(shape: Shape, random: () => number): (now: number) => string {
  if (shape.startsWith('rolling')) return () => `${iso(BEGINS)}/..`;
  const widened = [90, 200, 290].filter(() => random() < 0.6).map((day) => BEGINS + day * DAY);
  return (now) => {
    const passed = widened.filter((at) => at <= now).length;
    return `${iso(BEGINS)}/${iso(BEGINS + [60, 180, 270, 340][passed]! * DAY)}`;
  };
}

function nightsOf(random: () => number): readonly Night[] {
  const nights: Night[] = [];
  for (let at = BEGINS + 32 * DAY; at < BEGINS + 365 * DAY; at += (1 + Math.floor(random() * 14)) * DAY) {
    const deed = nights.length === 0 || random() < 0.65 ? 'apply' : 'look';
    const death = deed === 'apply' && random() < 0.2 ? deathOf(random, 60) : null;
    const repeats = deed === 'apply' && random() < 0.4;
    nights.push({ at, deed, death, repeats, asks: random() < 0.2, reconciles: random() < 0.06 });
  }
  return nights;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
