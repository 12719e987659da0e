/**
 * What the bucket itself says of its settings: in deprecated blocks that are configured, or in attributes that the provider
 * read at the refresh. Where a resource of its own sets something, that decides instead.
 */
import type { BucketFact, Known, LifecycleRuleFact, ObjectLockFact } from '../../facts';
import { isMarked, markOf, originOf, rows, type Element, type PlanView, type Row } from '../../plan';
import { lifecycleBlocks } from '../lifecycle';
import { defaultsIn } from '../object-lock';
import { flagOf } from './values';

/**
 * A block as the plan shows it. Undefined: the bucket does not say, which of a new one means that it is not set. `partly`: what
 * is shown counts, although a part of it is only known after the apply.
 */
export function blockOf(
  view: PlanView,
  element: Element,
  name: string,
  { partly = false } = {},
): Known<readonly Row[]> | undefined {
  const origin = originOf(element, name);
  if (isMarked(markOf(element.afterSensitive, name))) {
    return { known: false, why: 'is marked as sensitive, so it is not looked at', origin };
  }
  const mark = markOf(element.afterUnknown, name);
  // What is computed as a whole was not given; a `dynamic` block is not in the configuration, and has its parts marked.
  if (mark === true || (isMarked(mark) && !partly)) {
    const isGiven = mark !== true || isWritten(view, element, name);
    return isGiven ? { known: false, why: view.whyUnknown(element, name), origin } : undefined;
  }
  const found = rows(element.after?.[name]);
  return found.length === 0 ? undefined : { known: true, value: found, origin };
}

/** Object Lock of the bucket: the block with its default retention, else `object_lock_enabled`. */
export function lockOfBucket(view: PlanView, element: Element): Known<ObjectLockFact> {
  const without = { defaultRetention: null, defaultEventHold: null };
  const block = blockOf(view, element, 'object_lock_configuration');
  if (block !== undefined && !block.known) return block;
  const row = block?.value[0];
  const defaults = row === undefined ? without : defaultsIn(rows(row['rule'])[0]);
  if (row?.['object_lock_enabled'] === 'Enabled') {
    return {
      known: true,
      value: { enabled: true, ...defaults },
      origin: originOf(element, 'object_lock_configuration'),
    };
  }
  const isGiven = 'object_lock_enabled' in view.configuration.expressions(element.module, element.reference);
  // Computed where it is not given: S3 makes a new bucket without it.
  if (!isGiven && isMarked(markOf(element.afterUnknown, 'object_lock_enabled'))) {
    return { known: true, value: { enabled: false, ...defaults }, origin: originOf(element) };
  }
  const enabled = flagOf(view, element, 'object_lock_enabled', false);
  return enabled.known ? { ...enabled, value: { enabled: enabled.value, ...defaults } } : enabled;
}

/** A bucket that is made with Object Lock is versioned from the beginning; of one that is there the state tells. */
function versioningOfBucket(
  view: PlanView,
  element: Element,
  lock: Known<ObjectLockFact>,
): BucketFact['versioning'] | undefined {
  // Whether a new one asks for a second factor is computed.
  const block = blockOf(view, element, 'versioning', { partly: true });
  if (block !== undefined && !block.known) return block;
  if (block?.value[0]?.['enabled'] === true) return { known: true, value: 'enabled', origin: block.origin };
  const [mark] = rows(markOf(element.afterUnknown, 'versioning'));
  if (isMarked(mark?.['enabled'])) {
    return { known: false, why: view.whyUnknown(element, 'versioning'), origin: originOf(element, 'versioning') };
  }
  return lock.known && lock.value.enabled ? { ...lock, value: 'enabled' } : undefined;
}

/**
 * Versioning of a bucket. A resource of its own decides; but a block that is written beside it and says no is applied, too, and
 * which of them comes last is not known.
 */
export function versioningOf(
  view: PlanView,
  element: Element,
  separate: BucketFact['versioning'] | undefined,
  lock: Known<ObjectLockFact>,
): BucketFact['versioning'] | undefined {
  if (separate === undefined) return versioningOfBucket(view, element, lock);
  const block = isWritten(view, element, 'versioning') ? blockOf(view, element, 'versioning') : undefined;
  if (block?.known !== true || block.value[0]?.['enabled'] !== false) return separate;
  return { known: true, value: 'suspended', origin: block.origin };
}

/** The rules of a resource of its own, and those of blocks that are written beside it. */
export function lifecycleOfBoth(
  view: PlanView,
  element: Element,
  separate: BucketFact['lifecycle'],
): BucketFact['lifecycle'] {
  if (separate === undefined) return lifecycleOfBucket(view, element);
  if (!separate.known || !isWritten(view, element, 'lifecycle_rule')) return separate;
  const own = lifecycleOfBucket(view, element);
  if (own === undefined || !own.known) return own ?? separate;
  const expires = own.value.some(({ currentAfter }) => currentAfter !== null);
  return { ...(expires ? own : separate), value: [...own.value, ...separate.value] };
}

/** Whether the configuration has a block; what is not in it, and stays as it is, was read at the refresh. */
function isWritten(view: PlanView, element: Element, name: string): boolean {
  if (name in view.configuration.expressions(element.module, element.reference)) return true;
  // `dynamic` blocks are in no configuration of a plan: what they change shows that they are there.
  const { action, before, after } = element;
  return action === 'update' && JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name] ?? before?.[name]);
}

/** The lifecycle rules in the bucket. */
function lifecycleOfBucket(view: PlanView, element: Element): Known<readonly LifecycleRuleFact[]> | undefined {
  // Ids of new rules are computed: what is written says enough.
  const block = blockOf(view, element, 'lifecycle_rule', { partly: true });
  return block?.known === true ? { ...block, value: lifecycleBlocks(block.value) } : block;
}
