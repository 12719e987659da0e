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
  /** Set for an unknown that no code and no plan can ever answer: a note, which does not count. */
  readonly beyondPlans?: true;
  /**
   * Names the cause where other rules meet the same one: a setting, a policy that AWS refuses. Findings of one cause are told
   * as one. Left out: the evidence tells.
   */
  readonly cause?: string;
  /** What is the case, one or two sentences. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** What to do, to be followed literally; empty for a pass. */
  readonly remedy: string;
}

/** A table: rows of cells in Markdown, the first one its head. */
export interface Table {
  readonly table: readonly (readonly string[])[];
}

/** Prose in Markdown, a paragraph or a table an entry. */
export type Prose = readonly [string, ...(string | Table)[]];

/** Something to read or to copy. The text may be indented as the code around it is. */
export interface Example {
  readonly language: 'hcl' | 'cdktf' | 'json' | 'console';
  readonly text: string;
  /** What it shows, where that could be missed. A sentence. */
  readonly caption?: string;
}

/** Where a demand comes from. */
export interface Source {
  readonly title: string;
  /** Left out where there is nothing to open. */
  readonly url?: string;
}

/**
 * Everything that people read about a rule. It stands in the rule's own file and nowhere else: the pages in docs/rules, their
 * index, the settings schema, `explain` and SARIF are made from it.
 */
export interface RuleWords {
  /** What it demands, half a sentence for the index: `every action that a policy names exists`. */
  readonly title: string;
  readonly looksAt: Prose;
  /** Why it matters: what goes wrong when it is broken. The first paragraph can stand alone. */
  readonly why: Prose;
  /** What to do in general; answers carry the exact remedy. */
  readonly remedy: Prose;
  /** What passes. A rule that is decided from a configuration shows one. */
  readonly compliant: readonly Example[];
  /** What is found; empty where no configuration shows it. */
  readonly nonCompliant: readonly Example[];
  readonly sources: readonly Source[];
}

/** One rule. Pure: the same facts give the same answers. */
export interface Rule<Id extends string = string> extends RuleWords {
  /** Its folder and file below src/rules. */
  readonly id: Id;
  readonly severity: Severity;
  /** When enough can be seen to decide it. */
  readonly moments: readonly Moment[];
  /** Its findings about one subject are different acts: an ignore has to say by its detail which one it allows. */
  readonly ignoredByDetail?: true;
  check(facts: Facts): readonly Answered[];
}
