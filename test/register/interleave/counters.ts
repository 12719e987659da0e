/** What a simulation met; a counter that stays at zero means that it did not look there. */
import type { RegisterEvent } from '../../../src/register';

export type Counter =
  | RegisterEvent
  | 'kills before sending'
  | 'kills after sending'
  | 'effects that came late'
  | 'client time-outs'
  | 'pauses'
  | 'suspends'
  | 'runs repeated while another was paused'
  | 'states restored'
  | 'stops because of a drop'
  | 'outages of the register'
  | 'retention deletions'
  | 'late lifts of paused machines (z)'
  | 'late lifts repaired'
  | 'claims'
  | 'releases';

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

  entries(): readonly (readonly [Counter, number])[] {
    return [...this.counts].sort(([left], [right]) => left.localeCompare(right));
  }
}
