import { counted } from '../../words';
import { parseInterval } from '../../time';
import type { Known, Loss } from '../../facts';
import { originOf, type Element } from '../../plan';
import { isMarked, markOf, type Row } from '../../plan';

type Shrunk = Extract<Loss, { readonly kind: 'export-shrunk' }>;

const DAY_MS = 86_400_000;

const HIDDEN = 'is marked as sensitive, so it is not shown';

/** What an attribute of the old scope and of the new one say; null when the new one leaves nothing out. */
type Compare = (
  before: unknown,
  after: unknown,
) => { readonly before: string; readonly after: string; readonly days?: number } | null;

/** Attributes that decide what an export covers, and how to tell that less is covered. */
const SCOPE: Readonly<Record<string, Compare>> = {
  interval: shorter,
  conversation_ids: fewer,
  media_types: narrowerList,
  message_types: narrowerList,
  address_from: narrowerFilter,
  address_to: narrowerFilter,
  external_tag: narrowerFilter,
  include_screen_recordings: switchedOff,
  include_recordings_with_sensitive_data: switchedOff,
};

/** Names of the attributes that decide what an export covers. */
export const SCOPE_ATTRIBUTES = Object.keys(SCOPE);

/**
 * What an export that is there leaves out of what `old` covered: each attribute that covers less, or that may, since its new
 * value is not known yet. Empty: it covers at least the same.
 */
export function shrinksFrom(old: Element, next: Element): readonly Shrunk[] {
  return SCOPE_ATTRIBUTES.flatMap((attribute) => compared(attribute, old, next) ?? []);
}

function compared(attribute: string, old: Element, next: Element): Shrunk | null {
  const before = old.before?.[attribute] ?? null;
  const origin = originOf(next, attribute);
  const isHidden = isMarked(markOf(old.beforeSensitive, attribute)) || isMarked(markOf(next.afterSensitive, attribute));
  const loss = (said: string, after: Known<string>, days: number | null): Shrunk => ({
    kind: 'export-shrunk',
    attribute,
    before: isHidden ? 'a value that is marked as sensitive' : said,
    after: isHidden ? { known: false, why: HIDDEN, origin } : after,
    days: isHidden ? null : days,
  });
  if (isMarked(markOf(next.afterUnknown, attribute))) {
    return loss(inWords(before), { known: false, why: 'is only known after the apply', origin }, null);
  }
  const after = next.after?.[attribute] ?? null;
  if (attribute === 'conversation_ids' && before === null && after !== null) return null;
  if (attribute === 'conversation_ids' && before !== null && after === null) {
    const why = 'is an interval, and whether these conversations are in it is not known before the apply';
    return loss(inWords(before), { known: false, why, origin }, null);
  }
  if (attribute === 'interval' && before !== null && after === null) {
    const ids: unknown = next.after?.['conversation_ids'];
    const value = Array.isArray(ids) ? `${ids.length} conversations named by id` : 'conversations named by id';
    return loss(inWords(before), { known: true, value, origin }, null);
  }
  const found = SCOPE[attribute]?.(before, after) ?? null;
  return found && loss(found.before, { known: true, value: found.after, origin }, found.days ?? null);
}

/** What of the old interval the new one leaves out. */
function shorter(before: unknown, after: unknown): ReturnType<Compare> {
  if (typeof before !== 'string' || typeof after !== 'string' || before === after) return null;
  try {
    const [old, next] = [parseInterval(before), parseInterval(after)];
    const kept = Math.max(0, Math.min(old.end, next.end) - Math.max(old.start, next.start));
    const lost = old.end - old.start - kept;
    return lost > 0 ? { before, after, days: lost / DAY_MS } : null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Terraform refuses what cannot be read; what is read differently from there is told as it stands.
    return { before, after };
  }
}

function fewer(before: unknown, after: unknown): ReturnType<Compare> {
  if (!Array.isArray(before) || !Array.isArray(after)) return null;
  const [old, next] = [idsIn(before), idsIn(after)];
  const kept = [...old].filter((id) => next.has(id)).length;
  if (kept === old.size) return null;
  const others = next.size - kept;
  return {
    before: counted(old.size, 'conversation'),
    after: `${kept} of them${others === 0 ? '' : ` and ${counted(others, 'conversation')} that were not in it`}`,
  };
}

/** Ids as a set; Genesys Cloud takes them in any case. */
export function idsIn(ids: readonly unknown[]): ReadonlySet<string> {
  return new Set(ids.map((id) => String(id).toLowerCase()));
}

/** Not given means any. */
function narrowerList(before: unknown, after: unknown): ReturnType<Compare> {
  if (!Array.isArray(after)) return null;
  const next = after.map(String);
  if (!Array.isArray(before)) return { before: 'any', after: next.join(', ') };
  const old = before.map(String);
  return old.every((one) => next.includes(one)) ? null : { before: old.join(', '), after: next.join(', ') };
}

function narrowerFilter(before: unknown, after: unknown): ReturnType<Compare> {
  if (after === null || before === after) return null;
  return { before: before === null ? 'any' : String(before), after: String(after) };
}

function switchedOff(before: unknown, after: unknown): ReturnType<Compare> {
  return before === true && after !== true ? { before: 'true', after: 'false' } : null;
}

function inWords(value: unknown): string {
  if (value === null) return 'any';
  if (Array.isArray(value)) return value.every(isId) ? counted(value.length, 'conversation') : value.join(', ');
  return String(value);
}

const isId = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value);

/** What tells one export from another when neither has a name: all that it covers, in one text. */
export function scopeText(row: Row): string {
  return JSON.stringify(
    ['integration_id', ...SCOPE_ATTRIBUTES].map((attribute) => {
      const value = row[attribute] ?? null;
      return Array.isArray(value) ? [...value].map(String).sort() : value;
    }),
  );
}
