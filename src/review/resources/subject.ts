/** What the words about a planned change are made from, and what they are. */
import type { ChangeFact, Facts, Known } from '../../facts';
import { differencesOf, withoutSecrets, type Difference } from '../differences';
import { type Values, isMarked, markOf, type PlanElement } from '../../plan';
import type { Placed } from '../plan/relations';

/** A resource that a plan changes. Secrets are left out of its values. */
export interface Subject extends Placed {
  readonly facts: Facts;
  readonly before: Values;
  readonly after: Values;
  /** Attributes that differ and are known; computed ones too. */
  readonly differences: readonly Difference[];
  /** What protection of it the plan removes, as the facts know it. */
  readonly change: ChangeFact | undefined;
}

/** What a change means: sentences without their subject, the worst first. */
export interface Words {
  readonly sentences: readonly string[];
  /** Something that is preserved is given up, beyond what the facts say. */
  readonly loses?: true;
}

/** Gathers what words are made from. */
export function subjectOf(placed: Placed, facts: Facts, change: ChangeFact | undefined): Subject {
  const { element } = placed;
  return {
    ...placed,
    facts,
    before: withoutSecrets(element.before, element.beforeSensitive),
    after: withoutSecrets(element.after, element.afterSensitive),
    differences: element.before === null || element.after === null ? [] : differencesOf(changeOf(element)),
    change,
  };
}

function changeOf(element: PlanElement): Parameters<typeof differencesOf>[0] {
  return {
    actions: [],
    before: element.before,
    after: element.after,
    after_unknown: element.afterUnknown,
    before_sensitive: element.beforeSensitive,
    after_sensitive: element.afterSensitive,
  };
}

/** Whether an attribute is only known after the apply. */
export function isOpen({ element }: Pick<Subject, 'element'>, attribute: string): boolean {
  // Of a list, Terraform marks every entry, those that are known with false.
  return isMarked(markOf(element.afterUnknown, attribute));
}

/** Those of the named attributes that change, also to something that is not known yet. */
export function changedAmong(subject: Subject, attributes: readonly string[]): readonly string[] {
  const changed = new Set(subject.differences.map(({ attribute }) => attribute));
  return attributes.filter((name) => changed.has(name) || isOpen(subject, name));
}

/** Texts of a list or set; undefined when it is none, or not known. */
export function textsAt(values: Values, name: string): readonly string[] | undefined {
  const value = values[name];
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

/** Number, or undefined when it is not known. */
export function countAt(values: Values, name: string): number | undefined {
  const value = values[name];
  return typeof value === 'number' ? value : undefined;
}

/** The name of a bucket that is known by its address, as far as somebody gave it one; a name alone is one. */
export function bucketNamed({ buckets }: Facts, bucket: Known<string | null> | undefined): string | null {
  if (bucket?.known !== true || bucket.value === null) return null;
  const name = buckets.find(({ address }) => address === bucket.value)?.name;
  return name?.known === true ? name.value : bucket.value;
}
