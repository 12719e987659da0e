/**
 * What becomes of an export's jobs when it is destroyed to be made again: for -replace, and after an apply that failed,
 * which Terraform calls tainted.
 *
 * Terraform gives the planned private state of the creation to the destruction before it, and none to the creation
 * itself, so the jobs are handed over within the process. Source: hashicorp/terraform v1.11.4, managedResourceExecute of
 * internal/terraform/node_resource_destroy.go and node_resource_apply_instance.go.
 */
import type { StateOf } from '../../framework';
import type { Batch } from '../../genesys';
import type { Compliance } from '../compliance';
import { rebatched } from './batches';
import type { ExportPrivate } from './private';
import { isDone, needsNewJob } from './progress';
import type { Start } from './run';
import type { ExportJobSchema } from './schema';
import { fingerprint, specOf, type ScopeArguments } from './spec';
import { batchesIn } from './state';

/** The jobs of an export that was just destroyed. */
export interface Predecessor {
  readonly batches: readonly Batch[];
  /** It was complete, so that making it again means new jobs. */
  readonly done: boolean;
  /** It asked for something else: its jobs are not those of its successor. */
  readonly ofAnotherScope?: true;
}

/**
 * Notes what is destroyed for a successor: its jobs where it asks for the same, else only that it was finished. Answers whether its unfinished jobs continue; when not,
 * they have to be cancelled.
 */
export function handOver(
  predecessors: Compliance['predecessors'],
  prior: StateOf<ExportJobSchema>,
  kept: ExportPrivate | null,
): boolean {
  const scope = fingerprint(specOf(prior));
  if (kept?.forSuccessor !== true) return false;
  // One that was finished once, with gaps, has a time at which it was.
  const done = isDone(prior.state, prior.wait_for) || (prior.state === 'incomplete' && prior.completed_at !== null);
  if (kept.scope !== scope) {
    if (done && kept.scope !== '') predecessors.set(kept.scope, { batches: [], done, ofAnotherScope: true });
    return false;
  }
  predecessors.set(scope, { batches: batchesIn(prior), done });
  return !done;
}

/** Where a creation starts: from its unfinished predecessor, or from the beginning, without finished jobs after a finished one. */
export function startOf(predecessors: Compliance['predecessors'], args: ScopeArguments): Start {
  const scope = fingerprint(specOf(args));
  const predecessor = predecessors.get(scope);
  predecessors.delete(scope);
  // Without batches the run divides the scope by itself.
  if (predecessor === undefined) return { batches: [], again: false };
  if (predecessor.ofAnotherScope === true) return { batches: [], again: false, replaces: true };
  // Nor those of its own predecessors: all of the last 24 hours would be taken over otherwise.
  if (predecessor.done) return { batches: [], again: true, replaces: true };
  // Which conversations are in which job is not in state; the run finds its own jobs again.
  if (args.conversation_ids !== null) return { batches: [], again: false };
  return { batches: rebatched(withoutRetries(predecessor.batches), args.batch_interval ?? undefined), again: false };
}

/** A retry that failed itself is dropped: what it was for is still marked in the batch it shares the interval with. */
function withoutRetries(batches: readonly Batch[]): readonly Batch[] {
  return batches.filter(
    (batch, index) =>
      !needsNewJob(batch) ||
      batch.state === 'incomplete' ||
      batches.findIndex(({ interval }) => interval === batch.interval) === index,
  );
}
