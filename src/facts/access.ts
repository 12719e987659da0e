/** Who may do what: policies, roles, and whose task is what. */
import type { Known, Origin, Subject, Unseen } from './known';

/**
 * A policy document, or the place where one is attached that could not be read.
 *
 * An attachment that cannot be read (a managed policy by ARN, a variable, another stack's output) is listed here with an
 * unseen `document`: it could allow or deny anything its kind can.
 */
export interface PolicyFact {
  /** How people call it: the policy's name, or the address of the resource that holds it. */
  readonly name: string;
  /** Where it is written. Attribute included: findings point there. */
  readonly origin: Origin;
  /**
   * The document: JSON text (plain or URL-encoded, expressions inside its strings allowed) or the parsed object. Never the
   * text of an expression that yields a document: that is unseen.
   */
  readonly document: Known<string | object>;
  /** For service control policies: the root, unit or account it is attached to; each level must allow by itself. */
  readonly level?: string;
  /** Set where `data "aws_iam_policy_document"` writes it: a change to the policy is a change there. */
  readonly rendered?: RenderedBy;
}

/** The documents that a policy is rendered from. */
export interface RenderedBy {
  /** The one that the policy names: what is added goes there. */
  readonly by: DocumentSource;
  /** That one with those that it takes in; the first of them wins where two have a statement of the same Sid. */
  readonly from: readonly DocumentSource[];
}

/** One `data "aws_iam_policy_document"`. */
export interface DocumentSource extends Subject {
  /** The statements that are written in it, as far as they are known. */
  readonly statements: readonly object[];
}

/** An IAM role with everything that decides what it may do. */
export interface RoleFact extends Subject {
  readonly name: Known<string>;
  readonly arn: Known<string>;
  /** The path in its ARN, `/` or `/service/`; left out where it is not known. */
  readonly path?: string;
  /** The 12-digit account it lives in; unseen when only the plan's apply will tell. */
  readonly accountId: Known<string>;
  /** Inline and attached policies, seen and unseen. An empty list means: known to have none. */
  readonly identityPolicies: readonly PolicyFact[];
  /** Null: known to have none. */
  readonly permissionsBoundary: PolicyFact | null;
  /** `assume_role_policy`; null only where it does not matter to the collector's purpose. */
  readonly trustPolicy: PolicyFact | null;
  /** Service control policies that apply to its account. Only live collectors see them; elsewhere empty. */
  readonly serviceControlPolicies: readonly PolicyFact[];
}

/** A user has the same policies as a role, and nobody takes it on. */
export interface PrincipalFact extends RoleFact {
  readonly kind: 'role' | 'user';
}

/** Roles and users that may come to release what is held. */
export interface PrincipalsFact {
  readonly seen: readonly PrincipalFact[];
  /** Why there may be others; null: all of the account are among those seen. */
  readonly others: Unseen | null;
}

/** What a role does with a bucket's objects. `export` writes them, `tag` labels them, `hold` locks, `release` unlocks. */
export type Duty = 'export' | 'tag' | 'hold' | 'release';

/**
 * Who does what to which objects. Rules about IAM ask per duty: may this role do this to every object under this prefix?
 * An export whose tagging role is not known gets a duty with an unseen role, so that the rule can say so.
 */
export interface DutyFact {
  readonly duty: Duty;
  /** Address of a {@link RoleFact}. */
  readonly role: Known<string>;
  /** Address of a {@link BucketFact}. */
  readonly bucket: Known<string>;
  /** Key prefix without leading slash, `''` for the whole bucket. */
  readonly prefix: string;
  /** What says so: a construct, an object hold, an argument of a command. */
  readonly origin: Origin;
}
