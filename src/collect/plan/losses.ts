import type { Known, Loss } from '../../facts';
import { originOf, type Element } from '../../plan';
import { EXPORT, HOLD, OBJECT_HOLD } from '../../words';
import { isMarked, isRow, markOf } from '../../plan';
import type { PlanView } from '../../plan';
import { idsIn, shrinksFrom } from './shrinking';

/** Whether a resource goes, and how: null when it stays. */
type Going = 'destroy' | 'replace' | 'forget' | null;

/**
 * What a plan gives up of what is preserved, whatever Terraform calls it. The provider's own planning (its plan.ts of each
 * resource) decides what planned values mean.
 */
export function lossesOf(view: PlanView, element: Element): readonly Loss[] {
  switch (element.type) {
    case HOLD:
      return ofHold(view, element);
    case OBJECT_HOLD:
      return ofObjectHold(element);
    case EXPORT:
      return ofExport(element);
    default:
      return ofBucket(element);
  }
}

function goingOf({ action, forgets }: Element): Going {
  // What is forgotten stays in the world, also when something else is made in its place.
  if (action === 'forget' || (action === 'replace' && forgets)) return 'forget';
  return action === 'destroy' || action === 'replace' ? action : null;
}

function ofHold(view: PlanView, element: Element): readonly Loss[] {
  const conversations = countOf(element, 'held_count', 'out_of_scope_count');
  const going = goingOf(element);
  if (going !== null) {
    if (isNone(conversations)) return [];
    return going === 'forget'
      ? [{ kind: 'hold-forgotten', conversations }]
      : [{ kind: 'hold-released', by: going, conversations }];
  }
  if (element.action !== 'update') return [];
  return [...consented(element, 'hold', conversations), ...ofScope(view, element)];
}

/** Conversations that fall out of scope: released with consent where the API can release parts, else they stay held. */
function ofScope(view: PlanView, element: Element): readonly Loss[] {
  const consent = consentOf(element);
  const leaving = leavingScope(view, element);
  // The compliance API releases a hold as a whole only.
  if (consent === false || element.before?.['hold_api'] !== 'deletion_protection') {
    return isNone(leaving) ? [] : [{ kind: 'hold-narrowed', conversations: leaving }];
  }
  // Those that left the scope before are released as well, at the first update with consent.
  const outside = countOf(element, 'out_of_scope_count');
  const conversations: Known<number> = !leaving.known
    ? leaving
    : !outside.known
      ? outside
      : { ...leaving, value: leaving.value + outside.value };
  if (isNone(conversations)) return [];
  const why = 'depends on release_on_destroy, which is only known after the apply';
  return [
    {
      kind: 'hold-released',
      by: 'scope',
      conversations: consent ? conversations : { known: false, why, origin: conversations.origin },
    },
  ];
}

/** How many conversations that are in the scope of a hold will not be any more. */
function leavingScope(view: PlanView, element: Element): Known<number> {
  const { before, after, afterUnknown } = element;
  const argument = isRow(before?.['scope'])
    ? 'scope'
    : isRow(before?.['conversations_from'])
      ? 'conversations_from'
      : Array.isArray(before?.['conversation_ids'])
        ? 'conversation_ids'
        : 'export_job_id';
  const origin = originOf(element, argument);
  const told = (value: number): Known<number> => ({ known: true, value, origin });
  const isUnknown = (name: string) => isMarked(markOf(afterUnknown, name));
  const unknown: Known<number> = { known: false, why: 'is only known when the new scope is', origin };

  const [old, next] = [before?.['conversation_ids'], after?.['conversation_ids']];
  if (['conversation_ids', 'conversations_from', 'scope'].some(isUnknown)) return unknown;
  // A list is known by its digest: what is in another one no plan says.
  if (digestOf(before) !== digestOf(after)) return unknown;
  // What of the old scope is not in the new one is known when somebody has looked.
  if (scopeTextOf(before?.['scope']) !== scopeTextOf(after?.['scope'])) return unknown;
  if (Array.isArray(old)) {
    if (!Array.isArray(next)) return unknown;
    const ids = idsIn(next);
    return told([...idsIn(old)].filter((id) => !ids.has(id)).length);
  }
  if (Array.isArray(next)) return unknown;
  if (!isUnknown('export_job_id')) return before?.['export_job_id'] === after?.['export_job_id'] ? told(0) : unknown;
  // An export that is updated forgets nothing; the same export recreated covers what it covered, unless its scope shrinks too.
  const former = view.exportOf(before?.['export_job_id']);
  const [now, ...others] = view.referredBy(element, 'export_job_id').filter(({ to }) => to.type === EXPORT);
  if (former === undefined || now === undefined || others.length > 0) return unknown;
  return now.to.action === 'update' || shrinksFrom(former, now.to).length === 0 ? told(0) : unknown;
}

function ofObjectHold(element: Element): readonly Loss[] {
  const { before, after, afterUnknown, action } = element;
  const versions: Known<number> =
    before?.['object_lock_legal_hold'] === false
      ? { known: true, value: 0, origin: originOf(element, 'object_lock_legal_hold') }
      : countOf(element, 'held_count');
  const going = goingOf(element);
  if (going !== null) {
    if (isNone(versions)) return [];
    return going === 'forget'
      ? [{ kind: 'objects-forgotten', versions }]
      : [{ kind: 'objects-released', by: going, versions }];
  }
  if (action !== 'update') return [];
  const unlocks =
    !isNone(versions) &&
    (after?.['object_lock_legal_hold'] === false || isMarked(markOf(afterUnknown, 'object_lock_legal_hold')));
  return [
    ...(unlocks ? [{ kind: 'objects-released', by: 'unlock', versions } as const] : []),
    ...consented(element, 'object-hold', versions),
  ];
}

function ofExport(element: Element): readonly Loss[] {
  const { before, action } = element;
  if (action === 'destroy' || action === 'forget') {
    const { state, wait_for: waitFor } = before ?? {};
    const finished =
      state === 'exported' ||
      state === 'incomplete' ||
      state === 'growing' ||
      (state === 'fulfilled' && waitFor === 'fulfilled');
    return [{ kind: 'export-dropped', by: action, finished }];
  }
  // In place nothing is forgotten: what falls out of scope stays exported and covered.
  return action === 'replace' ? shrinksFrom(element, element) : [];
}

function ofBucket(element: Element): readonly Loss[] {
  const going = goingOf(element);
  if (going === null || going === 'forget') return [];
  const name = isMarked(markOf(element.beforeSensitive, 'bucket')) ? undefined : element.before?.['bucket'];
  const origin = originOf(element, 'bucket');
  return [
    {
      kind: 'bucket-destroyed',
      by: going,
      name:
        typeof name === 'string'
          ? { known: true, value: name, origin }
          : { known: false, why: 'is not shown in the plan', origin },
    },
  ];
}

function consented(element: Element, of: 'hold' | 'object-hold', count: Known<number>): readonly Loss[] {
  if (element.before?.['release_on_destroy'] === true || consentOf(element) === false) return [];
  return [{ kind: 'release-consented', of, count }];
}

/** `release_on_destroy` as it will be; undefined while it is not known. */
function consentOf({ after, afterUnknown }: Element): boolean | undefined {
  return isMarked(markOf(afterUnknown, 'release_on_destroy')) ? undefined : after?.['release_on_destroy'] === true;
}

/** The sum of counts in the state; a missing one is none, and without the first one it is not known. */
function countOf(element: Element, ...attributes: readonly [string, ...string[]]): Known<number> {
  const { before, beforeSensitive } = element;
  const origin = originOf(element, attributes[0]);
  if (attributes.some((name) => isMarked(markOf(beforeSensitive, name)))) {
    return { known: false, why: 'is marked as sensitive, so it is not looked at', origin };
  }
  if (before === null || !('id' in before)) return { known: false, why: 'is not in the plan', origin };
  const value = attributes.reduce((sum, name) => sum + (typeof before[name] === 'number' ? before[name] : 0), 0);
  return { known: true, value, origin };
}

/** Which list of conversations; where it is does not matter. */
function digestOf(values: Element['after']): unknown {
  const from = values?.['conversations_from'];
  const digest = isRow(from) ? from['sha256'] : undefined;
  return typeof digest === 'string' ? digest.toLowerCase() : digest;
}

/** What decides what is in a scope: not the length of its steps. */
function scopeTextOf(scope: unknown): string {
  if (!isRow(scope)) return 'none';
  const sorted = Object.entries(scope)
    .filter(([name, value]) => name !== 'batch_interval' && value !== null)
    .map(([name, value]) => [name, Array.isArray(value) ? [...value].map(String).sort() : value] as const);
  return JSON.stringify(sorted.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isNone = (count: Known<number>): boolean => count.known && count.value === 0;
