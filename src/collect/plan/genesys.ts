import { isDeepStrictEqual } from 'node:util';
import type { ExportFact, GivenAttribute, HoldFact, HoldScope, Known, ObjectHoldFact } from '../../facts';
import { holdScope } from '../hold-scope';
import { intervalAt, isOpenInterval } from '../../time';
import { EXPORT } from '../../words';
import { exportsBefore } from './dependencies';
import { originOf, type Element } from '../../plan';
import { isMarked, isRow, markOf } from '../../plan';
import type { PlanView } from '../../plan';
import { exportWork, holdWork } from './work';
import { flagOf, listOf, numberOf, referenceOf, textOf, valueOf } from './values';

/** An export job; `bucket` is the address of its bucket's fact, null when nothing says so. */
export function exportFact(view: PlanView, element: Element, bucket: string | null): ExportFact {
  const words = (argument: string): Known<readonly string[]> => {
    const list = listOf(view, element, argument, [] as readonly string[]);
    return list.known ? { ...list, value: list.value.map((word) => word.toLowerCase()) } : list;
  };
  return {
    ...element.subject,
    integrationId: textOf(view, element, 'integration_id', ''),
    interval: textOf(view, element, 'interval', null),
    conversationIds: listOf(view, element, 'conversation_ids', null),
    mediaTypes: words('media_types'),
    messageTypes: words('message_types'),
    includeMetadata: flagOf(view, element, 'include_metadata', false),
    batchInterval: textOf(view, element, 'batch_interval', null),
    conversationCount: numberOf(view, element, 'conversation_count'),
    ...optional('work', exportWork(view, element)),
    ...reachedNow(view, element),
    destination: destinationOf(view, element),
    bucket: { known: true, value: bucket, origin: originOf(element, 'destination') },
    given: given(view, element),
  };
}

/** How far an open interval reaches when the plan is made: the whole steps that have ended. */
function reachedNow(view: PlanView, element: Element): Pick<ExportFact, 'countedUntil'> {
  const [interval, step] = [element.after?.['interval'], element.after?.['batch_interval']];
  const now = Date.parse(view.json.timestamp ?? '');
  if (typeof interval !== 'string' || typeof step !== 'string' || !isOpenInterval(interval) || Number.isNaN(now))
    return {};
  try {
    const reached = intervalAt(interval, step, now);
    if (reached === null) return {};
    const until = new Date(reached.end).toISOString();
    return { countedUntil: { known: true, value: until, origin: originOf(element, 'interval') } };
  } catch (error) {
    // What is not an interval is refused by the provider.
    if (!(error instanceof RangeError)) throw error;
    return {};
  }
}

/** `destination` of an export: null when it is known not to be given. */
export function destinationOf(view: PlanView, element: Element): ExportFact['destination'] {
  const value = valueOf(view, element, 'destination', null);
  if (!value.known) return value;
  if (!isRow(value.value)) return { ...value, value: null };
  const { bucket, prefix } = value.value;
  const text = (part: unknown) => (typeof part === 'string' ? part : null);
  return { ...value, value: { bucket: text(bucket), prefix: text(prefix) } };
}

/** Arguments that the configuration gives, with their values. */
function given(view: PlanView, element: Element): readonly GivenAttribute[] {
  const names = Object.keys(view.configuration.expressions(element.module, element.reference));
  return names.flatMap((name): readonly GivenAttribute[] => {
    if (name === 'timeouts') return [];
    const value = valueOf(view, element, name, null);
    const inner = value.known && isRow(value.value) ? Object.entries(value.value) : [];
    return [
      { path: name, value },
      ...inner
        .filter(([, one]) => one !== null)
        .map(([key, one]) => ({
          path: `${name}.${key}`,
          value: { known: true as const, value: one, origin: originOf(element, `${name}.${key}`) },
        })),
    ];
  });
}

/** A legal hold; `belongsTo` is the address of the export that a construct made it for. */
export function holdFact(view: PlanView, element: Element, belongsTo: string | null): HoldFact {
  return {
    ...element.subject,
    name: textOf(view, element, 'name', ''),
    exportJobId: referenceOf(view, element, 'export_job_id', null),
    conversationIds: listOf(view, element, 'conversation_ids', null),
    scope: scopeOf(view, element),
    externalReferenceId: textOf(view, element, 'external_reference_id', null),
    releaseOnDestroy: flagOf(view, element, 'release_on_destroy', false),
    dependsOn: exportsBefore(view, element),
    ...(parentOf(element, 'hold-at-once') === undefined ? {} : { atOnce: true as const }),
    belongsTo,
    conversationCount: coveredIn(view, element),
    sharing: sharingIn(element),
    countedUntil: stateText(element, 'scope_end'),
    ...optional('work', holdWork(view, element)),
    alreadyHeld: alreadyHeld(element),
  };
}

function optional<Value>(name: 'work', value: Value | undefined): { readonly work?: Value } {
  return value === undefined ? {} : { [name]: value };
}

/** Arguments that decide what a hold covers. */
const SCOPE_ARGUMENTS = ['export_job_id', 'conversation_ids', 'conversations_from', 'scope'] as const;

/**
 * How many conversations a hold covers. A planned update leaves that open; where its scope stays as it is, has an end and was looked
 * at as a whole, the refresh before the plan has counted what the update holds.
 */
function coveredIn(view: PlanView, element: Element): Known<number> {
  const planned = numberOf(view, element, 'conversation_count');
  const { before } = element;
  const count = before?.['conversation_count'];
  const isSame = SCOPE_ARGUMENTS.every((argument) => {
    const value = valueOf(view, element, argument, null);
    return value.known && isDeepStrictEqual(value.value, before?.[argument] ?? null);
  });
  const looksOpen = !Array.isArray(before?.['unknown']) || before['unknown'].length > 0;
  const interval = scopeOf(view, element);
  const goesOn = !interval.known || (interval.value?.interval?.endsWith('/..') ?? false);
  if (planned.known || typeof count !== 'number' || !isSame || looksOpen || goesOn) return planned;
  return { known: true, value: count, origin: originOf(element, 'conversation_count') };
}

/** What the last apply found out of shared recordings. A hold that is new has had none. */
function sharingIn(element: Element): HoldFact['sharing'] {
  const origin = originOf(element, 'associated_count');
  const { before } = element;
  const associated = before?.['associated_count'];
  if (typeof associated === 'number') return { known: true, value: { associated, notLookedAt: 0 }, origin };
  if (before === null || associated === undefined) {
    return { known: false, why: 'is not asked before the apply', origin, elsewhere: true };
  }
  return { known: false, why: 'was not looked at for all of its conversations', origin };
}

/** What state says as a text. */
function stateText(element: Element, argument: string): Known<string> {
  const value = isMarked(markOf(element.beforeSensitive, argument)) ? undefined : element.before?.[argument];
  const origin = originOf(element, argument);
  return typeof value === 'string'
    ? { known: true, value, origin }
    : { known: false, why: 'is not known yet', origin, elsewhere: true };
}

/** `scope` of a hold: null when it is known not to be given. */
function scopeOf(view: PlanView, element: Element): Known<HoldScope | null> {
  const value = valueOf(view, element, 'scope', null);
  return value.known ? { ...value, value: holdScope(value.value) } : value;
}

/**
 * The export that a construct made together with a hold: a LegalHoldExport calls its parts `export` and `hold`, or
 * `hold-at-once` where that waits for nothing. Told by construct paths, so only with `cdk.tf.json`.
 */
export function exportBeside(view: PlanView, hold: Element): string | null {
  const parent = parentOf(hold, 'hold') ?? parentOf(hold, 'hold-at-once');
  if (parent === undefined) return null;
  const beside = view.ofType(EXPORT).filter(({ after }) => after !== null);
  return beside.find((element) => parentOf(element, 'export') === parent)?.subject.address ?? null;
}

/** The construct that an element with this id is in, below a stack. */
function parentOf({ subject: { constructPath = '' } }: Element, id: string): string | undefined {
  const ids = constructPath.split('/');
  return ids.length > 2 && ids.at(-1) === id ? ids.slice(0, -1).join('/') : undefined;
}

/** What the state says is held; a hold that is new holds nothing yet that anybody knows of. */
function alreadyHeld(element: Element): Known<number> {
  const held = isMarked(markOf(element.beforeSensitive, 'held_count')) ? undefined : element.before?.['held_count'];
  const origin = originOf(element, 'held_count');
  return typeof held === 'number'
    ? { known: true, value: held, origin }
    : { known: false, why: 'is not known yet', origin };
}

/** An object hold; `bucket` is the address of its bucket's fact. */
export function objectHoldFact(view: PlanView, element: Element, bucket: string | null): ObjectHoldFact {
  return {
    ...element.subject,
    exportJobId: referenceOf(view, element, 'export_job_id', null),
    bucket: { known: true, value: bucket, origin: originOf(element, 'bucket') },
    prefix: textOf(view, element, 'prefix', null),
    objectLockLegalHold: flagOf(view, element, 'object_lock_legal_hold', true),
    releaseOnDestroy: flagOf(view, element, 'release_on_destroy', false),
  };
}
