/** Whether a store keeps its word: what exists must not be created again. */
import { RegisterProblem, type Store } from './store';

/**
 * Tries once a run to create what exists, an entry of the log itself, with the bytes that it has: a store that ignores the
 * condition loses nothing by it. One that answers "created" (Ceph 16 does so in a versioned bucket) would let two machines write
 * one entry both. Throws {@link RegisterProblem} then.
 */
export async function probe(store: Store, key: string, bytes: Buffer, signal: AbortSignal): Promise<void> {
  if ((await store.create(key, bytes, signal)) === 'exists') return;
  throw new RegisterProblem(
    'unconditional',
    `${store.place} cannot keep a register: it replaced an object although it was told to create it only where none is (If-None-Match: *). Use a store that obeys the condition; for Ceph's gateway, a bucket without versioning.`,
  );
}
