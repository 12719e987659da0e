/**
 * The door: what an answer of AWS must look like before anybody believes it. The SDK reads XML leniently: a page of a proxy
 * answered with 200 reads as "no versions, no tags", and a listing that was cut off as a shorter one. So each answer is
 * looked at while it is still text. What is not the operation's own document, whole and with what it is about, is an
 * {@link OddAnswer}; all requests of this room may be repeated, so the SDK repeats it like any passing failure.
 *
 * Documents: Amazon S3, S3 Control, IAM and STS API References, "Response Syntax" of each operation.
 */
import { redact } from '../secrets';

/** An answer that the service does not give: of a proxy, a firewall, another server, or cut off. */
export class OddAnswer extends Error {
  override readonly name = 'OddAnswer';
  /** Makes the SDK repeat the request; absent for a refusal, which stays one. */
  readonly $retryable?: { readonly throttling: false };

  constructor(
    /** Who should have answered: `s3.eu-central-1.amazonaws.com`. */
    readonly address: string,
    readonly status: number,
    /** What is wrong with it: "its body is a web page". */
    readonly flaw: string,
    contentType: string | undefined,
    text: string,
  ) {
    super(
      `${address} answered HTTP ${status}, content type ${contentType ?? 'not given'}, but ${flaw}${beginningOf(text)}`,
    );
    if (status < 400 || status >= 500) this.$retryable = { throttling: false };
  }
}

/** What the body of an operation's answer is. */
type Body =
  /** A document of this root that holds these elements. */
  | { readonly root: string; readonly holds: readonly (readonly [name: string, tag: RegExp])[] }
  /** Nothing; some servers send an empty document. */
  | 'empty'
  /** A JSON object. */
  | 'json'
  /** Bytes of an object, which are read as they come. */
  | 'bytes';

const xml = (root: string, ...holds: readonly string[]): Body => ({
  root,
  holds: holds.map((name) => [name, new RegExp(`<${name}[\\s/>]`)]),
});

/** By operation. Lists must be there, even empty: a listing without its list tells nothing. */
const ANSWERS: Readonly<Record<string, Body>> = {
  // S3
  ListObjectVersions: xml('ListVersionsResult', 'Name', 'IsTruncated'),
  ListObjectsV2: xml('ListBucketResult', 'Name', 'IsTruncated'),
  GetObjectTagging: xml('Tagging', 'TagSet'),
  GetObjectLegalHold: xml('LegalHold', 'Status'),
  GetObjectLockConfiguration: xml('ObjectLockConfiguration', 'ObjectLockEnabled'),
  GetBucketVersioning: xml('VersioningConfiguration'),
  GetBucketEncryption: xml('ServerSideEncryptionConfiguration', 'Rule'),
  GetBucketLifecycleConfiguration: xml('LifecycleConfiguration', 'Rule'),
  GetBucketPolicy: 'json',
  PutObjectTagging: 'empty',
  PutObjectLegalHold: 'empty',
  GetObject: 'bytes',
  PutObject: 'empty',
  UploadPart: 'empty',
  AbortMultipartUpload: 'empty',
  CreateMultipartUpload: xml('InitiateMultipartUploadResult', 'UploadId'),
  CompleteMultipartUpload: xml('CompleteMultipartUploadResult', 'ETag'),
  // S3 Control
  CreateJob: xml('CreateJobResult', 'JobId'),
  DescribeJob: xml('DescribeJobResult', 'Job', 'Status'),
  ListJobs: xml('ListJobsResult', 'Jobs'),
  UpdateJobStatus: xml('UpdateJobStatusResult'),
  // IAM and STS
  GetRole: xml('GetRoleResponse', 'Role', 'Arn'),
  ListAttachedRolePolicies: xml('ListAttachedRolePoliciesResponse', 'AttachedPolicies'),
  ListRolePolicies: xml('ListRolePoliciesResponse', 'PolicyNames'),
  GetRolePolicy: xml('GetRolePolicyResponse', 'PolicyDocument'),
  GetPolicy: xml('GetPolicyResponse', 'DefaultVersionId'),
  GetPolicyVersion: xml('GetPolicyVersionResponse', 'Document'),
  SimulatePrincipalPolicy: xml('SimulatePrincipalPolicyResponse', 'EvaluationResults'),
  GetCallerIdentity: xml('GetCallerIdentityResponse', 'Arn', 'Account'),
  // CloudTrail
  LookupEvents: 'json',
  // KMS
  DescribeKey: 'json',
  GetKeyPolicy: 'json',
  GetPublicKey: 'json',
  Sign: 'json',
};

/** An answer as it came, its body read. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly text: string;
}

/** Whether the body of this operation's good answer is streamed to the caller, and must not be read before. */
export function isStreamed(operation: string): boolean {
  return ANSWERS[operation] === 'bytes';
}

/**
 * What is wrong with an answer, half a sentence; undefined when nothing is. Of operations that are not in the table only is
 * asked that the document is whole.
 */
export function flawOf(operation: string, { status, text }: RawAnswer): string | undefined {
  const body = ANSWERS[operation];
  const trimmed = text.trim();
  if (isWebPage(trimmed)) return 'its body is a web page';
  if (status >= 400) return isErrorDocument(trimmed) ? undefined : 'its body is not an error of AWS';
  if (body === 'bytes') return undefined;
  if (body === 'json') return isJsonObject(trimmed) ? undefined : 'its body is not a whole JSON document';
  if (trimmed === '') return body === 'empty' || body === undefined ? undefined : 'its body is empty';
  const root = wholeRoot(trimmed);
  if (root === undefined) return 'its body is not a whole XML document';
  if (body === undefined || body === 'empty' || root === 'Error') return undefined;
  if (root !== body.root) return `its body is <${root}> and not <${body.root}>`;
  const missing = body.holds.find(([, tag]) => !tag.test(trimmed));
  return missing === undefined ? undefined : `its <${root}> has no <${missing[0]}>`;
}

/** S3 can answer 200 and tell of an error in the body. */
export function isErrorInDisguise({ status, text }: RawAnswer): boolean {
  return status < 300 && wholeRoot(text.trim()) === 'Error';
}

function isWebPage(text: string): boolean {
  return /^(<!--[^]{0,2000}?-->\s*)?<(!doctype html|html|head|body)\b/i.test(text.slice(0, 3000));
}

/** XML of S3 and the query services, JSON of KMS. */
function isErrorDocument(text: string): boolean {
  return wholeRoot(text) !== undefined || isJsonObject(text);
}

function isJsonObject(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Name of the root element when its end is there too. */
function wholeRoot(text: string): string | undefined {
  const start = /^(?:\ufeff)?(?:<\?xml[^>]{0,200}\?>)?\s*<([A-Za-z][\w.-]{0,80})([^>]{0,2000})>/.exec(text);
  const root = start?.[1];
  if (start === null || root === undefined) return undefined;
  if (start[2]?.endsWith('/') === true) return start[0].length === text.length ? root : undefined;
  return text.endsWith(`</${root}>`) ? root : undefined;
}

const SHOWN = 80;

/** The first words, for people: no markup, and nothing that is long enough to be a key or a token. */
function beginningOf(text: string): string {
  const words = redact(
    redact(text.slice(0, 4000))
      .replace(/<(script|style)\b[^]*?(<\/\1>|$)/gi, ' ')
      .replace(/<[^<>]*>/g, ' ')
      .replace(/[\w+/=.-]{20,}/g, '…')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return words === '' ? '' : `: "${words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words}"`;
}
