/** One call to AWS, with what it cost and what went wrong in our own words. */
import { AwsError, describeAwsFailure, type Attempt } from './aws-error';

/** What an SDK command answers with, as far as every command does. */
interface WithMetadata {
  readonly $metadata: {
    readonly requestId?: string | undefined;
    readonly attempts?: number | undefined;
    /** Of the answer's `Date`; kept by `middleware.ts`. */
    readonly date?: number;
  };
}

/** What a call cost. */
export interface Receipt {
  /** AWS's request id, which CloudTrail records too; undefined when the server sends none. */
  readonly requestId: string | undefined;
  /** Attempts the SDK made: more than one means that the service throttled or stumbled. */
  readonly attempts: number;
  /** When it answered, by the service's clock, in milliseconds since 1970; undefined when it does not say. */
  readonly at?: number;
}

/** Reads the receipt of an SDK answer. */
export function receiptOf(answer: WithMetadata): Receipt {
  const { requestId, attempts, date } = answer.$metadata;
  return { requestId, attempts: attempts ?? 1, ...(date === undefined ? {} : { at: date }) };
}

/**
 * Runs a call. Throws the signal's reason when it was aborted, and an {@link AwsError} for everything else, so that callers
 * can go by `code` and `status`.
 */
export async function callAws<T>(attempt: Attempt, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  try {
    return await call();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AwsError) throw error;
    throw new AwsError(describeAwsFailure(error, attempt), error);
  }
}

/** A part of an answer that the operation always has. Throws {@link AwsError} when it is not there. */
export function toldIn<T>(value: T | undefined, what: string, attempt: Attempt, requestId?: string): T {
  if (value !== undefined) return value;
  throw incomplete(attempt, `the answer has no ${what}`, requestId);
}

/** The error for an answer that is the service's, but cannot be what was asked for. Nothing is concluded from it. */
export function incomplete(attempt: Attempt, flaw: string, requestId?: string): AwsError {
  const id = requestId === undefined ? '' : ` Request id ${requestId}.`;
  const remedy =
    attempt.endpoint === undefined ? 'Repeat' : `Check that ${attempt.endpoint} is a complete S3, and repeat`;
  const message = `${attempt.operation} on ${attempt.target} failed: ${flaw}. Nothing is concluded from it.${id} ${remedy}.`;
  const { operation, target } = attempt;
  return new AwsError(
    { operation, target, message, code: 'NotAnAnswer', status: 200, requestId, missingRight: undefined },
    undefined,
  );
}

const THROTTLED = new Set([
  'SlowDown',
  'ServiceUnavailable',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
]);

/** True for a refusal that only says: slower. */
export function isThrottled(error: AwsError): boolean {
  return THROTTLED.has(error.code) || error.status === 503 || error.status === 429;
}

const HOPELESS = new Set([
  'NoSuchBucket',
  'CredentialsProviderError',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidToken',
  'RequestTimeTooSkewed',
  'AccountProblem',
  'NotSignedUp',
  'ProxyRefused',
]);

/** True for a failure that every other request would meet too: continuing would only repeat it. */
export function isHopeless(error: AwsError): boolean {
  return HOPELESS.has(error.code);
}
