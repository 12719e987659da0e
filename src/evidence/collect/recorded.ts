/**
 * What records say of who did something: the audits of Genesys Cloud, and a trail's events about objects. Which versions the trail
 * is asked about is found out first, so that of a hundred thousand holds that were placed nothing is kept.
 */
import {
  attributionOf,
  type Attribution,
  type Doing,
  type Question,
  type RecordRead,
  type RecordUnread,
} from '../../attribution';
import type { Actor, Difference, NotLookedAt, ObjectRow, PlacedRow } from '../model';
import { judge } from '../reconcile/judge';
import { SkippedByJobs } from '../reconcile/unexported';
import { joined } from '../rows/joined';
import type { MatterClaims } from './claims';

/** A record, or why it was not read. */
export type Recorded = RecordRead | RecordUnread;

/** Of which time, in milliseconds since 1970: from when the matter began until now, by Genesys Cloud's clock where it is known. */
export interface RecordRange {
  readonly since: number;
  readonly now: number;
}

/** Reads records. */
export interface RecordReaders {
  readonly audits: (range: RecordRange) => Promise<Recorded>;
  /** Events about objects; `wanted`: the rest is forgotten at once. */
  readonly data: (range: RecordRange, wanted: (doing: Doing) => boolean) => Promise<Recorded>;
  /** Events about settings of buckets and keys. */
  readonly management: (range: RecordRange, resources: readonly string[]) => Promise<Recorded>;
}

/** Versions that a trail is asked about at most; of the rest it is unknown. */
const MOST_VERSIONS = 100_000;

/** Versions about which somebody has to be asked. */
export interface VersionsAsked {
  has(bucket: string, key: string, version: string): boolean;
  /** A request that names no version may have been about one of these. */
  hasKey(bucket: string, key: string): boolean;
  readonly buckets: ReadonlySet<string>;
  /** There are more. */
  readonly isCut: boolean;
}

/** Versions without their hold, and those that are lost. Both streams are in the order of conversations. */
export async function versionsAsked(
  objects: AsyncIterable<ObjectRow>,
  placed: AsyncIterable<PlacedRow>,
  bucketListed: boolean,
  most = MOST_VERSIONS,
): Promise<VersionsAsked> {
  const [names, keys, buckets] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let isCut = false;
  for await (const { asks } of ofFiles(objects, placed, bucketListed)) {
    if (asks?.kind !== 'version-deleted' && asks?.kind !== 'lock-lifted') continue;
    isCut = names.size >= most;
    if (isCut) break;
    const { bucket, key, version } = asks;
    buckets.add(bucket);
    keys.add(nameOf(bucket, key));
    names.add(nameOf(bucket, key, version));
  }
  return {
    has: (bucket, key, version) => names.has(nameOf(bucket, key, version)),
    hasKey: (bucket, key) => keys.has(nameOf(bucket, key)),
    buckets,
    isCut,
  };
}

/** Differences that files and journals show without anybody else. */
async function* ofFiles(
  objects: AsyncIterable<ObjectRow>,
  placed: AsyncIterable<PlacedRow>,
  bucketListed: boolean,
): AsyncGenerator<Difference> {
  const keyOf = ({ conversation }: { readonly conversation: string }): string => conversation;
  const context = { now: 0, jobs: [], claimsConversations: false, scopeKnown: false, skipped: new SkippedByJobs() };
  const groups = joined<{ readonly objects: ObjectRow; readonly placed: PlacedRow }>({
    objects: { rows: objects, keyOf, name: 'files' },
    placed: { rows: placed, keyOf, name: 'held versions' },
  });
  for await (const { key, rows } of groups) {
    const group = { key, rows: { conversations: [], recordings: [], failures: [], deletions: [], ...rows } };
    yield* judge(group, { ...context, bucketListed }).differences;
  }
}

function nameOf(...words: readonly string[]): string {
  return JSON.stringify(words);
}

/** Reads the trail for these versions. What could not be read is said in `notLookedAt`. */
export async function readTrail(
  readers: RecordReaders,
  versions: VersionsAsked,
  range: RecordRange,
  notLookedAt: NotLookedAt[],
): Promise<Recorded> {
  const wanted = (doing: Doing): boolean => {
    if (doing.kind !== 'lock' && doing.kind !== 'version') return false;
    if (doing.key === null) return versions.buckets.has(doing.bucket);
    return doing.version === null
      ? doing.kind === 'lock' && versions.hasKey(doing.bucket, doing.key)
      : versions.has(doing.bucket, doing.key, doing.version);
  };
  if (versions.buckets.size === 0) return { name: 'CloudTrail', unread: 'nothing was to be asked of it' };
  const record = await readers.data(range, wanted);
  if ('unread' in record) {
    const why = `${record.unread}. Who lifted holds of files and deleted versions is unknown.`;
    notLookedAt.push({ what: record.name, why });
  }
  return record;
}

/** Records that were read, and what about. */
export interface RecordsRead {
  readonly audits: Recorded;
  readonly data: Recorded;
  readonly versions: VersionsAsked;
  readonly holds: MatterClaims['holds'];
}

/** Who made a difference, as records have it; undefined for one about which none can be asked. */
export function actorIn({ asks }: Difference, { audits, data, versions, holds }: RecordsRead): Actor | undefined {
  if (asks === undefined) return undefined;
  const isOfFile = asks.kind === 'lock-lifted' || asks.kind === 'version-deleted';
  if (isOfFile && versions.isCut && !versions.has(asks.bucket, asks.key, asks.version)) {
    return {
      known: false,
      why: `more than ${MOST_VERSIONS} versions are in question, and only as many were looked up`,
    };
  }
  const attributions = questionsOf(asks, holds).map((question) =>
    attributionOf(question, { audits, data, management: NOT_ASKED }),
  );
  const [first] = attributions as [Attribution];
  return actorOf(attributions.find(({ known }) => known) ?? first);
}

/** Where holds are objects of their own, a conversation is released when its hold is deleted. */
function questionsOf(asks: Question, holds: MatterClaims['holds']): readonly Question[] {
  if (asks.kind !== 'protection-revoked') return [asks];
  const own = holds.filter(({ ids }) => ids.has(asks.conversation));
  return own.length === 0 ? [asks] : own.map(({ hold }) => ({ kind: 'hold-deleted', hold }));
}

const NOT_ASKED: RecordUnread = { name: 'the events of CloudTrail', unread: 'they were not asked' };

/** In the words of this room. */
export function actorOf(attribution: Attribution): Actor {
  if (!attribution.known) return attribution;
  const { actor, client, address, at, source } = attribution;
  return {
    known: true,
    name: actor,
    ...(client === null ? {} : { client }),
    ...(address === null ? {} : { address }),
    at: Date.parse(at),
    source,
  };
}
