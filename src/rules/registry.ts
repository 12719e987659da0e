/** All rules, in the order in which they are asked and reported. */
import { batchSize } from './export/batch-size';
import { metadataResolution } from './export/metadata-resolution';
import { noLegalHoldParameter } from './export/no-legal-hold-parameter';
import { afterExport } from './hold/after-export';
import { externalReferenceId } from './hold/external-reference-id';
import { exportActions } from './iam/export-actions';
import { externalId } from './iam/external-id';
import { leastPrivilege } from './iam/least-privilege';
import { putObjectTagging } from './iam/put-object-tagging';
import type { Rule } from './rule';
import { objectLock } from './s3/object-lock';
import { policyLockout } from './s3/policy-lockout';

const ALL = [
  putObjectTagging,
  exportActions,
  externalId,
  leastPrivilege,
  policyLockout,
  objectLock,
  noLegalHoldParameter,
  metadataResolution,
  batchSize,
  afterExport,
  externalReferenceId,
] as const;

/** The ids there are. */
export type RuleId = (typeof ALL)[number]['id'];

export const RULES: readonly Rule<RuleId>[] = ALL;
