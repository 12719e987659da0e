/** From what was found to whose act it was. */
import type { Act, Doing } from './act';
import type { Attribution } from './attribution';
import { sameContent } from './same-content';

/** What was found, and whose act is asked for. */
export type Question =
  | { readonly kind: 'protection-revoked'; readonly conversation: string }
  | { readonly kind: 'hold-deleted'; readonly hold: string }
  | { readonly kind: 'recording-deleted'; readonly conversation: string }
  | { readonly kind: 'lock-lifted'; readonly bucket: string; readonly key: string; readonly version: string }
  | { readonly kind: 'version-deleted'; readonly bucket: string; readonly key: string; readonly version: string }
  /** `now` is what it is set to; null: it is not there any more; undefined: that is not known. */
  | { readonly kind: 'setting-changed'; readonly of: string; readonly setting: string; readonly now: unknown };

/** A record that was read: everything it has between two instants that could answer the questions. */
export interface RecordRead {
  /** In a sentence: "the audits of Genesys Cloud". */
  readonly name: string;
  readonly acts: readonly Act[];
  /** Milliseconds since 1970. Nothing older was read; why not, half a sentence. */
  readonly from: number;
  readonly because: string;
}

/** A record that could not be read. */
export interface RecordUnread {
  readonly name: string;
  /** Half a sentence: "the client lacks the permission audits:audit:view". */
  readonly unread: string;
}

/** What was read, by what it is about. */
export interface Records {
  /** Audits of Genesys Cloud. */
  readonly audits: RecordRead | RecordUnread;
  /** Management events of CloudTrail: settings of buckets, roles and keys. */
  readonly management: RecordRead | RecordUnread;
  /** Data events of CloudTrail: what happened to objects. */
  readonly data: RecordRead | RecordUnread;
}

/** Which record could answer. */
export function recordFor({ kind }: Question): keyof Records {
  if (kind === 'setting-changed') return 'management';
  return kind === 'lock-lifted' || kind === 'version-deleted' ? 'data' : 'audits';
}

/**
 * Whose act it was. It is the last act on the same thing, and only where that explains what was found: an act that did the
 * opposite, or set something else than is there, shows that the one that is asked for is not in the record.
 */
export function attributionOf(question: Question, records: Records): Attribution {
  const record = records[recordFor(question)];
  if ('unread' in record) return unknown(`${capital(record.name)} could not be read: ${record.unread}`);
  const about = record.acts.filter(({ doing }) => concerns(doing, question));
  const latest = about.reduce((at, act) => Math.max(at, act.at), Number.NEGATIVE_INFINITY);
  // CloudTrail knows whole seconds: of two acts in one of them, which came last is unknown.
  const [last, ...others] = about.filter(({ at }) => at === latest);
  if (last === undefined) {
    return unknown(
      `${capital(record.name)} have no such act since ${iso(record.from)} (${record.because}); it is older, was not recorded, or its record is not there yet`,
    );
  }
  for (const act of [last, ...others]) {
    const contradiction = contradicts(act.doing, question);
    if (contradiction === undefined) continue;
    return unknown(`${contradiction}. The last act in ${record.name} is that of ${named(act)}`);
  }
  const other = others.find((act) => act.actor !== last.actor || act.address !== last.address);
  if (other !== undefined) {
    return unknown(`${capital(record.name)} have acts of two in the same second: ${named(last)} and ${named(other)}`);
  }
  const { actor, client, address, source } = last;
  return { known: true, actor, client, address, at: iso(last.at), source };
}

function concerns(doing: Doing, question: Question): boolean {
  switch (question.kind) {
    case 'protection-revoked':
      return doing.kind === 'protection' && same(doing.conversation, question.conversation);
    case 'hold-deleted':
      return doing.kind === 'hold' && same(doing.hold, question.hold);
    case 'recording-deleted':
      return doing.kind === 'recording' && same(doing.conversation, question.conversation);
    case 'lock-lifted':
      // A request without a version was about the newest one, which may have been this.
      return doing.kind === 'lock' && sameObject(doing, question) && [null, question.version].includes(doing.version);
    case 'version-deleted':
      // A delete marker deletes no version.
      if (doing.kind !== 'version' || doing.bucket !== question.bucket) return false;
      return doing.key === null || (doing.key === question.key && doing.version === question.version);
    case 'setting-changed':
      return doing.kind === 'setting' && doing.of === question.of && doing.setting === question.setting;
  }
}

/** Why an act on the same thing does not explain what was found; undefined where it does. */
function contradicts(doing: Doing, question: Question): string | undefined {
  switch (doing.kind) {
    case 'protection':
    case 'hold':
      return doing.on
        ? 'What was recorded last held it again, so the release that was found is not in the record'
        : undefined;
    case 'lock':
      if (doing.on) return 'What was recorded last held it again, so the release that was found is not in the record';
      return doing.version === null ? 'The record names no version, so it may have been another one' : undefined;
    case 'version':
      return doing.key === null ? 'The record of a deletion of many objects does not name them' : undefined;
    case 'setting': {
      const now = question.kind === 'setting-changed' ? question.now : undefined;
      if (doing.content === undefined || now === undefined) return 'The record does not say what was set';
      return sameContent(doing.content, now)
        ? undefined
        : 'What was recorded last set something else than is there now, so the change that was found is not in the record';
    }
    case 'recording':
      return undefined;
  }
}

function sameObject(
  doing: { readonly bucket: string; readonly key: string },
  question: { readonly bucket: string; readonly key: string },
): boolean {
  return doing.bucket === question.bucket && doing.key === question.key;
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function named({ actor, at, source }: Act): string {
  return `${actor} at ${iso(at)} (${source})`;
}

function unknown(why: string): Attribution {
  return { known: false, why };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
