/** All rules, in the order in which they are asked and reported. */
import { holdLatency } from './api/hold-latency';
import { permissions } from './api/permissions';
import { rateLimit } from './api/rate-limit';
import { certificateVerification } from './byoc/certificate-verification';
import { sipRegistration } from './byoc/sip-registration';
import { smsNumber } from './byoc/sms-number';
import { batchSize } from './export/batch-size';
import { integration } from './export/integration';
import { metadataResolution } from './export/metadata-resolution';
import { noLegalHoldParameter } from './export/no-legal-hold-parameter';
import { afterExport } from './hold/after-export';
import { capacity } from './hold/capacity';
import { deletionWindow } from './hold/deletion-window';
import { externalReferenceId } from './hold/external-reference-id';
import { register } from './hold/register';
import { releaseGuard } from './hold/release-guard';
import { actionNames } from './iam/action-names';
import { exportActions } from './iam/export-actions';
import { externalId } from './iam/external-id';
import { leastPrivilege } from './iam/least-privilege';
import { putObjectTagging } from './iam/put-object-tagging';
import { whoCanRelease } from './iam/who-can-release';
import type { Rule } from './rule';
import { largeObjects } from './s3/large-objects';
import { objectLock } from './s3/object-lock';
import { policyLockout } from './s3/policy-lockout';
import { publicAccess } from './s3/public';
import { retentionLoss } from './s3/retention-loss';

const ALL = [
  releaseGuard,
  putObjectTagging,
  exportActions,
  externalId,
  leastPrivilege,
  actionNames,
  whoCanRelease,
  policyLockout,
  publicAccess,
  retentionLoss,
  largeObjects,
  objectLock,
  noLegalHoldParameter,
  metadataResolution,
  batchSize,
  integration,
  afterExport,
  externalReferenceId,
  capacity,
  deletionWindow,
  register,
  sipRegistration,
  certificateVerification,
  smsNumber,
  permissions,
  rateLimit,
  holdLatency,
] as const;

/** The ids there are. */
export type RuleId = (typeof ALL)[number]['id'];

export const RULES: readonly Rule<RuleId>[] = ALL;
