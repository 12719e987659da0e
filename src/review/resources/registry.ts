/** Which resource type has which words. */
import type { Drift } from '../drift/observe';
import { EXPORT, HOLD, OBJECT_HOLD } from '../../words';
import { bucket } from './bucket';
import { bucketSetting } from './bucket-setting';
import type { DriftWords } from './drift-words';
import { exportJob } from './export-job';
import { changedWords, deletedWords } from './general';
import { hold } from './hold';
import { key } from './key';
import { objectHold } from './object-hold';
import { isAboutPolicies, policyDrift } from './policy';
import type { ResourceWords } from './resource-words';
import { attachment, role } from './role';

const RESOURCES: Readonly<Record<string, ResourceWords>> = {
  [EXPORT]: exportJob,
  [HOLD]: hold,
  [OBJECT_HOLD]: objectHold,
  aws_s3_bucket: bucket,
  aws_iam_role: role,
  aws_iam_role_policy_attachment: attachment,
  aws_iam_policy_attachment: attachment,
  aws_kms_key: key,
  aws_kms_external_key: key,
  aws_kms_replica_key: key,
  aws_kms_replica_external_key: key,
};

/** The words of a resource type. */
export function wordsOf(type: string): ResourceWords {
  return RESOURCES[type] ?? (/^aws_s3_(?:bucket_|account_public_access_block$)/.test(type) ? bucketSetting : SILENT);
}

const SILENT: ResourceWords = { planned: () => ({ sentences: [] }) };

/** What a drift means. */
export function driftWords(drift: Drift): DriftWords {
  const own = wordsOf(drift.type).drifted?.(drift);
  if (own !== undefined) return own;
  if (isAboutPolicies(drift)) return policyDrift(drift);
  return drift.kind === 'deleted' ? deletedWords(drift, 'warn') : changedWords(drift);
}
