/** What a policy says, one line a permission: an effect on one action, on one resource, for one principal. */
import { type Statement, parseDocument } from './document';
import { type Pattern, compile } from './pattern';
import { isFields } from './problem';
import { ALL_BUT, type Clause, type NamedPrincipal, clausesIn, principalsIn } from './same-meaning';

/** Some texts: what the patterns match, or all but that. */
export interface TextSet {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
  /** As written. */
  readonly texts: readonly string[];
}

/** One effect on one action on one resource. What a statement excepts (`NotAction`) stays together in one line. */
export interface Line {
  readonly effect: 'Allow' | 'Deny';
  /** As people read it: `s3:PutObject`, `all but iam:*`. */
  readonly action: string;
  /** Empty in a trust policy, which speaks of its own role. */
  readonly resource: string;
  /** Principal and conditions as people read them; empty for none. */
  readonly rest: string;
  readonly actions: TextSet;
  readonly resources: TextSet;
  /** In one spelling for all that mean the same; null in an identity policy. */
  readonly principal: string | null;
  readonly conditions: readonly Clause[];
}

/** The lines of a document, parsed or as text; none for a policy that is not there. Undefined when it cannot be read. */
export function linesOf(policy: unknown): readonly Line[] | undefined {
  if (policy === null || policy === undefined || policy === '') return [];
  if (typeof policy !== 'string' && !isFields(policy)) return undefined;
  const parsed = parseDocument(policy);
  if (!parsed.ok) return undefined;
  const variables = parsed.document.version === '2012-10-17';
  return parsed.document.statements.flatMap((statement) => linesIn(statement, variables));
}

/** A line as people read it: `Deny s3:DeleteObject on arn:aws:s3:::recordings/* for anybody`. */
export function lineInWords({ effect, action, resource, rest }: Line): string {
  return [effect, action, ...(resource === '' ? [] : ['on', resource]), ...(rest === '' ? [] : [rest])].join(' ');
}

function linesIn(statement: Statement, variables: boolean): readonly Line[] {
  const actions = setsIn(statement.actions, { variables: false, ignoreCase: true });
  const resources =
    statement.resources === null
      ? [{ text: '', set: { negated: false, patterns: [[{ kind: 'many' } as const]], texts: ['*'] } }]
      : setsIn(statement.resources, { variables, ignoreCase: false });
  const conditions = clausesIn(statement.conditions);
  const condition = statement.raw['Condition'];
  const when = conditions.length === 0 ? '' : `if ${conditionInWords(condition)}`;
  return principalsOf(statement).flatMap((principal) =>
    actions.flatMap((action) =>
      resources.map((resource) => ({
        effect: statement.effect,
        action: action.text,
        resource: resource.text,
        rest: [principal === null ? '' : `for ${principal.written}`, when].filter((part) => part !== '').join(' '),
        actions: action.set,
        resources: resource.set,
        principal: principal?.meant ?? null,
        conditions,
      })),
    ),
  );
}

function principalsOf({ principals }: Statement): readonly (NamedPrincipal | null)[] {
  if (principals === null) return [null];
  const named = principalsIn(principals.value);
  if (!principals.negated) return named;
  const all = (of: keyof NamedPrincipal): string =>
    `${ALL_BUT}${[...new Set(named.map((one) => one[of]))].sort().join(', ')}`;
  return [{ written: all('written'), meant: all('meant') }];
}

function setsIn(
  { negated, value }: { readonly negated: boolean; readonly value: readonly string[] },
  options: { readonly variables: boolean; readonly ignoreCase: boolean },
): readonly { readonly text: string; readonly set: TextSet }[] {
  const pattern = (text: string): Pattern => compile(text, { wildcards: true, ...options }) ?? [];
  if (!negated) return value.map((text) => ({ text, set: { negated, patterns: [pattern(text)], texts: [text] } }));
  return [
    { text: `all but ${[...value].sort().join(', ')}`, set: { negated, patterns: value.map(pattern), texts: value } },
  ];
}

/** A condition as JSON, its keys in order, lists of one without their brackets. */
function conditionInWords(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (Array.isArray(inner)) return inner.length === 1 ? (inner[0] as unknown) : [...(inner as unknown[])].sort();
    if (!isFields(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
