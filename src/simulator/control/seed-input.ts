/** What can be put into the organization: by option, by `seed()`, or by `POST /__simulator/seed`. */
import { DEFAULT_CLIENT, type Client } from '../genesys/client';
import type { Conversation, MediaType, Recording, RecordingMedia } from '../conversations';
import { isUuid, uuidOf } from '../ids';

export interface Seed {
  /** Conversations of January 2026, three SMS numbers, two trunks. @default `none` */
  readonly estate?: 'default' | 'none';
  /** A number makes that many SMS conversations with one recording each, evenly over 2 to 29 January 2026. */
  readonly conversations?: number | readonly SeedConversation[];
  /** More recordings of conversations that exist, as they come late. */
  readonly recordings?: readonly SeedLateRecording[];
  /** Buckets, made if they do not exist. */
  readonly buckets?: readonly SeedBucket[];
  /** More OAuth clients, for instance ones that lack permissions. */
  readonly clients?: readonly SeedClient[];
  /** Many objects at once, in a bucket that exists. */
  readonly objects?: SeedObjects | readonly SeedObjects[];
}

/** Equal small objects: `{prefix}000000000.json` and so on. */
export interface SeedObjects {
  readonly bucket: string;
  /** @default none */
  readonly prefix?: string;
  readonly count: number;
}

export interface SeedBucket {
  readonly name: string;
  /** With Object Lock, versioning is on. @default false, or as it is */
  readonly objectLock?: boolean;
  /** @default off, or as it is */
  readonly versioning?: 'Enabled' | 'Suspended';
}

export interface SeedConversation {
  /** @default made from the conversation's place in the seed */
  readonly id?: string;
  /** ISO-8601 */
  readonly start: string;
  /** @default five minutes after the start */
  readonly end?: string;
  /** @default `message` */
  readonly mediaType?: MediaType;
  /** @default `sms` for messages */
  readonly messageType?: string;
  readonly direction?: 'inbound' | 'outbound';
  readonly addressFrom?: string;
  readonly addressTo?: string;
  readonly externalTag?: string;
  /** ISO-8601; when it comes to be known, as data that are late. @default at once */
  readonly appears?: string;
  /** ISO-8601; when it is gone with all its recordings, protected or not. @default never */
  readonly vanishes?: string;
  /** @default 1 */
  readonly recordings?: number | readonly SeedRecording[];
}

export interface SeedRecording {
  readonly id?: string;
  readonly media?: RecordingMedia;
  /** ISO-8601. @default as the conversation */
  readonly start?: string;
  readonly end?: string;
  /** ISO-8601; when a retention policy deletes it. @default as the organization's policies say */
  readonly deleteDate?: string;
  /** ISO-8601; when it comes to be known. @default with its conversation */
  readonly appears?: string;
  /** ISO-8601; when it is gone, protected or not. @default never */
  readonly vanishes?: string;
  /** Other conversations that it belongs to as well. @default none */
  readonly associatedConversationIds?: readonly string[];
  /** Jobs cannot process it. */
  readonly failsExport?: boolean;
  /** It is planned for export, and its file never comes. */
  readonly neverArrives?: boolean;
}

export interface SeedLateRecording extends SeedRecording {
  readonly conversationId: string;
}

export interface SeedClient {
  readonly id: string;
  readonly secret: string;
  /** @default all */
  readonly permissions?: readonly string[];
  /** Taken away from `permissions`. */
  readonly without?: readonly string[];
  /** The user whom it acts for; audits name him. @default nobody */
  readonly user?: { readonly id: string; readonly name: string };
}

const MEDIA: Readonly<Record<MediaType, RecordingMedia>> = {
  voice: 'audio',
  callback: 'audio',
  message: 'message',
  email: 'email',
  chat: 'chat',
};

const FIVE_MINUTES = 300_000;
const FIELDS = {
  seed: ['estate', 'conversations', 'recordings', 'buckets', 'clients', 'objects'],
  bucket: ['name', 'objectLock', 'versioning'],
  objects: ['bucket', 'prefix', 'count'],
  conversation: [
    'id',
    'start',
    'end',
    'mediaType',
    'messageType',
    'direction',
    'addressFrom',
    'addressTo',
    'externalTag',
    'appears',
    'vanishes',
    'recordings',
  ],
  recording: [
    'id',
    'media',
    'start',
    'end',
    'deleteDate',
    'appears',
    'vanishes',
    'associatedConversationIds',
    'failsExport',
    'neverArrives',
  ],
  client: ['id', 'secret', 'permissions', 'without', 'user'],
} as const;

/** Refuses a seed with unknown fields, so that a misspelt one is not silently without effect. Throws a RangeError. */
export function checkSeed(seed: unknown): Seed {
  onlyFields(seed, FIELDS.seed, 'seed');
  const { estate, conversations, recordings, buckets, clients } = seed as Seed;
  if (estate !== undefined && estate !== 'default' && estate !== 'none') {
    throw new RangeError(`estate is "${String(estate)}": expected "default" or "none"`);
  }
  if (typeof conversations === 'number') {
    if (!Number.isInteger(conversations) || conversations < 0) {
      throw new RangeError(`conversations is ${conversations}: expected a whole number from 0`);
    }
  } else {
    for (const conversation of listOf(conversations, 'conversations')) {
      onlyFields(conversation, FIELDS.conversation, 'conversation');
      const { recordings } = conversation as SeedConversation;
      if (typeof recordings === 'number') continue;
      for (const recording of listOf(recordings, 'recordings')) onlyFields(recording, FIELDS.recording, 'recording');
    }
  }
  for (const recording of listOf(recordings, 'recordings')) {
    onlyFields(recording, ['conversationId', ...FIELDS.recording], 'recording');
  }
  for (const bucket of listOf(buckets, 'buckets')) checkBucket(bucket);
  for (const client of listOf(clients, 'clients')) onlyFields(client, FIELDS.client, 'client');
  for (const objects of seedObjects(seed as Seed)) {
    onlyFields(objects, FIELDS.objects, 'objects');
    if (!Number.isInteger(objects.count) || objects.count < 0) {
      throw new RangeError(`objects: count is ${objects.count}: expected a whole number from 0`);
    }
  }
  return seed as Seed;
}

function checkBucket(bucket: unknown): void {
  onlyFields(bucket, FIELDS.bucket, 'bucket');
  const { name, versioning, objectLock } = bucket as SeedBucket;
  if (typeof name !== 'string' || name === '') throw new RangeError('bucket: give a name');
  if (![undefined, 'Enabled', 'Suspended'].includes(versioning)) {
    throw new RangeError(`bucket ${name}: versioning is "${String(versioning)}": expected "Enabled" or "Suspended"`);
  }
  if (objectLock === true && versioning === 'Suspended') {
    throw new RangeError(`bucket ${name}: Object Lock needs versioning`);
  }
}

/** The objects of a seed as a list. */
export function seedObjects({ objects }: Seed): readonly SeedObjects[] {
  if (objects === undefined) return [];
  return Array.isArray(objects) ? (objects as readonly SeedObjects[]) : [objects as SeedObjects];
}

/** A conversation from its seed; `place` makes ids and addresses that are the same in every run. */
export function conversationFrom(seed: SeedConversation, place: number): Conversation {
  const id = (seed.id ?? uuidOf(`conversation ${place}`)).toLowerCase();
  if (!isUuid(id)) throw new RangeError(`conversation id "${id}" is not a UUID`);
  const start = instant(seed.start, 'start');
  const end = seed.end === undefined ? start + FIVE_MINUTES : instant(seed.end, 'end');
  if (end < start) throw new RangeError(`conversation ${id} ends before it starts`);
  const mediaType = seed.mediaType ?? 'message';
  if (!(mediaType in MEDIA))
    throw new RangeError(`mediaType "${mediaType}" is not one of ${Object.keys(MEDIA).join(', ')}`);
  const wanted =
    typeof seed.recordings === 'object'
      ? seed.recordings
      : Array.from({ length: seed.recordings ?? 1 }, (): SeedRecording => ({}));
  const made = wanted.map((recording, index) => recordingFrom(recording, { id, start, end, mediaType }, index));
  const late = made.filter(({ appears }) => appears !== undefined);
  return {
    id,
    start,
    end,
    ...(seed.appears === undefined ? {} : { appears: instant(seed.appears, 'appears') }),
    ...(seed.vanishes === undefined ? {} : { vanishes: instant(seed.vanishes, 'vanishes') }),
    mediaType,
    messageType: mediaType === 'message' ? (seed.messageType ?? 'sms') : undefined,
    direction: seed.direction ?? 'inbound',
    addressFrom: seed.addressFrom,
    addressTo: seed.addressTo,
    externalTag: seed.externalTag,
    recordings: made.filter(({ appears }) => appears === undefined),
    ...(late.length === 0 ? {} : { late }),
  };
}

/** `index` makes an id that is the same in every run. */
export function recordingFrom(
  seed: SeedRecording,
  conversation: Pick<Conversation, 'id' | 'start' | 'end' | 'mediaType'>,
  index: number,
): Recording {
  const id = (seed.id ?? uuidOf(`recording ${index} of ${conversation.id}`)).toLowerCase();
  const start = seed.start === undefined ? conversation.start : instant(seed.start, 'start');
  const end = seed.end === undefined ? Math.max(start, conversation.end) : instant(seed.end, 'end');
  if (end < start) throw new RangeError(`recording ${id} ends before it starts`);
  const associated = listOf(seed.associatedConversationIds, 'associatedConversationIds').map((other) =>
    String(other).toLowerCase(),
  );
  return {
    id,
    media: seed.media ?? MEDIA[conversation.mediaType],
    ...(associated.length === 0 ? {} : { associated }),
    ...(seed.appears === undefined ? {} : { appears: instant(seed.appears, 'appears') }),
    ...(seed.vanishes === undefined ? {} : { vanishes: instant(seed.vanishes, 'vanishes') }),
    start,
    end,
    deleteDate: seed.deleteDate === undefined ? undefined : instant(seed.deleteDate, 'deleteDate'),
    exportDate: undefined,
    exportedDate: undefined,
    failsExport: seed.failsExport ?? false,
    neverArrives: seed.neverArrives ?? false,
  };
}

export function clientFrom(seed: SeedClient): Client {
  return {
    id: seed.id,
    secret: seed.secret,
    permissions: seed.permissions ?? DEFAULT_CLIENT.permissions,
    without: seed.without ?? [],
    ...(seed.user === undefined ? {} : { user: userFrom(seed.user) }),
  };
}

function userFrom(user: unknown): NonNullable<Client['user']> {
  onlyFields(user, ['id', 'name'], 'user');
  const { id, name } = user as NonNullable<Client['user']>;
  if (!isUuid(id) || typeof name !== 'string') throw new RangeError('user: give an id, which is a UUID, and a name');
  return { id: id.toLowerCase(), name };
}

function instant(text: string, field: string): number {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw new RangeError(`${field} "${text}" is not an ISO-8601 instant`);
  return value;
}

function listOf(value: unknown, field: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new RangeError(`${field}: expected a list`);
  return value;
}

function onlyFields(value: unknown, allowed: readonly string[], what: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`${what}: expected an object`);
  }
  const unknown = Object.keys(value).filter((name) => !allowed.includes(name));
  if (unknown.length > 0) {
    throw new RangeError(`${what}: unknown field ${unknown.join(', ')}; there is ${allowed.join(', ')}`);
  }
}
