/** Sets of conversations in a register: 16 bytes each, sorted, under the SHA-256 of those bytes. */
import { ConversationSet } from '../conversations';
import { sha256, type SetReference } from './entry';
import { RegisterProblem, type Store } from './store';
import type { ClaimView } from './view';

/** Writes sets, and reads them once. */
export class SetStore {
  private readonly known = new Map<string, ConversationSet>();

  constructor(private readonly store: Store) {}

  /** Puts a set where it belongs. Answers how an entry refers to it. Safe to repeat. */
  async put(set: ConversationSet, signal: AbortSignal): Promise<SetReference> {
    const bytes = set.toBytes();
    const hash = sha256(bytes);
    // An empty set needs no object.
    if (set.size > 0 && !this.known.has(hash)) await this.store.create(keyOf(hash), bytes, signal);
    this.known.set(hash, set);
    return { sha256: hash, count: set.size };
  }

  /** Throws {@link RegisterProblem} where the set is missing or is not what it should be. */
  async get(reference: SetReference, signal: AbortSignal): Promise<ConversationSet> {
    if (reference.count === 0) return ConversationSet.empty;
    const known = this.known.get(reference.sha256);
    if (known !== undefined) return known;
    const bytes = await this.store.read(keyOf(reference.sha256), signal);
    if (bytes === undefined || sha256(bytes) !== reference.sha256) {
      throw new RegisterProblem(
        'damaged',
        `The register is damaged at ${this.store.place}/${keyOf(reference.sha256)}: ${bytes === undefined ? 'it is missing' : 'its bytes do not have this hash'}. Nothing is released while that is so. Restore the object from a version or backup of the store.`,
      );
    }
    const set = ConversationSet.fromPacked(bytes);
    this.known.set(reference.sha256, set);
    return set;
  }

  /** Everything a claim covers. */
  async covers({ parts }: ClaimView, signal: AbortSignal): Promise<ConversationSet> {
    return ConversationSet.unionOf(await Promise.all(parts.map(({ covers }) => this.get(covers, signal))));
  }

  /** What of it was held by nobody known when it was claimed. */
  async before({ parts }: ClaimView, signal: AbortSignal): Promise<ConversationSet> {
    return ConversationSet.unionOf(await Promise.all(parts.map(({ before }) => this.get(before, signal))));
  }
}

function keyOf(hash: string): string {
  return `c/${hash}`;
}
