/** One policy document asked by itself, for those who write policies in HCL and want to know before anybody relies on them. */
import {
  type Caller,
  type Decision,
  type PolicyKind,
  type PolicySource,
  type Question,
  actionsKnownUntil,
  evaluate,
  explain,
  levelOf,
  parseDocument,
  readPolicy,
  unknownAction,
} from '../iam';

/** What is asked. */
export interface DocumentQuestion {
  /** JSON text of the document. A policy with principals is taken for that of a bucket, a key or a role, by the action. */
  readonly document: string;
  /** One action: `s3:PutObjectTagging`. */
  readonly action: string;
  /** ARN; with `*` or `?` every resource that the pattern describes. */
  readonly resource: string;
  /**
   * Who asks, for a policy with principals: ARN of a role, user or session, an account, or a service.
   * @default somebody; then only statements for everyone can decide
   */
  readonly principal?: string;
}

/** The answer, or which of the inputs nobody could work with, and why. */
export type DocumentAnswer =
  | { readonly ok: true; readonly decision: Decision; /** One sentence. */ readonly reason: string }
  | { readonly ok: false; readonly fault: keyof DocumentQuestion; readonly message: string };

/** The policy that is asked, as sentences call it: `the identity policy given`. */
const NAME = 'given';

/** The account of a caller who is not named; no account of AWS has this number. */
const NOBODY = '000000000000';

/**
 * What the document comes to by itself. Where AWS asks two policies, the other one is taken to agree: the key policy or the
 * trust policy where an identity policy is asked, and the policies of the account that a policy with principals names.
 */
export function askDocument({ document, action, resource, principal }: DocumentQuestion): DocumentAnswer {
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action)) {
    const message = `${JSON.stringify(action)} is not one action. Write service:Action, such as s3:PutObjectTagging, without wildcards.`;
    return { ok: false, fault: 'action', message };
  }
  if (resource !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(resource)) {
    const message = `${JSON.stringify(resource)} is not an ARN. Write one such as arn:aws:s3:::recordings/*, or * for everything.`;
    return { ok: false, fault: 'resource', message };
  }
  const caller = principal === undefined ? undefined : callerOf(principal);
  if (caller === null) {
    const message = `${JSON.stringify(principal)} is not a principal that can be asked about. Write the ARN of a role, a user or a session, an account of 12 digits, or a service such as s3.amazonaws.com.`;
    return { ok: false, fault: 'principal', message };
  }
  const given: PolicySource = { name: NAME, kind: kindOf(document, action), document };
  const read = readPolicy(given);
  if (!read.seen) return { ok: false, fault: 'document', message: `The policy cannot be used, because ${read.why}.` };
  return answer(given, { document, action, resource }, caller);
}

function answer(
  given: PolicySource,
  { action, resource }: DocumentQuestion,
  principal: Caller | undefined,
): DocumentAnswer {
  const unknown = unknownAction(action);
  if (unknown !== null) {
    const meant = unknown.nearest === null ? '' : ` ${unknown.nearest} was probably meant.`;
    const reason = `${action} is not an action of AWS, as far as they are known up to ${actionsKnownUntil()}.${meant}`;
    return { ok: true, decision: 'Unknown', reason };
  }
  const misplaced = misplacedLevel(action, resource);
  if (misplaced !== null) return { ok: true, decision: 'ImplicitlyDenied', reason: misplaced };
  const caller = given.kind === 'identity' ? someone() : principal;
  const question: Question = {
    action,
    resource: /[*?]/.test(resource) ? { every: resource } : { exactly: resource },
    ...(caller === undefined ? {} : { caller }),
    // The AWS SDKs and Genesys Cloud use TLS only, and nearly every bucket policy asks about it.
    context: { values: { 'aws:SecureTransport': 'true', ...valuesOf(principal) }, others: 'unknown' },
    // The other policy agrees to everything, so that across accounts, where both are needed, this one decides.
    accounts: given.kind === 'identity' ? 'same' : 'cross',
  };
  const found = evaluate([given, ...taken(given.kind, action)], question);
  const reason = explain(
    {
      ...found,
      grounds: found.grounds.filter(({ policy }) => policy === given),
      lacking: found.lacking.filter((kind) => kind === given.kind),
    },
    question,
  );
  return { ok: true, decision: found.decision, reason: reason + delegation(given, question, found.decision) };
}

/** What is to be added where a policy names the account only, which leaves the decision to the policies of that account. */
function delegation(given: PolicySource, question: Question, decision: Decision): string {
  if (decision !== 'Allowed' || given.kind === 'identity' || question.caller?.kind === 'account') return '';
  const byItself = evaluate([given], { ...question, accounts: 'same' }).decision;
  return byItself === 'Allowed' ? '' : ' It names the account: the policies of the principal have to allow it, too.';
}

/** What a principal that was given says about the request's keys. The path of a session's role is not in its ARN. */
function valuesOf(principal: Caller | undefined): Readonly<Record<string, string>> {
  if (principal?.kind === 'account') return { 'aws:PrincipalAccount': principal.account };
  if (principal?.kind !== 'role' && principal?.kind !== 'user') return {};
  return {
    'aws:PrincipalType': principal.kind === 'user' ? 'User' : 'AssumedRole',
    ...(principal.session === undefined ? { 'aws:PrincipalArn': principal.arn } : {}),
    ...(principal.account === null ? {} : { 'aws:PrincipalAccount': principal.account }),
  };
}

/** Why no request asks for this action on such an ARN of S3; null when one may. */
function misplacedLevel(action: string, resource: string): string | null {
  const level = levelOf(action);
  const [, bucket = '', key] = /^arn:[^:]+:s3:::([^/]+)(\/.*)?$/.exec(resource) ?? [];
  if (bucket === '' || (level !== 'bucket' && level !== 'object')) return null;
  if (level === 'object' && key === undefined && !/[*?]/.test(bucket)) {
    return `Not allowed: no request asks for ${action} on a bucket. It is about objects, such as ${resource}/*.`;
  }
  if (level === 'bucket' && key !== undefined && !/[*?]/.test(bucket)) {
    return `Not allowed: no request asks for ${action} on an object. It is about the bucket, ${resource.slice(0, -key.length)}.`;
  }
  return null;
}

/** The kind of a document: without principals an identity policy, else what the service of the action has. */
function kindOf(document: string, action: string): PolicyKind {
  const parsed = parseDocument(document);
  if (!parsed.ok || parsed.document.statements.every(({ principals }) => principals === null)) return 'identity';
  const service = action.split(':')[0]!.toLowerCase();
  if (service === 'kms') return 'key';
  return service === 'sts' ? 'trust' : 'bucket';
}

/** The other policies that AWS asks, which are taken to agree. */
function taken(kind: PolicyKind, action: string): readonly PolicySource[] {
  const all = { Effect: 'Allow', Action: '*' };
  if (kind !== 'identity') return [source('identity', { ...all, Resource: '*' })];
  const Principal = { AWS: NOBODY };
  if (/^kms:/i.test(action)) return [source('key', { ...all, Principal, Resource: '*' })];
  return /^sts:/i.test(action) ? [source('trust', { ...all, Principal })] : [];
}

function source(kind: PolicyKind, statement: object): PolicySource {
  return { name: 'taken to agree', kind, document: { Version: '2012-10-17', Statement: statement } };
}

function someone(): Caller {
  return { kind: 'role', arn: `arn:aws:iam::${NOBODY}:role/somebody`, account: NOBODY };
}

/** Null for a text that names nobody. */
function callerOf(principal: string): Caller | null {
  if (/^\d{12}$/.test(principal)) return { kind: 'account', account: principal };
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(principal)) return { kind: 'service', name: principal };
  const [, partition, service, account = '', rest = ''] =
    /^arn:([^:]+):(iam|sts)::(\d{12}):(.+)$/.exec(principal) ?? [];
  if (service === 'iam' && rest === 'root') return { kind: 'account', account };
  if (service === 'iam' && /^(role|user)\/./.test(rest)) {
    return { kind: rest.startsWith('role/') ? 'role' : 'user', arn: principal, account };
  }
  const role = /^assumed-role\/([^/]+)\/./.exec(rest)?.[1];
  if (service !== 'sts' || role === undefined) return null;
  return { kind: 'role', arn: `arn:${partition}:iam::${account}:role/${role}`, account, session: principal };
}
