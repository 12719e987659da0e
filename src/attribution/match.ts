/** From what was found to whose act it was. */
import type { Act, Doing } from './act';
import { actsOn } from './acts-on';
import type { Attribution } from './attribution';
import { sameContent } from './same-content';

/** What was found, and whose act is asked for. */
export type Question =
  | { readonly kind: 'protection-revoked'; readonly conversation: string }
  | { readonly kind: 'hold-deleted'; readonly hold: string }
  /** `recording` null or left out: any of the conversation. */
  | { readonly kind: 'recording-deleted'; readonly conversation: string; readonly recording?: string | null }
  | { readonly kind: 'lock-lifted'; readonly bucket: string; readonly key: string; readonly version: string }
  | {
      readonly kind: 'version-deleted';
      readonly bucket: string;
      readonly key: string;
      readonly version: string;
      /** When it was seen last, in milliseconds since 1970: nothing before that deleted it. */
      readonly since?: number;
    }
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
 * Whose act it was. It is the last act on the same thing, of a deletion the first, and only where that explains what was found: an
 * act that did the opposite, or set something else than is there, shows that the one that is asked for is not in the record.
 */
export function attributionOf(question: Question, records: Records): Attribution {
  const record = records[recordFor(question)];
  if ('unread' in record) return unknown(`${capital(record.name)} could not be read: ${record.unread}`);
  const [found, ...others] =
    question.kind === 'version-deleted' ? deletions(record, question) : latest(record, question);
  if (found === undefined) {
    return unknown(
      `${capital(record.name)} have no such act since ${iso(record.from)} (${record.because}); it is older, was not recorded, or its record is not there yet`,
    );
  }
  for (const act of [found, ...others]) {
    const contradiction = contradicts(act.doing, question);
    if (contradiction === undefined) continue;
    const which = question.kind === 'version-deleted' ? 'The act' : 'The last act';
    return unknown(`${contradiction}. ${which} in ${record.name} is that of ${named(act)}`);
  }
  const other = others.find((act) => act.actor !== found.actor || act.address !== found.address);
  if (other !== undefined) {
    return unknown(`${capital(record.name)} have acts of two in the same second: ${named(found)} and ${named(other)}`);
  }
  const { actor, client, address, source } = found;
  return { known: true, actor, client, address, at: iso(found.at), source };
}

/** CloudTrail knows whole seconds: of two acts in one of them, which came last is unknown. */
function latest({ acts }: RecordRead, question: Question): readonly Act[] {
  const about = actsOn(acts, question);
  const last = about.reduce((at, act) => Math.max(at, act.at), Number.NEGATIVE_INFINITY);
  return about.filter(({ at }) => at === last);
}

/**
 * A version is deleted once, and S3 answers whoever deletes it again as if that had been the first: the first request that names
 * it was it. One before it that deleted many and does not name them may have been; one after it was not.
 */
function deletions({ acts }: RecordRead, question: Extract<Question, { kind: 'version-deleted' }>): readonly Act[] {
  const about = actsOn(acts, question).filter(({ at }) => at >= (question.since ?? at));
  const naming = about.filter(({ doing }) => isDeletion(doing) && doing.key !== null);
  const first = naming.reduce((at, act) => Math.min(at, act.at), Number.POSITIVE_INFINITY);
  const [before] = about.filter(({ at, doing }) => isDeletion(doing) && doing.key === null && at < first);
  return before === undefined ? naming.filter(({ at }) => at === first) : [before];
}

function isDeletion(doing: Doing): doing is Extract<Doing, { kind: 'version' }> {
  return doing.kind === 'version';
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
