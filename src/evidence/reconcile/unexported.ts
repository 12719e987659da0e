/** Why a recording that is at Genesys Cloud and in scope of the exports is not exported. Pure. */
import type { Cause, Difference, Job, RecordingRow } from '../model';

/** Most differences between the clock that planned an export and the one that dates it. */
const CLOCKS_DIFFER_MS = 60 * 60 * 1_000;

/** True when it is exported. One that was exported before and is planned again is not. */
export function isExported({ exported, exportDue }: RecordingRow): boolean {
  if (exported === null) return false;
  return exportDue === null || exported >= exportDue - CLOCKS_DIFFER_MS;
}

/** What is said of one recording. `skipped`: a job has left it out, if its count says so; known when all were looked at. */
export type Reason = { readonly cause: Cause; readonly text: string } | { readonly skippedBy: Job };

/** Why a recording is not exported. `failedJob`: the job that names it as failed; `jobs`: those whose query covers its conversation. */
export function reasonOf(
  recording: RecordingRow,
  {
    failedJob,
    jobs,
    now,
  }: { readonly failedJob: string | undefined; readonly jobs: readonly Job[]; readonly now: number },
): Reason {
  const { kind, archived, created, exportDue } = recording;
  if (failedJob !== undefined)
    return { cause: 'failed', text: `Export job ${failedJob} could not process the recording.` };
  if (kind === 'screen' && jobs.length > 0 && jobs.every(({ includesScreens }) => !includesScreens)) {
    return { cause: 'screen', text: 'The export leaves out screen recordings.' };
  }
  if (kind === 'snippet' && jobs.length > 0 && jobs.every(({ includesSnippets }) => !includesSnippets)) {
    return { cause: 'snippet', text: 'The export leaves out snippets.' };
  }
  if (archived)
    return { cause: 'archived', text: 'The recording is archived and has to be restored before an export.' };
  if (exportDue !== null) return exportDue > now ? young(exportDue) : overdue(exportDue);
  return untaken(jobs, created);
}

function young(due: number): Reason {
  return { cause: 'too-young', text: `The export of the recording is due at ${instant(due)}.` };
}

function overdue(due: number): Reason {
  return {
    cause: 'never-delivered',
    text: `The export of the recording was due at ${instant(due)}, and Genesys Cloud does not say that it was exported.`,
  };
}

/** No job has given it a date. */
function untaken(jobs: readonly Job[], created: number | null): Reason {
  if (jobs.length === 0) return { cause: 'late', text: 'No export job covers the conversation.' };
  const inTime = jobs.filter((job) => created === null || created <= job.created);
  if (inTime.length === 0) {
    return {
      cause: 'late',
      text: `The recording was made after the export jobs had counted${created === null ? '' : `, at ${instant(created)}`}.`,
    };
  }
  const ended = inTime.filter(({ state }) => state === 'FULFILLED');
  const [first] = inTime as [Job];
  if (ended.length === 0) {
    return first.state === 'FAILED' || first.state === 'CANCELLED'
      ? {
          cause: 'failed',
          text: `Export job ${first.id} ended as ${first.state}${first.error === null ? '' : `: ${first.error}`}.`,
        }
      : { cause: 'unexported', text: `Export job ${first.id} is ${first.state}: it has not ended yet.` };
  }
  const skipper = ended.find(({ includesSensitive }) => !includesSensitive);
  if (skipper !== undefined) return { skippedBy: skipper };
  return { cause: 'late', text: 'The recording came to Genesys Cloud after the export jobs had counted.' };
}

/**
 * What jobs have skipped, by their own count. Recordings that a job left out without a reason of their own were skipped as sensitive
 * where the job skipped exactly as many; else nobody can say which of them were.
 */
export class SkippedByJobs {
  private readonly byJob = new Map<string, { readonly job: Job; readonly ids: PackedPairs; leftOut: number }>();

  /** A recording that this job left out for a reason that is known. */
  noteLeftOut(job: Job): void {
    this.of(job).leftOut += 1;
  }

  add(job: Job, { conversation, recording }: Pick<RecordingRow, 'conversation' | 'recording'>): void {
    this.of(job).ids.add(conversation, recording);
  }

  /** To be asked when all recordings were seen. */
  *differences(): Generator<Difference> {
    for (const { job, ids, leftOut } of this.byJob.values()) {
      const skipped = job.skipped === null ? null : Math.max(0, job.skipped - leftOut);
      const said = ids.size === skipped;
      for (const [conversation, recording] of ids) {
        const common = { conversation, recording, file: null };
        yield said
          ? {
              cause: 'skipped-sensitive',
              text: `Export job ${job.id} left it out: it leaves out recordings with sensitive data, and skipped as many as have no export date.`,
              ...common,
            }
          : { cause: 'unexported', text: unsaid(job, ids.size, skipped), ...common };
      }
    }
  }

  private of(job: Job): { readonly job: Job; readonly ids: PackedPairs; leftOut: number } {
    const known = this.byJob.get(job.id);
    if (known !== undefined) return known;
    const made = { job, ids: new PackedPairs(), leftOut: 0 };
    this.byJob.set(job.id, made);
    return made;
  }
}

function unsaid(job: Job, found: number, skipped: number | null): string {
  const count = skipped === null ? 'does not say how many recordings it skipped' : `skipped ${skipped} recordings`;
  return `Export job ${job.id} ${count}, and ${found} have no export date: whether this one was skipped as sensitive or came late is unknown.`;
}

/** Pairs of ids, 32 bytes each where they are UUIDs. */
class PackedPairs implements Iterable<readonly [string, string]> {
  private bytes = Buffer.alloc(64 * PAIR_BYTES);
  private length = 0;
  /** Ids that are no UUIDs; Genesys Cloud has none, other sources of this data might. */
  private readonly odd: [string, string][] = [];

  get size(): number {
    return this.length / PAIR_BYTES + this.odd.length;
  }

  add(first: string, second: string): void {
    if (!UUID.test(first) || !UUID.test(second)) {
      this.odd.push([first, second]);
      return;
    }
    if (this.length === this.bytes.length) this.bytes = Buffer.concat([this.bytes], this.bytes.length * 2);
    this.length += this.bytes.write(`${first}${second}`.replaceAll('-', ''), this.length, 'hex');
  }

  *[Symbol.iterator](): Generator<readonly [string, string]> {
    for (let at = 0; at < this.length; at += PAIR_BYTES) {
      const hex = this.bytes.toString('hex', at, at + PAIR_BYTES);
      yield [uuid(hex.slice(0, 32)), uuid(hex.slice(32))];
    }
    yield* this.odd;
  }
}

const PAIR_BYTES = 32;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function uuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
