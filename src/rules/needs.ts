/** What roles need for their duties, and which of it a statement keeps from them. */
import type { Facts, KeyFact, RoleFact } from '../facts';
import { assignmentsOf, bucketArn, objectsArn } from './assignments';
import { type Asked, wouldDo } from './permission';
import { GENESYS_NETWORK } from './request';
import type { Evidence } from './rule';

/** An action that a role needs and that a statement denies it. */
export interface Need {
  readonly role: RoleFact;
  readonly action: string;
}

const TO_EXPORT = {
  bucket: ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration', 's3:ListBucketMultipartUploads'],
  objects: ['s3:PutObject', 's3:PutObjectAcl', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
  key: ['kms:GenerateDataKey', 'kms:Decrypt'],
};

/** What each statement keeps from roles: asked once for all findings, since most statements decide several. */
const DENIED = new WeakMap<Facts, readonly (Need & { readonly evidence: readonly Evidence[] })[]>();

/**
 * Everything that roles need and that one statement denies, or perhaps denies. A statement is rewritten once for all of it:
 * two findings that each rewrote it for themselves would undo each other.
 */
export function needsAgainst(facts: Facts, denial: Evidence, asked: Need): readonly Need[] {
  const denied = DENIED.get(facts) ?? deniedNeeds(facts);
  DENIED.set(facts, denied);
  const isIt = ({ origin, what, text }: Evidence): boolean =>
    text === denial.text &&
    what === denial.what &&
    origin.address === denial.origin.address &&
    origin.attribute === denial.origin.attribute;
  const found = denied.filter(({ evidence }) => evidence.some(isIt)).map(({ role, action }) => ({ role, action }));
  const isAsked = found.some(({ role, action }) => role === asked.role && action === asked.action);
  return isAsked ? found : [...found, asked];
}

function deniedNeeds(facts: Facts): readonly (Need & { readonly evidence: readonly Evidence[] })[] {
  return allNeeds(facts).flatMap((asked) => {
    const { answer, evidence } = wouldDo(facts, asked);
    const { role, action } = asked;
    return answer.decision === 'ExplicitlyDenied' || answer.decision === 'Unknown' ? [{ role, action, evidence }] : [];
  });
}

function allNeeds(facts: Facts): readonly Asked[] {
  const exporting = assignmentsOf(facts, 'export').seen.flatMap((assignment): readonly Asked[] => {
    const { role, bucket } = assignment;
    const [onBucket, onObjects] = [bucketArn(bucket), objectsArn(assignment)];
    if (onBucket === null || onObjects === null) return [];
    const about = { role, bucket, context: GENESYS_NETWORK };
    const key = keyOf(facts, bucket.encryption);
    const ofKey = key?.arn.known === true ? { key, resource: { exactly: key.arn.value } } : undefined;
    return [
      ...TO_EXPORT.bucket.map((action) => ({ ...about, action, resource: { exactly: onBucket } })),
      ...TO_EXPORT.objects.map((action) => ({ ...about, action, resource: { every: onObjects } })),
      ...(ofKey === undefined ? [] : TO_EXPORT.key.map((action) => ({ ...about, ...ofKey, action }))),
    ];
  });
  const tagging = assignmentsOf(facts, 'tag').seen.flatMap((assignment): readonly Asked[] => {
    const { role, bucket } = assignment;
    const every = objectsArn(assignment);
    return every === null ? [] : [{ role, bucket, action: 's3:PutObjectTagging', resource: { every } }];
  });
  return [...exporting, ...tagging];
}

function keyOf({ keys }: Facts, encryption: Asked['bucket']['encryption']): KeyFact | undefined {
  return keys.find(({ address }) => encryption.known && address === encryption.value.keyAddress);
}
