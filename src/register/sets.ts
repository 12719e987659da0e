/** Sets of conversations in a register: 16 bytes each, sorted, under the SHA-256 of those bytes. */
import { ConversationSet } from '../conversations';
import { sha256, type SetReference } from './entry';
import { RegisterProblem, type Store } from './store';
import type { ClaimView } from './view';

/** What one object says of conversations. The last three are about some of the first. */
export interface Sets {
  readonly covers: ConversationSet;
  readonly before: ConversationSet;
  readonly unknown: ConversationSet;
  readonly placed: ConversationSet;
}

const BYTES = 16;

export const NO_SETS: Sets = {
  covers: ConversationSet.empty,
  before: ConversationSet.empty,
  unknown: ConversationSet.empty,
  placed: ConversationSet.empty,
};

/** Writes sets, and reads them once. */
export class SetStore {
  private readonly known = new Map<string, Sets>();

  constructor(private readonly store: Store) {}

  /** Puts sets where they belong. Answers how an entry refers to them. Safe to repeat. */
  async put(sets: Sets, signal: AbortSignal): Promise<SetReference> {
    const { covers, before, unknown, placed } = sets;
    const bytes = Buffer.concat([covers, before, unknown, placed].map((set) => set.toBytes()));
    const hash = sha256(bytes);
    // An empty set needs no object.
    const reference = {
      sha256: hash,
      count: covers.size,
      ...(before.size === 0 ? {} : { before: before.size }),
      ...(unknown.size === 0 ? {} : { unknown: unknown.size }),
      ...(placed.size === 0 ? {} : { placed: placed.size }),
    };
    const name = nameOf(reference);
    if (bytes.length > 0 && !this.known.has(name)) await this.store.create(keyOf(hash), bytes, signal);
    this.known.set(name, sets);
    return reference;
  }

  /** Throws {@link RegisterProblem} where the object is missing or is not what it should be. */
  async get(reference: SetReference, signal: AbortSignal): Promise<Sets> {
    if (reference.count === 0) return NO_SETS;
    const known = this.known.get(nameOf(reference));
    if (known !== undefined) return known;
    const bytes = await this.store.read(keyOf(reference.sha256), signal);
    if (bytes === undefined || sha256(bytes) !== reference.sha256) {
      throw new RegisterProblem(
        'damaged',
        `The register is damaged at ${this.store.place}/${keyOf(reference.sha256)}: ${bytes === undefined ? 'it is missing' : 'its bytes do not have this hash'}. Nothing is released while that is so. Restore the object from a version or backup of the store.`,
      );
    }
    return this.keep(reference, bytes);
  }

  /** Everything a claim covers, as far as it is about conversations. */
  async covers({ parts }: ClaimView, signal: AbortSignal): Promise<ConversationSet> {
    const sets: ConversationSet[] = [];
    for (const part of parts) if (part.kind === 'conversations') sets.push((await this.get(part.ids, signal)).covers);
    return sets.length === 1 ? (sets[0] as ConversationSet) : ConversationSet.unionOf(sets);
  }

  private keep(reference: SetReference, bytes: Buffer): Sets {
    const { count, before = 0, unknown = 0, placed = 0 } = reference;
    let at = 0;
    const next = (size: number): ConversationSet => {
      const set = ConversationSet.fromPacked(bytes.subarray(at, at + size * BYTES));
      at += size * BYTES;
      return set;
    };
    const sets = { covers: next(count), before: next(before), unknown: next(unknown), placed: next(placed) };
    this.known.set(nameOf(reference), sets);
    return sets;
  }
}

/** The same bytes may be cut in more than one way. */
function nameOf({ sha256: hash, count, before = 0, unknown = 0, placed = 0 }: SetReference): string {
  return [hash, count, before, unknown, placed].join('/');
}

function keyOf(hash: string): string {
  return `c/${hash}`;
}
