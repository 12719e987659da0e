import type { Json } from '../../framework';
import type { Batch, ExportSpec } from '../../genesys';
import { fingerprint } from './spec';

/**
 * What is kept beside the state: the batches as Genesys Cloud's room knows them (the attribute `batches` lacks the
 * conversations of a retry), and what they were made for.
 */
export type ExportPrivate = {
  readonly batches: readonly StoredBatch[];
  /** {@link fingerprint} of the scope; empty while it is not known. */
  readonly scope: string;
  /** Only in the plan of a creation: whoever destroys with this destroys to make room for that creation. */
  readonly forSuccessor?: true;
};

type StoredBatch = { readonly [K in keyof Batch]: Batch[K] & Json };

/** Packs the batches of a scope. */
export function exportPrivate(spec: ExportSpec, batches: readonly Batch[]): ExportPrivate {
  return { batches: batches.map((batch) => ({ ...batch }) as StoredBatch), scope: fingerprint(spec) };
}

/** What a planned creation leaves for the destruction before it, should there be one. */
export function successorPrivate(spec: ExportSpec | undefined): ExportPrivate {
  return { batches: [], scope: spec === undefined ? '' : fingerprint(spec), forSuccessor: true };
}

/** The jobs of these batches. */
export function jobsOf(batches: readonly Pick<Batch, 'jobId'>[]): readonly string[] {
  return batches.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]));
}
