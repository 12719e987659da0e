/** Whether a store keeps its word: what exists must not be created again. */
import { RegisterProblem, type Store } from './store';

/**
 * Puts a probe into the log's own prefix once a run and tries to create it again. A store that answers "created" twice ignores
 * the condition (Ceph 16 does so in a versioned bucket), and two machines would write one entry both. Throws
 * {@link RegisterProblem} then.
 */
export async function probe(store: Store, nonce: string, signal: AbortSignal): Promise<void> {
  const key = `p/${nonce}`;
  await store.create(key, Buffer.from('probe\n'), signal);
  if ((await store.create(key, Buffer.from('probe again\n'), signal)) === 'exists') return;
  throw new RegisterProblem(
    'unconditional',
    `${store.place} cannot keep a register: it replaced an object although it was told to create it only where none is (If-None-Match: *). Use a store that obeys the condition; for Ceph's gateway, a bucket without versioning.`,
  );
}
