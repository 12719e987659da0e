/** For which findings of a run for drift a record may say whose act they are, and what the record is to be asked. Pure. */
import type { Question } from '../../attribution';
import { isManaged, priorResources, type Look, type ResourceChange, type Values } from '../../plan';
import { HOLD, OBJECT_HOLD } from '../../words';
import { textAt } from '../attributes';
import type { Item } from '../report';
import { settingsAsked } from './who-settings';

/** What is asked about one finding. */
export interface Asked {
  /** Which finding: {@link whoKey}. */
  readonly key: string;
  readonly questions: readonly Question[];
  /** How CloudTrail names what it is about; none for what it has no management events of. */
  readonly resources: readonly string[];
  /** The organization of Genesys Cloud that it is about; null where state does not name it. */
  readonly organization: string | null;
  /** When it was last seen to be whole, ISO-8601; null where that is unknown. */
  readonly since: string | null;
  /** More was found than state names, so that only a part is asked about. */
  readonly isPart: boolean;
}

/** Tells a finding from all others of a report. */
export function whoKey({ id, target }: Pick<Item, 'id' | 'target'>): string {
  return `${target}\n${id}`;
}

/** What is to be asked about the findings of these looks. */
export function whoIsAsked(items: readonly Item[], looks: readonly Look[]): readonly Asked[] {
  const plans = new Map(looks.map((look) => [look.target, look]));
  return items.flatMap((item) => {
    if (item.category !== 'drift' || item.level === 'pass') return [];
    const plan = plans.get(item.target)?.plan ?? null;
    if (plan === null) return [];
    const { address } = item.place;
    const drift = (plan.resource_drift ?? []).filter(isManaged).find((one) => one.address === address);
    const prior = priorResources(plan).find((one) => one.address === address && one.mode !== 'data');
    const now = prior?.values ?? drift?.change.after ?? drift?.change.before ?? {};
    const asked = askedOf(item, drift, now);
    return asked === undefined || asked.questions.length === 0 ? [] : [{ key: whoKey(item), ...asked }];
  });
}

function askedOf(item: Item, drift: ResourceChange | undefined, now: Values): Omit<Asked, 'key'> | undefined {
  const type = drift?.type ?? item.place.address.split('.').at(-2) ?? '';
  const since = textAt(drift?.change.before ?? {}, 'verified_at') ?? null;
  const organization = textAt(now, 'organization_id') ?? null;
  if (type === HOLD) return { ...holdAsked(item, now), resources: [], organization, since };
  if (type === OBJECT_HOLD) return { ...filesAsked(item, now), resources: [], organization: null, since };
  if (drift === undefined) return undefined;
  const settings = settingsAsked(drift);
  return settings && { ...settings, organization: null, since: null, isPart: false };
}

type Part = Pick<Asked, 'questions' | 'isPart'>;

const NOTHING: Part = { questions: [], isPart: false };

function holdAsked({ rule }: Item, now: Values): Part {
  if (rule === 'drift/lost') return questionsOf(now, 'lost', (id) => ({ kind: 'recording-deleted', conversation: id }));
  if (rule !== 'drift/hold-released') return NOTHING;
  const hold = textAt(now, 'id');
  if (textAt(now, 'hold_api') === 'compliance') {
    return hold === undefined ? NOTHING : { questions: [{ kind: 'hold-deleted', hold }], isPart: false };
  }
  return questionsOf(now, 'released', (id) => ({ kind: 'protection-revoked', conversation: id }));
}

/** Gaps that stand for many have no id of a conversation. */
const CONVERSATION = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function questionsOf(now: Values, kind: string, question: (id: string) => Question): Part {
  const all = gapsOf(now, kind);
  const ids = all.filter((id) => CONVERSATION.test(id));
  return { questions: ids.map(question), isPart: isCut(now) || ids.length < all.length };
}

function filesAsked({ rule, id }: Item, now: Values): Part {
  if (rule === 'drift/lost') return fileQuestions(now, 'lost', 'version-deleted');
  // Tags and locks that were never there are findings of the same rule, with a part of their own.
  const isRelease = rule === 'drift/object-hold-lost' && !/ (?:unlocked|tags)$/.test(id);
  return isRelease ? fileQuestions(now, 'released', 'lock-lifted') : NOTHING;
}

function fileQuestions(now: Values, gap: string, kind: 'lock-lifted' | 'version-deleted'): Part {
  const bucket = textAt(now, 'bucket') ?? '';
  const all = gapsOf(now, gap);
  const questions = all.flatMap((id): readonly Question[] => {
    const at = id.lastIndexOf('?versionId=');
    if (at < 0 || !id.startsWith(`${bucket}/`)) return [];
    const [key, version] = [id.slice(bucket.length + 1, at), id.slice(at + '?versionId='.length)];
    return [{ kind, bucket, key, version }];
  });
  return { questions, isPart: isCut(now) || questions.length < all.length };
}

function gapsOf(now: Values, kind: string): readonly string[] {
  return rowsOf(now).flatMap((row) => (row['kind'] === kind && typeof row['id'] === 'string' ? [row['id']] : []));
}

/** State names the first hundred gaps only. */
function isCut(now: Values): boolean {
  const count = now['gap_count'];
  return typeof count === 'number' && count > rowsOf(now).length;
}

function rowsOf(now: Values): readonly Values[] {
  const rows = now['gaps'];
  return Array.isArray(rows) ? (rows as readonly Values[]) : [];
}
