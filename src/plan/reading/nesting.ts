import { OPEN_OBJECT } from './json-bytes';

/** Objects and arrays that are open. */
export class Nesting {
  depth = 0;
  /** The most that were open at once, since it was set last. */
  deepest = 0;
  /** By depth, what opened it. A byte each: there may be millions. */
  private kinds = new Uint8Array(64);

  /** Whether what was opened last is an object. */
  get isObject(): boolean {
    return this.kinds[this.depth] === OPEN_OBJECT;
  }

  open(byte: number): void {
    this.depth += 1;
    if (this.depth > this.deepest) this.deepest = this.depth;
    if (this.depth === this.kinds.length) {
      const wider = new Uint8Array(this.kinds.length * 2);
      wider.set(this.kinds);
      this.kinds = wider;
    }
    this.kinds[this.depth] = byte;
  }

  close(): void {
    this.depth -= 1;
  }
}
