/** Conversations and their recordings: what the organisation has on record. */
import { overlaps, type Interval } from './genesys/interval';

export type MediaType = 'voice' | 'message' | 'email' | 'chat' | 'callback';

/** What `media` of a recording says. */
export type RecordingMedia = 'audio' | 'message' | 'email' | 'chat' | 'screen';

export interface Conversation {
  readonly id: string;
  /** Milliseconds since 1970, as all instants in here. */
  readonly start: number;
  readonly end: number;
  readonly mediaType: MediaType;
  /** `sms`, `whatsapp`, `webmessaging`, …; undefined where the media type is not `message`. */
  readonly messageType: string | undefined;
  readonly direction: 'inbound' | 'outbound';
  readonly addressFrom: string | undefined;
  readonly addressTo: string | undefined;
  externalTag: string | undefined;
  readonly recordings: readonly Recording[];
}

export interface Recording {
  readonly id: string;
  readonly media: RecordingMedia;
  readonly start: number;
  readonly end: number;
  deleteDate: number | undefined;
  /** When an export is due; written when a recording job is FULFILLED. */
  exportDate: number | undefined;
  /** When the file was in the bucket. */
  exportedDate: number | undefined;
  /** A job cannot process it: it appears among the job's failed recordings. */
  readonly failsExport: boolean;
  /** It is planned for export, and its file never comes. */
  readonly neverArrives: boolean;
}

/** True where Genesys Cloud has to resolve metadata apart from the media: everything that is not a call. */
export function isDigital(mediaType: string): boolean {
  return mediaType !== 'voice' && mediaType !== 'callback';
}

export class ConversationStore {
  private readonly all: Conversation[] = [];
  private readonly byId = new Map<string, number>();
  private recordingCount = 0;
  /** Places of conversations whose recordings or tag are not as seeded any more. */
  readonly changed = new Set<number>();

  /** Throws a RangeError when the id is taken. */
  add(conversation: Conversation): void {
    if (this.byId.has(conversation.id)) throw new RangeError(`conversation ${conversation.id} exists already`);
    this.byId.set(conversation.id, this.all.length);
    this.all.push(conversation);
    this.recordingCount += conversation.recordings.length;
  }

  get size(): number {
    return this.all.length;
  }

  get recordings(): number {
    return this.recordingCount;
  }

  get(id: string): Conversation | undefined {
    const place = this.byId.get(id);
    return place === undefined ? undefined : this.all[place];
  }

  at(place: number): Conversation {
    const conversation = this.all[place];
    if (conversation === undefined) throw new RangeError(`no conversation at ${place}`);
    return conversation;
  }

  /** Marks a conversation as changed, so that it is kept over a restart. */
  touch(id: string): void {
    const place = this.byId.get(id);
    if (place !== undefined) this.changed.add(place);
  }

  /** The places of the conversations that touch the interval and pass the test, in the order in which they were added. */
  select(interval: Interval, test: (conversation: Conversation) => boolean): number[] {
    const places: number[] = [];
    this.all.forEach((conversation, place) => {
      if (overlaps(interval, conversation.start, conversation.end) && test(conversation)) places.push(place);
    });
    return places;
  }

  [Symbol.iterator](): Iterator<Conversation> {
    return this.all[Symbol.iterator]();
  }
}
