/** Exports again what a finished export lacks, in bounded time; what it cannot get stays a gap. */
import {
  ConversationSet,
  isFulfilled,
  RecordingMarks,
  type Batch,
  type ExportSpec,
  type RunOutcome,
  type WaitFor,
} from '../../genesys';
import { explained } from '../failures';
import type { Gap } from '../gaps';
import type { Context } from './finished';
import { conversationsOf, gapsOf, gapsOfLostFiles, isLateRecording, isLostFile, keptOfCompletion } from './lacks';
import { logAdoption, warnOfStrays, warnOfTrouble } from './messages';
import type { Kept } from './private';
import { proofOf } from './run';
import type { Arguments } from './state';

/** What an attempt to close gaps has come to. */
export interface Repaired {
  readonly kept: Kept;
  /** Whether all recordings in scope were looked at in the end. */
  readonly looked: boolean;
  readonly completedAt: string | null;
}

/** Exports the conversations of the gaps again. */
export async function repair(
  { client, signal, log, diagnostics }: Context,
  args: Arguments,
  spec: ExportSpec,
  kept: Kept,
  { atMostMs, save }: { readonly atMostMs: number; readonly save: (kept: Kept) => void },
): Promise<Repaired> {
  const gaps = kept.gaps ?? [];
  const late = gaps.filter(isLateRecording);
  const outcome = await explained('Gaps of the export could not be closed', undefined, () =>
    client.genesys.exports.run(spec, kept.batches, {
      waitFor: args.wait_for as WaitFor,
      signal,
      onChange: (batches) => save({ ...kept, batches }),
      onAdopt: (job) => logAdoption(job, log),
      repair: { conversations: conversationsOf(gaps), lateRecordings: new Set(late.map(recordingOf)), atMostMs },
      ...proofOf(client, args),
    }),
  );
  warnOfStrays(outcome, diagnostics);
  warnOfTrouble(outcome, diagnostics);
  return {
    kept: after(kept, outcome, client.now().getTime()),
    looked: outcome.completion !== null,
    completedAt: outcome.completedAt,
  };
}

/** Without a look at the end, the gaps are what they were. */
function after(kept: Kept, { batches, completion }: RunOutcome, now: number): Kept {
  const reexported = kept.reexported + exportedAgain(kept, batches);
  if (completion === null) return { ...kept, batches, reexported };
  const { exportedRecordings: names } = completion;
  const there = names === null ? undefined : new Set(names);
  const lost = (kept.gaps ?? []).filter((gap) => isLostFile(gap) && there?.has(gap.id) !== true);
  // One that Genesys Cloud listed and did not know is not exported because it is no longer listed.
  const answered = completion.conversations.union(completion.withoutRecordings);
  const unanswered = (kept.gaps ?? []).filter(({ kind, id }) => kind === 'gone' && !answered.has(id));
  const seen = keptOfCompletion(completion, now);
  return {
    ...kept,
    batches,
    finished: true,
    ...seen,
    covered: ConversationSet.unionOf([kept.covered ?? ConversationSet.empty, seen.covered ?? ConversationSet.empty]),
    without: (kept.without ?? ConversationSet.empty)
      .union(completion.withoutRecordings)
      .minus(completion.conversations),
    leftOut: (kept.leftOut ?? RecordingMarks.empty).union(completion.leftOut),
    files: kept.files === null || names === null ? names : [...new Set([...kept.files, ...names])],
    gaps: [...gapsOf(completion), ...unanswered, ...gapsOfLostFiles(lost.map(({ id }) => id))],
    reexported,
  };
}

/** Conversations that a job of this attempt has exported although the export covered them: a job takes all of a conversation. */
function exportedAgain({ batches: before, covered }: Kept, batches: readonly Batch[]): number {
  const known = new Set(before.filter(isFulfilled).map(({ jobId }) => jobId));
  const again = batches.filter((batch) => isFulfilled(batch) && !known.has(batch.jobId));
  return again.reduce(
    (sum, { conversationIds = [] }) =>
      sum + ConversationSet.of(conversationIds).and(covered ?? ConversationSet.empty).size,
    0,
  );
}

function recordingOf({ id }: Gap): string {
  return id.slice(id.indexOf('/') + 1);
}
