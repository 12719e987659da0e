/** The bits, the recordings and the register's store that all machines share, with every request a point of interleaving. */
import type { ClaimKey } from '../../../src/register';
import type { Counters } from './counters';
import { Events } from './events';
import { Truth } from './truth';

export const LEASE_MS = 60_000;
export const LONGEST_MS = 60_000;

/** How rough the world is: probabilities of a request. */
export interface Roughness {
  readonly kill: number;
  readonly lose: number;
  readonly late: number;
  readonly pause: number;
  /** How much slower than usual requests that change bits are: makes releases long, so that others meet them. */
  readonly slow: number;
  /** Machines stand still right before a lift, for so long that others give them up. */
  readonly stalls: boolean;
}

/** Nothing fails. */
export const CALM: Roughness = { kill: 0, lose: 0, late: 0, pause: 0, slow: 1, stalls: false };
const ROUGH_MS = 60 * 60 * 60 * 1_000;

/** A process; a dead one never continues. */
export interface Run {
  alive: boolean;
  readonly matter: number;
  /** Nothing kills it: what it does is known nowhere else yet. */
  safe: boolean;
  /** No other run of its matter is under way. */
  readonly alone: () => boolean;
  /** Milliseconds for which its monotonic clock stood still. */
  suspended: number;
  /** Milliseconds that its wall clock is wrong by. */
  readonly skew: number;
  /** A process that stands still for so long that somebody starts another. */
  readonly onPause: (ms: number) => void;
  readonly onKill: () => void;
}

/** What a request may be about. */
export interface Kind {
  readonly changes: boolean;
  readonly store: boolean;
  /** How much likelier than usual the machine stands still before it. */
  readonly pauses: number;
}

export const STORE_READ: Kind = { changes: false, store: true, pauses: 2 };
export const STORE_WRITE: Kind = { changes: true, store: true, pauses: 1 };
export const LOOK: Kind = { changes: false, store: false, pauses: 1 };
export const SET: Kind = { changes: true, store: false, pauses: 3 };
export const LIFT: Kind = { changes: true, store: false, pauses: 8 };

/** When a request may still take effect, and what to do with what it meets on its way. */
export interface Way {
  /** Told when it is sent, and how long the machine had stood still before. */
  readonly onSend?: (pausedMs: number) => void;
  /** A server that refuses it when it arrives after this. */
  readonly until?: number;
  /** A process that dies while it writes leaves this. */
  readonly onTorn?: () => void;
}

/** The bits of one kind. */
export interface Field {
  readonly bits: Set<string>;
  /** Held by somebody unknown, from the beginning to the end. */
  readonly foreign: ReadonlySet<string>;
  /** A late request of this field can be refused: nothing of class z may come of it. */
  readonly fenced: boolean;
}

export type FieldName = 'conversations' | 'holds' | 'files';

/** A lift under way. */
export interface Lifting {
  readonly by: number;
  readonly key: ClaimKey;
  /** What others had seen set when it was sent. */
  readonly settledOn: ReadonlyMap<string, readonly number[]>;
  /** Its intent. */
  readonly intent: number | undefined;
  /** It was sent after its lease had ended, because the machine stood still in between. */
  readonly overdue: boolean;
}

export class World {
  readonly events = new Events();
  readonly objects = new Map<string, Buffer>();
  readonly truth = new Truth(this.objects);
  readonly existing: Set<string>;
  /** What must be true, and was not. */
  readonly broken: string[] = [];
  /** Deleted by retention although a matter had seen them set. */
  readonly lost: string[] = [];
  /** Set by a machine that had stood still, after its claim was dropped. */
  readonly lateSets = new Set<string>();
  private readonly settled = new Map<string, Set<string>>();
  private outageUntil = 0;

  constructor(
    things: Iterable<string>,
    readonly fields: Readonly<Record<FieldName, Field>>,
    readonly random: () => number,
    private readonly usual: Roughness,
    readonly counters: Counters,
  ) {
    this.existing = new Set(things);
    for (const { bits, foreign } of Object.values(fields)) for (const id of foreign) bits.add(id);
  }

  /** Whatever has not ended after days, because of long journals over a bad line, must end when nothing fails any more. */
  get roughness(): Roughness {
    return this.events.now > ROUGH_MS ? CALM : this.usual;
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  between(low: number, high: number): number {
    return low + this.random() * (high - low);
  }

  /** The register answers nothing for a while. */
  outage(ms: number): void {
    this.counters.add('outages of the register');
    this.outageUntil = this.events.now + ms;
  }

  /**
   * One request of a run: sent after a pause perhaps; its effect soon, late or never; its answer or none. `effect` runs when
   * it takes effect and gives the answer.
   */
  request<Answer>(run: Run, kind: Kind, effect: () => Answer | Promise<Answer>, way: Way = {}): Promise<Answer> {
    const { events, counters, roughness } = this;
    return new Promise((resolve, reject) => {
      if (!run.alive) return;
      if (this.dies(run)) {
        counters.add('kills before sending');
        if (way.onTorn !== undefined && this.chance(0.5)) way.onTorn();
        this.kill(run);
        return;
      }
      const pause = this.pauseOf(run, kind);
      events.after(pause, () => {
        if (!run.alive) return;
        way.onSend?.(pause);
        const out = kind.store && events.now < this.outageUntil;
        const late = !out && kind.changes && this.chance(roughness.late);
        const lost = out || late || this.chance(roughness.lose);
        const never = out || (lost && !late && this.chance(0.5));
        const killed = this.dies(run);
        if (late) counters.add('effects that came late');
        if (!never) {
          const usual = this.between(5, 400) * (kind === SET || kind === LIFT ? roughness.slow : 1);
          events.after(late ? this.between(1_000, LONGEST_MS - 1) : Math.min(usual, LONGEST_MS - 1), async () => {
            const refused = way.until !== undefined && events.now > way.until;
            if (refused) counters.add('signatures expired');
            let answer: { readonly value: Answer } | { readonly error: unknown };
            try {
              answer = refused ? { error: new Expired() } : { value: await effect() };
            } catch (error) {
              answer = { error };
            }
            if (killed) {
              counters.add('kills after sending');
              this.kill(run);
            } else if (!lost) {
              events.after(this.between(5, 200), () => {
                if (!run.alive) return;
                if ('error' in answer) reject(answer.error as Error);
                else resolve(answer.value);
              });
            }
          });
        } else if (killed) this.kill(run);
        if (!lost) return;
        counters.add('client time-outs');
        events.after(this.between(500, late ? 5_000 : 20_000), () => run.alive && reject(new NoAnswer()));
      });
    });
  }

  /** The matter has seen these set. */
  settle(matter: number, field: FieldName, things: Iterable<string>): void {
    const name = `${matter} ${field}`;
    this.settled.set(name, new Set([...(this.settled.get(name) ?? []), ...things]));
  }

  /** The matter needs only these any more. */
  keep(matter: number, field: FieldName, things: ReadonlySet<string>): void {
    const name = `${matter} ${field}`;
    this.settled.set(name, new Set([...(this.settled.get(name) ?? [])].filter((thing) => things.has(thing))));
  }

  /** Who had seen which of these set. */
  settledOn(field: FieldName, things: Iterable<string>): ReadonlyMap<string, readonly number[]> {
    const known = [...this.settled].filter(([name]) => name.endsWith(` ${field}`));
    return new Map(
      [...things].map((thing) => [
        thing,
        known.filter(([, settled]) => settled.has(thing)).map(([name]) => Number.parseInt(name, 10)),
      ]),
    );
  }

  /** Whether a matter has seen this set, in whatever field. */
  isSettled(recording: string): boolean {
    return [...this.settled.values()].some((settled) => [...settled].some((thing) => recordingOf(thing) === recording));
  }

  exists(thing: string): boolean {
    return this.existing.has(recordingOf(thing));
  }

  /** Sets them for the claims of this key, in a request of this run. */
  setting(run: Run, field: FieldName, things: readonly string[], key: ClaimKey): Promise<void> {
    let overdue = false;
    return this.request(run, SET, () => this.set(field, things, overdue), {
      onSend: (pausedMs) => {
        // Whoever looked within a lease of sending it would have seen the drop.
        overdue = pausedMs > 0 && this.events.now - (this.truth.droppedAt(key) ?? Infinity) > LEASE_MS;
      },
    });
  }

  private set(field: FieldName, things: readonly string[], late: boolean): void {
    for (const thing of things) {
      if (!this.exists(thing)) continue;
      if (!this.fields[field].bits.has(thing) && late) {
        this.counters.add('late sets of paused machines (z)');
        this.lateSets.add(thing);
      }
      this.fields[field].bits.add(thing);
    }
  }

  lift(field: FieldName, things: readonly string[], lifting: Lifting): void {
    const { bits, foreign, fenced } = this.fields[field];
    const { by, key, settledOn, intent, overdue } = lifting;
    const now = this.settledOn(field, things);
    for (const thing of things) {
      if (foreign.has(thing)) this.broken.push(`I3: ${thing} was held by somebody unknown and was lifted`);
      const still = new Set(now.get(thing));
      const seen = (settledOn.get(thing) ?? []).filter((matter) => matter !== by && still.has(matter));
      const written =
        intent === undefined || field === 'holds' ? [] : this.truth.coveredBefore(keyOf(thing), intent, key);
      if (!bits.delete(thing)) continue;
      this.lateSets.delete(thing);
      if (seen.length + written.length === 0) continue;
      if (overdue && !fenced) this.counters.add('late lifts of paused machines (z)');
      else {
        this.broken.push(
          `I2: ${thing} was lifted by matter ${by} although ${[...seen, ...written].join(', ')} held it`,
        );
      }
    }
  }

  /** Deletes those of these that are not protected, as retention policies and lifecycle rules do. */
  retain(recordings: readonly string[]): void {
    const held = new Set(Object.values(this.fields).flatMap(({ bits }) => [...bits].map(recordingOf)));
    for (const recording of recordings) {
      if (held.has(recording) || !this.existing.delete(recording)) continue;
      this.counters.add('retention deletions');
      if (this.isSettled(recording)) this.lost.push(recording);
    }
  }

  private pauseOf(run: Run, kind: Kind): number {
    const { pause, stalls } = this.roughness;
    if (stalls && kind === LIFT && this.chance(0.5)) return this.pause(run, this.between(3, 20) * LEASE_MS);
    if (!this.chance(pause * kind.pauses)) return 0;
    return this.pause(run, this.between(0.2, this.chance(0.2) ? 40 : 4) * LEASE_MS);
  }

  private pause(run: Run, pause: number): number {
    const suspend = this.chance(0.4);
    this.counters.add(suspend ? 'suspends' : 'pauses');
    if (suspend) run.suspended += pause;
    run.onPause(pause);
    return pause;
  }

  private dies(run: Run): boolean {
    return this.chance(this.roughness.kill) && !run.safe;
  }

  private kill(run: Run): void {
    if (!run.alive) return;
    run.alive = false;
    run.onKill();
  }
}

/** What a bit is on: a hold of the compliance API has bits of its own on the same conversations. */
function recordingOf(thing: string): string {
  return thing.split(' ')[0] as string;
}

/** A file's thing is its key and its version. */
export function keyOf(thing: string): string {
  return thing.split('\n')[0] as string;
}

/** No answer came. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** The server refused a request that came too late. */
export class Expired extends Error {
  override readonly name = 'Expired';
}
