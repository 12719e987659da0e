/** A fact that was looked up in an account: known, or not seen and why. Missing rights to look are no error: they are an answer. */
import { AwsError, type Attempt } from '../aws-error';
import { callAws, toldIn } from '../call';

/** Known, and which call told it. */
export interface Seen<T> {
  readonly known: true;
  readonly value: T;
  /** The API call: `iam:GetRole on arn:aws:iam::123456789012:role/exporter`. */
  readonly source: string;
}

/** Not seen. Nothing may be concluded from it. */
export interface NotSeen {
  readonly known: false;
  /** Half a sentence: "iam:GetRolePolicy is denied". */
  readonly why: string;
  /** The right that would have shown it, `iam:GetRolePolicy on arn:…`; absent when something else stands in the way. */
  readonly missingRight?: string;
  readonly source: string;
}

export type LookedUp<T> = Seen<T> | NotSeen;

/** Which call, on what. */
export interface Question {
  /** As IAM writes the right: `iam:GetRole`. */
  readonly action: string;
  /** ARN of what it is about. */
  readonly resource: string;
  /** The API operation where its name differs from the action's: `GetBucketEncryption`. */
  readonly operation?: string;
  /** Another service than AWS, which is asked instead. */
  readonly endpoint?: string;
}

/** Codes of "there is none" that are answers of their own, with what they mean. */
export type Absences<T> = Readonly<Record<string, T>>;

/** The right in words. */
export function rightOf(question: Question): string {
  return `${question.action} on ${question.resource}`;
}

/** Something known that needs no call. */
export function seen<T>(value: T, source: string): Seen<T> {
  return { known: true, value, source };
}

/** Takes a part that the answer always has; an answer without it tells nothing. */
export type Told = <T>(value: T | undefined, what: string) => T;

/** Asks. Throws only the signal's reason; every failure of AWS is an answer, and so is one that is not AWS's. */
export async function lookUp<T>(
  question: Question,
  signal: AbortSignal,
  ask: (told: Told) => Promise<T>,
  absences: Absences<T> = {},
): Promise<LookedUp<T>> {
  const source = rightOf(question);
  const operation = question.operation ?? question.action.replace(/^.*:/, '');
  const { resource: target, endpoint } = question;
  const attempt: Attempt = { operation, target, right: source, ...(endpoint === undefined ? {} : { endpoint }) };
  try {
    const told: Told = (value, what) => toldIn(value, what, attempt);
    return seen(await callAws(attempt, signal, () => ask(told)), source);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AwsError)) throw error;
    if (Object.hasOwn(absences, error.code)) return seen(absences[error.code] as T, source);
    return notSeen(error, source);
  }
}

function notSeen(error: AwsError, source: string): NotSeen {
  if (error.missingRight === undefined) return { known: false, why: error.message, source };
  return { known: false, why: `${error.missingRight} is denied`, missingRight: error.missingRight, source };
}

/** Continues with what is known; what is not seen stays so. */
export function mapSeen<T, U>(fact: LookedUp<T>, change: (value: T) => U): LookedUp<U> {
  return fact.known ? seen(change(fact.value), fact.source) : fact;
}
