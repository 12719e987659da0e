/** What a simulation met; a counter that stays at zero means that it did not look there. */
import type { RegisterEvent } from '../../../src/register';

/** Those that a simulation of many seeds must have met. */
export const COUNTERS = [
  'kills before sending',
  'kills after sending',
  'effects that came late',
  'client time-outs',
  'pauses',
  'suspends',
  'runs repeated while another was paused',
  'releases retried while paused',
  'states restored',
  'claims taken over',
  'take-overs that came second',
  'old states refused',
  'claims that were narrowed',
  'stops because of a drop',
  'outages of the register',
  'holds that were applied unregistered',
  'holds of 0.1.0 adopted',
  'releases that kept what a hold of 0.1.0 may have found',
  'retention deletions',
  'probes refused',
  'signatures expired',
  'torn temporary files',
  'late lifts of paused machines (z)',
  'late sets of paused machines (z)',
  'late lifts and sets repaired',
  'claims',
  'growths',
  'releases',
  'slot lost',
  'lost answer found',
  'claim adopted',
  'before inherited',
  'waits for a release',
  'release aborted',
  'looked before setting',
  'claim dropped meanwhile',
  'stale create stopped',
  'lease ended',
  'lift unanswered',
  'lift waited out',
  'set again',
] as const satisfies readonly (RegisterEvent | string)[];

export type Counter = (typeof COUNTERS)[number] | RegisterEvent;

export class Counters {
  private readonly counts = new Map<Counter, number>();

  add(counter: Counter, by = 1): void {
    this.counts.set(counter, (this.counts.get(counter) ?? 0) + by);
  }

  get(counter: Counter): number {
    return this.counts.get(counter) ?? 0;
  }

  merge(other: Counters): void {
    for (const [counter, count] of other.counts) this.add(counter, count);
  }

  /** All of them, those at zero included. */
  entries(): readonly (readonly [Counter, number])[] {
    return COUNTERS.map((counter) => [counter, this.get(counter)] as const);
  }
}
