/** Conversations and their recordings: what the organization has on record. */
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
  /** When it comes to be known; absent from the start. */
  readonly appears?: number;
  /** When it is gone with all its recordings, protected or not; absent never. */
  readonly vanishes?: number;
  /** Since when it is gone. */
  goneSince?: number;
  /** Those that can be seen. */
  readonly recordings: Recording[];
  /** Those that are still to come. */
  late?: Recording[];
  /** Those that were deleted; exported files still show their content. */
  deleted?: Recording[];
}

export interface Recording {
  readonly id: string;
  readonly media: RecordingMedia;
  /** Other conversations that it belongs to as well. */
  readonly associated?: readonly string[];
  /** When it comes to be known; absent with its conversation. */
  readonly appears?: number;
  /** When it is gone, protected or not; absent never. */
  readonly vanishes?: number;
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

/** Those that can be seen, those still to come, and those that were deleted. */
export function allRecordings({ recordings, late = [], deleted = [] }: Conversation): readonly Recording[] {
  return [...recordings, ...late, ...deleted];
}

/** In the order in which they were added. A conversation keeps its place when it is gone: jobs remember places. */
export class ConversationStore {
  private readonly all: Conversation[] = [];
  private readonly byId = new Map<string, number>();
  private readonly sharing = new Map<string, Conversation[]>();
  /** Places of conversations whose recordings or tag are not as seeded any more. */
  readonly changed = new Set<number>();

  constructor(private readonly now: () => number) {}

  /** Throws a RangeError when the id is taken. */
  add(conversation: Conversation): void {
    if (this.byId.has(conversation.id)) throw new RangeError(`conversation ${conversation.id} exists already`);
    this.byId.set(conversation.id, this.all.length);
    this.all.push(conversation);
    for (const recording of [...conversation.recordings, ...(conversation.late ?? [])]) {
      this.share(conversation, recording);
    }
  }

  /** Adds a recording to a conversation that is here already. */
  addRecording(conversation: Conversation, recording: Recording): void {
    if (recording.appears === undefined) conversation.recordings.push(recording);
    else conversation.late = [...(conversation.late ?? []), recording];
    this.share(conversation, recording);
  }

  /** Conversations that have recordings which belong to this one as well. */
  sharedWith(id: string): readonly Conversation[] {
    return this.sharing.get(id) ?? [];
  }

  /** How many can be seen. */
  get size(): number {
    return this.count(() => 1);
  }

  /** How many recordings can be seen. */
  get recordings(): number {
    return this.count((conversation) => conversation.recordings.length);
  }

  /** How many there ever were, those that are gone or still to come included. */
  get places(): number {
    return this.all.length;
  }

  /** True for an id that is not free, although its conversation may not be there to see. */
  has(id: string): boolean {
    return this.byId.has(id);
  }

  /** One that can be seen. */
  get(id: string): Conversation | undefined {
    const conversation = this.known(id);
    return conversation !== undefined && this.isVisible(conversation) ? conversation : undefined;
  }

  /** Also one that is gone or still to come. */
  known(id: string): Conversation | undefined {
    const place = this.byId.get(id);
    return place === undefined ? undefined : this.all[place];
  }

  /** Also one that is gone, which has no recordings any more. */
  at(place: number): Conversation {
    const conversation = this.all[place];
    if (conversation === undefined) throw new RangeError(`no conversation at ${place}`);
    return conversation;
  }

  isVisible({ appears, goneSince }: Conversation): boolean {
    return goneSince === undefined && (appears === undefined || appears <= this.now());
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
      if (!overlaps(interval, conversation.start, conversation.end) || !this.isVisible(conversation)) return;
      if (test(conversation)) places.push(place);
    });
    return places;
  }

  /** Those that can be seen. */
  *[Symbol.iterator](): Iterator<Conversation> {
    for (const conversation of this.all) if (this.isVisible(conversation)) yield conversation;
  }

  private share(conversation: Conversation, { associated = [] }: Recording): void {
    for (const id of associated) this.sharing.set(id, [...(this.sharing.get(id) ?? []), conversation]);
  }

  private count(weight: (conversation: Conversation) => number): number {
    let sum = 0;
    for (const conversation of this) sum += weight(conversation);
    return sum;
  }
}
