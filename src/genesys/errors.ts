/** The one error this room throws: what was tried, why it failed, the correlation id, the permission, what to do. */
import { redact, redactValue } from '../secrets';
import type { Operation } from './operation';

/**
 * What a failure is about. `connection`: no answer came. `foreign`: something answered that was not Genesys Cloud.
 * `sign-in`: the credentials or the login. `hold-api`: the organization has no compliance API. `request`: what was asked for.
 */
export type Trouble = 'connection' | 'foreign' | 'sign-in' | 'hold-api' | 'request';

/** What is known about a failure. */
export interface FailureFacts {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Genesys Cloud's error code, or the code of the connection error: `ECONNREFUSED`. */
  readonly code: string;
  /** Genesys Cloud's own words, or those of the connection error. */
  readonly reason: string;
  /** To be given to Genesys Cloud's support; null when no answer came. */
  readonly correlationId: string | null;
  /** `conversation 0b9f…`: what the request was about, when the path does not say it already. */
  readonly subject?: string;
  readonly missingPermission?: string;
  readonly remedy: string;
  /** @default 'request' */
  readonly trouble?: Trouble;
}

/** A request to Genesys Cloud that finally failed. Its message carries no secret and no token. */
export class GenesysError extends Error {
  override readonly name = 'GenesysError';
  /** What was tried, in words that complete "Could not …": `create the recording job`. */
  readonly operation: string;
  readonly method: string;
  /** Path with its parameters, without host and query. */
  readonly path: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  /** Genesys Cloud's own words. */
  readonly reason: string;
  readonly correlationId: string | null;
  /** The permission that the OAuth client's roles lack, when that is the trouble. */
  readonly missingPermission: string | undefined;
  /** What to do now. */
  readonly remedy: string;
  readonly trouble: Trouble;

  constructor(operation: Pick<Operation, 'words' | 'method'>, path: string, given: FailureFacts) {
    // Whoever answered may have put into it what was sent to them, credentials too.
    const facts = redactValue(given) as FailureFacts;
    super(messageOf(operation, redact(path), facts));
    this.operation = operation.words;
    this.method = operation.method;
    this.path = redact(path);
    this.status = facts.status;
    this.code = facts.code;
    this.reason = facts.reason;
    this.correlationId = facts.correlationId;
    this.missingPermission = facts.missingPermission;
    this.remedy = facts.remedy;
    this.trouble = facts.trouble ?? 'request';
  }
}

/**
 * True when Genesys Cloud itself refused with one of these HTTP statuses. The page of a gateway says nothing about what
 * Genesys Cloud has, whatever its status.
 */
export function hasStatus(error: unknown, ...statuses: readonly number[]): error is GenesysError {
  return error instanceof GenesysError && error.trouble !== 'foreign' && statuses.includes(error.status);
}

function messageOf(operation: Pick<Operation, 'words' | 'method'>, path: string, facts: FailureFacts): string {
  const answer = facts.status === 0 ? facts.code : `HTTP ${facts.status}${facts.code === '' ? '' : ` ${facts.code}`}`;
  return [
    `Could not ${operation.words}${facts.subject === undefined ? '' : ` (${facts.subject})`}.`,
    `${operation.method} ${path}: ${answer}${facts.reason === '' ? '' : `: ${sentence(facts.reason)}`}`,
    ...(facts.missingPermission === undefined ? [] : [`Missing permission: ${facts.missingPermission}.`]),
    ...(facts.correlationId === null ? [] : [`Correlation id: ${facts.correlationId}.`]),
    facts.remedy,
  ].join('\n');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
