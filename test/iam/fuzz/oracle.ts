/**
 * A second evaluator, which knows only one request at a time, with everything in it: regular expressions and booleans, written
 * from the rules of AWS and sharing nothing with the first one but its reader of documents.
 */
import { parseDocument, type Document, type PolicyKind, type Statement } from '../../../src/iam';
import { ACCOUNT, type World } from './generate';

export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly caller: string;
  readonly values: World['values'];
}

/** Whether the request is allowed in one account. */
export function isAllowed(policies: World['policies'], request: Request): boolean {
  const bounded = policies.some(({ kind }) => kind === 'boundary');
  const read = policies.map(({ kind, document }) => ({ kind, document: documentOf(document as object) }));
  const matching = (kind: PolicyKind, effect: string, who: (statement: Statement) => boolean): boolean =>
    read.some(
      (one) =>
        one.kind === kind &&
        one.document.statements.some(
          (statement) => statement.effect === effect && who(statement) && applies(statement, one.document, request),
        ),
    );
  const kinds: readonly PolicyKind[] = ['identity', 'bucket', 'boundary', 'scp'];
  if (kinds.some((kind) => matching(kind, 'Deny', (statement) => reaches(statement, request, bounded)))) return false;
  const everybody = (): boolean => true;
  if (policies.some(({ kind }) => kind === 'scp') && !matching('scp', 'Allow', everybody)) return false;
  const within = !bounded || matching('boundary', 'Allow', everybody);
  const identity = matching('identity', 'Allow', everybody);
  const direct = matching('bucket', 'Allow', (statement) => names(statement, request.caller));
  return within && (identity || direct);
}

function documentOf(document: object): Document {
  const parsed = parseDocument(document);
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message);
  return parsed.document;
}

function reaches(statement: Statement, { caller }: Request, bounded: boolean): boolean {
  if (statement.principals === null) return true;
  const isNamed = names(statement, caller);
  const isAccount = names(statement, ACCOUNT) || names(statement, `arn:aws:iam::${ACCOUNT}:root`);
  if (!statement.principals.negated) return isNamed || isAccount;
  if (statement.principals.value.everyone) return false;
  return bounded || !(isNamed && isAccount);
}

function names({ principals }: Statement, who: string): boolean {
  if (principals === null) return true;
  return principals.value.everyone || (principals.value.byType.get('AWS') ?? []).includes(who);
}

function applies(statement: Statement, { version }: Document, request: Request): boolean {
  const resolve = (text: string): string | null => (version === '2012-10-17' ? resolved(text, request) : text);
  const listed = statement.actions.value.some((action) => like(action, request.action, 'i'));
  if (listed === statement.actions.negated) return false;
  const isThere = (statement.resources?.value ?? ['*']).some((one) => {
    const text = resolve(one);
    return text !== null && like(text, request.resource);
  });
  if (isThere === (statement.resources?.negated ?? false)) return false;
  return statement.conditions.every(({ operator, key, values }) =>
    holds(operator, request.values[key.toLowerCase()], values, resolve),
  );
}

/** The text with the variables of IAM replaced; null where the request lacks one. */
function resolved(text: string, { values }: Request): string | null {
  let isWhole = true;
  const result = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const [value] = values[name.toLowerCase()] ?? [];
    isWhole &&= value !== undefined;
    return value ?? '';
  });
  return isWhole ? result : null;
}

function like(pattern: string, text: string, flags = ''): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '[^]*')
    .replace(/\?/g, '[^]');
  return new RegExp(`^${source}$`, flags).test(text);
}

function holds(
  operator: string,
  given: readonly string[] | undefined,
  policy: readonly string[],
  resolve: (text: string) => string | null,
): boolean {
  if (operator === 'Null') return policy.some((one) => one === String(given === undefined));
  const quantifier = /^ForA..(?:Values|Value):/.exec(operator)?.[0] ?? '';
  const base = operator.slice(quantifier.length).replace(/IfExists$/, '');
  const negated = base.includes('Not');
  const known = policy.map(resolve).filter((one) => one !== null);
  const one = (value: string): boolean =>
    known.some((text) => compares(base.replace('Not', ''), value, text)) !== negated;
  if (given === undefined) {
    if (quantifier === 'ForAnyValue:') return false;
    return quantifier !== '' || operator.endsWith('IfExists') || negated;
  }
  return quantifier === 'ForAllValues:' ? given.every(one) : given.some(one);
}

function compares(base: string, value: string, text: string): boolean {
  switch (base) {
    case 'StringEquals':
      return value === text;
    case 'StringEqualsIgnoreCase':
    case 'Bool':
      return value.toLowerCase() === text.toLowerCase();
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return like(text, value);
    case 'NumericLessThan':
      return Number(value) < Number(text);
    default:
      throw new Error(`The oracle does not know ${base}`);
  }
}
