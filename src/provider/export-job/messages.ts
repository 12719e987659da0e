/** What an export says about its jobs and gaps. */
import { DiagnosticError, Interrupted, type Diagnostics, type Log } from '../../framework';
import type { AdoptedJob, Batch, ExportSpec, RunOutcome } from '../../genesys';
import { isOpenInterval } from '../../time';
import { messageOf } from '../failures';
import { digestOfGaps, type Gap, type GapKind } from '../gaps';
import { isLateRecording } from './lacks';
import { describeProgress } from './progress';
import type { Arguments } from './state';

const EXAMPLES = 5;

/** Says what an export waits for that it did not begin itself; a finished job is a warning at the end, too. */
export function logAdoption({ jobId, interval, state }: AdoptedJob, log: Log): void {
  log.info(
    `Recording job ${jobId} of this OAuth client asks for the same and is ${state}. It is taken over, so that nothing is exported twice: the export waits for it, within its timeout.`,
    { job: jobId, interval },
  );
}

export function warnOfAdoption({ adopted }: RunOutcome, diagnostics: Diagnostics): void {
  const finished = adopted.filter(
    ({ state }) => state === 'fulfilled' || state === 'exported' || state === 'incomplete',
  );
  if (finished.length === 0) return;
  diagnostics.warn(
    'Finished export taken over',
    `Genesys Cloud already had ${finished.length === 1 ? 'a job' : 'jobs'} of the same query from this OAuth client, finished in the last 24 hours, and nothing was exported twice:\n${finished
      .map(({ jobId, interval }) => `  job ${jobId}, ${interval}`)
      .join(
        '\n',
      )}\nThey are not in the state of this resource. Why is not known: an earlier apply may have lost its state, this resource may have had the same scope before its arguments were changed, or another configuration may export the same. To export again nevertheless, apply with -replace for this resource (without create_before_destroy, which makes the new export before the old one is known to be replaced).`,
  );
}

export function warnOfStrays({ strays }: RunOutcome, diagnostics: Diagnostics): void {
  if (strays.length === 0) return;
  diagnostics.warn(
    'Recording jobs without use are left',
    `Genesys Cloud answered the creation of ${strays.length === 1 ? 'a job' : 'jobs'} too late, or another process asked for the same at the same time. Another job does the work, and cancelling was refused: ${strays.join(', ')}. ` +
      'They export nothing and count against no limit, but the next export of the same scope would take them for its own. Cancel them with DELETE /api/v2/recording/jobs/{jobId} (permission recording:job:delete).',
  );
}

export function warnOfNothing({ interval }: Pick<Arguments, 'interval'>, diagnostics: Diagnostics): void {
  const holds = isOpenInterval(interval ?? '')
    ? 'so nothing was exported, and a legal hold on this export holds nothing yet. The next steps are exported and held as they come.'
    : 'so nothing was exported and a legal hold on this export will be refused.';
  diagnostics.warn(
    'Export covers no recordings',
    `Genesys Cloud found no recording in scope, ${holds} Check interval, media_types, message_types and addresses; new conversations can take up to 48 hours to be found.`,
  );
}

export function warnOfInterruption({ batches, interrupted }: RunOutcome, diagnostics: Diagnostics): void {
  const timedOut = interrupted instanceof Interrupted && interrupted.reason === 'timeout';
  diagnostics.warn(
    'Export is not complete yet',
    `${timedOut ? 'The timeout ran out' : 'The apply was stopped'} while the export was under way. It stands at ${describeProgress(batches)}. ` +
      'Genesys Cloud continues with the running jobs. Everything is saved: apply again and it continues from here, nothing is exported twice.' +
      (timedOut ? ' If exports of this size need longer, raise timeouts.' : ''),
  );
}

/** A finished export that has gaps: at its creation, and after each try to close them. */
export function warnOfGaps(gaps: readonly Gap[], jobs: readonly Batch[], diagnostics: Diagnostics): void {
  const failing = jobs.filter(({ failedRecordings }) => failedRecordings > 0).map(({ jobId }) => jobId);
  diagnostics.warn(
    'Export is incomplete',
    [
      `The export is finished, but ${countsOf(gaps)}.`,
      ...examplesOf(gaps),
      ...(failing.length === 0 ? [] : [`Jobs with failed recordings: ${failing.join(', ')}.`]),
      'A legal hold on this export continues, and covers these conversations too. The next apply exports them again. When recordings fail, check that the role of the integration may write to the bucket (s3:PutObject, s3:PutObjectAcl, and the KMS key if there is one).',
      howToAccept(gaps),
    ].join('\n'),
  );
}

/** What a plan does about open gaps. */
export function warnOfPlannedRepair(
  gaps: readonly Gap[],
  count: number,
  digest: string,
  diagnostics: Diagnostics,
): void {
  diagnostics.warn(
    'Export has gaps',
    [
      `${count === gaps.length ? capital(countsOf(gaps)) : `There are ${count} gaps`} in this finished export.`,
      ...examplesOf(gaps),
      'Applying this plan exports the conversations concerned again, and nothing else; it takes ten minutes at most.',
      acceptance(digest),
    ].join('\n'),
  );
}

/** Why an attempt to close gaps ended early. The export is what it was before. */
export function warnOfTrouble(outcome: RunOutcome, diagnostics: Diagnostics): void {
  const { trouble, interrupted, batches } = outcome;
  if (trouble === null && interrupted === undefined) return;
  const why =
    trouble === null
      ? `It was not done after ten minutes, or the apply was stopped; the export stands at ${describeProgress(batches)}. Genesys Cloud continues with running jobs, and the next apply continues from here.`
      : messageOf(trouble);
  diagnostics.warn(
    'Gaps of the export could not be closed',
    `${why}\nWhat was exported before stays exported, and what depends on this export continues.`,
  );
}

/** A failure of an export that replaces a finished one: Terraform has to get to the holds behind it. */
export function warnOfFailedReplacement(error: DiagnosticError, diagnostics: Diagnostics): void {
  diagnostics.warn(
    error.summary,
    `${error.detail}\nThis export replaces one that was finished, so the apply continues: holds that depend on it protect again what they held before. They take on nothing new until this export is finished.`,
  );
}

/** "2 recordings failed and 1 conversation came late". */
export function countsOf(gaps: readonly Gap[]): string {
  const late = gaps.filter(isLateRecording).length;
  const parts = [
    ...(Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((kind) => {
      const count = gaps.filter((gap) => gap.kind === kind).length - (kind === 'late' ? late : 0);
      return count === 0 ? [] : [WORDS[kind](count)];
    }),
    ...(late === 0 ? [] : [LATE_RECORDINGS(late)]),
  ];
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

const WORDS = {
  failed: (n) => `${n} ${n === 1 ? 'recording' : 'recordings'} could not be exported`,
  late: (n) => `${n} ${n === 1 ? 'conversation' : 'conversations'} came into scope too late for it`,
  gone: (n) => `${n} ${n === 1 ? 'conversation' : 'conversations'} in scope cannot be read`,
  lost: (n) => `${n} ${n === 1 ? 'loss' : 'losses'} of recordings or files ${n === 1 ? 'was' : 'were'} seen`,
} satisfies { readonly [K in GapKind]?: (count: number) => string };

const LATE_RECORDINGS = (n: number): string =>
  n === 1
    ? '1 recording came too late to a conversation that was exported'
    : `${n} recordings came too late to conversations that were exported`;

function examplesOf(gaps: readonly Gap[]): readonly string[] {
  const named = gaps
    .slice(0, EXAMPLES)
    .map(({ kind, id, detail }) => `  ${kind}: ${nameOf(id)}. ${detail ?? ''}`.trimEnd());
  return gaps.length > EXAMPLES ? [...named, `  and ${gaps.length - EXAMPLES} more`] : named;
}

function nameOf(id: string): string {
  const [conversation, recording] = id.split('/');
  if (conversation === 'totals') return `${recording} recordings`;
  return recording === undefined
    ? `conversation ${conversation}`
    : `recording ${recording} of conversation ${conversation}`;
}

function howToAccept(gaps: readonly Gap[]): string {
  return acceptance(digestOfGaps(gaps) ?? '');
}

function acceptance(digest: string): string {
  return `To accept exactly these gaps: accepted_gaps = { sha256 = "${digest}", reason = "why" }.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The error for an export that ended without being finished. */
export function unfinished(
  { batches, failedRecordings }: RunOutcome,
  gaps: readonly Gap[],
  spec: ExportSpec,
): DiagnosticError {
  const failed = batches.filter(({ state }) => state === 'failed' || state === 'cancelled' || state === 'forgotten');
  if (failed.length > 0) {
    return new DiagnosticError(
      failed.length === 1 ? 'Export job failed' : `${failed.length} export jobs failed`,
      `${failed.map(describeFailure).join('\n')}\nThe export stands at ${describeProgress(batches)}. What is exported is kept: when the cause is removed, apply again, and only what is missing is exported.`,
    );
  }
  if (failedRecordings.length > 0) {
    const jobs = batches.filter((batch) => batch.failedRecordings > 0).map(({ jobId }) => jobId);
    return new DiagnosticError(
      'Recordings could not be exported',
      [
        `${failedRecordings.length} of the recordings in scope failed, in integration ${spec.integrationId} (jobs ${jobs.join(', ')}); the export stands at ${describeProgress(batches)}. Genesys Cloud gives no reason per recording.`,
        ...examplesOf(gaps),
        'Check that the role of the integration may write to the bucket (s3:PutObject, s3:PutObjectAcl, and the KMS key if there is one). Then apply again: only what is missing is exported. With on_failed_recordings = "continue" the export finishes without them.',
      ].join('\n'),
    );
  }
  return new DiagnosticError(
    'Export is not complete',
    [
      `The export stands at ${describeProgress(batches)}${gaps.length === 0 ? '' : `, and ${countsOf(gaps)}`}.`,
      ...examplesOf(gaps),
      'Apply again: it continues from here.',
    ].join('\n'),
  );
}

function describeFailure({ jobId, interval, state, error }: Batch): string {
  const what = jobId === null ? `The batch ${interval}` : `Job ${jobId} (${interval})`;
  switch (state) {
    case 'cancelled':
      return `${what} was cancelled outside of Terraform.`;
    case 'forgotten':
      return `${what} is gone: Genesys Cloud no longer knows it.`;
    default:
      return `${what} failed: ${error ?? 'Genesys Cloud gives no reason.'}`;
  }
}
