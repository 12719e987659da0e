/** Exports what is new in the scope of a finished export, and nothing that it covers. */
import { ConversationSet, type Batch, type ExportSpec, type RunOutcome, type WaitFor } from '../../genesys';
import { explained } from '../failures';
import type { Context } from './finished';
import { gapsOf } from './lacks';
import { warnOfUnfinishedGrowth } from './growth-messages';
import { logAdoption, warnOfAdoption, warnOfStrays } from './messages';
import type { Kept } from './private';
import { inOrder, isUnderWay, plannedBatches, reachOfBatches } from './reach';
import { joined, type NewPart, type Reach } from './growth';
import { proofOf } from './run';
import type { Arguments } from './state';

/** What a growth has come to. */
export interface Grown {
  readonly kept: Kept;
  /** Batches that were finished by this run. */
  readonly settled: readonly Batch[];
  readonly completedAt: string | null;
}

/** Runs the batches that are new, and those of an earlier growth that continue; in bounded time. */
export async function grow(
  context: Context,
  args: Arguments,
  kept: Kept,
  { parts, spec }: { readonly parts: readonly NewPart[]; readonly spec: ExportSpec },
  { atMostMs, save }: { readonly atMostMs: number; readonly save: (kept: Kept) => void },
): Promise<Grown> {
  const { client, signal, log, diagnostics } = context;
  const goingOn = (kept.growth ?? []).filter(isUnderWay);
  const pending = [...goingOn, ...plannedBatches(parts, spec)];
  const named = parts.flatMap((part) => (part.kind === 'named' ? part.conversationIds : []));
  const rest = parts.flatMap((part) => (part.kind === 'rest' ? [part] : []));
  const outcome = await explained('What is new in scope could not be exported', undefined, () =>
    client.genesys.exports.run(spec, pending, {
      waitFor: args.wait_for as WaitFor,
      signal,
      onChange: (growth) => save({ ...kept, growth }),
      onAdopt: (job) => logAdoption(job, log),
      grow: { atMostMs, named, rest, known: knownTo(kept, goingOn) },
      ...proofOf(client, args),
    }),
  );
  warnOfAdoption(outcome, diagnostics);
  warnOfStrays(outcome, diagnostics);
  const grown = settle(kept, outcome, spec.scope.interval === undefined ? null : [spec.scope], (batches) =>
    reachOfBatches(batches, spec),
  );
  const now = { ...grown.kept, batches: inOrder(grown.kept.batches, spec) };
  if (now.growth !== null) warnOfUnfinishedGrowth(now.growth, outcome, diagnostics);
  return { ...grown, kept: now };
}

/** What is exported, or about to be, and what has nothing to export. */
function knownTo({ covered, without }: Kept, goingOn: readonly Batch[]): ConversationSet {
  const none = ConversationSet.empty;
  return (covered ?? none)
    .union(without ?? none)
    .union(ConversationSet.of(goingOn.flatMap((b) => b.conversationIds ?? [])));
}

/**
 * Takes what is done into what the export covers. A conversation that it had covered already was exported once more, and so was one
 * that is in several of the new batches: it continued from one interval into the next, or is of several media.
 */
function settle(
  kept: Kept,
  { batches, completion, completedAt, settled = [], trouble }: RunOutcome,
  scope: Reach | null,
  reachOf: (batches: readonly Batch[]) => Reach,
): Grown {
  const open = batches.filter((batch) => !settled.includes(batch));
  const growth = open.length === 0 && trouble === null ? null : open;
  const reach = [...(kept.reach ?? []), ...reachOf(settled), ...(growth === null ? (scope ?? []) : [])];
  const now: Kept = { ...kept, batches: [...kept.batches, ...settled], growth, reach: joined(reach) };
  if (completion === null) return { kept: now, settled, completedAt };
  const fresh = completion.conversations.minus(completion.late);
  const stillOpen = (kept.gaps ?? []).filter(({ kind, id }) => kind !== 'late' || !fresh.has(id.slice(0, 36)));
  const files =
    kept.files === null || completion.exportedRecordings === null
      ? null
      : [...new Set([...kept.files, ...completion.exportedRecordings])];
  return {
    kept: {
      ...now,
      covered: kept.covered?.union(fresh) ?? null,
      without: kept.without?.union(completion.withoutRecordings).minus(fresh) ?? null,
      leftOut: kept.leftOut?.union(completion.leftOut) ?? null,
      files: files !== null && files.length > MOST_FILES ? null : files,
      gaps: [...stillOpen, ...gapsOf(completion)],
      reexported: kept.reexported + (kept.covered?.and(fresh).size ?? 0) + completion.repeated,
    },
    settled,
    completedAt,
  };
}

/** Most recordings whose names are kept. */
const MOST_FILES = 10_000;
