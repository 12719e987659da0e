/** Facts about roles, bucket and key, read from the AWS account. */
import {
  fetchBucket,
  fetchCallerIdentity,
  fetchKey,
  fetchRole,
  parseArn,
  simulateRole,
  type LiveRole,
  type LookedUp,
  type RolePolicy,
} from '../../aws';
import type { BucketFact, Duty, DutyFact, Facts, KeyFact, Known, PolicyFact, RoleFact } from '../../facts';
import { grantTo } from '../access-lists';
import { asIs, fromAws, seen, unseen } from './known';
import { organizationPolicies, SIMULATED } from './organization-policies';
import { principalsOf } from './principals';
import type { LiveRoleSubject, LiveSources, LiveSubject } from './subject';

type Aws = NonNullable<LiveSources['aws']>;

/** The facts of an AWS account. */
export type AccountFacts = Pick<Facts, 'roles' | 'buckets' | 'keys' | 'duties' | 'principals'>;

/** Reads everything that the subject names, at the same time. */
export async function collectAccounts(aws: Aws, subject: LiveSubject, signal: AbortSignal): Promise<AccountFacts> {
  const named = [subject.exportRole, taggingRole(subject), subject.holdRole, subject.releaseRole].filter(
    (role) => role !== undefined,
  );
  const distinct = [...new Map(named.map((one) => [one.role, one])).values()];
  const partition = await partitionOf(aws, distinct, signal);
  const bucketArn = subject.bucket === undefined ? null : `arn:${partition}:s3:::${subject.bucket.name}`;
  const [roles, storage] = await Promise.all([
    Promise.all(distinct.map((one) => roleFact(aws, one, bucketArn, subject.bucket?.prefix ?? '', signal))),
    subject.bucket === undefined ? null : bucketFact(aws, subject.bucket, partition, signal),
  ]);
  const facts = {
    roles,
    buckets: storage === null ? [] : [storage.bucket],
    keys: storage?.key === undefined ? [] : [storage.key],
  };
  const isHeld = bucketArn !== null && (subject.holdRole ?? subject.releaseRole) !== undefined;
  const read = (arn: string) => roleFact(aws, { role: arn }, null, '', signal);
  const addressOf = new Map(distinct.map((one, index) => [one.role, roles[index]?.address ?? one.role]));
  return {
    ...facts,
    ...(isHeld ? { principals: await principalsOf(facts, read, subject.askedBy) } : {}),
    duties: dutiesOf(subject, addressOf, storage?.bucket.address),
  };
}

function taggingRole({ taggingRole: tagger, exportRole }: LiveSubject): LiveRoleSubject | undefined {
  return tagger === 'nobody' ? undefined : (tagger ?? exportRole);
}

/** Without a role or a bucket a duty is not left out: rules then say what they were not told. */
function dutiesOf(
  subject: LiveSubject,
  addressOf: ReadonlyMap<string, string>,
  bucket: string | undefined,
): readonly DutyFact[] {
  const { askedBy } = subject;
  if (addressOf.size === 0 && bucket === undefined) return [];
  const duties: readonly (readonly [Duty, LiveRoleSubject | undefined])[] = [
    ['export', subject.exportRole],
    ...(subject.taggingRole === 'nobody' ? [] : [['tag', taggingRole(subject)] as const]),
    ...(subject.holdRole === undefined ? [] : [['hold', subject.holdRole] as const]),
    ...(subject.releaseRole === undefined ? [] : [['release', subject.releaseRole] as const]),
  ];
  const told = (value: string | undefined, what: string): Known<string> =>
    value === undefined ? unseen(`was not given to ${askedBy}: name ${what}`, askedBy) : seen(value, askedBy);
  return duties.map(([duty, role]) => ({
    duty,
    role: told(role && addressOf.get(role.role), `the role that ${duty === 'export' ? 'exports' : `${duty}s`}`),
    bucket: told(bucket, 'the bucket'),
    prefix: subject.bucket?.prefix ?? '',
    origin: { address: askedBy },
  }));
}

/** `aws`, `aws-us-gov` or `aws-cn`: from a role's ARN, else that of the caller. */
async function partitionOf(aws: Aws, roles: readonly LiveRoleSubject[], signal: AbortSignal): Promise<string> {
  const given = roles.map(({ role }) => parseArn(role)?.partition).find((partition) => partition !== undefined);
  if (given !== undefined) return given;
  // Elsewhere ARNs have AWS's first partition, and STS of AWS knows nothing of these keys.
  if (aws.s3Endpoint !== undefined) return 'aws';
  const caller = await fetchCallerIdentity(aws.sts, signal);
  return caller.known ? caller.value.partition : 'aws';
}

async function roleFact(
  aws: Aws,
  { role: nameOrArn, address: told }: LiveRoleSubject,
  bucketArn: string | null,
  prefix: string,
  signal: AbortSignal,
): Promise<RoleFact> {
  const live = await fetchRole(aws.iam, nameOrArn, signal);
  if (isMissing(live)) return missingRole(live, told ?? nameOrArn);
  const givenArn = parseArn(nameOrArn) === null ? undefined : nameOrArn;
  const arn = live.arn.known ? live.arn.value : givenArn;
  const address = told ?? arn ?? nameOrArn;
  const account = arn === undefined ? undefined : parseArn(arn)?.accountId;
  const scps =
    arn === undefined || bucketArn === null
      ? []
      : organizationPolicies(
          await simulateRole(
            aws.iam,
            { roleArn: arn, actions: SIMULATED, resources: [bucketArn, `${bucketArn}/${prefix}*`] },
            signal,
          ),
          address,
        );
  return {
    address,
    name: seen(live.name, address),
    arn: arn === undefined ? fromAws(live.arn, address, asIs) : seen(arn, address, live.arn.source),
    accountId: account === undefined ? fromAws(live.accountId, address, asIs) : seen(account, address),
    identityPolicies: [
      ...policyList(live.inlinePolicies, live, address, 'inline policies'),
      ...policyList(live.managedPolicies, live, address, 'attached policies'),
    ],
    permissionsBoundary: boundaryOf(live, address),
    trustPolicy: {
      name: `trust policy of ${live.name}`,
      origin: { address, attribute: 'assume_role_policy', source: live.trustPolicy.source },
      document: fromAws(live.trustPolicy, address, asIs),
    },
    serviceControlPolicies: scps,
  };
}

function isMissing({ arn }: LiveRole): boolean {
  return !arn.known && arn.why.includes('NoSuchEntity');
}

/** One place that cannot be seen instead of all that a role has: whatever is asked, the answer is that it is not there. */
function missingRole({ name, arn }: LiveRole, address: string): RoleFact {
  const { source } = arn;
  const nowhere = unseen(`is not there: IAM knows no role ${name}`, address, source);
  const policy = { name: `of the role ${name}`, origin: { address, source }, document: nowhere };
  return {
    address,
    name: seen(name, address),
    arn: nowhere,
    accountId: nowhere,
    identityPolicies: [policy],
    permissionsBoundary: null,
    trustPolicy: policy,
    serviceControlPolicies: [],
  };
}

function policyList(
  list: LookedUp<readonly RolePolicy[]>,
  role: LiveRole,
  address: string,
  what: string,
): readonly PolicyFact[] {
  if (list.known) return list.value.map((policy) => policyFact(policy, address));
  const name = `${what} of ${role.name}`;
  return [{ name, origin: { address, source: list.source }, document: fromAws(list, address, () => '') }];
}

function policyFact({ name, arn, document }: RolePolicy, address: string): PolicyFact {
  const at = arn ?? address;
  return {
    name,
    origin: { address: at, source: document.source },
    document: fromAws(document, at, asIs),
  };
}

function boundaryOf({ permissionsBoundary: boundary, name }: LiveRole, address: string): PolicyFact | null {
  if (boundary.known) return boundary.value === null ? null : policyFact(boundary.value, address);
  return {
    name: `permissions boundary of ${name}`,
    origin: { address, attribute: 'permissions_boundary', source: boundary.source },
    document: fromAws(boundary, address, () => ''),
  };
}

async function bucketFact(
  aws: Aws,
  subject: NonNullable<LiveSubject['bucket']>,
  partition: string,
  signal: AbortSignal,
): Promise<{ readonly bucket: BucketFact; readonly key?: KeyFact }> {
  const live = await fetchBucket(aws.s3, subject.name, signal, partition, aws.s3Endpoint);
  const address = subject.address ?? live.arn;
  const kmsKey = live.encryption.known ? live.encryption.value.kmsKey : null;
  const key = kmsKey === null ? undefined : await keyFact(aws, kmsKey, signal);
  const bucket: BucketFact = {
    address,
    name: seen(live.name, address),
    arn: seen(live.arn, address),
    accountId: unseen('is not in the answers of S3', address),
    policies:
      live.policy.known && live.policy.value === null
        ? []
        : [
            {
              name: `bucket policy of ${live.name}`,
              origin: { address, attribute: 'policy', source: live.policy.source },
              document: fromAws(live.policy, address, (text) => text ?? ''),
            },
          ],
    versioning: fromAws(live.versioning, address, asIs),
    objectLock: fromAws(live.objectLock, address, asIs),
    encryption: fromAws(live.encryption, address, (value) => ({ ...value, keyAddress: key?.address ?? null })),
    abortsIncompleteUploads: fromAws(live.abortsIncompleteUploads, address, asIs),
    lifecycle: fromAws(live.lifecycle, address, asIs),
    publicAccessBlock: fromAws(live.publicAccessBlock, address, asIs),
    publicAcl: fromAws(live.groupGrants, address, (grants) =>
      grants.flatMap(({ uri, permission }) => grantTo(uri, permission) ?? []),
    ),
  };
  return { bucket, ...(key === undefined ? {} : { key }) };
}

async function keyFact(aws: Aws, asked: string, signal: AbortSignal): Promise<KeyFact> {
  if (aws.s3Endpoint !== undefined) return foreignKey(asked, aws.s3Endpoint);
  const live = await fetchKey(aws.kms, asked, signal);
  const arn = live.arn.known ? live.arn.value : parseArn(asked) === null ? undefined : asked;
  const address = arn ?? asked;
  const account = arn === undefined ? undefined : parseArn(arn)?.accountId;
  return {
    address,
    arn: arn === undefined ? fromAws(live.arn, address, asIs) : seen(arn, address, live.arn.source),
    accountId: account === undefined ? fromAws(live.accountId, address, asIs) : seen(account, address),
    policy: {
      name: `key policy of ${asked}`,
      origin: { address, attribute: 'policy', source: live.policy.source },
      document: fromAws(live.policy, address, asIs),
    },
  };
}

/** A key of another service than AWS, whose policies KMS of AWS does not know. */
function foreignKey(name: string, endpoint: string): KeyFact {
  const nowhere = unseen(`is a key of the service at ${endpoint}, and preflight reads keys of AWS KMS only`, name);
  return {
    address: name,
    arn: nowhere,
    accountId: nowhere,
    policy: { name: `key policy of ${name}`, origin: { address: name }, document: nowhere },
  };
}
