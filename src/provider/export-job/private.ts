import type { Json } from '../../framework';
import type { Batch, ExportSpec } from '../../genesys';
import { fingerprint } from './spec';

/**
 * What is kept beside the state: the batches as Genesys Cloud's room knows them (the attribute `batches` lacks the
 * conversations of a retry), and what they were made for.
 */
export type ExportPrivate = {
  readonly batches: readonly StoredBatch[];
  /** {@link fingerprint} of the scope. */
  readonly scope: string;
  readonly done: boolean;
  /**
   * Set in the plan of a replacement. `again`: the predecessor was done, its jobs must not be taken for the new ones.
   * `resume`: the predecessor was not done and asked for the same, so its jobs are left alone and carried on.
   */
  readonly successor?: 'again' | 'resume';
};

type StoredBatch = { readonly [K in keyof Batch]: Batch[K] & Json };

/** Packs the batches of a scope. */
export function exportPrivate(spec: ExportSpec, batches: readonly Batch[], done: boolean): ExportPrivate {
  return { batches: batches.map((batch) => ({ ...batch }) as StoredBatch), scope: fingerprint(spec), done };
}

/** The jobs of these batches. */
export function jobsOf(batches: readonly Pick<Batch, 'jobId'>[]): readonly string[] {
  return batches.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]));
}
