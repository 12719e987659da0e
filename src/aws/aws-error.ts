/**
 * Turns what the AWS SDK throws into an error that says what was tried, why it failed, the request id, the missing
 * right if there is one, and what to do now. No credentials are ever part of a message.
 */
import { redact } from '../secrets';

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
  /** To be given to AWS support; undefined when no answer came. */
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

const CREDENTIALS =
  'Give the process AWS credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile in AWS_PROFILE, or a role.';

/** Reads an SDK error. Pure, so that every message can be tested without AWS. */
export function describeAwsFailure(error: unknown, attempt: Attempt): AwsFailure {
  const sdk = (typeof error === 'object' && error !== null ? error : {}) as SdkError;
  const status = sdk.$metadata?.httpStatusCode;
  const requestId = redacted(sdk.$metadata?.requestId);
  const code = redacted(firstText(sdk.Code, sdk.name === 'Error' ? sdk.code : sdk.name, sdk.code)) ?? 'Unknown';
  const denied =
    code === 'AccessDenied' || code === 'AccessDeniedException' || (status === 403 && code === 'Forbidden');
  const why = redact(firstText(sdk.message) ?? String(error));
  const message =
    `${attempt.operation} on ${attempt.target} failed: ${code}${why === code ? '' : `: ${why}`}` +
    `${status === undefined ? '' : ` (HTTP ${status})`}.` +
    `${requestId === undefined ? '' : ` Request id ${requestId}.`} ${remedy({ code, status, denied, why }, attempt)}`;
  return {
    message,
    operation: attempt.operation,
    target: attempt.target,
    code,
    status,
    requestId,
    missingRight: denied ? attempt.right : undefined,
  };
}

interface Cause {
  readonly code: string;
  readonly status: number | undefined;
  readonly denied: boolean;
  readonly why: string;
}

function remedy({ code, status, denied, why }: Cause, attempt: Attempt): string {
  if (denied) {
    return (
      `Missing right: ${attempt.right}. Allow it for the identity that runs this process, and check that the bucket ` +
      'policy denies it neither to this identity nor to this network.'
    );
  }
  switch (code) {
    case 'NoSuchBucket':
      return 'Check the bucket name, and the endpoint if one is set.';
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
    case 'IllegalLocationConstraintException':
      return `The bucket is in another region than ${attempt.region ?? 'the one in use'}: set the region of the destination.`;
    case 'CredentialsProviderError':
      return CREDENTIALS;
    case 'InvalidAccessKeyId':
    case 'SignatureDoesNotMatch':
      return `The AWS credentials are wrong. ${CREDENTIALS}`;
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return 'The AWS session has expired: sign in again and repeat.';
    case 'RequestTimeTooSkewed':
      return 'The clock of this machine is wrong: set it and repeat.';
    case 'SlowDown':
    case 'ServiceUnavailable':
    case 'ThrottlingException':
      return 'S3 asked to slow down and kept asking through all retries: repeat later.';
    case 'InvalidBucketName':
      return 'A bucket name has 3 to 63 lower-case letters, digits, dots and hyphens.';
    default:
      break;
  }
  if (/region is missing/i.test(why)) return 'Set the region of the destination, or AWS_REGION.';
  if (status === undefined) {
    return attempt.endpoint === undefined
      ? 'Check the network, AWS_REGION and the proxy settings.'
      : `Check that ${attempt.endpoint} is reachable from here.`;
  }
  return 'Repeat; if it stays, give the request id to AWS support.';
}

/** Whoever answered may have put into it what was sent to them. */
function redacted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redact(text);
}

function firstText(...candidates: readonly unknown[]): string | undefined {
  return candidates.find((candidate): candidate is string => typeof candidate === 'string' && candidate !== '');
}
