/** What a refresh of a finished export looks at: late conversations, files in the bucket. Bounded, and never in the way of a plan. */
import { AwsError } from '../../aws';
import type { Diagnostics, StateOf } from '../../framework';
import { ConversationSet, GenesysError, type ExportSpec } from '../../genesys';
import { parseInterval } from '../../time';
import type { Compliance } from '../compliance';
import { messageOf } from '../failures';
import type { Gap } from '../gaps';
import { gapsOfLate, gapsOfLostFiles, isLostFile, replaced } from './lacks';
import type { Kept } from './private';
import { withinReach } from './growth';
import { reachOf } from './reach';
import { proofOf } from './run';
import type { ExportJobSchema } from './schema';

type State = StateOf<ExportJobSchema>;

/** Conversations come late, but not for ever: when all was looked at after this time, a refresh no longer asks. */
const LATE_FOR_MS = 30 * 24 * 3_600_000;

/** How long the listing of a bucket may take. */
const LISTING_MS = 60_000;

interface Looking {
  readonly client: Compliance;
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
  readonly state: State;
  readonly spec: ExportSpec;
}

/** What is known after a look, and whether it took place. */
export interface Seen {
  readonly kept: Kept;
  readonly looked: boolean;
}

/** Asks for conversations that came into scope since, where that is cheap and some may still come. */
export async function lookForLate({ client, diagnostics, signal, state, spec }: Looking, kept: Kept): Promise<Seen> {
  const { covered, without } = kept;
  if (covered === null || without === null) return { kept, looked: false };
  const now = client.now().getTime();
  if (client.lookBounds !== null && !mayGrow(state, kept, spec)) {
    // What it lacked when it was settled it lacks still.
    client.exportedSets.lookedFor(state.id, lateIn(kept.gaps ?? []));
    return { kept, looked: false };
  }
  try {
    const known = covered.union(without);
    let [late, withoutRecordings] = [ConversationSet.empty, ConversationSet.empty];
    let isWhole = true;
    for (const scope of withinReach(reachOf(kept, spec), spec.scope)) {
      const found = await client.genesys.exports.newcomers({ ...spec, scope }, known, client.lookBounds, signal);
      late = late.union(found.late);
      withoutRecordings = withoutRecordings.union(found.withoutRecordings);
      isWhole &&= found.isWhole;
    }
    // What was late before and was not looked at this time is late still.
    const all = isWhole ? late : late.union(lateIn(kept.gaps ?? []).minus(withoutRecordings));
    const gaps = replaced(kept.gaps ?? [], ({ kind }) => kind === 'late', gapsOfLate(all));
    if (isWhole) client.exportedSets.lookedFor(state.id, all);
    else {
      diagnostics.warn(
        'Unknown whether conversations came late',
        `The scope of the export ${state.id} was not looked at as a whole: a refresh looks within 20 requests and 60 seconds a resource, so that no plan waits for it. "genesyscloud-compliance drift --full" looks at everything.\nWhat was exported is not in question.`,
      );
    }
    const settledAt = isWhole && isLongAfter(kept, spec, now) ? now : kept.settledAt;
    return { kept: { ...kept, without: without.union(withoutRecordings), gaps, settledAt }, looked: true };
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    diagnostics.warn(
      'Unknown whether conversations came late',
      `The scope of the export ${state.id} could not be looked at.\n${messageOf(error)}\nWhat was exported is not in question.`,
    );
    return { kept, looked: false };
  }
}

function lateIn(gaps: readonly Gap[]): ConversationSet {
  return ConversationSet.of(gaps.flatMap(({ kind, id }) => (kind === 'late' ? [id] : [])));
}

/**
 * Until all of it was looked at long after its end: what no look has seen is unknown, however old it is. An export that was
 * completed had looked at everything by then.
 */
function mayGrow({ completed_at: completedAt }: State, kept: Kept, spec: ExportSpec): boolean {
  if (spec.scope.interval === undefined) return false;
  const seenAt = kept.settledAt ?? (completedAt === null ? null : Date.parse(completedAt));
  return seenAt === null || !isLongAfter(kept, spec, seenAt);
}

function isLongAfter(kept: Kept, spec: ExportSpec, instant: number): boolean {
  const ends = withinReach(reachOf(kept, spec), spec.scope).map(({ interval = '' }) => parseInterval(interval).end);
  return instant - Math.max(0, ...ends) >= LATE_FOR_MS;
}

/** Looks whether the exported files are still in the bucket, where the configuration names it and their names are known. */
export async function lookForFiles({ client, diagnostics, signal, state }: Looking, kept: Kept): Promise<Seen> {
  const { files } = kept;
  const { deliveryProof } = proofOf(client, state);
  if (deliveryProof === undefined || files === null) return { kept, looked: false };
  const limit = AbortSignal.timeout(LISTING_MS);
  try {
    const there = await deliveryProof(files.map(recordingOf), AbortSignal.any([signal, limit]));
    const lost = files.filter((_, index) => there[index] !== true);
    return { kept: { ...kept, gaps: replaced(kept.gaps ?? [], isLostFile, gapsOfLostFiles(lost)) }, looked: true };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AwsError) && !limit.aborted) throw error;
    diagnostics.warn(
      'Unknown whether exported files are still there',
      `The bucket ${state.destination?.bucket} could not be looked at.\n${limit.aborted ? 'Listing it took longer than a minute.' : messageOf(error)}`,
      ['destination'],
    );
    return { kept, looked: false };
  }
}

function recordingOf(name: string): { readonly conversationId: string; readonly recordingId: string } {
  const slash = name.indexOf('/');
  return { conversationId: name.slice(0, slash), recordingId: name.slice(slash + 1) };
}
