/**
 * The recordings of a matter. The retention query lists those of the whole organization, 500 a request, and says of each when it was
 * exported; it does not say what kind a recording is, whether it is archived, and, perhaps, not those of the last day. So it answers
 * for a conversation only where
 *
 * - the conversation had ended two days ago, and all that is listed of it is exported: then kind and archive explain nothing;
 * - and no job that covers it counted more recordings than were found.
 *
 * All others are asked about one by one, what is not listed first of all: it may have no recordings, or not be there any more.
 */
import { ConversationSet, ConversationSetBuilder } from '../../conversations';
import { GenesysError, hasStatus, type Genesys, type RetentionPlace } from '../../genesys';
import type { Job, RecordingRow } from '../model';
import { isExported } from '../reconcile/unexported';
import { sortedRows } from '../rows/sorted';
import { answered } from './answered';
import { inOrder } from './in-order';
import type { Progress } from './progress';
import type { Rows, Work } from './work';

/** Requests for recordings under way at once; the governor keeps them under the organization's limit. */
const AT_ONCE = 8;
/** Up to so many conversations are asked one by one. */
const FEW = 50;
const DAY_MS = 86_400_000;
/** Days that the query's threshold keeps away from the youngest recording in question. */
const SLACK_DAYS = 2;

/** A conversation and its recordings, as they were seen. Null: Genesys Cloud knows no such conversation. */
export interface SeenConversation {
  readonly id: string;
  readonly recordings: readonly RecordingRow[] | null;
}

/** Whose recordings are asked for, and what is known of them. */
export interface RecordingsWanted {
  readonly conversations: ConversationSet;
  readonly jobs: readonly Job[];
  /** Conversations that had ended for long, and when the last of them ended. */
  readonly settled: ConversationSet;
  readonly settledEnd: number | null;
  /** By Genesys Cloud's clock. */
  readonly now: number;
}

/** Surroundings. */
interface Look {
  readonly genesys: Genesys;
  readonly work: Work;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** All of them, in order; an interrupted look continues where it stopped. */
export async function recordingsOf(
  wanted: RecordingsWanted,
  look: Look,
): Promise<Rows<SeenConversation> | { readonly refused: string }> {
  const seen = await answered(async () => {
    const listed = await listedWhole(wanted, look);
    const unlisted = wanted.conversations.minus(await idsIn(listed));
    const single = await oneByOne('recordings', unlisted, wanted.conversations.size, look);
    const doubted = await coveredByShort(wanted.jobs, [listed, single]);
    const again = doubted.minus(unlisted);
    if (again.size === 0) return merged([listed, single]);
    const asked = await oneByOne('recordings-again', again, again.size, look);
    return merged([without(listed, again), single, asked]);
  });
  return 'refused' in seen ? seen : seen.value;
}

/** Conversations for which the retention query answers, with what it lists; none where it costs more than it saves. */
async function listedWhole(wanted: RecordingsWanted, look: Look): Promise<Rows<SeenConversation>> {
  const { conversations, settled, settledEnd, now } = wanted;
  const candidates = conversations.and(settled);
  if (candidates.size <= FEW || settledEnd === null) return NOTHING;
  const days = Math.max(0, Math.floor((now - settledEnd) / DAY_MS) - SLACK_DAYS);
  const pages = await look.work.fill<ListedPage>(
    'retention',
    ({ number }) => String(number),
    (after) => listing(days, candidates, after, look),
  );
  if (await wasGivenUp(pages)) return NOTHING;
  return look.work.fill<SeenConversation>(
    'recordings-listed',
    ({ id }) => id,
    (after) => wholeIn(pages, after, look.work.folder),
  );
}

const NOTHING: Rows<SeenConversation> = { read: () => merge([]) };

/** A page of the retention query, without what is not asked for. */
interface ListedPage {
  readonly number: number;
  /** Null: it was the last one. */
  readonly next: RetentionPlace | null;
  readonly rows: readonly RecordingRow[];
  /** It would have cost more pages than conversations to ask about. */
  readonly gaveUp: boolean;
}

async function* listing(
  days: number,
  candidates: ConversationSet,
  after: ListedPage | undefined,
  { genesys, signal, progress }: Look,
): AsyncGenerator<ListedPage> {
  let number = after?.number ?? 0;
  if (after !== undefined && (after.next === null || after.gaveUp)) return;
  try {
    for await (const { rows, next } of genesys.retention(days, after?.next ?? null, signal)) {
      number += 1;
      const own = rows.filter(({ conversationId }) => candidates.has(conversationId)).map(asRow);
      const gaveUp = number >= candidates.size && next !== null;
      yield { number, next, rows: own, gaveUp };
      progress({ what: 'pages of all recordings', done: number, total: null });
      if (gaveUp) return;
    }
  } catch (error) {
    // A place is good for a while: what was listed before is asked about one by one, or listed by the next look.
    if (after === undefined || !(error instanceof GenesysError) || !hasStatus(error, 400)) throw error;
    yield { number: number + 1, next: null, rows: [], gaveUp: true };
  }
}

async function wasGivenUp(pages: Rows<ListedPage>): Promise<boolean> {
  for await (const { gaveUp } of pages.read()) if (gaveUp) return true;
  return false;
}

/** Conversations of which all that is listed is exported. A recording may stand on two pages when others came in between. */
async function* wholeIn(
  pages: Rows<ListedPage>,
  after: SeenConversation | undefined,
  folder: string,
): AsyncGenerator<SeenConversation> {
  const rows = async function* (): AsyncGenerator<RecordingRow> {
    for await (const page of pages.read()) yield* page.rows;
  };
  const keyOf = ({ conversation, recording }: RecordingRow): string => `${conversation} ${recording}`;
  let current: { readonly id: string; readonly recordings: Map<string, RecordingRow> } | undefined;
  const whole = function* (): Generator<SeenConversation> {
    if (current === undefined || (after !== undefined && current.id <= after.id)) return;
    const recordings = [...current.recordings.values()];
    if (recordings.every(isExported)) yield { id: current.id, recordings };
  };
  for await (const row of sortedRows(rows(), { keyOf, folder, name: 'retention' })) {
    if (current?.id !== row.conversation) {
      yield* whole();
      current = { id: row.conversation, recordings: new Map() };
    }
    current.recordings.set(row.recording, row);
  }
  yield* whole();
}

/** Asks for the recordings of each conversation, in order. */
function oneByOne(
  name: string,
  conversations: ConversationSet,
  total: number,
  { genesys, work, signal, progress }: Look,
): Promise<Rows<SeenConversation>> {
  const look = async (id: string): Promise<SeenConversation> => {
    signal.throwIfAborted();
    const rows = await genesys.recordingsOf(id, signal);
    return { id, recordings: rows === null ? null : rows.map(asRow) };
  };
  const seen = async function* (after: SeenConversation | undefined): AsyncGenerator<SeenConversation> {
    let done = total - conversations.size;
    const open = function* (): Generator<string> {
      for (const id of conversations) {
        if (after === undefined || id > after.id) yield id;
        else done += 1;
      }
    };
    for await (const one of inOrder(open(), AT_ONCE, look)) {
      yield one;
      done += 1;
      progress({ what: 'recordings', done, total });
    }
  };
  return work.fill<SeenConversation>(name, ({ id }) => id, seen);
}

/** Conversations of jobs that counted more recordings than were found, or do not say how many they counted. */
async function coveredByShort(
  jobs: readonly Job[],
  sources: readonly Rows<SeenConversation>[],
): Promise<ConversationSet> {
  const found = jobs.map(() => 0);
  const ids = jobs.map(() => new ConversationSetBuilder());
  for (const source of sources) {
    for await (const { id, recordings } of source.read()) {
      for (const [at, { covers }] of jobs.entries()) {
        if (!covers.has(id)) continue;
        found[at] = (found[at] ?? 0) + (recordings?.length ?? 0);
        ids[at]?.add(id);
      }
    }
  }
  const short = jobs.flatMap(({ recordings }, at) =>
    recordings === null || recordings > (found[at] ?? 0) ? (ids[at]?.build() ?? []) : [],
  );
  return ConversationSet.unionOf(short);
}

async function idsIn(rows: Rows<SeenConversation>): Promise<ConversationSet> {
  const ids = new ConversationSetBuilder();
  for await (const { id } of rows.read()) ids.add(id);
  return ids.build();
}

function without(rows: Rows<SeenConversation>, ids: ConversationSet): Rows<SeenConversation> {
  const read = async function* (): AsyncGenerator<SeenConversation> {
    for await (const one of rows.read()) if (!ids.has(one.id)) yield one;
  };
  return { read };
}

function merged(sources: readonly Rows<SeenConversation>[]): Rows<SeenConversation> {
  return { read: () => merge(sources.map((source) => source.read())) };
}

/** Streams in order, none of which has what another one has, as one. */
async function* merge(sources: readonly AsyncIterable<SeenConversation>[]): AsyncGenerator<SeenConversation> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
    for (;;) {
      let least: { readonly at: number; readonly value: SeenConversation } | undefined;
      for (const [at, head] of heads.entries()) {
        if (head.done !== true && (least === undefined || head.value.id < least.value.id)) {
          least = { at, value: head.value };
        }
      }
      if (least === undefined) return;
      yield least.value;
      heads[least.at] = await (iterators[least.at] as AsyncIterator<SeenConversation>).next();
    }
  } finally {
    await Promise.all(iterators.map(async (iterator) => iterator.return?.()));
  }
}

type Told = NonNullable<Awaited<ReturnType<Genesys['recordingsOf']>>>[number];

/** The retention query says neither kind nor archive; of what is exported, for which alone it is believed, neither matters. */
function asRow({
  conversationId,
  recordingId,
  screen,
  snippet,
  archived,
  startTime,
  creationTime,
  ...dates
}: Told): RecordingRow {
  return {
    conversation: conversationId,
    recording: recordingId.toLowerCase(),
    kind: screen === true ? 'screen' : snippet === true ? 'snippet' : 'other',
    archived: archived === true,
    created: time(startTime ?? creationTime),
    exportDue: time(dates.exportDate),
    exported: time(dates.exportedDate),
    deleteDue: time(dates.deleteDate),
  };
}

function time(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Date.parse(text);
}
