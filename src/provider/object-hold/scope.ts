/** Which object versions a hold covers: key prefixes and, for an export, the conversations whose objects count. */
import {
  conversationOfKey,
  exportPrefixes,
  normalizePrefixes,
  type ObjectStore,
  type Stretch,
  type VersionPage,
} from '../../aws';
import { DiagnosticError, type StateOf } from '../../framework';
import { parseInterval } from '../../time';
import { ConversationSet, ConversationSetBuilder } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { resolveScope } from '../legalhold/scope';
import type { Absent } from './facts';
import type { ObjectHoldSchema } from './schema';

/** The arguments that decide the scope. */
export type ScopeArguments = Pick<StateOf<ObjectHoldSchema>, 'bucket' | 'export_job_id' | 'prefix'>;

/** A scope as it is kept; small, whatever the number of objects. */
export interface ObjectScope {
  readonly prefixes: readonly string[];
  /** Only objects of these count; null: every object does. */
  readonly conversations: ConversationSet | null;
  /** Of these, the ones that may have no object: with a recording that Genesys Cloud could not export, or come too late for it. */
  readonly notExported: ConversationSet;
}

/** A conversation lies in the folder of the hour it began, which may be before the interval in which it was active. */
const EARLIER_MS = 31 * 86_400_000;

/** Whether both mean the same objects, as far as the arguments tell. */
export function sameScope(left: ScopeArguments, right: ScopeArguments): boolean {
  return (
    left.bucket === right.bucket &&
    (left.export_job_id ?? '').toLowerCase() === (right.export_job_id ?? '').toLowerCase() &&
    (left.export_job_id === null ? left.prefix === right.prefix : (left.prefix ?? '') === (right.prefix ?? ''))
  );
}

/** The objects of a store that are in scope, and a count of the conversations they belong to. */
export interface ScopedStore {
  readonly store: ObjectStore;
  /** Conversations of the scope of which no object was seen by the listings so far; null for a scope of prefixes. */
  absent(): ConversationSet | null;
}

/** Conversations without an object, and those of which one is expected. */
export function absentFrom(scoped: ScopedStore, { notExported }: ObjectScope): Absent {
  const absent = scoped.absent();
  if (absent === null) return { count: null, expected: [] };
  return { count: absent.size, expected: [...absent.minus(notExported)] };
}

/** Leaves out of the listings what belongs to no conversation of the scope. */
export function scopedStore(store: ObjectStore, { conversations }: ObjectScope): ScopedStore {
  if (conversations === null) return { store, absent: () => null };
  const seen = new ConversationSetBuilder();
  let last: string | null = null;
  const inScope = ({ key }: { readonly key: string }): boolean => {
    const conversation = conversationOfKey(key);
    return conversation !== null && (conversation === last || conversations.has(conversation));
  };
  const note = ({ key }: { readonly key: string }): void => {
    const conversation = conversationOfKey(key);
    // The objects of a conversation lie side by side.
    if (conversation !== null && conversation !== last) seen.add((last = conversation));
  };
  return {
    absent: () => conversations.minus(seen.build()),
    store: {
      ...methodsOf(store),
      async *listVersions(prefix, signal): AsyncGenerator<VersionPage> {
        for await (const page of store.listVersions(prefix, signal)) {
          const versions = page.versions.filter(inScope);
          versions.forEach(note);
          yield { ...page, versions, hidingMarkers: page.hidingMarkers.filter(inScope) };
        }
      },
    },
  };
}

function methodsOf(store: ObjectStore): Omit<ObjectStore, 'listVersions'> {
  return {
    readTags: (version, signal) => store.readTags(version, signal),
    writeTags: (version, tags, signal) => store.writeTags(version, tags, signal),
    readHold: (version, signal) => store.readHold(version, signal),
    writeHold: (version, status, signal) => store.writeHold(version, status, signal),
    shortestLiftMs: store.shortestLiftMs,
    liftHold: (version, withinMs, signal) => store.liftHold(version, withinMs, signal),
    lockSupport: (signal) => store.lockSupport(signal),
  };
}

/**
 * Finds out what to hold. For an export it asks whether every recording in scope is exported and refuses when one is not:
 * nothing has been written by then. Its folders are those of the interval of its jobs, and of the month before when a
 * conversation is not found in them.
 */
export async function resolveObjectScope(
  client: Compliance,
  args: ScopeArguments,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<ObjectScope> {
  const { export_job_id: exportJobId } = args;
  if (exportJobId === null) {
    return { prefixes: [args.prefix ?? ''], conversations: null, notExported: ConversationSet.empty };
  }
  const scope = { export_job_id: exportJobId, conversation_ids: null, conversations_from: null, scope: null };
  const { conversations, late } = await resolveScope(client, scope, signal);
  const { organizationId, stretch, notExported } = await explained(
    'Export could not be read',
    ['export_job_id'],
    async () => {
      const { batches } = await client.genesys.exports.describe(exportJobId.toLowerCase().split(','), signal);
      const intervals = batches.map(({ interval }) => parseInterval(interval));
      const failed = batches.some(({ failedRecordings }) => failedRecordings > 0)
        ? await client.genesys.exports.failedRecordings(batches, signal)
        : [];
      return {
        notExported: ConversationSet.of(failed.map(({ conversationId }) => conversationId)).union(late),
        organizationId: await client.genesys.organizationId(signal),
        stretch: {
          start: Math.min(...intervals.map(({ start }) => start)),
          end: Math.max(...intervals.map(({ end }) => end)),
        },
      };
    },
  );
  const foldersOf = (part: Stretch): ObjectScope => ({
    prefixes: folders(organizationId, part, args.prefix ?? ''),
    conversations,
    notExported,
  });
  const interval = foldersOf(stretch);
  const inInterval = await absentIn(interval, store, signal);
  if (inInterval === 0) return interval;
  const wider = foldersOf({ start: stretch.start - EARLIER_MS, end: stretch.end });
  return (await absentIn(wider, store, signal)) < inInterval ? wider : interval;
}

function folders(organizationId: string, stretch: Stretch, prefix: string): readonly string[] {
  try {
    return exportPrefixes(organizationId, stretch, prefix);
  } catch (error) {
    throw new DiagnosticError(
      'Export covers too long a time',
      `export_job_id: ${(error as Error).message}\nName the objects with prefix instead.`,
      ['export_job_id'],
    );
  }
}

async function absentIn(scope: ObjectScope, store: ObjectStore, signal: AbortSignal): Promise<number> {
  const scoped = scopedStore(store, scope);
  await countVersions(scoped.store, scope.prefixes, Number.POSITIVE_INFINITY, signal);
  return scoped.absent()?.size ?? 0;
}

/** Counts by listing alone, a request for a thousand; stops at `most`, so an answer of `most` or more means "at least". */
export async function countVersions(
  store: ObjectStore,
  prefixes: readonly string[],
  most: number,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  for (const prefix of normalizePrefixes(prefixes)) {
    for await (const { versions } of store.listVersions(prefix, signal)) {
      count += versions.length;
      if (count >= most) return count;
    }
  }
  return count;
}

/** Both scopes in as few as can be: what was ever held must stay known, so that it can be released. */
export function joinScopes(scopes: readonly ObjectScope[]): readonly ObjectScope[] {
  const exported = scopes.filter(({ conversations }) => conversations !== null);
  const named = scopes.filter(({ conversations }) => conversations === null);
  const prefixesOf = (some: readonly ObjectScope[]): readonly string[] =>
    normalizePrefixes(some.flatMap(({ prefixes }) => prefixes));
  return [
    ...(exported.length === 0
      ? []
      : [
          {
            prefixes: prefixesOf(exported),
            conversations: ConversationSet.unionOf(
              exported.map((scope) => scope.conversations ?? ConversationSet.empty),
            ),
            notExported: ConversationSet.unionOf(exported.map((scope) => scope.notExported)),
          },
        ]),
    ...(named.length === 0
      ? []
      : [{ prefixes: prefixesOf(named), conversations: null, notExported: ConversationSet.empty }]),
  ];
}
