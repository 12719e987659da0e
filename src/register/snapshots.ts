/**
 * Snapshots: what the log says up to an entry, in one object, so that a cold reader need not fetch every entry. The log stays what
 * counts. A snapshot that cannot be read is passed over.
 */
import { sha256, type SetReference } from './entry';
import type { Log } from './log';
import { packSets } from './pack';
import type { Sets, SetStore } from './sets';
import type { Store } from './store';
import { unfinishedClaims, type ClaimView, type LiftView, type View } from './view';

/** Version of snapshots and packs. One of another version is passed over. */
const FORMAT = 2;
/** A set that is larger stands alone: it is worth a request. */
const MOST_PACKED_BYTES = 4 * 1024 * 1024;
const HIGHEST = 9_999_999_999;

/** What a snapshot says, as JSON. */
export interface Snapshot {
  readonly format: typeof FORMAT;
  /** Number of the last entry that is in it. */
  readonly number: number;
  /** Hash of that entry. */
  readonly head: string;
  readonly register: string;
  /** The first entry as it is, byte for byte: what the store is probed with. */
  readonly first: string;
  readonly claims: readonly ClaimView[];
  readonly lifts: readonly LiftView[];
  /** Sets of claims that are not done, in one object. */
  readonly pack: { readonly sha256: string; readonly pool: number; readonly sets: readonly SetReference[] } | null;
}

/** Reads the newest snapshot before the log, and writes a new one after what this run has appended. */
export class Snapshots {
  /** Of the one that was read or written last. */
  private number = 0;
  private pack: Snapshot['pack'] = null;

  constructor(
    private readonly store: Store,
    private readonly log: Log,
    private readonly sets: SetStore,
  ) {}

  /** Gives the newest snapshot to a log that was not read yet. Then the log reads on from there. */
  async load(signal: AbortSignal): Promise<void> {
    const [key] = await this.store.list('s/', undefined, signal, 1);
    if (key === undefined) return;
    const bytes = await this.store.read(key, signal);
    const snapshot = bytes === undefined ? undefined : decode(key, bytes);
    if (snapshot === undefined) return;
    this.number = snapshot.number;
    this.pack = snapshot.pack;
    this.log.startFrom(snapshot);
    if (snapshot.pack !== null) this.sets.usePack(snapshot.pack, packKey(snapshot.pack.sha256));
  }

  /** Writes a snapshot when something came since the last. It saves others requests; without it everything is right, too. */
  async write(signal: AbortSignal): Promise<void> {
    const { view, head, first } = this.log;
    if (view.register === null || head === null || first === undefined || view.last <= this.number) return;
    const { last, register } = view;
    const claims = [...view.claims.values()];
    const lifts = [...view.lifts.values()];
    const pack = await this.writePack(view, signal);
    const bytes = Buffer.from(
      `${JSON.stringify({ format: FORMAT, number: last, head, register, first, claims, lifts, pack } satisfies Snapshot)}\n`,
    );
    await this.store.create(snapshotKey(last, sha256(bytes)), bytes, signal);
    this.number = last;
    this.pack = pack;
  }

  private async writePack(view: View, signal: AbortSignal): Promise<Snapshot['pack']> {
    const references = referencesOf(view);
    if (references.length === 0) return null;
    const old = this.pack;
    if (old !== null && old.sets.length === references.length && references.every((one, at) => same(one, old.sets[at])))
      return old;
    const all: Sets[] = [];
    for (const reference of references) all.push(await this.sets.get(reference, signal));
    const { bytes, pool } = packSets(all);
    const hash = sha256(bytes);
    await this.store.create(packKey(hash), bytes, signal);
    return { sha256: hash, pool, sets: references };
  }
}

/** The sets of claims that are not done, each once, without those that stand alone. */
function referencesOf(view: View): readonly SetReference[] {
  const references = new Map<string, SetReference>();
  for (const { parts } of unfinishedClaims(view)) {
    for (const part of parts) {
      const reference = part.kind === 'conversations' ? part.ids : part.conversations;
      if (reference === null || reference.count === 0 || reference.count * 16 > MOST_PACKED_BYTES) continue;
      references.set(JSON.stringify(reference), reference);
    }
  }
  return [...references.values()];
}

function same(left: SetReference, right: SetReference | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Newest first in a listing. */
function snapshotKey(number: number, hash: string): string {
  return `s/${String(HIGHEST - number).padStart(10, '0')}-${hash}`;
}

function packKey(hash: string): string {
  return `k/${hash}`;
}

/** Undefined for what is not a snapshot of this version, whole and as it was written. */
function decode(key: string, bytes: Buffer): Snapshot | undefined {
  if (!key.endsWith(`-${sha256(bytes)}`)) return undefined;
  const snapshot = JSON.parse(bytes.toString('utf8')) as Snapshot;
  return snapshot.format === FORMAT && snapshot.number >= 1 ? snapshot : undefined;
}
