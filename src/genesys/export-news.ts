/**
 * What has come since an export was finished: conversations that came into its scope, and recordings that came to conversations which
 * it has exported already. A recording that some job has exported, or is about to, is not missing.
 */
import { ConversationSet } from '../conversations';
import { parseInterval } from '../time';
import { follow } from './follow';
import { LISTED_AFTER_MS, OVERLAP_MS } from './lateness';
import type { ExportNews, FailedRecording, Looks, NewsQuestion } from './model';
import type { RecordingRow } from './recordings';

/**
 * Looks within the bounds of `looks`: first for conversations, then for recordings of those in which one may still have come, which
 * are those that had not ended long before the last look. Looks without bounds ask about all.
 *
 * @param now in milliseconds since 1970
 */
export async function newsOf(
  looks: Looks,
  question: NewsQuestion,
  now: number,
  signal: AbortSignal,
): Promise<ExportNews> {
  const { spec, covered, without, seenAt } = question;
  const known = covered.union(without);
  const leavesOutScreens = !spec.includeScreenRecordings;
  const since = seenAt === null ? null : seenAt - LISTED_AFTER_MS;
  let [late, bare, recent] = [ConversationSet.empty, ConversationSet.empty, ConversationSet.empty];
  let isWhole = true;
  for (const scope of question.scopes) {
    const { start, end } = parseInterval(scope.interval ?? '');
    const none = ConversationSet.empty;
    // An export is followed for longer than a hold: whether it is settled is the caller's question.
    const followed = { end, seenAt: Math.min(since ?? end, end), openSince: null, without: none, young: none };
    const recently = (since ?? end) - OVERLAP_MS;
    const watched = { scope, start, known, followed, leavesOutScreens, recently };
    const found = await follow(looks, watched, now, signal);
    late = late.union(found.late);
    bare = bare.union(found.followed.without);
    recent = recent.union(found.recent);
    isWhole &&= found.isWhole;
  }
  const asksAll = !looks.isBounded || since === null || question.scopes.length === 0;
  const candidates = asksAll ? known : recent.and(known);
  const wanted = new Missing(question);
  const look = await looks.recordings(candidates, now, signal, { leavesOutScreens, take: (rows) => wanted.take(rows) });
  const emerged = look.recorded.and(without);
  const missing = await wanted.seen(looks, covered, now, signal);
  return {
    late: late.union(emerged),
    lateRecordings: missing.recordings,
    withoutRecordings: bare,
    isWhole,
    sawRecordings: isWhole && candidates.minus(look.read).size === 0 && missing.isWhole,
  };
}

/** Recordings that no job has exported, and that were not there when the export was finished. */
class Missing {
  private readonly found = new Map<string, RecordingRow>();

  constructor(private readonly question: NewsQuestion) {}

  take(rows: readonly RecordingRow[]): void {
    const { leftOut, spec } = this.question;
    // What was left out is not known: then nothing can be said of what lacks an export.
    if (leftOut === null) return;
    for (const row of rows) {
      if (row.exportDate !== null || row.exportedDate !== null) continue;
      if (row.screen === true && !spec.includeScreenRecordings) continue;
      if (!leftOut.has(row.conversationId, row.recordingId)) this.found.set(row.recordingId, row);
    }
  }

  /** A list does not say which are screen recordings: where that matters, their conversations are asked one by one. */
  async seen(
    looks: Looks,
    covered: ConversationSet,
    now: number,
    signal: AbortSignal,
  ): Promise<{ readonly recordings: readonly FailedRecording[]; readonly isWhole: boolean }> {
    const open = [...this.found.values()].filter(
      ({ screen }) => screen === undefined && !this.question.spec.includeScreenRecordings,
    );
    const doubtful = ConversationSet.of(open.map(({ conversationId }) => conversationId));
    const screens = new Set<string>();
    let read = ConversationSet.empty;
    for (const some of doubtful.parts(Math.max(1, looks.few))) {
      const look = await looks.recordings(some, now, signal, {
        take: (rows) => {
          for (const { recordingId, screen } of rows) if (screen === true) screens.add(recordingId);
        },
      });
      read = read.union(look.read);
    }
    const unsure = doubtful.minus(read);
    return {
      recordings: [...this.found.values()]
        .filter(({ conversationId, recordingId }) => covered.has(conversationId) && !screens.has(recordingId))
        .filter(({ conversationId }) => !unsure.has(conversationId))
        .map(({ conversationId, recordingId }) => ({ conversationId, recordingId })),
      isWhole: this.question.leftOut !== null && unsure.size === 0,
    };
  }
}
