/**
 * Turns what the AWS SDK throws into an error that says what was tried, why it failed, whose answer it was, the request id,
 * the missing right if there is one, and what to do now. No credentials are ever part of a message.
 */
import { UnusableProxy } from '../network';
import { redact } from '../secrets';
import { OddAnswer } from './answers';
import { NoCredentials } from './credentials';
import { NoAnswer, ProxyRefusal } from './no-answer';
import { remedyFor } from './remedies';

/** A call to AWS that finally failed. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The API call, as IAM writes it in most cases: `ListObjectsV2`. */
  readonly operation: string;
  /** What it was about, as a user would write it: `s3://bucket/prefix`. */
  readonly target: string;
  /** AWS's error code, or the name of the SDK's or Node's error. */
  readonly code: string;
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** For the support of whoever runs the service; undefined when no answer came. */
  readonly requestId: string | undefined;
  /** The IAM action and resource that would have allowed it, when that is the trouble. */
  readonly missingRight: string | undefined;

  constructor(failure: AwsFailure, cause: unknown) {
    super(failure.message, { cause });
    this.operation = failure.operation;
    this.target = failure.target;
    this.code = failure.code;
    this.status = failure.status;
    this.requestId = failure.requestId;
    this.missingRight = failure.missingRight;
  }
}

/** The plain data of an {@link AwsError}. */
export interface AwsFailure {
  readonly message: string;
  readonly operation: string;
  readonly target: string;
  readonly code: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly missingRight: string | undefined;
}

/** What was tried, in the words of the message. */
export interface Attempt {
  /** `ListObjectsV2` */
  readonly operation: string;
  /** `s3://bucket/prefix` */
  readonly target: string;
  /** The right this call needs: `s3:ListBucket on arn:aws:s3:::bucket`. */
  readonly right: string;
  readonly region?: string;
  readonly endpoint?: string;
}

interface SdkError {
  readonly name?: unknown;
  readonly Code?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** Reads an SDK error. Pure, so that every message can be tested without AWS. */
export function describeAwsFailure(error: unknown, attempt: Attempt): AwsFailure {
  const { operation, target } = attempt;
  const failure = (why: string, rest: Omit<AwsFailure, 'message' | 'operation' | 'target'>): AwsFailure => ({
    message: `${operation} on ${target} failed: ${why}`,
    operation,
    target,
    ...rest,
  });
  const told = (code: string, status: number | undefined, requestId: string | undefined) => ({
    code,
    status,
    requestId,
    missingRight: undefined,
  });
  if (error instanceof OddAnswer) {
    const remedy = remedyFor({ trouble: 'odd-answer', status: error.status }, attempt);
    return failure(`${redact(error.message)}. ${remedy}`, told('NotAnAnswer', error.status, undefined));
  }
  if (error instanceof ProxyRefusal) {
    const remedy = remedyFor({ trouble: 'proxy', status: error.status }, attempt);
    return failure(`${redact(error.message)}. ${remedy}`, told('ProxyRefused', error.status, undefined));
  }
  if (error instanceof UnusableProxy) {
    return failure(`it was not sent: ${error.message}`, told('UnusableProxy', undefined, undefined));
  }
  if (error instanceof NoCredentials) return withoutCredentials(error, attempt, failure);

  const { code, why, status, requestId } = readSdkError(error);
  const said = `${code}${why === code ? '' : `: ${why}`}`;
  if (error instanceof NoAnswer) {
    const proxy = error.isProxy ? error.address : undefined;
    const remedy = remedyFor({ trouble: 'no-answer', why, proxy }, attempt);
    const whom = proxy === undefined ? error.address : `the proxy ${proxy}`;
    return failure(`no answer from ${whom}: ${said}. ${remedy}`, told(code, undefined, undefined));
  }
  const denied =
    code === 'AccessDenied' || code === 'AccessDeniedException' || (status === 403 && code === 'Forbidden');
  const remedy = remedyFor({ trouble: 'refusal', code, status, denied, why }, attempt);
  return failure(
    `${said}${status === undefined ? '' : ` (HTTP ${status})`}.` +
      `${requestId === undefined ? '' : ` Request id ${requestId}.`} ${remedy}`,
    { code, status, requestId, missingRight: denied ? attempt.right : undefined },
  );
}

/** Nothing was asked of the service itself: what failed is named, and no right of the service. */
function withoutCredentials(
  error: NoCredentials,
  attempt: Attempt,
  failure: (why: string, rest: Omit<AwsFailure, 'message' | 'operation' | 'target'>) => AwsFailure,
): AwsFailure {
  const { code, why, status, requestId } = readSdkError(error.cause);
  const said = code === 'CredentialsProviderError' || code === 'Unknown' ? why : `${code}: ${why}`;
  const answered = status === undefined ? '' : ` (HTTP ${status})`;
  const id = requestId === undefined ? '' : ` Request id ${requestId}.`;
  const remedy = remedyFor({ trouble: 'credentials', status, why }, attempt);
  return failure(`it was not sent, because there are no AWS credentials: ${said}${answered}.${id} ${remedy}`, {
    code: 'CredentialsProviderError',
    status: undefined,
    requestId,
    missingRight: undefined,
  });
}

/** Whoever answered may have put into it what was sent to them. */
function readSdkError(error: unknown) {
  const sdk = (typeof error === 'object' && error !== null ? error : {}) as SdkError;
  const requestId = sdk.$metadata?.requestId;
  return {
    code: redact(firstText(sdk.Code, sdk.name === 'Error' ? sdk.code : sdk.name, sdk.code) ?? 'Unknown'),
    why: redact(firstText(sdk.message) ?? String(error))
      .trim()
      .replace(/[.:]$/, ''),
    status: sdk.$metadata?.httpStatusCode,
    requestId: requestId === undefined ? undefined : redact(requestId),
  };
}

function firstText(...candidates: readonly unknown[]): string | undefined {
  return candidates.find((candidate): candidate is string => typeof candidate === 'string' && candidate !== '');
}
