/** What is asked of the policies, and the policies that answer. */
import type { RequestContext } from './context';

/** What a policy is attached to, which decides how it counts. */
export type PolicyKind = 'identity' | 'bucket' | 'key' | 'trust' | 'boundary' | 'session' | 'scp';

/** A policy of a role, a resource or an account, seen or not. */
export interface PolicySource {
  /** As people call it; answers repeat it. */
  readonly name: string;
  readonly kind: PolicyKind;
  /** JSON text (plain or URL-encoded), a parsed object, or why it could not be read. */
  readonly document: string | object | { readonly unseen: string };
  /**
   * For service control policies: what it is attached to (root, a unit, the account). Each level must allow by itself.
   * @default one level for all that give none
   */
  readonly level?: string;
}

/**
 * The resource of a question: one that exists, where `*` is a plain character; or every one that a pattern describes, such as
 * `arn:aws:s3:::recordings/org/*`.
 */
export type ResourceQuestion = { readonly exactly: string } | { readonly every: string };

/** Who asks. Accounts and ARNs may hold Terraform expressions. */
export type Caller =
  | {
      readonly kind: 'role' | 'user';
      readonly arn: string;
      /** Its account; null: take it from the ARN, and if that does not tell, it is not known. */
      readonly account: string | null;
      /** ARN of the assumed-role session, when the question is about one. */
      readonly session?: string;
      /** Whether it has a permissions boundary. The evaluator sees that from the policies. */
      readonly bounded?: boolean;
    }
  /** Somebody of this account, not known who: the way another company's account is trusted. */
  | {
      readonly kind: 'account';
      readonly account: string;
      /** Nobody whom a policy names in any way, its canonical user neither. */
      readonly isStranger?: true;
    }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'anonymous' };

/** May this caller do this action on this resource? */
export interface Question {
  /** `s3:PutObjectTagging`, in any case. */
  readonly action: string;
  readonly resource: ResourceQuestion;
  /**
   * Needed where resource policies are given: they name principals.
   * @default somebody unknown; statements for named principals are then unknown
   */
  readonly caller?: Caller;
  /** @default nothing is known of the request */
  readonly context?: RequestContext;
  /**
   * Whether caller and resource live in the same account: there identity or resource policy is enough, across accounts both
   * are needed.
   * @default 'same'
   */
  readonly accounts?: 'same' | 'cross' | 'unknown';
  /**
   * Take all partitions in ARNs (`aws`, `aws-cn`, `aws-us-gov`, an expression) for one. Right when the caller's partition is
   * not known: IAM accepts no policy that names another partition than its own.
   * @default false
   */
  readonly ignorePartition?: boolean;
}
