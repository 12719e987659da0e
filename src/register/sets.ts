/** Sets of conversations in a register: 16 bytes each, sorted, under the SHA-256 of those bytes. */
import { ConversationSet } from '../conversations';
import { sha256, type SetReference } from './entry';
import { Pack } from './pack';
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

/** Which sets an object has, and how it is known to be whole. */
interface PackReference {
  readonly sha256: string;
  readonly pool: number;
  readonly sets: readonly SetReference[];
}

/** Writes sets, and reads them once. */
export class SetStore {
  private readonly known = new Map<string, Sets>();
  private packed:
    | {
        readonly key: string;
        readonly pack: PackReference;
        readonly places: ReadonlyMap<string, number>;
        loading?: Promise<Pack | undefined>;
      }
    | undefined;

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

  /** From here on, sets that this pack has are taken from it. It is fetched when one is needed. */
  usePack(pack: PackReference, key: string): void {
    this.packed = { pack, key, places: new Map(pack.sets.map((one, place) => [nameOf(one), place])) };
  }

  /** Throws {@link RegisterProblem} where the object is missing or is not what it should be. */
  async get(reference: SetReference, signal: AbortSignal): Promise<Sets> {
    if (reference.count === 0) return NO_SETS;
    const known = this.known.get(nameOf(reference));
    if (known !== undefined) return known;
    const packed = await this.fromPack(reference, signal);
    if (packed !== undefined) return packed;
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

  /** Reads each object of these claims from the store. Throws {@link RegisterProblem} for one that is not what it should be. */
  async verify(claims: readonly ClaimView[], signal: AbortSignal): Promise<void> {
    const afresh = new SetStore(this.store);
    for (const { parts } of claims) {
      for (const part of parts) {
        const reference = part.kind === 'conversations' ? part.ids : part.conversations;
        if (reference !== null) await afresh.get(reference, signal);
        afresh.known.clear();
      }
    }
  }

  /** Not kept: the pack has them at a fraction of the size. */
  private async fromPack(reference: SetReference, signal: AbortSignal): Promise<Sets | undefined> {
    const { packed } = this;
    if (packed === undefined) return undefined;
    const index = packed.places.get(nameOf(reference));
    if (index === undefined) return undefined;
    packed.loading ??= this.loadPack(packed.pack, packed.key, signal);
    try {
      return (await packed.loading)?.sets(index);
    } catch (error) {
      delete packed.loading;
      throw error;
    }
  }

  /** Undefined where it is missing or is not what it should be: then the sets themselves are read. */
  private async loadPack(pack: PackReference, key: string, signal: AbortSignal): Promise<Pack | undefined> {
    const bytes = await this.store.read(key, signal);
    if (bytes === undefined || sha256(bytes) !== pack.sha256) return undefined;
    return new Pack(bytes, pack.pool, pack.sets);
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
