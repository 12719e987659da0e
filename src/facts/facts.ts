/**
 * What the rules look at. Three collectors fill the same shape: from the construct tree at synth, from a plan's JSON, and
 * from the live accounts. A rule never asks where a fact came from; it only asks whether it is known.
 *
 * Two habits hold everywhere:
 * - Nothing is left out because it could not be read. It is there as {@link Unseen}, with why, so that a rule can say
 *   "unknown" and name what it misses.
 * - A text may hold Terraform expressions such as `${aws_s3_bucket.recordings.arn}`. That is still a known text: rules and
 *   the policy evaluator treat an expression as a symbol, equal to itself and possibly equal to anything else.
 */

import type { DutyFact, PrincipalsFact, RoleFact } from './access';
import type { ChangeFact } from './changes';
import type { Known, Moment, Unseen } from './known';
import type {
  CapacityFact,
  HoldLatencyFact,
  IntegrationFact,
  PermissionFact,
  RegisterFact,
  RequestBudgetFact,
  SmsNumberFact,
  TlsPeerFact,
  TrunkFact,
} from './organization';
import type { DeletionFact } from './deletion';
import type { ExportFact, HoldFact, ObjectHoldFact } from './preservation';
import type { BucketFact, KeyFact } from './storage';

/** Everything the rules look at. */
export interface Facts {
  readonly moment: Moment;
  readonly roles: readonly RoleFact[];
  readonly buckets: readonly BucketFact[];
  readonly keys: readonly KeyFact[];
  readonly duties: readonly DutyFact[];
  readonly exports: readonly ExportFact[];
  readonly holds: readonly HoldFact[];
  readonly objectHolds: readonly ObjectHoldFact[];
  /** The provider's `external_reference_id_pattern`, null when not set. */
  readonly externalReferenceIdPattern: Known<string | null>;
  /** The Genesys Cloud organization, which the trust policy must name as external id. */
  readonly organizationId: Known<string>;
  /** What could not be looked into at all: modules, remote state, providers without rights. */
  readonly unseen: readonly Unseen[];

  // What follows is left out by collectors that do not look at it; a rule about it then has nothing to say.
  readonly changes?: readonly ChangeFact[];
  /** Everybody who was looked at, those of `roles` included. Left out where nothing is held. */
  readonly principals?: PrincipalsFact;
  readonly capacity?: CapacityFact;
  /** What of an export's scope is deleted before a hold can be there; one for each export that is not finished. */
  readonly deletions?: readonly DeletionFact[];
  readonly register?: RegisterFact;
  readonly trunks?: readonly TrunkFact[];
  readonly tlsPeers?: readonly TlsPeerFact[];
  readonly smsNumbers?: readonly SmsNumberFact[];
  readonly integrations?: readonly IntegrationFact[];
  readonly permissions?: readonly PermissionFact[];
  readonly requestBudget?: RequestBudgetFact;
  readonly holdLatency?: HoldLatencyFact;
}
