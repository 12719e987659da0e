/**
 * What the organization above an AWS account lets a role do. Its service control policies can be read in its management
 * account only, but IAM's own simulation weighs them and says for each action whether they allow it. That is written down
 * as a policy, so that the rules treat it like any other.
 */
import type { LookedUp, SimulationAnswer } from '../../aws';
import type { PolicyFact } from '../../facts';
import { fromAws } from './known';

/** Every action on bucket or objects that a rule asks about. */
export const SIMULATED: readonly string[] = [
  's3:PutObject',
  's3:PutObjectAcl',
  's3:GetBucketLocation',
  's3:GetEncryptionConfiguration',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
  's3:ListBucketMultipartUploads',
  's3:PutObjectTagging',
  's3:PutObjectVersionTagging',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
  's3:BypassGovernanceRetention',
  's3:PutBucketPolicy',
  's3:PutLifecycleConfiguration',
  's3:PutBucketObjectLockConfiguration',
];

/** None when the account belongs to no organization, or when IAM says nothing about one. */
export function organizationPolicies(
  simulated: LookedUp<readonly SimulationAnswer[]>,
  address: string,
): readonly PolicyFact[] {
  const fact = (document: PolicyFact['document']): PolicyFact => ({
    name: 'service control policies, as IAM weighs them',
    origin: { address, source: simulated.source },
    document,
    level: 'organization',
  });
  if (!simulated.known) return [fact(fromAws(simulated, address, () => ''))];
  const weighed = simulated.value.filter(({ allowedByOrganization }) => allowedByOrganization !== null);
  if (weighed.length === 0) return [];
  const denied = weighed.filter(({ allowedByOrganization }) => allowedByOrganization === false);
  return [fact(fromAws(simulated, address, () => documentOf(denied)))];
}

function documentOf(denied: readonly SimulationAnswer[]): object {
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'NotDeniedByTheOrganization', Effect: 'Allow', Action: '*', Resource: '*' },
      ...denied.map(({ action, resource }) => ({
        Sid: 'DeniedByTheOrganization',
        Effect: 'Deny',
        Action: action,
        Resource: resource,
      })),
    ],
  };
}
