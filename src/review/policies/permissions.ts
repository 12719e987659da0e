/**
 * Who may do what, before and after. Policies of one holder are compared all together: a permission that moves from one
 * policy of a role to another is not lost.
 */
import { isMarked, markOf, originOf, type PlanElement } from '../../plan';
import type { Facts, Origin, PolicyFact } from '../../facts';
import { differencesOf } from '../differences';
import { compareLines, linesLost, linesOf, type Line, type PolicyDifference } from '../../iam';
import type { Related, Holder } from '../plan/related';
import type { Placed } from '../plan/relations';

/** A policy of a holder, before and after. */
export interface PolicySide {
  /** Resource that has the document. */
  readonly document: PlanElement;
  /** Resource that gives the document to the holder; the same one unless it is an attachment. */
  readonly giver: PlanElement;
  readonly attribute: string;
  readonly before: readonly Line[];
  readonly after: readonly Line[];
  /** Why one side is unknown, half a sentence; null when both are known. */
  readonly unseen: string | null;
}

/** What may be done through one holder: its permissions, or for a trust policy who may assume it. */
export interface HolderPolicies {
  readonly holder: Holder;
  readonly about: 'permissions' | 'trust';
  readonly sides: readonly PolicySide[];
  /** All sides together. */
  readonly difference: PolicyDifference;
}

/** Attribute that has the document, by type. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  aws_iam_policy: 'policy',
  aws_iam_role_policy: 'policy',
  aws_s3_bucket_policy: 'policy',
  aws_kms_key: 'policy',
  aws_kms_key_policy: 'policy',
};

/** Compares the policies of every holder that is there before and after, or only after. */
export function comparedPolicies({ holders, attached }: Related, facts: Facts): readonly HolderPolicies[] {
  const after = new AfterPolicies(facts);
  return holders.filter(changesPolicies(attached)).flatMap((holder) => {
    const own = holder.kind === 'role' ? 'inline_policy' : 'policy';
    const sides = [
      ...holder.around.flatMap((giver) => sidesOf(giver, attached, after)),
      ...(isGiven(holder, own) ? [sideOf(holder.element, holder.element, own, after)] : []),
    ].filter((side) => side.before.length + side.after.length > 0 || side.unseen !== null);
    const trust = holder.kind === 'role' ? [sideOf(holder.element, holder.element, 'assume_role_policy', after)] : [];
    return [compared(holder, 'permissions', sides), compared(holder, 'trust', trust)];
  });
}

/** Most holders of a big plan stay as they are; their policies are not even read. */
function changesPolicies(attached: Related['attached']): (holder: Holder) => boolean {
  const changing = new Set(
    [...attached].flatMap(([policy, givers]) => (isChange(policy) ? givers.map(({ element }) => element) : [])),
  );
  return (holder) =>
    holder.element.after !== null &&
    [holder, ...holder.around].some(({ element }) => isChange(element) || changing.has(element));
}

export const isChange = ({ action }: PlanElement): boolean => !['none', 'move', 'read'].includes(action);

/** A document that nobody wrote is computed: it repeats what other resources say, or is the default of AWS. */
function isGiven({ view, element }: Placed, attribute: string): boolean {
  return attribute in view.configuration.expressions(element.module, element.reference);
}

/** What one policy takes from its holder or gives it, all its other policies considered. */
export function differenceOf(side: PolicySide, { sides, difference }: HolderPolicies): PolicyDifference {
  const others = sides.filter((one) => one !== side);
  if (others.length === 0) return difference;
  const gone = linesLost(side.before, [...side.after, ...others.flatMap(({ after }) => after)]);
  const come = linesLost(side.after, [...side.before, ...others.flatMap(({ before }) => before)]);
  return {
    removed: gone.removed,
    lost: gone.lost,
    undenied: gone.undenied,
    added: come.removed,
    gained: come.lost,
    denied: come.undenied,
    unsure: [...new Set([...gone.unsure, ...come.unsure])].sort(),
  };
}

function compared(holder: Holder, about: HolderPolicies['about'], sides: readonly PolicySide[]): HolderPolicies {
  const all = (of: 'before' | 'after'): readonly Line[] => sides.flatMap((side) => side[of]);
  return { holder, about, sides, difference: compareLines(all('before'), all('after')) };
}

function sidesOf(giver: Placed, attached: Related['attached'], after: AfterPolicies): readonly PolicySide[] {
  const { element } = giver;
  const attribute = DOCUMENTS[element.type];
  if (attribute !== undefined) return [sideOf(element, element, attribute, after)];
  if (!element.type.startsWith('aws_iam_')) return [];
  const policies = [...attached].filter(([, givers]) => givers.some((one) => one.element === element));
  if (policies.length > 0) return policies.map(([policy]) => sideOf(policy, element, 'policy', after));
  return [elsewhere(element)];
}

/** A policy that is attached by an ARN which no plan manages: nobody can see here what it says. */
function elsewhere(giver: PlanElement): PolicySide {
  const [was, is] = [giver.before, giver.after].map((values) => values?.['policy_arn']);
  const isGone = giver.after === null;
  const which = isGone ? was : is;
  const policy =
    typeof which === 'string' ? `${which}, which` : 'a policy that is only known after the apply, and that';
  const unseen = ['create', 'destroy', 'replace', 'update', 'forget'].includes(giver.action)
    ? `${isGone ? 'detaches' : 'attaches'} ${policy} none of the given plans manages`
    : null;
  return { document: giver, giver, attribute: 'policy_arn', before: [], after: [], unseen };
}

function sideOf(document: PlanElement, giver: PlanElement, attribute: string, policies: AfterPolicies): PolicySide {
  const before = beforeLines(document, giver, attribute);
  const isThere = document.after !== null && giver.after !== null;
  // What the plan does not touch says the same on both sides, whatever can be seen of it.
  if (isThere && !isTouched(document, attribute) && !isNewly(giver)) {
    return { document, giver, attribute, before: before.lines, after: before.lines, unseen: null };
  }
  const after = isThere ? policies.of(document, attribute) : { lines: [], unseen: null };
  const unseen = before.unseen ?? after.unseen;
  // Held against a side that cannot be seen, everything would look lost.
  return {
    document,
    giver,
    attribute,
    before: unseen === null ? before.lines : [],
    after: unseen === null ? after.lines : [],
    unseen,
  };
}

function isTouched(element: PlanElement, attribute: string): boolean {
  if (element.before === null || element.after === null) return true;
  if (isMarked(markOf(element.afterUnknown, attribute))) return true;
  const of = (values: PlanElement['before']): Readonly<Record<string, unknown>> => ({
    [attribute]: values?.[attribute],
  });
  return differencesOf({ actions: [], before: of(element.before), after: of(element.after) }).length > 0;
}

const isNewly = ({ before }: PlanElement): boolean => before === null;

interface Side {
  readonly lines: readonly Line[];
  readonly unseen: string | null;
}

function beforeLines(document: PlanElement, giver: PlanElement, attribute: string): Side {
  if (document.before === null || giver.before === null) return { lines: [], unseen: null };
  if (isMarked(markOf(document.beforeSensitive, attribute))) {
    return { lines: [], unseen: 'is marked as sensitive, so it is not looked at' };
  }
  const value = document.before[attribute];
  const texts =
    attribute === 'inline_policy'
      ? (Array.isArray(value) ? (value as readonly { readonly policy?: unknown }[]) : []).map(({ policy }) => policy)
      : [value];
  const read = texts.map((text) => linesOf(text));
  if (read.some((lines) => lines === undefined)) return { lines: [], unseen: 'was not a readable policy document' };
  return { lines: read.flatMap((lines) => lines ?? []), unseen: null };
}

/** Policies as the facts have them: with what is only written as an expression, and why a part cannot be seen. */
class AfterPolicies {
  private readonly byOrigin = new Map<string, PolicyFact[]>();

  constructor({ roles, buckets, keys }: Facts) {
    const policies = [
      ...roles.flatMap((role) => [...role.identityPolicies, ...(role.trustPolicy === null ? [] : [role.trustPolicy])]),
      ...buckets.flatMap((bucket) => bucket.policies),
      ...keys.map(({ policy }) => policy),
    ];
    for (const policy of new Set(policies)) {
      const key = keyOf(policy.origin);
      const list = this.byOrigin.get(key);
      if (list === undefined) this.byOrigin.set(key, [policy]);
      else list.push(policy);
    }
  }

  of(element: PlanElement, attribute: string): Side {
    const found = this.byOrigin.get(keyOf(originOf(element, attribute)));
    if (found === undefined) return plannedLines(element, attribute);
    const lines: Line[] = [];
    // Several roles may have the same policy attached: it is read once.
    for (const { document } of distinct(found)) {
      if (!document.known) return { lines: [], unseen: document.why };
      const read = linesOf(document.value);
      if (read === undefined) return { lines: [], unseen: 'is not a readable policy document' };
      lines.push(...read);
    }
    return { lines, unseen: null };
  }
}

/** Of a holder that no fact is about, only what the plan spells out. */
function plannedLines(element: PlanElement, attribute: string): Side {
  if (isMarked(markOf(element.afterUnknown, attribute))) {
    return { lines: [], unseen: 'is only known after the apply' };
  }
  if (isMarked(markOf(element.afterSensitive, attribute)))
    return { lines: [], unseen: 'is marked as sensitive, so it is not looked at' };
  const lines = linesOf(element.after?.[attribute]);
  return lines === undefined ? { lines: [], unseen: 'is not a readable policy document' } : { lines, unseen: null };
}

function distinct(policies: readonly PolicyFact[]): readonly PolicyFact[] {
  return [...new Map(policies.map((one) => [JSON.stringify(one.document), one])).values()];
}

/** Inline policies are told one by one: `inline_policy.0.policy`. */
function keyOf({ address, attribute = '' }: Origin): string {
  return `${address} ${attribute.split('.')[0] ?? ''}`;
}
