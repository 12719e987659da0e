/** Which arguments of an export or a hold a plan changes, by what they are about: as the schema of the provider says. */
import { enumerated } from '../../words';
import { ATTRIBUTES, type AttributeRow } from './attribute-table';
import { changedAmong, type Subject } from './subject';

/** Names of changed attributes, also of those whose new value is not known yet. */
export interface ArgumentChanges {
  readonly scope: readonly string[];
  readonly record: readonly string[];
  readonly others: readonly string[];
  /** Attributes that come from looking. */
  readonly observed: readonly string[];
  /** Attributes that this version does not know: a newer provider has them. What they mean is unknown, never nothing. */
  readonly strange: readonly string[];
}

const NONE: AttributeRow = { scope: [], record: [], others: [], replacing: [], growing: [], computed: [] };

/** Those that a plan changes. */
export function argumentChanges(subject: Subject): ArgumentChanges {
  const { element, differences } = subject;
  const { scope, record, others, computed } = ATTRIBUTES[element.type] ?? NONE;
  const known = new Set([...scope, ...record, ...others, ...computed]);
  const marks = element.afterUnknown;
  const marked = typeof marks === 'object' && marks !== null ? Object.keys(marks) : [];
  const strangers = [...new Set([...differences.map(({ attribute }) => attribute), ...marked])];
  return {
    scope: changedAmong(subject, scope),
    record: changedAmong(subject, record),
    others: changedAmong(subject, others),
    observed: changedAmong(subject, computed),
    strange: changedAmong(
      subject,
      strangers.filter((name) => !known.has(name)),
    ),
  };
}

/** Arguments whose change means a new resource, or can mean one. */
export function replacingArguments(subject: Subject): readonly string[] {
  const { replacing, growing } = ATTRIBUTES[subject.element.type] ?? NONE;
  return changedAmong(subject, [...growing, ...replacing]);
}

/** "changes x, which this version does not know: unknown …"; none where all are known. */
export function strangeSentences({ strange }: ArgumentChanges, unknown: string): readonly string[] {
  if (strange.length === 0) return [];
  return [`changes ${enumerated(strange)}, which this version does not know: unknown ${unknown}`];
}

/** Whether an attribute of an export or a hold comes from looking: it says how the resource stands, and nobody configures it. */
export function isObserved(type: string, attribute: string): boolean {
  return ATTRIBUTES[type]?.computed.includes(attribute) === true;
}

/** Whether an argument decides what an export or a hold covers. */
export function isScope(type: string, attribute: string): boolean {
  return ATTRIBUTES[type]?.scope.includes(attribute) === true;
}
