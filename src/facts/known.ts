/** What is known, and from where. */

/** When the facts were gathered. */
export type Moment = 'synth' | 'plan' | 'live';

/** Where a fact comes from, precise enough to open it. */
export interface Origin {
  /** Terraform address (`aws_iam_role_policy.tagging`), or the ARN of what was read live. */
  readonly address: string;
  /** Attribute of that resource, dotted: `policy`, `inline_policy.0.policy`. */
  readonly attribute?: string;
  /** Path of the construct that made it, `storage/role/tagging`. */
  readonly constructPath?: string;
  /** Source line or file if known, `main.ts:42`; for live facts the API call, `iam:GetRolePolicy`. */
  readonly source?: string;
}

/** A fact that is there, and where it was read. */
export interface Seen<T> {
  readonly known: true;
  readonly value: T;
  readonly origin: Origin;
}

/** A fact that could not be read. */
export interface Unseen {
  readonly known: false;
  /** What stands in the way, half a sentence: "comes from module.iam, which synth cannot look into". */
  readonly why: string;
  readonly origin: Origin;
  /**
   * Set where it is out of reach of this moment by its nature, as the number of conversations is for a plan: nobody who
   * looks at the same thing can do better, and a live check can.
   */
  readonly elsewhere?: true;
}

/** A fact, or the reason why it is not known. */
export type Known<T> = Seen<T> | Unseen;

/** A resource or an account object that facts are about. */
export interface Subject {
  /**
   * Stable name of the thing at this moment: the Terraform address without any module-call index that is not in the
   * configuration. Live collectors use the same address when they were told it, otherwise the ARN or id.
   */
  readonly address: string;
  readonly constructPath?: string;
}
