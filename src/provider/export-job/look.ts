/** What a refresh of a finished export looks at: late conversations, files in the bucket. Bounded, and never in the way of a plan. */
import { exportIdInWords } from '../export-id';
import { AwsError } from '../../aws';
import type { Diagnostics, StateOf } from '../../framework';
import { EXPORT_FOLLOWED_FOR_MS, GenesysError, OVERLAP_MS, type ExportSpec } from '../../genesys';
import { parseInterval } from '../../time';
import type { Compliance } from '../compliance';
import { messageOf } from '../failures';
import type { Gap } from '../gaps';
import {
  gapsOfLate,
  gapsOfLateRecordings,
  gapsOfLostFiles,
  isLateRecording,
  isLostFile,
  lateIn,
  replaced,
} from './lacks';
import type { Kept } from './private';
import { withinReach } from './growth';
import { reachOf } from './reach';
import { proofOf } from './run';
import type { ExportJobSchema } from './schema';

type State = StateOf<ExportJobSchema>;

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

/** The same of a look at the scope, with what it could not find out, a sentence each. */
export interface SeenScope extends Seen {
  readonly unknown: readonly string[];
}

/** Asks for conversations and recordings that came since, as long as some may still come. */
export async function lookForLate(looking: Looking, kept: Kept): Promise<SeenScope> {
  const { client, diagnostics, signal, state, spec } = looking;
  const { covered, without, leftOut } = kept;
  const gaps = kept.gaps ?? [];
  const now = client.now().getTime();
  if (client.lookBounds !== null && !mayGrow(state, kept, spec)) {
    // What it lacked when it was settled it lacks still.
    if (covered !== null) client.exportedSets.lookedFor(state.id, lateIn(gaps));
    return { kept, looked: false, unknown: [] };
  }
  // It was never waited for, and keeps nothing of what it covers.
  if (state.wait_for === 'fulfilled' && covered === null) return { kept, looked: false, unknown: [] };
  if (covered === null || without === null) return { kept, looked: false, unknown: told(looking, [NOTHING_KEPT]) };
  try {
    const scopes = withinReach(reachOf(kept, spec), spec.scope);
    const question = { spec, scopes, covered, without, leftOut, seenAt: kept.seenAt };
    const news = await client.genesys.exports.news(question, client.lookBounds, signal);
    const { isWhole, sawRecordings, withoutRecordings } = news;
    // What was late before and was not looked at this time is late still.
    const late = isWhole && sawRecordings ? news.late : news.late.union(lateIn(gaps).minus(withoutRecordings));
    const known = new Set(gaps.flatMap(({ kind, id }) => (kind === 'failed' ? [id] : [])));
    const found = gapsOfLateRecordings(news.lateRecordings).filter(({ id }) => !known.has(id));
    const lateRecordings = sawRecordings ? found : unitedGaps(gaps.filter(isLateRecording), found);
    const next = {
      ...kept,
      without: without.union(withoutRecordings),
      gaps: replaced(gaps, ({ kind }) => kind === 'late', [...gapsOfLate(late), ...lateRecordings]),
      seenAt: isWhole && sawRecordings ? now : kept.seenAt,
      settledAt: isWhole && sawRecordings && isLongAfter(kept, spec, now) ? now : kept.settledAt,
    };
    if (isWhole) client.exportedSets.lookedFor(state.id, late);
    const unknown = [...(isWhole ? [] : [SCOPE_NOT_SEEN]), ...(sawRecordings ? [] : [RECORDINGS_NOT_SEEN])];
    return { kept: next, looked: true, unknown: told(looking, unknown) };
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    diagnostics.warn(
      'Unknown whether conversations came late',
      `The scope of the export ${exportIdInWords(state.id)} could not be looked at.\n${messageOf(error)}\nWhat was exported is not in question.`,
    );
    return { kept, looked: false, unknown: [SCOPE_NOT_SEEN, RECORDINGS_NOT_SEEN] };
  }
}

// The same as long as they are the same: they stand in state.
const SCOPE_NOT_SEEN =
  'It is unknown whether conversations have come into the scope of this export: not all of it was looked at.';
const RECORDINGS_NOT_SEEN =
  'It is unknown whether recordings came late to conversations that are exported: not all of them were looked at.';
const NOTHING_KEPT =
  'It is unknown whether conversations or recordings came late: the state does not say what this export covered, and it is too large to ask for that in a refresh.';

function told({ client, diagnostics, state }: Looking, unknown: readonly string[]): readonly string[] {
  const bounds = client.lookBounds;
  if (unknown.length === 0) return unknown;
  diagnostics.warn(
    'Unknown whether conversations came late',
    [
      `The export ${exportIdInWords(state.id)}:`,
      ...unknown.map((sentence) => `  ${sentence}`),
      ...(bounds === null
        ? []
        : [
            `A refresh looks within ${bounds.requests} requests and ${bounds.milliseconds / 1_000} seconds a resource, so that no plan waits for it. "genesyscloud-compliance drift --full" looks at everything.`,
          ]),
      'What was exported is not in question.',
    ].join('\n'),
  );
  return unknown;
}

function unitedGaps(old: readonly Gap[], fresh: readonly Gap[]): readonly Gap[] {
  const known = new Set(old.map(({ id }) => id));
  return [...old, ...fresh.filter(({ id }) => !known.has(id))];
}

/**
 * Until all of it was looked at long after its end: what no look has seen is unknown, however old it is. An export that was
 * completed had looked at everything by then.
 */
function mayGrow({ completed_at: completedAt }: State, kept: Kept, spec: ExportSpec): boolean {
  const seenAt = kept.settledAt ?? (completedAt === null ? null : Date.parse(completedAt));
  return seenAt === null || !isLongAfter(kept, spec, seenAt);
}

/** Named conversations are all that there will be, and their recordings come soon after the end of their batch. */
function isLongAfter(kept: Kept, spec: ExportSpec, instant: number): boolean {
  const isNamed = spec.scope.interval === undefined;
  const intervals: readonly { readonly interval?: string }[] = isNamed
    ? kept.batches
    : withinReach(reachOf(kept, spec), spec.scope);
  const ends = intervals.map(({ interval = '' }) => parseInterval(interval).end);
  return instant - Math.max(0, ...ends) >= (isNamed ? OVERLAP_MS : EXPORT_FOLLOWED_FOR_MS);
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
