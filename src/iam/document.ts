/**
 * Policy documents: from whatever form they come in to statements, or to a list of what is wrong with them.
 *
 * Accepted: JSON text, URL-encoded JSON text (as IAM's Get calls answer), and parsed objects; a single Statement object
 * instead of a list; a text instead of a list of texts. Terraform expressions may stand inside strings.
 */
import { type ConditionClause, readConditions } from './condition-clause';
import { repeatedKey } from './json-keys';
import { type Fields, type Problem, isFields, show, texted } from './problem';

/** The principals a resource policy names, by type: `AWS`, `Service`, `Federated`, `CanonicalUser`. `*` alone is everyone. */
export interface PrincipalElement {
  readonly everyone: boolean;
  readonly byType: ReadonlyMap<string, readonly string[]>;
}

/** What a statement says of principals, actions or resources: these, or all but these. */
export interface Element<T> {
  readonly negated: boolean;
  readonly value: T;
}

export interface Statement {
  /** The Sid if it has one. */
  readonly sid: string | null;
  /** Position in the document, from 0. */
  readonly index: number;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Element<readonly string[]>;
  /** Null in trust policies, whose resource is the role itself. */
  readonly resources: Element<readonly string[]> | null;
  /** Null in identity policies, whose principal is whom they are attached to. */
  readonly principals: Element<PrincipalElement> | null;
  readonly conditions: readonly ConditionClause[];
  /** The statement as it was given, for messages. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Document {
  /** Version 2008-10-17, also the default, has no policy variables. */
  readonly version: '2008-10-17' | '2012-10-17';
  readonly statements: readonly Statement[];
}

export type ParsedDocument =
  { readonly ok: true; readonly document: Document } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a document. Never throws: whatever is wrong is in `problems`. */
export function parseDocument(source: string | object): ParsedDocument {
  const json = typeof source === 'string' ? parseText(source) : { value: source as unknown };
  if ('problem' in json) return { ok: false, problems: [json.problem] };
  const problems: Problem[] = [];
  const document = readDocument(json.value, problems);
  return problems.length === 0 && document ? { ok: true, document } : { ok: false, problems };
}

/** How a statement is called in messages: its Sid in quotes, or its number counted from 1. */
export function statementName(statement: Pick<Statement, 'sid' | 'index'>): string {
  return statement.sid === null ? `statement ${statement.index + 1}` : `statement "${statement.sid}"`;
}

function parseText(text: string): { readonly value: unknown } | { readonly problem: Problem } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: { path: '', message: 'The document is empty; a policy is a JSON object.' } };
  const plain = /^%7B/i.test(trimmed) ? decode(trimmed) : trimmed;
  if (plain === null)
    return { problem: { path: '', message: 'The document looks URL-encoded, but cannot be decoded.' } };
  try {
    const value = JSON.parse(plain) as unknown;
    const twice = repeatedKey(plain);
    if (twice === null) return { value };
    return { problem: { path: twice, message: `The key ${show(twice)} stands twice in one object.` } };
  } catch (error) {
    const expression = plain.startsWith('${') ? ' It is a Terraform expression, not a document.' : '';
    return { problem: { path: '', message: `The document is not JSON: ${(error as Error).message}.${expression}` } };
  }
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const DOCUMENT_FIELDS = new Set(['Version', 'Id', 'Statement']);
const STATEMENT_FIELDS = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

function readDocument(value: unknown, problems: Problem[]): Document | null {
  if (!isFields(value)) {
    problems.push({ path: '', message: 'A policy is a JSON object with Version and Statement.' });
    return null;
  }
  noStrangers(value, DOCUMENT_FIELDS, '', problems);
  const version = value['Version'] ?? '2008-10-17';
  if (version !== '2008-10-17' && version !== '2012-10-17') {
    problems.push({ path: 'Version', message: `Version is "2012-10-17" or "2008-10-17", not ${show(version)}.` });
  }
  const given = value['Statement'];
  if (given === undefined) problems.push({ path: 'Statement', message: 'The document has no Statement.' });
  const list = given === undefined ? [] : Array.isArray(given) ? (given as unknown[]) : [given];
  const statements = list.map((item, index) =>
    readStatement(item, index, Array.isArray(given) ? `Statement[${index}]` : 'Statement', problems),
  );
  checkSids(statements, problems);
  return {
    version: version === '2012-10-17' ? '2012-10-17' : '2008-10-17',
    statements: statements.filter((statement) => statement !== null),
  };
}

function readStatement(value: unknown, index: number, path: string, problems: Problem[]): Statement | null {
  if (!isFields(value)) {
    problems.push({ path, message: `A statement is a JSON object, not ${show(value)}.` });
    return null;
  }
  noStrangers(value, STATEMENT_FIELDS, path, problems);
  const effect = value['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') {
    problems.push({ path: `${path}.Effect`, message: `Effect is "Allow" or "Deny", not ${show(effect)}.` });
  }
  const sid = value['Sid'];
  if (sid !== undefined && typeof sid !== 'string') {
    problems.push({ path: `${path}.Sid`, message: `Sid is a string, not ${show(sid)}.` });
  }
  const actions = readTexts(value, 'Action', path, problems);
  if (actions === null) problems.push({ path, message: 'The statement has neither Action nor NotAction.' });
  for (const action of actions?.value ?? []) checkAction(action, path, problems);
  const resources = readTexts(value, 'Resource', path, problems);
  for (const resource of resources?.value ?? []) checkResource(resource, path, problems);
  if (effect === 'Allow' && value['NotPrincipal'] !== undefined) {
    problems.push({ path, message: 'NotPrincipal stands in a Deny only; AWS refuses it with Allow.' });
  }
  return {
    sid: typeof sid === 'string' && sid !== '' ? sid : null,
    index,
    effect: effect === 'Deny' ? 'Deny' : 'Allow',
    actions: actions ?? { negated: false, value: [] },
    resources,
    principals: readPrincipals(value, path, problems),
    conditions: readConditions(value['Condition'], `${path}.Condition`, problems),
    raw: value,
  };
}

function noStrangers(value: Fields, known: ReadonlySet<string>, path: string, problems: Problem[]): void {
  for (const field of Object.keys(value)) {
    if (known.has(field)) continue;
    const meant = [...known].find((name) => name.toLowerCase() === field.toLowerCase());
    const hint = meant ? ` Did you mean ${meant}?` : ` Known are ${[...known].join(', ')}.`;
    problems.push({ path: path ? `${path}.${field}` : field, message: `There is no element ${field}.${hint}` });
  }
}

/** Reads `name` or `Not<name>`; null when neither is there. */
function readTexts(
  value: Fields,
  name: 'Action' | 'Resource',
  path: string,
  problems: Problem[],
): Element<readonly string[]> | null {
  const chosen = oneOf(value, name, path, problems);
  if (chosen === null) return null;
  const texts = texted(value[chosen]);
  if (texts === null || texts.length === 0) {
    problems.push({ path: `${path}.${chosen}`, message: `${chosen} is a string or a list of strings, and not empty.` });
  }
  return { negated: chosen.startsWith('Not'), value: texts ?? [] };
}

function oneOf(value: Fields, name: string, path: string, problems: Problem[]): string | null {
  const [plain, negated] = [value[name] !== undefined, value[`Not${name}`] !== undefined];
  if (plain && negated) {
    problems.push({ path, message: `The statement has both ${name} and Not${name}; only one of them is allowed.` });
  }
  if (plain) return name;
  return negated ? `Not${name}` : null;
}

/** An action is `*` or `service:name`; the service's name holds no wildcard. An expression may stand anywhere. */
function checkAction(action: string, path: string, problems: Problem[]): void {
  if (action === '*' || action.includes('${') || /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) return;
  problems.push({
    path: `${path}.Action`,
    message: `${show(action)} is not an action; it is written service:Action, such as s3:PutObjectTagging, or *.`,
  });
}

/** A resource is `*` or an ARN, where wildcards and expressions may stand. */
function checkResource(resource: string, path: string, problems: Problem[]): void {
  if (resource === '*' || resource.includes('${') || /^[a*?][r*?]?[n*?]?(?:[:*?]|$)/.test(resource)) return;
  problems.push({
    path: `${path}.Resource`,
    message: `${show(resource)} is not a resource; it is an ARN such as arn:aws:s3:::recordings/*, or *.`,
  });
}

function checkSids(statements: readonly (Statement | null)[], problems: Problem[]): void {
  const seen = new Set<string>();
  for (const statement of statements) {
    const sid = statement?.sid ?? null;
    if (statement === null || sid === null || sid.includes('${')) continue;
    if (seen.has(sid)) {
      const message = `The Sid ${show(sid)} stands twice; each Sid of a policy is used once.`;
      problems.push({ path: `Statement[${statement.index}].Sid`, message });
    }
    seen.add(sid);
  }
}

const PRINCIPAL_TYPES = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

function readPrincipals(value: Fields, path: string, problems: Problem[]): Element<PrincipalElement> | null {
  const chosen = oneOf(value, 'Principal', path, problems);
  if (chosen === null) return null;
  const given = value[chosen];
  const negated = chosen.startsWith('Not');
  if (given === '*') return { negated, value: { everyone: true, byType: new Map() } };
  const byType = new Map<string, readonly string[]>();
  if (!isFields(given)) {
    const message = `${chosen} is "*" or an object such as {"AWS": "arn:aws:iam::111122223333:root"}, not ${show(given)}.`;
    problems.push({ path: `${path}.${chosen}`, message });
    return { negated, value: { everyone: false, byType } };
  }
  for (const [type, names] of Object.entries(given)) {
    const list = texted(names);
    if (!PRINCIPAL_TYPES.has(type)) {
      const message = `There is no principal type ${type}. Known are ${[...PRINCIPAL_TYPES].join(', ')}.`;
      problems.push({ path: `${path}.${chosen}.${type}`, message });
    } else if (list === null) {
      problems.push({ path: `${path}.${chosen}.${type}`, message: 'A principal is a string or a list of strings.' });
    } else byType.set(type, list);
  }
  // {"AWS": "*"} and "*" mean the same ("AWS JSON policy elements: Principal").
  return { negated, value: { everyone: byType.get('AWS')?.includes('*') ?? false, byType } };
}
