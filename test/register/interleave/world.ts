/** Genesys Cloud's bits and the register's store, shared by all machines, with every request a point of interleaving. */
import type { ConversationSet } from '../../../src/conversations';
import { type ConversationId } from '../../../src/conversations';
import type { Counters } from './counters';
import { Events } from './events';

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
}

/** A process; a dead one never goes on. */
export interface Run {
  alive: boolean;
  readonly matter: number;
  /** Milliseconds for which its monotonic clock stood still. */
  suspended: number;
  /** Milliseconds that its wall clock is wrong by. */
  skew: number;
  /** A process that stands still for so long that somebody starts another. */
  readonly onPause: (ms: number) => void;
  readonly onKill: () => void;
}

/** What a request may be about. */
interface Kind {
  readonly changes: boolean;
  readonly store: boolean;
}

export const STORE_READ: Kind = { changes: false, store: true };
export const STORE_WRITE: Kind = { changes: true, store: true };
export const LOOK: Kind = { changes: false, store: false };
export const SET: Kind = { changes: true, store: false };
export const LIFT: Kind = { changes: true, store: false };

export class World {
  readonly events = new Events();
  readonly objects = new Map<string, Buffer>();
  readonly bits = new Set<ConversationId>();
  readonly existing: Set<ConversationId>;
  readonly foreign: ReadonlySet<ConversationId>;
  /** What must be true, and was not. */
  readonly broken: string[] = [];
  /** Deleted by retention although a matter had seen them set. */
  readonly lost: ConversationId[] = [];
  private readonly settled = new Map<number, Set<ConversationId>>();
  private outageUntil = 0;

  constructor(
    readonly ids: readonly ConversationId[],
    foreign: readonly ConversationId[],
    readonly random: () => number,
    readonly roughness: Roughness,
    readonly counters: Counters,
  ) {
    this.existing = new Set(ids);
    this.foreign = new Set(foreign);
    for (const id of foreign) this.bits.add(id);
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
   * it takes effect and gives the answer; it is told when the request was sent.
   */
  request<Answer>(run: Run, kind: Kind, effect: (pausedFor: number) => Answer, onSend?: () => void): Promise<Answer> {
    const { events, counters, roughness } = this;
    return new Promise((resolve, reject) => {
      if (!run.alive) return;
      if (this.chance(roughness.kill)) {
        counters.add('kills before sending');
        this.kill(run);
        return;
      }
      const pause = this.chance(roughness.pause * (kind === LIFT ? 8 : kind === SET ? 3 : 1)) ? this.pause(run) : 0;
      events.after(pause, () => {
        if (!run.alive) return;
        onSend?.();
        const out = kind.store && events.now < this.outageUntil;
        const late = !out && kind.changes && this.chance(roughness.late);
        const lost = out || late || this.chance(roughness.lose);
        const never = out || (lost && !late && this.chance(0.5));
        const killed = this.chance(roughness.kill);
        if (late) counters.add('effects that came late');
        if (!never) {
          const usual = this.between(5, 400) * (kind === SET || kind === LIFT ? roughness.slow : 1);
          events.after(late ? this.between(1_000, LONGEST_MS - 1) : usual, () => {
            const answer = effect(pause);
            if (killed) {
              counters.add('kills after sending');
              this.kill(run);
            } else if (!lost) events.after(this.between(5, 200), () => run.alive && resolve(answer));
          });
        } else if (killed) this.kill(run);
        if (!lost) return;
        counters.add('client time-outs');
        events.after(this.between(500, late ? 5_000 : 20_000), () => run.alive && reject(new NoAnswer()));
      });
    });
  }

  /** The matter has seen these set. */
  settle(matter: number, ids: ConversationSet): void {
    const known = this.settled.get(matter) ?? new Set();
    for (const id of ids) known.add(id);
    this.settled.set(matter, known);
  }

  /** The matter was asked to release. */
  drop(matter: number): void {
    this.settled.delete(matter);
  }

  /** Who had seen which of these set when a lift was sent. */
  settledOn(ids: ConversationSet): ReadonlyMap<ConversationId, readonly number[]> {
    return new Map(
      [...ids].map((id) => [id, [...this.settled].filter(([, known]) => known.has(id)).map(([by]) => by)]),
    );
  }

  set(ids: ConversationSet): void {
    for (const id of ids) if (this.existing.has(id)) this.bits.add(id);
  }

  lift(
    ids: ConversationSet,
    by: number,
    settledOn: ReadonlyMap<ConversationId, readonly number[]>,
    paused: boolean,
  ): void {
    const now = this.settledOn(ids);
    for (const id of ids) {
      if (this.foreign.has(id)) this.broken.push(`I3: ${id} was held by somebody unknown and was lifted`);
      const still = new Set(now.get(id));
      const hurt = (settledOn.get(id) ?? []).filter((matter) => matter !== by && still.has(matter));
      if (this.bits.delete(id) && hurt.length > 0) {
        if (paused) this.counters.add('late lifts of paused machines (z)');
        else this.broken.push(`I2: ${id} was lifted by matter ${by} although matter ${hurt.join(', ')} had it set`);
      }
    }
  }

  /** Deletes those of these that are not protected, as a retention policy does. */
  retain(ids: readonly ConversationId[]): void {
    for (const id of ids) {
      if (this.bits.has(id) || !this.existing.delete(id)) continue;
      this.counters.add('retention deletions');
      if ([...this.settled.values()].some((known) => known.has(id))) this.lost.push(id);
    }
  }

  private pause(run: Run): number {
    const pause = this.between(0.2, 4) * LEASE_MS;
    const suspend = this.chance(0.4);
    this.counters.add(suspend ? 'suspends' : 'pauses');
    if (suspend) run.suspended += pause;
    run.onPause(pause);
    return pause;
  }

  private kill(run: Run): void {
    if (!run.alive) return;
    run.alive = false;
    run.onKill();
  }
}

/** No answer came. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}
