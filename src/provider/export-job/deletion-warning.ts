/** A warning, never an error: what is deleted before a hold that waits for this export can be there. */
import type { Diagnostics } from '../../framework';
import { GenesysError, type DeletionOutlook, type ExportSpec } from '../../genesys';
import {
  dateOf,
  deletionLine,
  deletionWindow,
  exportTimeInWords,
  MOST_NAMED,
  reachesScreenLimit,
  type DeletionWindow,
} from '../../rules';
import { splitInterval } from '../../time';
import { counted, number } from '../../words';
import type { Compliance } from '../compliance';
import { messageOf } from '../failures';

/** A plan is to be quick: ten pages of recordings, and questions about three hundred conversations at most. */
const MOST_PAGES = 10;
const MOST_MS = 60_000;
/** In one recording job of named conversations. */
const CONVERSATIONS_A_JOB = 100;

/** As many as run at a time in an organization: each takes longer than the apply of a growing export waits. */
const JOBS_AN_APPLY = 2;

interface Options {
  /** A finished export grows: its applies return after ten minutes, done or not. */
  readonly grows?: boolean;
}

/** Asks what of the scope is deleted in the time that the export is expected to take, and says it. */
export async function warnOfDeletions(
  client: Compliance,
  spec: ExportSpec,
  diagnostics: Diagnostics,
  signal: AbortSignal,
  options: Options = {},
): Promise<void> {
  const said = await deletionsInWords(client, spec, signal, options);
  if (said !== undefined) diagnostics.warn(said.summary, said.detail);
}

/** The same, for whoever says it later; undefined when there is nothing to say. */
export async function deletionsInWords(
  client: Compliance,
  spec: ExportSpec,
  signal: AbortSignal,
  { grows = false }: Options = {},
): Promise<{ readonly summary: string; readonly detail: string } | undefined> {
  const jobs = jobsOf(spec);
  const applies = grows ? Math.ceil(jobs / JOBS_AN_APPLY) + 1 : 1;
  const window = deletionWindow(jobs, null, null, applies);
  const limit = AbortSignal.timeout(MOST_MS);
  try {
    const question = { scope: spec.scope, withinMs: window.windowMs, mostPages: MOST_PAGES };
    const outlook = await client.genesys.deletions(question, AbortSignal.any([signal, limit]));
    return wordsOf(outlook, window, applies, screensAtTheLimit(spec, outlook, window));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof GenesysError) && !limit.aborted) throw error;
    return {
      summary: UNKNOWN_TITLE,
      detail: `When recordings in scope are deleted could not be asked.\n${limit.aborted ? 'Looking took longer than a minute.' : messageOf(error)}\n${HOLD_FIRST}`,
    };
  }
}

const DELETED_TITLE = 'Recordings are deleted before this export can be held';
const UNKNOWN_TITLE = 'Unknown whether recordings are deleted before they are held';

const HOLD_FIRST =
  "A hold that waits for no export can be there at once: one with scope instead of export_job_id, or preserve: 'at-once' of the constructs. genesyscloud-compliance explain hold/deletion-window says more.";

/** What there is to say; undefined when nothing is deleted in time, and all was seen. */
function wordsOf(
  { next, count, until, asOf, unseen }: DeletionOutlook,
  window: DeletionWindow,
  applies: number,
  screens: string | undefined,
): { readonly summary: string; readonly detail: string } | undefined {
  const isCut = Date.parse(until) < Date.parse(asOf) + window.windowMs;
  const partly = [...unseen, ...(isCut ? [`only what is deleted until ${dateOf(until)} was looked at`] : [])];
  if (count === 0 && screens !== undefined) {
    return {
      summary: DELETED_TITLE,
      detail: [
        `The export is expected to take ${exportTimeInWords(window)}. ${screens}`,
        ...(partly.length > 0 ? [`Unknown whether other recordings are deleted before: ${partly.join('; ')}.`] : []),
        HOLD_FIRST,
      ].join('\n'),
    };
  }
  if (count === 0) {
    if (partly.length === 0) return undefined;
    return {
      summary: UNKNOWN_TITLE,
      detail: `None was found, but not everything could be seen: ${partly.join('; ')}.\n${HOLD_FIRST}`,
    };
  }
  const named = next.slice(0, MOST_NAMED);
  return {
    summary: DELETED_TITLE,
    detail: [
      `The export is expected to take ${exportTimeInWords(window)}${applies > 1 ? `, in ${counted(applies, 'apply', 'applies')}, since each waits ten minutes at most` : ''}. With ${applies > 1 ? `seven days to spare for each` : 'seven days to spare'}, ${partly.length > 0 ? 'at least ' : ''}${counted(count, 'recording')} in scope ${count === 1 ? 'is' : 'are'} deleted before a hold that waits for it is there:`,
      ...named.map((deletion) => `  ${deletionLine(deletion, asOf)}`),
      ...(count > named.length ? [`  and ${number(count - named.length)} more`] : []),
      ...(screens === undefined ? [] : [screens]),
      ...(partly.length > 0 ? [`There may be more: ${partly.join('; ')}.`] : []),
      'The export continues. Genesys Cloud exports a recording before it deletes it, but the recording itself is gone then.',
      HOLD_FIRST,
    ].join('\n'),
  };
}

/** A policy may keep screen recordings for a year at most; not each has a date that could be read. */
function screensAtTheLimit(
  { scope: { interval }, includeScreenRecordings }: ExportSpec,
  { asOf }: DeletionOutlook,
  { windowMs }: DeletionWindow,
): string | undefined {
  const now = Date.parse(asOf);
  if (!includeScreenRecordings || interval === undefined || !reachesScreenLimit(interval, now, now + windowMs)) {
    return undefined;
  }
  return `Screen recordings are kept for a year at most, and the oldest in the interval ${interval} reach that age before a hold that waits for it is there.`;
}

function jobsOf({ scope, batchInterval }: ExportSpec): number {
  if (scope.interval === undefined) return Math.ceil((scope.conversationIds?.length ?? 0) / CONVERSATIONS_A_JOB);
  return batchInterval === undefined ? 1 : splitInterval(scope.interval, batchInterval).length;
}
