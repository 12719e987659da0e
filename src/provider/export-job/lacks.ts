/** What an export lacks, as gaps, and what is to be exported again for them. Pure. */
import { ConversationSet, isConversationId, type Completion, type FailedRecording } from '../../genesys';
import type { Gap, GapKind } from '../gaps';
import type { Kept } from './private';

/** The gaps that a look at all recordings of an export has found. */
export function gapsOf(completion: Completion): readonly Gap[] {
  const { failedRecordings, late, unreadable, missingRecordings: missing } = completion;
  return [
    ...gapsOfFailed(failedRecordings),
    ...gapsOfLate(late),
    ...[...unreadable].map((id): Gap => ({
      kind: 'gone',
      id,
      detail: 'Genesys Cloud lists this conversation, but says that it does not know it.',
    })),
    ...(missing === 0
      ? []
      : [
          {
            kind: 'lost' as const,
            id: `totals/${missing}`,
            detail: `The recording jobs counted ${missing} more ${missing === 1 ? 'recording' : 'recordings'} than the conversations in scope have.`,
          },
        ]),
  ];
}

/** What is kept of a look at all recordings of an export. `now` in milliseconds since 1970. */
export function keptOfCompletion(
  completion: Completion,
  now: number,
): Pick<Kept, 'covered' | 'without' | 'leftOut' | 'files' | 'seenAt'> {
  return {
    covered: completion.conversations.minus(completion.late),
    without: completion.withoutRecordings,
    leftOut: completion.leftOut,
    files: completion.exportedRecordings,
    seenAt: now,
  };
}

/** Recordings that jobs could not process. */
export function gapsOfFailed(failed: readonly FailedRecording[]): readonly Gap[] {
  return failed.map(({ conversationId, recordingId }) => ({
    kind: 'failed',
    id: `${conversationId}/${recordingId}`,
    detail: 'The recording job could not export it; Genesys Cloud gives no reason.',
  }));
}

/** Conversations that came into scope after the export. */
export function gapsOfLate(late: ConversationSet): readonly Gap[] {
  return [...late].map((id) => ({
    kind: 'late',
    id,
    detail: 'It came into scope after the export, and no job has exported it.',
  }));
}

/** Recordings that came to conversations which are exported already. */
export function gapsOfLateRecordings(recordings: readonly FailedRecording[]): readonly Gap[] {
  return recordings.map(({ conversationId, recordingId }) => ({
    kind: 'late',
    id: `${conversationId}/${recordingId}`,
    detail: 'It came after its conversation was exported, and no job has exported it.',
  }));
}

/** Whether a gap is about a recording that came late to a conversation which is exported. */
export function isLateRecording({ kind, id }: Gap): boolean {
  return kind === 'late' && id.includes('/');
}

/** The conversations that came late. */
export function lateIn(gaps: readonly Gap[]): ConversationSet {
  return ConversationSet.of(gaps.flatMap((gap) => (gap.kind === 'late' && !isLateRecording(gap) ? [gap.id] : [])));
}

/** Recordings whose files were in the bucket and are no longer there. */
export function gapsOfLostFiles(names: readonly string[]): readonly Gap[] {
  return names.map((id) => ({ kind: 'lost', id, detail: 'Its file was exported and is no longer in the bucket.' }));
}

/** Whether a gap is about a file that is gone from the bucket. */
export function isLostFile({ kind, id }: Gap): boolean {
  return kind === 'lost' && !id.startsWith('totals/');
}

/** All gaps but those of a kind, and instead of them these. */
export function replaced(gaps: readonly Gap[], isOld: (gap: Gap) => boolean, fresh: readonly Gap[]): readonly Gap[] {
  return [...gaps.filter((gap) => !isOld(gap)), ...fresh];
}

/** The conversations that are exported again because of these gaps. */
export function conversationsOf(gaps: readonly Gap[]): ConversationSet {
  return ConversationSet.of(gaps.map(({ id }) => id.split('/', 1).join('')).filter(isConversationId));
}

/** How many gaps there are of a kind. */
export function countOf(gaps: readonly Gap[], kind: GapKind): number {
  return gaps.filter((gap) => gap.kind === kind).length;
}
