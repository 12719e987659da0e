/**
 * The update of an export that was finished once: it grows by what is new in scope, and closes its gaps. Never an error for
 * single jobs, and never long: what was exported before is a fact, and holds that depend on it have to get their turn.
 */
import type { StateOf, UpdateContext } from '../../framework';
import { ConversationSet, RecordingMarks, type Completion } from '../../genesys';
import { warnAboutClock } from '../clock-skew';
import type { Compliance } from '../compliance';
import { formatExportId, parseExportId } from '../export-id';
import { isAccepted } from '../gaps';
import { grow, type Grown } from './grow';
import { scopeChanged } from './growth-messages';
import { lateIn } from './lacks';
import { warnOfGaps } from './messages';
import { growthAt, newPartOf } from './newer';
import { warnOfDeletions } from './deletion-warning';
import { exportPrivate, jobsOf, type ExportPrivate, type Kept } from './private';
import { pinned, reachOf } from './reach';
import { repair } from './repair';
import { restore } from './restore';
import { handOver, isOpen } from './run';
import type { ExportJobSchema } from './schema';
import { specOf } from './spec';
import { computedOf, type Arguments, type Facts } from './state';

type State = StateOf<ExportJobSchema>;
export type Context = UpdateContext<ExportJobSchema, Compliance, ExportPrivate>;

/** Longest that an update may keep holds behind the export waiting. */
const AT_MOST_MS = 10 * 60_000;

/** What is left of it for closing gaps when there is something new to export as well. */
const FOR_GAPS_MS = 3 * 60_000;

/** Brings a finished export up to what is asked for now. */
export async function updateFinished(
  context: Context,
  args: Arguments,
  before: Kept,
  organizationId: string,
): Promise<State> {
  const { client, prior } = context;
  const began = client.now().getTime();
  const asked = specOf(prior);
  const { spec, growth } = growthAt(before, asked, args, client.now());
  if (growth.kind === 'replaces') throw scopeChanged(prior);
  const parts = growth.kind === 'grows' ? growth.parts : [];
  let kept: Kept = {
    ...before,
    batches: pinned(before.batches, asked, spec),
    growth: before.growth && pinned(before.growth, asked, spec),
    reach: reachOf(before, asked),
  };
  let facts: Facts = {
    organizationId,
    id: prior.id,
    completedAt: prior.completed_at,
    unknown: prior.unknown ?? [],
    lookedAt: { scope: prior.late_count !== null, bucket: prior.lost_count !== null },
  };
  const record = (now: Kept): State => {
    context.private = exportPrivate(spec, now);
    return { ...args, ...computedOf(spec, now, facts) };
  };
  const hasGaps = !isAccepted(prior.gaps_sha256, args.accepted_gaps);
  if (!hasGaps && parts.length === 0 && kept.growth === null) {
    // Only how to wait, or how to look, has changed, gaps were accepted, or less is asked for: nothing is exported.
    context.private = exportPrivate(spec, kept);
    return { ...prior, ...args, organization_id: organizationId };
  }
  const isGrowing = parts.length > 0 || kept.growth !== null;
  if (isGrowing) {
    // A set that grows has to be known: state of 0.1.0 tells only its digest.
    const fresh = newPartOf(spec, [...parts, ...(kept.growth ?? [])]);
    if (fresh !== undefined) await warnOfDeletions(client, fresh, context.diagnostics, context.signal, { grows: true });
    kept = await restore(client, prior, kept, { signal: context.signal, most: Number.POSITIVE_INFINITY });
    const grown = await grow(
      context,
      args,
      kept,
      { parts, spec },
      {
        atMostMs: hasGaps ? AT_MOST_MS - FOR_GAPS_MS : AT_MOST_MS,
        save: (now) => context.save(record(now)),
      },
    );
    ({ kept, facts } = after(grown, facts));
  }
  if (hasGaps) {
    const spent = client.now().getTime() - began;
    const repaired = await repair(context, args, spec, kept, {
      atMostMs: Math.max(0, AT_MOST_MS - spent),
      save: (now) => context.save(record(now)),
    });
    kept = repaired.kept;
    facts = {
      ...facts,
      ...(repaired.completedAt !== null && kept.gaps?.length === 0 ? { completedAt: repaired.completedAt } : {}),
      lookedAt: { scope: facts.lookedAt.scope || repaired.looked, bucket: facts.lookedAt.bucket },
    };
  }
  const state = record(kept);
  warnAboutClock(client.genesys, context.diagnostics);
  if (isOpen(kept.gaps ?? [], args)) warnOfGaps(kept.gaps ?? [], kept.batches, context.diagnostics);
  if (isGrowing) note(client, state, kept);
  handOver(client, state, kept);
  return state;
}

/** Jobs that export something for the first time are part of which export it is: holds over it see that there is more. */
function after({ kept, settled, completedAt }: Grown, facts: Facts): { readonly kept: Kept; readonly facts: Facts } {
  const jobIds = [...parseExportId(facts.id ?? '').jobIds.filter((id) => id !== ''), ...jobsOf(settled)];
  return {
    kept,
    facts: {
      ...facts,
      id: formatExportId({ jobIds: [...new Set(jobIds)], withoutJob: 0 }),
      ...(kept.growth === null && completedAt !== null ? { completedAt } : {}),
    },
  };
}

/** A hold behind this export asks in the same run what its jobs have covered, and need not ask about each job again. */
function note(client: Compliance, state: State, kept: Kept): void {
  if (kept.covered === null || state.id === null) return;
  client.genesys.exports.noteCompletion(parseExportId(state.id).jobIds, completionOf(kept, kept.covered));
}

function completionOf({ gaps, without, leftOut, files, batches }: Kept, covered: ConversationSet): Completion {
  const idsOf = (...kinds: readonly string[]): ConversationSet =>
    ConversationSet.of(
      (gaps ?? []).flatMap(({ kind, id }) =>
        kinds.includes(kind) && !id.startsWith('totals/') ? [id.slice(0, 36)] : [],
      ),
    );
  return {
    exported: gaps?.length === 0,
    finished: true,
    unfinishedJobs: [],
    late: lateIn(gaps ?? []).minus(covered),
    failed: idsOf('failed'),
    failedRecordings: (gaps ?? [])
      .filter(({ kind }) => kind === 'failed')
      .map(({ id }) => ({ conversationId: id.slice(0, 36), recordingId: id.slice(37) })),
    unreadable: idsOf('gone'),
    missingRecordings: 0,
    conversations: covered.union(lateIn(gaps ?? [])),
    withoutRecordings: without ?? ConversationSet.empty,
    exportedRecordings: files,
    recordings: batches.reduce((sum, batch) => sum + batch.recordings, 0),
    marks: RecordingMarks.empty,
    leftOut: leftOut ?? RecordingMarks.empty,
    repeated: 0,
    pending: [],
    pendingCount: 0,
  };
}
