import type { TerraformProvider } from 'cdktf';
import type { Channel } from './channel';
import type { IExportBucket } from './export-bucket';
import type { AcceptedGapsProps, HoldProps, ObjectHoldProps, OperationTimeouts } from './hold-props';
import type { IHoldRegister } from './hold-register';
import type { IExportRole } from './storage-role';

/** Where the provider looks for the files, to prove that they have arrived. */
export interface DestinationProps {
  /** Name of the bucket. */
  readonly bucket: string;
  /** @default the integration writes to the root of the bucket */
  readonly prefix?: string;
  /** @default the region of the AWS environment */
  readonly region?: string;
  /**
   * URL of an S3-compatible service.
   * @default AWS
   */
  readonly endpoint?: string;
}

/**
 * When the conversations are held. `after-export`: when the export is finished, the order that works for digital channels.
 * `at-once`: beside the export, which waits for nothing; for what a retention policy would delete first.
 */
export type Preserve = 'after-export' | 'at-once';

export interface LegalHoldExportProps {
  /** Id of the AWS S3 recording bulk actions integration that writes the files. */
  readonly integrationId: string;
  /**
   * Which conversations, by time: ISO-8601 `start/end` with a time zone; the end is exclusive. Exactly one of `interval`
   * and `conversationIds` is given.
   * @default by conversationIds
   */
  readonly interval?: string;
  /**
   * Which conversations, by id.
   * @default by interval
   */
  readonly conversationIds?: readonly string[];
  /** What to export of them: `Channel.sms()`, `Channel.voice()`, … */
  readonly channel: Channel;
  /**
   * Length of the recording jobs that the interval is split into, an ISO-8601 duration.
   * @default P7D with an interval, none with conversationIds
   */
  readonly batchInterval?: string;
  /**
   * Only conversations from this address.
   * @default from any
   */
  readonly addressFrom?: string;
  /**
   * Only conversations to this address: for one SMS number of your own, e.g. `+13175550100`.
   * @default to any
   */
  readonly addressTo?: string;
  /**
   * What an apply waits for: `exported`, or `fulfilled` when Genesys Cloud has accepted the work. The hold is refused
   * until everything is exported.
   * @default exported
   */
  readonly waitFor?: string;
  /**
   * What becomes of the export when single recordings cannot be exported: with `continue` it finishes as `incomplete`, names
   * them, and the hold covers their conversations too; with `error` it fails, and nothing is held behind it.
   * @default continue
   */
  readonly onFailedRecordings?: string;
  /**
   * Accepts the gaps of the export: recordings and conversations that it cannot export. Those of the holds are accepted in
   * `hold` and `objectHold`.
   * @default none: each plan shows an update while something is missing
   */
  readonly acceptedGaps?: AcceptedGapsProps;
  /**
   * Where the provider looks for the files, with the AWS credentials of the environment.
   * @default it does not look into S3: `exportedDate` at Genesys Cloud decides
   */
  readonly destination?: DestinationProps;
  /** @default 24 hours, reading and deleting 10 minutes */
  readonly timeouts?: OperationTimeouts;

  /**
   * The bucket that the integration writes to, for the checks. It may live in another stack.
   * @default not said, and the checks say that they cannot see it
   */
  readonly bucket?: IExportBucket;
  /**
   * The role that the integration assumes, for the checks. It may live in another stack.
   * @default not said, and the checks say that they cannot see it
   */
  readonly role?: IExportRole;
  /**
   * The role that tags and locks the exported files, for the checks: a HoldRole.
   * @default not said
   */
  readonly holdRole?: IExportRole;
  /**
   * The role that tags the exported files.
   * @default holdRole, or else role
   */
  readonly taggingRole?: IExportRole;

  /**
   * The register that the claims of both holds are kept in. `holdRole` is allowed to use it, holds wait until it is there, and
   * the synthesis fails when the provider does not use it.
   * @default what the provider says
   */
  readonly register?: IHoldRegister | string;

  /**
   * When the conversations are held. `at-once` makes a hold over the same interval and channel, or the same conversations, that
   * refers to no export and waits for none. Changing it on a hold that is deployed is an update in place, and releases nothing.
   * @default after-export
   */
  readonly preserve?: Preserve;
  /** The legal hold: requested once the export is complete, or at once as `preserve` says. */
  readonly hold: HoldProps;
  /**
   * The hold on the exported files, which lie in `bucket`, or in that of `destination`.
   * @default files are neither tagged nor locked
   */
  readonly objectHold?: ObjectHoldProps;

  /**
   * Name of the export and of the holds in Terraform. Changing it on something that is deployed plans to make the one
   * again and to destroy the other: use `terraform state mv`, or a `moved` block, to follow.
   * @default the construct's id
   */
  readonly logicalId?: string;
  /**
   * Provider to use, when there is more than one organization.
   * @default the stack's default provider
   */
  readonly provider?: TerraformProvider;
}
