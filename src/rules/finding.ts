/** Findings: answers of rules, with severity, identity, and what people decided about them. */
import type { RuleId } from './registry';
import type { Answered, Severity } from './rule';

/** An answer, ready to be reported. */
export interface Finding extends Omit<Answered, 'severity'> {
  /** Stable across synth, plan and live: `iam/put-object-tagging aws_iam_role.exporter aws_s3_bucket.recordings`. */
  readonly id: string;
  readonly rule: RuleId;
  /** The severity that holds here; a changed one says why in `changed`. */
  readonly severity: Severity;
  readonly changed?: { readonly from: Severity; readonly reason: string };
  /** Set when the finding is ignored. It is still reported, but does not count. */
  readonly ignored?: { readonly reason: string; readonly until: string };
}

/** Whether it is unknown by nature before the apply. Whoever set the rule's severity wants it to count. */
export function isBeyondPlans({ status, beyondPlans, changed, ignored }: Finding): boolean {
  return status === 'unknown' && beyondPlans === true && changed === undefined && ignored === undefined;
}

/** How a rule is set: its severity, or off, and why. The reason is printed. */
export interface RuleSetting {
  readonly severity: Severity | 'off';
  readonly reason: string;
}

/** Settings of single rules; the others have their own severity. */
export type RuleSettings = { readonly [id in RuleId]?: RuleSetting };

/** A decision to live with one finding for a while. */
export interface Ignore {
  readonly rule: RuleId;
  /** Address of the finding's subject. */
  readonly address: string;
  /** Attribute of the subject. */
  readonly attribute?: string;
  /**
   * What tells the finding from others of its rule about the subject, as its id ends: the action, the bucket, the loss. Without,
   * the ignore holds only where there is one finding that it can mean.
   */
  readonly detail?: string;
  /** Set for what is only to be lived with while it is unknown: a mistake is told all the same. */
  readonly status?: 'unknown';
  readonly reason: string;
  /** Last day it holds, `2026-12-31`. */
  readonly until: string;
}

export interface CheckSettings {
  /** @default every rule has its own severity */
  readonly rules?: RuleSettings;
  /** @default nothing is ignored */
  readonly ignores?: readonly Ignore[];
  /** Today, `2026-11-23`: given by the caller, so that answers do not change by themselves. Needed for ignores. */
  readonly today?: string;
}

/** Everything a check found. */
export interface Report {
  /** All answers, passes and ignored ones included, in the order of rules and facts. */
  readonly findings: readonly Finding[];
  /** Rules that were switched off, with the reason. */
  readonly off: readonly { readonly rule: RuleId; readonly reason: string }[];
  /** Ignores that no longer hold or match nothing: to be removed. */
  readonly stale: readonly { readonly ignore: Ignore; readonly why: string }[];
}
