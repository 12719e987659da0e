/** What a policy says, one line a permission, and what two policies say differently. */
import { fitsWildcards } from '../../iam';

/** One effect on one action on one resource. */
export interface Line {
  readonly effect: string;
  readonly action: string;
  readonly resource: string;
  /** Principal and conditions, as canonical text; empty for none. */
  readonly rest: string;
}

/** Lines that count; those that a broader line of the other side covers are left out. */
export interface PolicyDifference {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Actions that are no longer allowed, allowed now, no longer denied, denied now. */
  readonly lost: readonly string[];
  readonly gained: readonly string[];
  readonly undenied: readonly string[];
  readonly denied: readonly string[];
}

/** Null stands for a policy that is not there. Undefined when one of them cannot be read. */
export function comparePolicies(before: unknown, after: unknown): PolicyDifference | undefined {
  const [was, is] = [linesOf(before), linesOf(after)];
  return was === undefined || is === undefined ? undefined : compareLines(was, is);
}

/** What is said on one side only. Several policies of one holder are compared by all of their lines together. */
export function compareLines(was: readonly Line[], is: readonly Line[]): PolicyDifference {
  const removed = was.filter((line) => !is.some((other) => covers(other, line)));
  const added = is.filter((line) => !was.some((other) => covers(other, line)));
  const actions = (lines: readonly Line[], effect: string): readonly string[] =>
    [...new Set(lines.filter((line) => line.effect === effect).map(({ action }) => action))].sort();
  return {
    removed: removed.map(textOf).sort(),
    added: added.map(textOf).sort(),
    lost: actions(removed, 'Allow'),
    gained: actions(added, 'Allow'),
    undenied: actions(removed, 'Deny'),
    denied: actions(added, 'Deny'),
  };
}

/** All inline policies of a role as one document; a text that cannot be read makes all of it unreadable. */
export function inlineDocument(value: unknown): unknown {
  const policies = Array.isArray(value) ? (value as readonly { readonly policy?: string }[]) : [];
  try {
    const statements = policies.flatMap(({ policy }) => {
      const document = JSON.parse(policy ?? '{}') as { readonly Statement?: unknown };
      return (Array.isArray(document.Statement) ? document.Statement : [document.Statement]) as unknown[];
    });
    return { Statement: statements.filter((statement) => statement !== undefined) };
  } catch {
    return '{';
  }
}

/** All differences together. */
export function mergeDifferences(differences: readonly PolicyDifference[]): PolicyDifference {
  const all = (name: keyof PolicyDifference): readonly string[] =>
    [...new Set(differences.flatMap((difference) => difference[name]))].sort();
  return {
    removed: all('removed'),
    added: all('added'),
    lost: all('lost'),
    gained: all('gained'),
    undenied: all('undenied'),
    denied: all('denied'),
  };
}

type Json = Readonly<Record<string, unknown>>;

/** The lines of a document, parsed or as text; none for a policy that is not there. Undefined when it cannot be read. */
export function linesOf(policy: unknown): readonly Line[] | undefined {
  if (policy === null || policy === undefined || policy === '') return [];
  const document = typeof policy === 'string' ? parsed(policy) : policy;
  if (typeof document !== 'object' || document === null) return undefined;
  const statements = list((document as Json)['Statement']) as readonly Json[];
  return statements.flatMap((statement) => {
    const actions = pick(statement, 'Action', 'NotAction');
    const resources = pick(statement, 'Resource', 'NotResource');
    const principal = statement['Principal'] ?? statement['NotPrincipal'];
    const rest = [
      principal === undefined ? '' : `for ${statement['Principal'] === undefined ? 'all but ' : ''}${who(principal)}`,
      statement['Condition'] === undefined ? '' : `if ${canonical(statement['Condition'])}`,
    ];
    return actions.flatMap((action) =>
      resources.map((resource) => ({
        effect: String(statement['Effect']),
        action,
        resource,
        rest: rest.filter((part) => part !== '').join(' '),
      })),
    );
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('%7B') ? decodeURIComponent(text) : text);
  } catch {
    return undefined;
  }
}

/** The values of an element, those of its negation marked. */
function pick(statement: Json, name: string, negation: string): readonly string[] {
  if (statement[name] !== undefined) return list(statement[name]).map(String);
  if (statement[negation] !== undefined) return list(statement[negation]).map((value) => `all but ${String(value)}`);
  return [''];
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

/** A principal in words: `anybody`, `AWS arn:aws:iam::111122223333:root`. */
function who(principal: unknown): string {
  if (typeof principal !== 'object' || principal === null) return principal === '*' ? 'anybody' : String(principal);
  const kinds = Object.entries(principal).sort(([a], [b]) => (a < b ? -1 : 1));
  return kinds.map(([kind, ids]) => `${kind} ${list(ids).map(String).sort().join(', ')}`).join('; ');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (Array.isArray(inner)) return inner.length === 1 ? (inner[0] as unknown) : [...(inner as unknown[])].sort();
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Whether all that `line` says, `other` says too. Actions are compared without case, as IAM does. */
function covers(other: Line, line: Line): boolean {
  return (
    other.effect === line.effect &&
    other.rest === line.rest &&
    isCovered(line.action.toLowerCase(), other.action.toLowerCase()) &&
    isCovered(line.resource, other.resource)
  );
}

/** Whether a pattern matches all that another one matches; the text of the narrower one stands for what it matches. */
function isCovered(narrow: string, wide: string): boolean {
  if (narrow === wide) return true;
  if (wide.startsWith('all but ') || narrow.startsWith('all but ')) return false;
  return fitsWildcards(wide, narrow, { one: 'no-star' });
}

function textOf({ effect, action, resource, rest }: Line): string {
  return [effect, action, ...(resource === '' ? [] : ['on', resource]), ...(rest === '' ? [] : [rest])].join(' ');
}
