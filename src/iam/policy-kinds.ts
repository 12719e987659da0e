/** What each kind of policy must and must not contain, and reading a policy source with that in mind. */
import { type Document, type Statement, parseDocument } from './document';
import { type Problem, isFields } from './problem';
import type { PolicyKind, PolicySource } from './question';

/** A source as read: a document, or why there is none. */
export type ReadPolicy =
  | { readonly seen: true; readonly document: Document }
  /** `problems` is empty when the policy could not be looked at; else it is malformed and AWS would refuse it. */
  | { readonly seen: false; readonly why: string; readonly problems: readonly Problem[] };

const KIND_WORDS: Readonly<Record<PolicyKind, string>> = {
  identity: 'identity policy',
  bucket: 'bucket policy',
  key: 'key policy',
  trust: 'trust policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
};

/** The kind in words: `bucket policy`. */
export function kindInWords(kind: PolicyKind): string {
  return KIND_WORDS[kind];
}

/** Whether policies of this kind name principals. */
export function isResourceKind(kind: PolicyKind): boolean {
  return kind === 'bucket' || kind === 'key' || kind === 'trust';
}

/** What was read of each source: many questions are asked about the same one. */
const READ = new WeakMap<PolicySource, ReadPolicy>();

/** Reads a source's document and checks it against what its kind demands. Never throws. */
export function readPolicy(source: PolicySource): ReadPolicy {
  const known = READ.get(source) ?? read(source);
  READ.set(source, known);
  return known;
}

function read(source: PolicySource): ReadPolicy {
  const { document } = source;
  if (isFields(document) && typeof document['unseen'] === 'string') {
    return { seen: false, why: document['unseen'], problems: [] };
  }
  const parsed = parseDocument(document as string | object);
  const problems = parsed.ok
    ? parsed.document.statements.flatMap((statement) => kindProblems(statement, source.kind))
    : parsed.problems;
  if (parsed.ok && problems.length === 0) return { seen: true, document: parsed.document };
  const first = problems[0]!;
  const where = first.path ? `${first.path}: ` : '';
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return { seen: false, why: `it is malformed: ${where}${first.message}${more}`, problems };
}

function kindProblems(statement: Statement, kind: PolicyKind): readonly Problem[] {
  const path = `Statement[${statement.index}]`;
  const words = kindInWords(kind);
  const problems: Problem[] = [];
  if (isResourceKind(kind) && statement.principals === null) {
    problems.push({ path, message: `A statement of a ${words} names a Principal.` });
  }
  if (!isResourceKind(kind) && statement.principals !== null) {
    problems.push({
      path,
      message: `A statement of a ${words} has no Principal: it applies to whom it is attached to.`,
    });
  }
  for (const name of statement.principals?.value.byType.get('AWS') ?? []) {
    if (name === '*' || name.includes('${') || !/[*?]/.test(name)) continue;
    problems.push({ path, message: `The principal ${name} holds a wildcard; only * by itself is one.` });
  }
  if (!isResourceKind(kind) && statement.sid !== null && !/^[A-Za-z0-9]*$/.test(withoutExpressions(statement.sid))) {
    problems.push({
      path: `${path}.Sid`,
      message: `A Sid of a ${words} has letters and digits only, not ${statement.sid}.`,
    });
  }
  if (kind !== 'trust' && statement.resources === null) {
    problems.push({ path, message: `A statement of a ${words} names a Resource or a NotResource.` });
  }
  if (kind === 'trust' && statement.resources !== null) {
    problems.push({ path, message: 'A statement of a trust policy has no Resource: it speaks of its own role.' });
  }
  return problems;
}

const withoutExpressions = (text: string): string => text.replace(/\$\{[^{}]*\}/g, '');
