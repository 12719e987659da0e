/** Arguments of an element as facts: known, or unseen with why. Sensitive values are never taken out. */
import type { Known } from '../../facts';
import { originOf, type Element } from '../../plan';
import { isMarked, markOf } from '../../plan';
import type { PlanView } from '../../plan';

/** The value an argument will have. A missing and a null one come out as `absent`. */
export function valueOf<A>(view: PlanView, element: Element, argument: string, absent: A): Known<unknown> {
  const origin = originOf(element, argument);
  if (isMarked(markOf(element.afterSensitive, argument))) {
    return { known: false, why: 'is marked as sensitive, so it is not looked at', origin };
  }
  if (isMarked(markOf(element.afterUnknown, argument))) {
    return { known: false, why: view.whyUnknown(element, argument), origin };
  }
  return { known: true, value: element.after?.[argument] ?? absent, origin };
}

export function textOf<A extends string | null>(
  view: PlanView,
  element: Element,
  argument: string,
  absent: A,
): Known<string | A> {
  const value = valueOf(view, element, argument, absent);
  return value.known && value.value !== absent ? { ...value, value: String(value.value) } : (value as Known<A>);
}

export function flagOf(view: PlanView, element: Element, argument: string, absent: boolean): Known<boolean> {
  const value = valueOf(view, element, argument, absent);
  return value.known ? { ...value, value: value.value === true || value.value === 'true' } : value;
}

export function numberOf(view: PlanView, element: Element, argument: string): Known<number> {
  const value = valueOf(view, element, argument, null);
  if (!value.known) return value;
  return typeof value.value === 'number'
    ? { ...value, value: value.value }
    : { known: false, why: 'is not known yet', origin: value.origin };
}

export function listOf<A extends readonly string[] | null>(
  view: PlanView,
  element: Element,
  argument: string,
  absent: A,
): Known<readonly string[] | A> {
  const value = valueOf(view, element, argument, absent);
  if (!value.known) return value;
  return { ...value, value: Array.isArray(value.value) ? value.value.map(String) : absent };
}

/** A text that may be an expression: `${genesyscloud_recording_export_job.sms.id}` where only one thing is referred to. */
export function referenceOf<A extends string | null>(
  view: PlanView,
  element: Element,
  argument: string,
  absent: A,
): Known<string | A> {
  const text = textOf(view, element, argument, absent);
  if (text.known) return text;
  const [only, ...others] = view.referredBy(element, argument);
  if (only === undefined || others.length > 0 || only.attribute === '') return text;
  return { known: true, value: `\${${only.to.subject.address}.${only.attribute}}`, origin: text.origin };
}
