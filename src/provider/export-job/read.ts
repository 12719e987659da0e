/** Reading an export: how far an unfinished one is, and what a finished one lacks by now. */
import { exportIdInWords } from '../export-id';
import { isDeepStrictEqual } from 'node:util';
import { DiagnosticError, type Diagnostics, type ReadContext, type StateOf } from '../../framework';
import { isFulfilled, SETTLED_AFTER_MS, type WaitFor } from '../../genesys';
import { isOpenInterval } from '../../time';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { gapValues } from '../gaps';
import { readOrganization, type Owned } from '../organization';
import { growthAt } from './newer';
import { countOf, gapsOf, isLostFile, keptOfCompletion } from './lacks';
import { lookForFiles, lookForLate } from './look';
import { exportPrivate, keptOf, type ExportPrivate, type Kept } from './private';
import { isDone, isDoneBatch, stateOfExport } from './progress';
import { completionOf, restore } from './restore';
import { handOver, isOpen, proofOf } from './run';
import type { ExportJobSchema } from './schema';
import { specOf } from './spec';
import { computedOf } from './state';

type State = StateOf<ExportJobSchema>;
type Context = ReadContext<ExportJobSchema, Compliance, ExportPrivate>;

/**
 * An export that is finished is a fact, and stays when Genesys Cloud has forgotten its jobs. One that is not finished is looked
 * at; when all of its jobs are gone it is planned again, as if it had never been.
 */
export async function readExport(context: Context): Promise<State | null> {
  const { client, diagnostics, signal } = context;
  // State of 0.1.0 has no such argument yet.
  const state = { ...context.state, on_failed_recordings: context.state.on_failed_recordings ?? 'continue' };
  const organization = await readOrganization(client.genesys, ownedBy(client, state, signal), diagnostics, signal);
  const kept = keptOf(context.private, state, () => warnOfDamage(diagnostics));
  const known = { ...state, organization_id: organization };
  if (kept.finished) return readFinished(context, known, kept);
  return readUnfinished(context, known, kept);
}

/** How the organization of an export is compared. */
export function ownedBy(client: Compliance, state: State, signal: AbortSignal): Owned {
  const jobIds = (state.batches ?? []).flatMap(({ job_id: id }) => (id === null ? [] : [id]));
  return {
    organizationId: state.organization_id,
    named: `The export ${exportIdInWords(state.id)}`,
    isKnown: () => client.genesys.exports.knows(jobIds, signal),
  };
}

/** Private state that cannot be read is like private state that is lost. */
export function warnOfDamage(diagnostics: Diagnostics): void {
  diagnostics.warn(
    'Private part of the state is damaged',
    'What this export keeps beside its state cannot be read: which conversations and files it covered. It is asked of Genesys Cloud again where that is possible. If the state file was edited or converted, restore it from a backup of your backend.',
  );
}

/** Most conversations for which a refresh asks one by one what they had. */
const MOST_RESTORED = 200;

async function readFinished(context: Context, state: State, before: Kept): Promise<State> {
  const spec = specOf(state);
  const restored = await restore(context.client, state, before, { signal: context.signal, most: MOST_RESTORED });
  const looking = { ...context, state, spec };
  const late = await lookForLate(looking, restored);
  const { kept, looked } = await lookForFiles(looking, late.kept);
  const { private: prior } = context;
  context.private = exportPrivate(spec, kept);
  handOver(context.client, state, kept);
  // A state without private part tells only the first of many gaps: it stays what it was.
  const unknown = late.unknown.length === 0 && state.unknown === null ? null : late.unknown;
  if (kept.gaps === null || (restored.gaps === null && !late.looked && !looked)) return { ...state, unknown };
  const gaps = kept.gaps;
  const read = {
    ...state,
    state:
      isDone(state.state, state.wait_for) && state.state !== 'exported'
        ? state.state
        : stateOfExport(kept.batches, { finished: true, whole: gaps.length === 0, growing: kept.growth !== null }),
    late_count: late.looked ? countOf(gaps, 'late') : state.late_count,
    lost_count: looked ? gaps.filter(isLostFile).length : null,
    unknown,
    ...gapValues(gaps),
  };
  // Terraform calls a state changed whose private part is, and that nothing has come is asked again anyway.
  const isOnlyLookedAt = restored === before && kept.settledAt === before.settledAt && isDeepStrictEqual(read, state);
  if (prior !== null && isOnlyLookedAt && !goesOn(context, state, kept)) context.private = prior;
  return read;
}

/** Whether there is something new to export, so that the plan is not empty anyway. */
function goesOn({ client }: Context, state: State, kept: Kept): boolean {
  if (kept.growth !== null) return true;
  if (!isOpenInterval(state.interval ?? '')) return false;
  try {
    return growthAt(kept, specOf(state), state, client.now()).growth.kind === 'grows';
  } catch (error) {
    // Too many steps have ended: the plan says so, and a refresh is in no plan's way.
    if (!(error instanceof DiagnosticError)) throw error;
    return false;
  }
}

async function readUnfinished(context: Context, state: State, before: Kept): Promise<State | null> {
  const { client, signal } = context;
  const spec = specOf(state);
  const waitFor = state.wait_for as WaitFor;
  const options = { signal, ...proofOf(client, state) };
  const open = before.batches.filter((batch) => batch.jobId !== null && !isDoneBatch(batch, waitFor));
  const fresh = await explained('Export could not be read', undefined, () =>
    client.genesys.exports.refresh(open, options),
  );
  const seen = new Map(fresh.map((batch) => [batch.jobId, batch]));
  const batches = before.batches.map((batch) => (batch.jobId === null ? batch : (seen.get(batch.jobId) ?? batch)));
  if (batches.every((batch) => batch.jobId === null || batch.state === 'forgotten')) return null;
  const kept = await finish(context, state, { ...before, batches });
  context.private = exportPrivate(spec, kept);
  if (kept.finished) handOver(client, state, kept);
  const completedAt = kept.finished && !kept.imported ? client.now().toISOString() : null;
  const facts = {
    organizationId: state.organization_id,
    completedAt,
    id: null,
    unknown: [],
    lookedAt: { scope: kept.finished, bucket: kept.finished && state.destination !== null && kept.files !== null },
  };
  return { ...state, ...computedOf(spec, kept, facts) };
}

/** Whether everything has been done that can be, and what is lacking then. */
async function finish({ client, signal }: Context, state: State, kept: Kept): Promise<Kept> {
  const { batches } = kept;
  if (!batches.every(isFulfilled)) return kept;
  if (state.wait_for === 'fulfilled' && batches.every((batch) => isDoneBatch(batch, 'fulfilled'))) {
    return { ...kept, finished: true, gaps: [] };
  }
  const completion = await completionOf(client, batches, { signal, ...proofOf(client, state) });
  if (completion === null || !completion.finished) return kept;
  const lacks = completion.late.size > 0 || completion.unreadable.size > 0 || completion.missingRecordings > 0;
  const since = Math.max(...batches.map(({ fulfilledAt }) => fulfilledAt ?? 0));
  if (lacks && client.now().getTime() - since < SETTLED_AFTER_MS) return kept;
  const gaps = gapsOf(completion);
  const refused = gaps.length > 0 && state.on_failed_recordings === 'error' && isOpen(gaps, state);
  return {
    ...kept,
    finished: !refused,
    gaps,
    ...keptOfCompletion(completion, client.now().getTime()),
    reexported: completion.repeated,
  };
}
