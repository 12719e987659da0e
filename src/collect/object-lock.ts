/** What a rule of Object Lock gives to every new version of a bucket. */
import type { ObjectLockFact } from '../facts';
import { rows, type Row } from '../plan';

type Defaults = Required<Pick<ObjectLockFact, 'defaultRetention' | 'defaultEventHold'>>;

/**
 * The default retention and the default event hold in a rule of Object Lock. They are two things in one block: a retention
 * has a mode and a time from arrival on, an event hold a time that begins with its release.
 */
export function defaultsIn(rule: Row | undefined): Defaults {
  const block = rows(rule?.['default_retention'])[0];
  const event = rows(block?.['default_event_hold'])[0];
  const { days, years } = periodIn(block);
  const isRetention = block !== undefined && (event === undefined || days !== null || years !== null);
  return {
    defaultRetention: isRetention ? { mode: String(block['mode']), days, years } : null,
    defaultEventHold: event === undefined ? null : periodIn(event),
  };
}

function periodIn(row: Row | undefined): { readonly days: number | null; readonly years: number | null } {
  const number = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null);
  return { days: number(row?.['days']), years: number(row?.['years']) };
}
