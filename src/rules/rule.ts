/** What a rule is, and what it answers. */
import type { Facts, Moment, Origin } from '../facts';

export type Severity = 'error' | 'warn';

/**
 * `pass` looked and found nothing · `fail` the rule is broken · `warn` something is off that does not break it ·
 * `unknown` too little is seen to tell. Unknown is never a pass.
 */
export type Status = 'pass' | 'fail' | 'warn' | 'unknown';

/** What an answer rests on: a statement of a policy, or an attribute. */
export interface Evidence {
  readonly origin: Origin;
  /** What it is: `statement "Tag" of the identity policy aws_iam_role_policy.tagging`, `include_metadata`. */
  readonly what: string;
  /** What it says, as written: the statement's JSON, the attribute's value. */
  readonly text?: string;
}

/** A rule's answer about one subject. */
export interface Answered {
  readonly status: Status;
  /** The resource the answer is about; where to look first. */
  readonly subject: Origin;
  /**
   * Tells apart several answers about one subject: the bucket, the attribute. Built from names, never from positions, so
   * that a finding keeps its id from code to plan to account.
   */
  readonly detail?: string;
  /** How much this answer weighs, where that is less than the rule does: what another check is there to tell. */
  readonly severity?: 'warn';
  /** What is the case, one or two sentences. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** What to do, to be followed literally; empty for a pass. */
  readonly remedy: string;
}

/** One rule. Pure: the same facts give the same answers. */
export interface Rule<Id extends string = string> {
  readonly id: Id;
  readonly severity: Severity;
  /** When enough can be seen to decide it. */
  readonly moments: readonly Moment[];
  /** What it looks at, half a sentence. */
  readonly looksAt: string;
  /** Why it matters: what goes wrong when it is broken. */
  readonly cause: string;
  /** What to do in general; answers carry the exact remedy. */
  readonly remedy: string;
  check(facts: Facts): readonly Answered[];
}
