/** What each kind of policy must and must not contain, and reading a policy source with that in mind. */
import { levelOf } from './actions';
import { levelsOfArn } from './arn-levels';
import { type Document, type PrincipalElement, type Statement, parseDocument } from './document';
import { type Problem, isFields, show } from './problem';
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

/**
 * What AWS refuses in a policy of this kind. Facts: IAM user guide, "Grammar of the IAM JSON policy language", "Principal";
 * S3 user guide, "Troubleshoot bucket policy errors"; IAM API, MalformedPolicyDocument.
 */
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
  if (statement.principals !== null) problems.push(...principalProblems(statement.principals.value, path));
  if (kind !== 'bucket' && kind !== 'key' && !/^[A-Za-z0-9]*$/.test(withoutExpressions(statement.sid ?? ''))) {
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
  return [...problems, ...actionProblems(statement, kind, path)];
}

function principalProblems({ everyone, byType }: PrincipalElement, path: string): readonly Problem[] {
  const problems: Problem[] = [];
  if (!everyone && [...byType.values()].every((names) => names.length === 0)) {
    problems.push({ path: `${path}.Principal`, message: 'The Principal names nobody.' });
  }
  for (const name of byType.get('AWS') ?? []) {
    if (name === '*' || name.includes('${') || PRINCIPAL.test(name)) continue;
    const message = /[*?]/.test(name)
      ? `The principal ${name} holds a wildcard; only * by itself is one.`
      : `${show(name)} is not a principal; it is an account, or the ARN of a role, a user, a session or an account's root.`;
    problems.push({ path: `${path}.Principal`, message });
  }
  return problems;
}

/** An account, an ARN, the unique id that IAM writes for a role or user that was deleted, or an origin access identity of CloudFront. */
const PRINCIPAL =
  /^(?:\d{12}|A[A-Z0-9]{15,}|arn:aws[a-z-]*:(?:iam::\d+:(?:root|(?:role|user)\/[^*?]+)|iam::cloudfront:user\/[^*?]+|sts::\d+:(?:assumed-role|federated-user|self)(?:\/[^*?]+)?))$/;

/** S3 takes actions of its own only, each with a resource that it is about; a trust policy is about taking on the role. */
function actionProblems({ actions, resources }: Statement, kind: PolicyKind, path: string): readonly Problem[] {
  const service = kind === 'bucket' ? 's3' : kind === 'trust' ? 'sts' : null;
  if (service === null) return [];
  const plain = actions.value.filter((action) => action !== '*' && !action.includes('${'));
  const strangers = plain.filter((action) => action.split(':')[0]!.toLowerCase() !== service);
  if (strangers.length > 0) {
    const message = `A ${kindInWords(kind)} has actions of ${service} only, not ${strangers.join(', ')}.`;
    return [{ path: `${path}.Action`, message }];
  }
  if (kind === 'trust' || actions.negated || resources === null || resources.negated) return [];
  const levels = resources.value.map(levelsOfArn);
  const misplaced = plain.filter((action) => {
    const level = levelOf(action);
    return (level === 'bucket' || level === 'object') && !levels.some((possible) => possible.has(level));
  });
  if (misplaced.length === 0) return [];
  const message = `${misplaced.join(', ')} applies to none of the resources: ${resources.value.join(', ')}.`;
  return [{ path: `${path}.Action`, message }];
}

const withoutExpressions = (text: string): string => text.replace(/\$\{[^{}]*\}/g, '');
