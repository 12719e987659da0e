/** What of a drift matters even though no configuration asks for it, and what is lost without showing as drift. */
import { EXPORT, HOLD, OBJECT_HOLD } from '../../words';
import { differencesOf, isUnknown, withoutSecrets, type Difference } from './differences';
import type { Drift } from './observe';
import type { ResourceChange } from './plan-json';

/** Computed attributes that say whether something is still preserved. */
const MATTERS: Readonly<Record<string, ReadonlySet<string>>> = {
  [HOLD]: new Set(['status', 'held_count', 'missing_count', 'out_of_scope_count']),
  [OBJECT_HOLD]: new Set([
    'status',
    'version_count',
    'held_count',
    'tagged_count',
    'missing_count',
    'hidden_count',
    'absent_conversation_count',
  ]),
};

/** Whether all attributes of a type that can drift tell of one and the same thing. */
export function isOneFact(type: string): boolean {
  return type in MATTERS || type === EXPORT;
}

/** Whether a difference counts although the plan does not change it back. */
export function mattersUnconfigured(type: string, { attribute }: Difference): boolean {
  return MATTERS[type]?.has(attribute) === true;
}

/**
 * A hold that state itself calls released: somebody refreshed the state and did not repair it, so that the next plan shows
 * an update and no drift. It is as released as before.
 */
export function lostWithoutDrift({ address, type, change }: ResourceChange): Drift | undefined {
  const matters = MATTERS[type];
  const status = change.before?.['status'];
  if (matters === undefined || !change.actions.includes('update')) return undefined;
  if (status !== 'released' && status !== 'partially_released') return undefined;
  const { before: now, after: wanted, after_unknown: unknown } = change;
  // Looked at backwards: what the plan would restore is how it was.
  const differences = differencesOf({ actions: [], before: wanted, after: now }).filter(
    ({ attribute }) => matters.has(attribute) && !isUnknown(unknown, attribute),
  );
  const [before, after] = [
    withoutSecrets(wanted, change.after_sensitive),
    withoutSecrets(now, change.before_sensitive),
  ];
  return { kind: 'changed', address, type, before, after, differences };
}
