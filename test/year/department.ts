/** What a year brings: conversations of a legal matter, how late they come, what takes them away, and the nights of applies. */
import type { SeedConversation, SeedRecording, SimulatorOptions } from '../../src/simulator';
import { seeded, uuid } from '../genesys/helpers';

/** How the matter is written down. */
export type Shape = 'scope' | 'rolling scope' | 'export' | 'rolling export';

export const SHAPES: readonly Shape[] = ['scope', 'rolling scope', 'export', 'rolling export'];

/** What somebody does at a night. */
export type Deed = 'apply' | 'look';

/** A recording that is erased at a moment, whatever protects it. */
export interface Erasure {
  readonly at: number;
  readonly conversationId: string;
}

/** One year of one seed. */
export interface Department {
  readonly shape: Shape;
  readonly begins: number;
  /** The interval at a moment, as it is written in the configuration: it may be widened in the course of the year. */
  readonly intervalAt: (now: number) => string;
  readonly step: string;
  readonly conversations: readonly SeedConversation[];
  readonly erasures: readonly Erasure[];
  readonly nights: readonly { readonly at: number; readonly deed: Deed }[];
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
  const erasures = conversations
    .filter(() => random() < 0.06)
    .map(({ id = '', start }) => ({ at: Date.parse(start) + (10 + among(200)) * DAY, conversationId: id }));
  return {
    shape,
    begins: BEGINS,
    intervalAt: intervalsOf(shape, random),
    step: random() < 0.5 ? 'P30D' : 'P14D',
    conversations,
    erasures,
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

/** A closed interval is widened now and then; an open one never needs to be. */
function intervalsOf(shape: Shape, random: () => number): (now: number) => string {
  if (shape.startsWith('rolling')) return () => `${iso(BEGINS)}/..`;
  const widened = [90, 200, 290].filter(() => random() < 0.6).map((day) => BEGINS + day * DAY);
  return (now) => {
    const passed = widened.filter((at) => at <= now).length;
    return `${iso(BEGINS)}/${iso(BEGINS + [60, 180, 270, 340][passed]! * DAY)}`;
  };
}

function nightsOf(random: () => number): Department['nights'] {
  const nights: { at: number; deed: Deed }[] = [];
  for (let at = BEGINS + 32 * DAY; at < BEGINS + 365 * DAY; at += (1 + Math.floor(random() * 14)) * DAY) {
    nights.push({ at, deed: nights.length === 0 || random() < 0.65 ? 'apply' : 'look' });
  }
  return nights;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
