import type { BatchOperationsProps } from './batch-operations-role';

/** How long operations may take, as durations like `90s`, `30m` or `24h`. */
export interface OperationTimeouts {
  readonly create?: string;
  readonly read?: string;
  readonly update?: string;
  readonly delete?: string;
}

/** Consent of a person to exactly the gaps that `genesyscloud-compliance status` names. One gap more, and all are red again. */
export interface AcceptedGapsProps {
  /** The digest `gaps_sha256` of the gaps. */
  readonly sha256: string;
  /** Why they are accepted, for the record. */
  readonly reason: string;
}

/** The hold that follows the export. */
export interface HoldProps {
  /** Name of the hold, e.g. of the case. */
  readonly name: string;
  /**
   * Reference of the matter in your case system: a letter or digit, then up to 63 letters, digits and `. _ : -`.
   * @default none
   */
  readonly externalReferenceId?: string;
  /**
   * Why the conversations are held, for the record.
   * @default none
   */
  readonly reason?: string;
  /**
   * Who asked for the hold, for the record.
   * @default nobody is named
   */
  readonly requestedBy?: string;
  /**
   * Consent to release. To release a hold: set this to true, give releaseReason, apply, then remove the construct.
   * @default false: removing the construct is refused when planning
   */
  readonly releaseOnDestroy?: boolean;
  /**
   * Why the hold may be released, for the record; needed with releaseOnDestroy.
   * @default none
   */
  readonly releaseReason?: string;
  /**
   * Approvals of the release, which `genesyscloud-compliance approve` signs: the contents of its files, or their paths.
   * Needed where the provider names releaseApprovers; applied like releaseReason before the release.
   * @default none
   */
  readonly releaseApprovals?: readonly string[];
  /**
   * Which API holds: `compliance` or `deletion_protection`.
   * @default what the provider's `holdApi` says
   */
  readonly holdApi?: string;
  /**
   * Accepts the gaps of the hold: conversations that it cannot hold.
   * @default none: each plan shows an update while something is missing
   */
  readonly acceptedGaps?: AcceptedGapsProps;
  /** @default 4 hours, reading 1 hour */
  readonly timeouts?: OperationTimeouts;
}

/** The hold on the files, once they are in S3. */
export interface ObjectHoldProps {
  /**
   * Tags that every version gets in addition to those it has; S3 takes ten on an object.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Whether every version gets an S3 Object Lock legal hold. Without it nothing is protected: tags are labels.
   * @default true
   */
  readonly objectLockLegalHold?: boolean;
  /**
   * Who does the work: `auto`, `direct` or `batch_operations`.
   * @default auto: the provider itself, unless batchOperations is given and there are very many versions
   */
  readonly engine?: string;
  /**
   * What jobs of S3 Batch Operations take: `batchOperationsRole.jobs()`.
   * @default the provider does the work itself
   */
  readonly batchOperations?: BatchOperationsProps;
  /**
   * Folder for the journal, on a disk that stays.
   * @default a folder of the user who runs Terraform
   */
  readonly journalDir?: string;
  /**
   * Accepts the gaps of this hold: versions and conversations that it cannot hold.
   * @default none: each plan shows an update while something is missing
   */
  readonly acceptedGaps?: AcceptedGapsProps;
  /**
   * Consent to release. To release a hold: set this to true, give releaseReason, apply, then remove the construct.
   * @default false: removing it is refused when planning
   */
  readonly releaseOnDestroy?: boolean;
  /**
   * Why the hold may be released, for the record; needed with releaseOnDestroy.
   * @default none
   */
  readonly releaseReason?: string;
  /**
   * Approvals of the release, which `genesyscloud-compliance approve` signs: the contents of its files, or their paths.
   * Needed where the provider names releaseApprovers; applied like releaseReason before the release.
   * @default none
   */
  readonly releaseApprovals?: readonly string[];
  /** @default 12 hours, reading 2 hours */
  readonly timeouts?: OperationTimeouts;
}
