/** Changes of conversations and recordings by hand: delete dates, erasure, conversations that vanish. */
import { Clock } from '../clock';
import type { Conversation, Recording } from '../conversations';
import type { World } from '../world';

/** Which recordings: all, or those of these conversations, or exactly these. */
export interface RecordingChoice {
  readonly all?: boolean;
  readonly conversationIds?: readonly string[];
  readonly recordingIds?: readonly string[];
}

/** A conversation as the control routes show it. */
export interface ShownConversation {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly mediaType: string;
  readonly messageType: string | null;
  readonly addressFrom: string | null;
  readonly addressTo: string | null;
  readonly externalTag: string | null;
  /** Under deletion protection, or in a legal hold. */
  readonly protected: boolean;
  readonly recordings: readonly {
    readonly id: string;
    readonly media: string;
    readonly deleteDate: string | null;
    readonly exportDate: string | null;
    readonly exportedDate: string | null;
    readonly associatedConversationIds: readonly string[];
  }[];
}

/** Every conversation that can be seen. */
export function shownConversations(world: World): readonly ShownConversation[] {
  world.settle();
  return [...world.conversations].map((conversation) => ({
    id: conversation.id,
    start: Clock.iso(conversation.start),
    end: Clock.iso(conversation.end),
    mediaType: conversation.mediaType,
    messageType: conversation.messageType ?? null,
    addressFrom: conversation.addressFrom ?? null,
    addressTo: conversation.addressTo ?? null,
    externalTag: conversation.externalTag ?? null,
    protected: world.retention.isHeld(conversation.id),
    recordings: conversation.recordings.map(({ id, media, deleteDate, exportDate, exportedDate, associated = [] }) => ({
      id,
      media,
      deleteDate: isoOrNull(deleteDate),
      exportDate: isoOrNull(exportDate),
      exportedDate: isoOrNull(exportedDate),
      associatedConversationIds: associated,
    })),
  }));
}

/** Sets the delete date, or takes it away with null. What is past and not protected goes at once. Answers how many had it set. */
export function setDeleteDate(world: World, choice: RecordingChoice, date: string | null): number {
  const deleteDate = date === null ? undefined : Date.parse(date);
  if (Number.isNaN(deleteDate)) throw new RangeError(`deleteDate "${String(date)}" is not an ISO-8601 instant`);
  const chosen = choose(world, choice);
  for (const { conversation, recording } of chosen) {
    recording.deleteDate = deleteDate;
    world.conversations.touch(conversation.id);
  }
  world.retention.note(new Set(chosen.map(({ conversation }) => conversation.id)));
  return chosen.length;
}

/** Erases recordings, as a request for erasure does. Answers how many, and how many protection has spared. */
export function eraseRecordings(
  world: World,
  choice: RecordingChoice,
): { readonly erased: number; readonly spared: number } {
  let [erased, spared] = [0, 0];
  for (const { conversation, recording } of choose(world, choice)) {
    const outcome = world.retention.erase(conversation, [recording]);
    erased += outcome.erased;
    spared += outcome.spared;
  }
  return { erased, spared };
}

/** Takes conversations away altogether. Answers how many there were. */
export function vanishConversations(world: World, ids: readonly string[]): number {
  world.settle();
  const found = ids.flatMap((id) => world.conversations.get(id.toLowerCase()) ?? []);
  for (const conversation of found) world.retention.vanish(conversation, world.clock.now());
  return found.length;
}

interface Chosen {
  readonly conversation: Conversation;
  readonly recording: Recording;
}

/** Throws a RangeError for a choice that names nothing, or what does not exist. */
function choose(world: World, { all, conversationIds, recordingIds }: RecordingChoice): readonly Chosen[] {
  world.settle();
  if (
    [all === true ? true : undefined, conversationIds, recordingIds].filter((one) => one !== undefined).length !== 1
  ) {
    throw new RangeError('give one of all, conversationIds and recordingIds');
  }
  if (conversationIds !== undefined) {
    return conversationIds.flatMap((id) => {
      const conversation = world.conversations.get(id.toLowerCase());
      if (conversation === undefined) throw new RangeError(`there is no conversation ${id}`);
      return conversation.recordings.map((recording) => ({ conversation, recording }));
    });
  }
  const wanted = recordingIds === undefined ? undefined : new Set(recordingIds.map((id) => id.toLowerCase()));
  const chosen = [...world.conversations].flatMap((conversation) =>
    conversation.recordings
      .filter(({ id }) => wanted === undefined || wanted.has(id))
      .map((recording) => ({ conversation, recording })),
  );
  const found = new Set(chosen.map(({ recording }) => recording.id));
  const missing = [...(wanted ?? [])].find((id) => !found.has(id));
  if (missing !== undefined) throw new RangeError(`there is no recording ${missing}`);
  return chosen;
}

function isoOrNull(instant: number | undefined): string | null {
  return instant === undefined ? null : Clock.iso(instant);
}
