/**
 * The register's log in a pack: the matter's own entries as they stand, byte for byte, and of all others their digests alone. The
 * chain can be followed through both, and no other matter is named.
 */
import { createHash } from 'node:crypto';
import type { Entry, Register } from '../../register';

/** A line of `register.jsonl`. */
export interface RegisterLine {
  readonly number: number;
  /** SHA-256 of the entry's bytes, the line feed at its end included. */
  readonly sha256: string;
  /** The entry's text without that line feed; null where it is another matter's. */
  readonly entry: string | null;
}

/** An entry of the matter. */
export type OwnEntry = Entry;

/** The lines for a matter, in order, and what its own entries say. */
export async function* registerLines(
  register: Register,
  matter: string,
  signal: AbortSignal,
): AsyncGenerator<{ readonly line: RegisterLine; readonly own: OwnEntry | null }> {
  const entries = new OwnEntries(matter);
  for await (const { entry, bytes } of register.entries(signal)) {
    const isOwn = entries.takeIn(entry);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const text = bytes.toString('utf8').replace(/\n$/, '');
    yield { line: { number: entry.number, sha256, entry: isOwn ? text : null }, own: isOwn ? entry : null };
  }
}

/** Tells the entries of one matter, read in order. */
export class OwnEntries {
  private readonly claims = new Set<string>();
  private readonly lifts = new Set<number>();

  constructor(private readonly matter: string) {}

  /** Answers whether it is one of the matter's. */
  takeIn({ body, number }: Entry): boolean {
    switch (body.kind) {
      case 'open':
        return true;
      case 'claim': {
        const isOwn = body.key.matter === this.matter;
        if (isOwn) this.claims.add(body.claim);
        return isOwn;
      }
      case 'lift': {
        const isOwn = this.claims.has(body.claim);
        if (isOwn) this.lifts.add(number);
        return isOwn;
      }
      case 'abort':
      case 'close':
        return this.claims.has(body.claim) || this.lifts.has(body.lift);
      case 'grow':
      case 'scoped':
      case 'known-as':
      case 'held':
      case 'lost':
      case 'take-over':
      case 'approvers':
      case 'drop':
      case 'done':
        return this.claims.has(body.claim);
    }
  }
}
