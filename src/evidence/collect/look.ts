/** One look at a matter: all sources, collected so that they can be compared, with what could not be looked at. */
import { setMaxListeners } from 'node:events';
import { ConversationSet } from '../../conversations';
import type { Genesys, SurveyedJob } from '../../genesys';
import type { Register } from '../../register';
import { enumerated } from '../../words';
import type { NotLookedAt, ObjectRow, PlacedRow, RecordingRow } from '../model';
import type { Sources } from '../reconcile/reconcile';
import { sortedRows } from '../rows/sorted';
import { deletionsIn } from './audited';
import { claimsOf, outermost, type FileCover, type MatterClaims, type Place } from './claims';
import { conversationRows, jobsOf } from './conversations';
import { heldOf } from './held';
import { objectRows, objectsOf, type BucketReader, type Hashing, type ObjectsSeen } from './objects';
import { ownFiles } from './own-files';
import { placedRows } from './placed';
import type { Progress } from './progress';
import { actorIn, readTrail, versionsAsked, type RecordRange, type RecordReaders } from './recorded';
import { recordingsOf, type SeenConversation } from './recordings';
import type { Rows, Work } from './work';

/** What is asked. */
export interface Question {
  readonly matter: string;
  /** Recording jobs of the exports that the matter is about. */
  readonly jobIds: readonly string[];
  /** Where these exports deliver, beside the places that the matter claims. */
  readonly places: readonly Place[];
  readonly hashing: Hashing;
}

/** Whom is asked. `genesys` may be missing: then why, a sentence. */
export interface Accounts {
  readonly genesys: Genesys | { readonly missing: string };
  readonly readerOf: (bucket: string) => BucketReader;
  readonly register: Register;
  /** Left out where nobody asked who it was. */
  readonly records?: RecordReaders;
}

/** A look, ready to be compared. `notLookedAt` is whole when `sources` were read to their ends. */
export interface MatterLook {
  readonly sources: Sources;
  readonly claims: MatterClaims;
  readonly jobs: readonly SurveyedJob[];
  readonly places: readonly Place[];
  readonly organizationId: string | null;
  /** From when the matter began, as far as its claims and jobs say. */
  readonly range: RecordRange;
  readonly notLookedAt: readonly NotLookedAt[];
}

/** Surroundings of a look. */
export interface LookOptions {
  readonly work: Work;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Milliseconds since 1970, where Genesys Cloud does not say what time it is. */
  readonly now: number;
}

/** Asks everybody. Throws GenesysError, AwsError and RegisterProblem for what is no answer; the look can be resumed then. */
export async function lookAtMatter(
  question: Question,
  accounts: Accounts,
  { work, signal, progress, now }: LookOptions,
): Promise<MatterLook> {
  // Every request under way listens to it: Node would take more than ten for a leak and warn on stderr.
  setMaxListeners(0, signal);
  const { register } = accounts;
  const claims = await claimsOf(register, question.matter, signal);
  const notLookedAt: NotLookedAt[] = [];
  const told = await lookAtGenesys(question, accounts, claims, { work, signal, progress, now }, notLookedAt);
  const places = outermost([...claims.places, ...question.places]);
  const coverOf = new Map<string, FileCover>();
  for (const { bucket } of places) if (!coverOf.has(bucket)) coverOf.set(bucket, await claims.coverOf(bucket));
  const isOwn = ownFiles(coverOf, told.conversations);
  const files = await objectsOf(
    places,
    accounts.readerOf,
    { hashing: question.hashing, isOwn },
    work,
    signal,
    progress,
  );
  notLookedAt.push(...files.notLookedAt, ...(await missingRights(files)));
  if (places.length === 0) notLookedAt.push(NO_PLACE);
  const objects = (): AsyncIterable<ObjectRow> => rowsOfFiles(files, coverOf, work.folder);
  const placed = (missing: NotLookedAt[]): AsyncIterable<PlacedRow> =>
    placedRows(register, claims.ofFiles, { folder: work.folder, signal }, missing);
  const range = { since: sinceOf(claims, told.jobs, told.now), now: told.now };
  const recorded = await recordedOf(accounts.records, { range, claims, notLookedAt }, () =>
    versionsAsked(objects(), placed([]), files.complete),
  );
  return {
    claims,
    jobs: told.jobs.map(({ covers: _covers, ...job }) => job),
    places,
    organizationId: told.organizationId,
    range,
    notLookedAt,
    sources: {
      conversations: conversationRows(told.conversations, {
        claims,
        scope: told.scope,
        held: told.held,
        seen: told.seen?.read() ?? null,
      }),
      recordings: recordingRows(told.seen),
      failures: listed(told.failures),
      ...recorded,
      objects: objects(),
      placed: placed(notLookedAt),
      jobs: told.jobs,
      claimsConversations: claims.ofConversations.length > 0,
      bucketListed: files.complete,
      scopeKnown: told.scope !== null || claims.conversations.size > 0 || claims.filesOf.size > 0,
      now: told.now,
    },
  };
}

/** What records say of deletions, and of who did what. */
async function recordedOf(
  readers: RecordReaders | undefined,
  {
    range,
    claims,
    notLookedAt,
  }: { readonly range: RecordRange; readonly claims: MatterClaims; readonly notLookedAt: NotLookedAt[] },
  inQuestion: () => ReturnType<typeof versionsAsked>,
): Promise<Pick<Sources, 'deletions' | 'actorOf'>> {
  if (readers === undefined) return { deletions: listed([]) };
  const audits = await readers.audits(range);
  const versions = await inQuestion();
  const data = await readTrail(readers, versions, range, notLookedAt);
  const read = { audits, data, versions, holds: claims.holds };
  return { deletions: deletionsIn(audits, notLookedAt), actorOf: (difference) => actorIn(difference, read) };
}

function rowsOfFiles(
  { rows }: ObjectsSeen,
  coverOf: ReadonlyMap<string, FileCover>,
  folder: string,
): AsyncIterable<ObjectRow> {
  return sortedRows(rows === null ? listed<ObjectRow>([]) : objectRows(rows.read(), coverOf), {
    keyOf: ({ conversation, recording, bucket, key, version }) =>
      [conversation, recording, JSON.stringify([bucket, key, version])].join(' '),
    folder,
    name: 'objects',
  });
}

function sinceOf({ all }: MatterClaims, jobs: Sources['jobs'], now: number): number {
  return Math.min(now, ...all.map(({ since }) => Date.parse(since)), ...jobs.map(({ created }) => created));
}

interface ToldByGenesys {
  readonly jobs: Sources['jobs'];
  readonly failures: Awaited<ReturnType<typeof jobsOf>>['failures'];
  readonly scope: ConversationSet | null;
  readonly conversations: ConversationSet;
  readonly held: Awaited<ReturnType<typeof heldOf>>;
  readonly seen: Rows<SeenConversation> | null;
  readonly organizationId: string | null;
  readonly now: number;
}

async function lookAtGenesys(
  { jobIds }: Question,
  { genesys, register }: Accounts,
  claims: MatterClaims,
  { work, signal, progress, now }: LookOptions,
  notLookedAt: NotLookedAt[],
): Promise<ToldByGenesys> {
  const claimed = claims.conversations.union(claims.filesOf);
  if ('missing' in genesys) {
    notLookedAt.push({ what: 'Genesys Cloud', why: genesys.missing });
    const held = { held: ConversationSet.empty, asked: ConversationSet.empty, notLookedAt: [] };
    return { jobs: [], failures: [], scope: null, conversations: claimed, held, seen: null, organizationId: null, now };
  }
  const organizationId = await genesys.organizationId(signal);
  const {
    jobs,
    failures,
    scope,
    settled,
    settledEnd,
    notLookedAt: unseen,
  } = await jobsOf(genesys, jobIds, signal, progress);
  notLookedAt.push(...unseen);
  if (jobIds.length === 0) notLookedAt.push(NO_EXPORT);
  const conversations = scope === null ? claimed : claimed.union(scope);
  const held = await heldOf(genesys, register, claims, conversations, signal, progress);
  notLookedAt.push(...held.notLookedAt);
  const time = genesys.serverTime()?.getTime() ?? now;
  const wanted = { conversations, jobs, settled, settledEnd, now: time };
  const seen = await recordingsOf(wanted, { genesys, work, signal, progress });
  if ('refused' in seen) notLookedAt.push({ what: 'recordings', why: seen.refused });
  return {
    jobs,
    failures,
    scope,
    conversations,
    held,
    seen: 'refused' in seen ? null : seen,
    organizationId,
    now: genesys.serverTime()?.getTime() ?? now,
  };
}

const NO_EXPORT: NotLookedAt = {
  what: 'exports',
  why: 'No export of the matter is known, so that it is unknown what is in scope and not exported. Name its stack with --dir or --cdktf-out, or its jobs with --job.',
};

const NO_PLACE: NotLookedAt = {
  what: 'files',
  why: 'No bucket of the matter is known: no claim over files, and no export with a destination. Name one with --files s3://bucket/prefix.',
};

async function missingRights({ rows }: ObjectsSeen): Promise<readonly NotLookedAt[]> {
  if (rows === null) return [];
  const missing = new Map<string, number>();
  for await (const version of rows.read()) {
    for (const right of version.missing) missing.set(right, (missing.get(right) ?? 0) + 1);
  }
  if (missing.size === 0) return [];
  const rights = [...missing].map(([right, count]) => `${right} (${count} versions)`);
  return [{ what: 'all of the files', why: `Rights are missing: ${enumerated(rights)}. What they show is unknown.` }];
}

async function* recordingRows(seen: Rows<SeenConversation> | null): AsyncGenerator<RecordingRow> {
  if (seen === null) return;
  for await (const { recordings } of seen.read()) if (recordings !== null) yield* recordings;
}

async function* listed<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
