/** Virtual time and chance: everything in a simulation happens in the order that its seed gives, and again in the next run. */

/** A generator of numbers in [0, 1) that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => unknown;
}

/** What happens next, by time. */
export class Events {
  now = 0;
  private queue: Event[] = [];
  private order = 0;

  /** Milliseconds from now. What takes real time is waited for: virtual time stands still meanwhile. */
  after(delay: number, run: () => unknown): void {
    const event = { at: this.now + Math.max(0, delay), order: (this.order += 1), run };
    let low = 0;
    let high = this.queue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.queue[middle] as Event;
      if (other.at < event.at || (other.at === event.at && other.order < event.order)) low = middle + 1;
      else high = middle;
    }
    this.queue.splice(low, 0, event);
  }

  /** Runs until nothing is left to happen, or for so long. Answers whether it ended by itself. */
  async run(longest: number): Promise<boolean> {
    for (;;) {
      await new Promise(setImmediate);
      const next = this.queue.shift();
      if (next === undefined) return true;
      if (next.at > longest) return false;
      this.now = next.at;
      await next.run();
    }
  }
}
