/** A statement block of `data.aws_iam_policy_document` in the words of IAM's JSON. */

type Written = Readonly<Record<string, unknown>>;

/** Names of the arguments that decide what a statement says. */
export const STATEMENT_ARGUMENTS = [
  'actions',
  'not_actions',
  'resources',
  'not_resources',
  'principals',
  'not_principals',
  'condition',
] as const;

/** The statement of a block whose arguments, in Terraform's spelling, are all known. What is null was not given. */
export function statementOf(given: Written): object {
  return variables({
    ...named('Sid', given['sid']),
    Effect: given['effect'] ?? 'Allow',
    ...named('Action', given['actions']),
    ...named('NotAction', given['not_actions']),
    ...named('Resource', given['resources']),
    ...named('NotResource', given['not_resources']),
    ...named('Principal', principals(given['principals'])),
    ...named('NotPrincipal', principals(given['not_principals'])),
    ...named('Condition', conditions(given['condition'])),
  });
}

/** Statements of documents, later ones in the place of earlier ones with the same, non-empty sid. */
export function mergeStatements(earlier: readonly object[], later: readonly object[]): readonly object[] {
  const sid = (statement: object) => ('Sid' in statement && statement.Sid !== '' ? statement.Sid : undefined);
  const replaced = new Set<unknown>(later.map(sid).filter((id) => id !== undefined));
  return [...earlier.filter((statement) => !replaced.has(sid(statement))), ...later];
}

/** The statements of a document, which may be one object instead of a list. */
export function statementsIn(document: object): readonly object[] {
  const { Statement: statement } = document as { Statement?: object | readonly object[] };
  return statement === undefined ? [] : Array.isArray(statement) ? (statement as object[]) : [statement];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

const named = (key: string, value: unknown): object => (isEmpty(value) ? {} : { [key]: value });

const blocks = (value: unknown): readonly Written[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is Written => typeof item === 'object' && item !== null);

const texts = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

function principals(value: unknown): unknown {
  if (isEmpty(value)) return undefined;
  const byType: Record<string, unknown[]> = {};
  for (const { type, identifiers } of blocks(value)) {
    if (type === '*') return '*';
    (byType[String(type)] ??= []).push(...texts(identifiers));
  }
  return byType;
}

function conditions(value: unknown): unknown {
  if (isEmpty(value)) return undefined;
  const byTest: Record<string, Record<string, unknown[]>> = {};
  for (const { test, variable, values } of blocks(value)) {
    const keys = (byTest[String(test)] ??= {});
    (keys[String(variable)] ??= []).push(...texts(values));
  }
  return byTest;
}

/** This data source writes IAM's own variables as `&{aws:username}`, since `${…}` is Terraform's. */
function variables<T>(value: T): T {
  if (typeof value === 'string') return value.replace(/&\{/g, '${') as T;
  if (Array.isArray(value)) return value.map((item: unknown) => variables(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [variables(key), variables(inner)])) as T;
}
