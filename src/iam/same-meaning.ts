/**
 * One spelling for principals and conditions that mean the same.
 *
 * Facts (IAM user guide, "Principal", "Condition operators"): an account id and the ARN of its root are one; `"*"` and
 * `{"AWS": "*"}` are one; condition keys and operators are compared without regard to case; values are texts, so that `true`
 * and `"true"` are one; ArnEquals and ArnLike do the same; an address without a length is one address.
 */
import type { ConditionClause } from './condition-clause';
import { operatorOf } from './condition-operators';
import { covers } from './containment';
import type { PrincipalElement } from './document';
import { compile } from './pattern';

/** One principal of a statement. */
export interface NamedPrincipal {
  /** As people read it: `anybody`, `AWS arn:aws:iam::111122223333:root`. */
  readonly written: string;
  /** The same text for all spellings: `*`, `account 111122223333`, `AWS arn:aws:iam::111122223333:role/r`. */
  readonly meant: string;
}

export const EVERYBODY = '*';

/** The principals of an element, one by one. */
export function principalsIn({ everyone, byType }: PrincipalElement): readonly NamedPrincipal[] {
  if (everyone) return [{ written: 'anybody', meant: EVERYBODY }];
  return [...byType].flatMap(([type, names]) =>
    names.map((name) => ({ written: `${type} ${name}`, meant: meantBy(type, name) })),
  );
}

function meantBy(type: string, name: string): string {
  const account = type === 'AWS' ? /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1] : undefined;
  return account === undefined ? `${type} ${name}` : `account ${account}`;
}

/** How everybody but those whom a NotPrincipal lists is called. */
export const ALL_BUT = 'all but ';

/** Whether a statement for `wide` reaches everybody whom one for `narrow` reaches. An Allow for an account only delegates. */
export function reachesAll(wide: string, narrow: string, effect: 'Allow' | 'Deny'): boolean {
  if (wide === EVERYBODY || wide === narrow) return true;
  const [spared, more] = [wide, narrow].map((one) =>
    one.startsWith(ALL_BUT) ? one.slice(ALL_BUT.length).split(', ') : undefined,
  );
  if (spared !== undefined && more !== undefined) return spared.every((one) => more.includes(one));
  const account = /^account (\d{12})$/.exec(wide)?.[1];
  return (
    effect === 'Deny' && account !== undefined && narrow.startsWith('AWS arn:') && narrow.split(':')[4] === account
  );
}

/** A clause of a condition in its one spelling. */
export interface Clause {
  /** Operator with quantifier and IfExists, and key: what has to be the same for values to be compared. */
  readonly asks: string;
  readonly negated: boolean;
  readonly values: ReadonlySet<string>;
}

/** The clauses of a condition, each in one spelling. */
export function clausesIn(conditions: readonly ConditionClause[]): readonly Clause[] {
  return conditions.map((clause) => {
    const { name, quantifier, ifExists, key } = clause;
    const values = clause.values.map((value) => meantValue(name, value));
    const operator = oneOperator(name, values);
    return {
      asks: [quantifier ?? 'one', operator, ifExists ? 'if exists' : '', key.toLowerCase()].join(' '),
      negated: name !== 'Null' && operatorOf(name).negated,
      values: new Set(values),
    };
  });
}

function oneOperator(name: ConditionClause['name'], values: readonly string[]): string {
  const like = name.replace(/^Arn(Not)?Equals$/, 'Arn$1Like');
  const isPlain = values.every((value) => !/[*?$]/.test(value));
  return isPlain ? like.replace(/^String(Not)?Equals$/, 'String$1Like').toLowerCase() : like.toLowerCase();
}

function meantValue(name: ConditionClause['name'], value: string): string {
  if (name === 'Null' || name === 'Bool' || name.endsWith('IgnoreCase')) return value.toLowerCase();
  if (name.startsWith('Numeric') && /^[+-]?\d+(\.\d+)?$/.test(value)) return String(Number(value));
  return name.endsWith('IpAddress') ? value.toLowerCase().replace(/^([\d.]+)\/32$/, '$1') : value;
}

/** Whether the one condition holds wherever the other one does: it asks less, or admits more. */
export function holdsWherever(wide: readonly Clause[], narrow: readonly Clause[]): boolean {
  return wide.every((one) =>
    narrow.some(({ asks, values }) => {
      if (asks !== one.asks) return false;
      return one.negated ? isWithin(one.values, values, asks) : isWithin(values, one.values, asks);
    }),
  );
}

/** Whether all that some values match, others match too. */
function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>, asks: string): boolean {
  const isLike = / (?:string|arn)(?:not)?like /.test(asks);
  return [...some].every((value) => all.has(value) || (isLike && isCovered(value, [...all])));
}

/** Both are patterns: what the one matches, one of the others matches. */
function isCovered(value: string, others: readonly string[]): boolean {
  const [wanted, ...patterns] = [value, ...others].map((text) => compile(text, { wildcards: true }));
  return patterns.some((pattern) => wanted && pattern && covers([pattern], wanted).is === 'yes');
}
