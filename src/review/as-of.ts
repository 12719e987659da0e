/** How old what a state says is, and whether more could come into the scope of a hold since: what nobody must take for now. */
import type { Values } from './standing';

/** How a scope stood when it was last written down. */
export type Following =
  /** Its interval is open: each step that ends brings more. */
  | 'open'
  /** Its interval had not ended seven days before: conversations may have come into it since. */
  | 'unsettled'
  /** Its interval had ended seven days before. Only a conversation that was still going on then could bring more. */
  | 'ended'
  /** Conversations that are named: none comes. */
  | 'named'
  /** That of an export, which says it. */
  | 'of-export';

/** Conversations and recordings come late by seven days at most. */
const LATE_FOR_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;

/** What the values of an export or a legal hold say about it; null where they do not, and for object holds. */
export function followingIn(type: string, values: Values, seenAt: string | null): Following | null {
  if (type.endsWith('_object_hold')) return null;
  const scope = values['scope'];
  const isByScope = typeof scope === 'object' && scope !== null;
  const interval = isByScope ? (scope as Values)['interval'] : values['interval'];
  if (typeof interval === 'string') {
    const end = interval.split('/')[1];
    if (end === '..') return 'open';
    const [ended, seen] = [Date.parse(end ?? ''), Date.parse(seenAt ?? '')];
    if (Number.isNaN(ended) || Number.isNaN(seen)) return null;
    return seen - ended >= LATE_FOR_MS ? 'ended' : 'unsettled';
  }
  if (typeof values['export_job_id'] === 'string') return 'of-export';
  return Array.isArray(values['conversation_ids']) || isRow(values['conversations_from']) ? 'named' : null;
}

/** What follows from it, a sentence; empty where there is nothing to add. */
export function followingWords(following: Following | null, scopeEnd: string | null): string {
  switch (following) {
    case 'open':
      return scopeEnd === null
        ? 'Its interval is open: each step that ends brings more, and only an apply holds or exports it.'
        : `Its interval is open, and these numbers end at ${scopeEnd}: what came later is in none of them, and only an apply holds it.`;
    case 'unsettled':
      return 'Its scope was still being followed then: conversations may have come into it since.';
    case 'of-export':
      return 'Its scope is that of its export: what has come into that since is in none of these numbers.';
    case 'ended':
    case 'named':
    case null:
      return '';
  }
}

/** `12 days ago`, `less than an hour ago`; `in the future by the clock of this machine` where clocks differ. Null: not an instant. */
export function ageInWords(instant: string, now: number): string | null {
  const ms = now - Date.parse(instant);
  if (Number.isNaN(ms)) return null;
  // Clocks of two machines differ a little.
  if (ms < -HOUR_MS) return 'in the future by the clock of this machine';
  const hours = Math.floor(ms / HOUR_MS);
  if (hours < 1) return 'less than an hour ago';
  if (hours < 48) return hours === 1 ? 'an hour ago' : `${hours} hours ago`;
  return `${Math.floor(hours / 24)} days ago`;
}

function isRow(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
