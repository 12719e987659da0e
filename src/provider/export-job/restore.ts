/** What an export covered, asked again where state does not say it: state of 0.1.0, and state without its private part. */
import type { StateOf } from '../../framework';
import { GenesysError, type Batch, type Completion } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { jobsOf, type Kept } from './private';
import type { ExportJobSchema } from './schema';
import { specOf } from './spec';
import { baseOf } from './state';

/** How long it may take. */
const RESTORING_MS = 60_000;

/**
 * Asks what the export covered. Only what gives the digest in state is believed. An export of more than `most` conversations
 * stays unknown: whoever asks is not to be kept waiting for it.
 */
export async function restore(
  client: Compliance,
  state: StateOf<ExportJobSchema>,
  kept: Kept,
  { signal, most }: { readonly signal: AbortSignal; readonly most: number },
): Promise<Kept> {
  const wantsFiles = state.destination !== null && kept.files === null;
  if (kept.covered !== null && kept.leftOut !== null && !wantsFiles) return kept;
  if ((state.conversation_count ?? Number.POSITIVE_INFINITY) > most) return kept;
  const limit = AbortSignal.timeout(RESTORING_MS);
  const completion = await completionOf(client, baseOf(kept.batches, specOf(state)), {
    signal: AbortSignal.any([signal, limit]),
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    // A finished export is a fact: what cannot be asked again stays unknown, and is in no plan's way.
    if (limit.aborted || (error instanceof Error && error.cause instanceof GenesysError)) return null;
    throw error;
  });
  if (completion === null || !completion.finished) return kept;
  const covered = completion.conversations.minus(completion.late);
  if (kept.covered === null && covered.sha256 !== state.conversation_ids_sha256) return kept;
  return {
    ...kept,
    covered: kept.covered ?? covered,
    without: kept.without ?? completion.withoutRecordings,
    leftOut: kept.leftOut ?? completion.leftOut,
    files: wantsFiles ? completion.exportedRecordings : kept.files,
  };
}

/** Null when Genesys Cloud no longer knows one of the jobs. */
export async function completionOf(
  client: Compliance,
  batches: readonly Batch[],
  options: Parameters<Compliance['genesys']['exports']['completion']>[1],
): Promise<Completion | null> {
  try {
    return await explained('Export could not be read', undefined, () =>
      client.genesys.exports.completion(jobsOf(batches), options),
    );
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof GenesysError && cause.status === 404) return null;
    throw error;
  }
}
