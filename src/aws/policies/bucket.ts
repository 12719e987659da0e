/** What is set on a bucket, as far as holds and exports depend on it. */
import type { LifecycleRule, S3Client } from '@aws-sdk/client-s3';
import { lookUp, type LookedUp, type Question } from './looked-up';

/** A bucket's settings, each known or not seen on its own. */
export interface LiveBucket {
  readonly name: string;
  readonly arn: string;
  /** JSON text; null: it has none. */
  readonly policy: LookedUp<string | null>;
  readonly versioning: LookedUp<'enabled' | 'suspended' | 'disabled'>;
  readonly objectLock: LookedUp<LiveObjectLock>;
  readonly encryption: LookedUp<LiveEncryption>;
  /** Lifecycle rules that are switched on. */
  readonly lifecycle: LookedUp<readonly LiveLifecycleRule[]>;
  /** Whether a rule for the whole bucket or some prefix ends incomplete multipart uploads. */
  readonly abortsIncompleteUploads: LookedUp<boolean>;
  readonly publicAccessBlock: LookedUp<LivePublicAccessBlock>;
  /** What its access control list gives to groups; empty where lists are switched off. */
  readonly groupGrants: LookedUp<readonly LiveGroupGrant[]>;
}

/** The four settings of a public access block. */
export interface LivePublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** A permission that an access control list gives to one of the groups that S3 knows. */
export interface LiveGroupGrant {
  /** `http://acs.amazonaws.com/groups/global/AllUsers` */
  readonly uri: string;
  readonly permission: string;
}

/** A lifecycle rule. */
export interface LiveLifecycleRule {
  /** Empty: it has none. */
  readonly id: string;
  /** Keys it is about; empty: all. */
  readonly prefix: string;
  /** Whether tags or sizes narrow it further. */
  readonly isPartial: boolean;
  /** Days after which current versions expire, or the date; null: they do not. */
  readonly currentAfter: number | { readonly date: string } | null;
  /** Days after which versions are deleted that are no longer current; null: they stay. */
  readonly noncurrentAfter: number | null;
  readonly abortsUploads: boolean;
}

/** Object Lock of a bucket. */
export interface LiveObjectLock {
  readonly enabled: boolean;
  /** Null: none, which is what an export bucket needs. */
  readonly defaultRetention: {
    readonly mode: string;
    readonly days: number | null;
    readonly years: number | null;
  } | null;
  /** What each new version is held for, once its event is over; null: new versions get no event hold. */
  readonly defaultEventHold: { readonly days: number | null; readonly years: number | null } | null;
}

/** Default encryption of a bucket. */
export interface LiveEncryption {
  readonly algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  /** ARN, id or alias of the customer's key; null: S3's own or the AWS managed one. */
  readonly kmsKey: string | null;
}

const NO_LOCK: LiveObjectLock = { enabled: false, defaultRetention: null, defaultEventHold: null };
const NO_BLOCK: LivePublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};
/** What S3 does with every bucket since January 2023. */
const OWN_KEYS: LiveEncryption = { algorithm: 'AES256', kmsKey: null };

/** Reads a bucket's settings. Nothing is thrown but the signal's reason. `partition` as in ARNs; `endpoint` where it is not AWS's S3. */
export async function fetchBucket(
  s3: S3Client,
  name: string,
  signal: AbortSignal,
  partition = 'aws',
  endpoint?: string,
): Promise<LiveBucket> {
  const arn = `arn:${partition}:s3:::${name}`;
  const reader = new BucketReader(s3, name, { resource: arn, ...(endpoint === undefined ? {} : { endpoint }) }, signal);
  const [policy, versioning, objectLock, encryption, lifecycle] = await Promise.all([
    reader.policy(),
    reader.versioning(),
    reader.objectLock(),
    reader.encryption(),
    reader.lifecycle(),
  ]);
  // Not all at once: each request listens to the signal, and Node warns of more than ten.
  const [publicAccessBlock, groupGrants] = await Promise.all([reader.publicAccessBlock(), reader.groupGrants()]);
  const abortsIncompleteUploads = lifecycle.known
    ? { ...lifecycle, value: lifecycle.value.some(({ abortsUploads }) => abortsUploads) }
    : lifecycle;
  return {
    name,
    arn,
    policy,
    versioning,
    objectLock,
    encryption,
    lifecycle,
    abortsIncompleteUploads,
    publicAccessBlock,
    groupGrants,
  };
}

class BucketReader {
  private readonly options: { readonly abortSignal: AbortSignal };
  private readonly input: { readonly Bucket: string };

  constructor(
    private readonly s3: S3Client,
    name: string,
    private readonly at: Pick<Question, 'resource' | 'endpoint'>,
    private readonly signal: AbortSignal,
  ) {
    this.options = { abortSignal: signal };
    this.input = { Bucket: name };
  }

  async policy(): Promise<LookedUp<string | null>> {
    const { GetBucketPolicyCommand } = await import('@aws-sdk/client-s3');
    return await lookUp<string | null>(
      { action: 's3:GetBucketPolicy', ...this.at },
      this.signal,
      async (told) => told((await this.s3.send(new GetBucketPolicyCommand(this.input), this.options)).Policy, 'policy'),
      { NoSuchBucketPolicy: null },
    );
  }

  async versioning(): Promise<LiveBucket['versioning']> {
    const { GetBucketVersioningCommand } = await import('@aws-sdk/client-s3');
    return await lookUp({ action: 's3:GetBucketVersioning', ...this.at }, this.signal, async () => {
      const { Status } = await this.s3.send(new GetBucketVersioningCommand(this.input), this.options);
      return Status === 'Enabled' ? 'enabled' : Status === 'Suspended' ? 'suspended' : 'disabled';
    });
  }

  async objectLock(): Promise<LookedUp<LiveObjectLock>> {
    const { GetObjectLockConfigurationCommand } = await import('@aws-sdk/client-s3');
    return await lookUp<LiveObjectLock>(
      {
        action: 's3:GetBucketObjectLockConfiguration',
        operation: 'GetObjectLockConfiguration',
        ...this.at,
      },
      this.signal,
      async (told) => {
        const answer = await this.s3.send(new GetObjectLockConfigurationCommand(this.input), this.options);
        const lock = told(answer.ObjectLockConfiguration, 'ObjectLockConfiguration');
        const enabled: string = told(lock.ObjectLockEnabled, 'ObjectLockEnabled');
        const retention = lock.Rule?.DefaultRetention;
        const event = retention?.DefaultEventHold;
        // One block for two things: a retention has a time and a mode of its own.
        const isRetention = event === undefined || (retention?.Days ?? retention?.Years) !== undefined;
        return {
          enabled: enabled === 'Enabled',
          defaultEventHold: event === undefined ? null : { days: event.Days ?? null, years: event.Years ?? null },
          defaultRetention:
            retention === undefined || !isRetention
              ? null
              : {
                  mode: told(retention.Mode, 'mode of the default retention'),
                  // One of the two is given.
                  days: retention.Days ?? null,
                  years: retention.Years ?? null,
                },
        };
      },
      { ObjectLockConfigurationNotFoundError: NO_LOCK },
    );
  }

  async encryption(): Promise<LookedUp<LiveEncryption>> {
    const { GetBucketEncryptionCommand } = await import('@aws-sdk/client-s3');
    return await lookUp<LiveEncryption>(
      { action: 's3:GetEncryptionConfiguration', operation: 'GetBucketEncryption', ...this.at },
      this.signal,
      async (told) => {
        const answer = await this.s3.send(new GetBucketEncryptionCommand(this.input), this.options);
        const [first] = told(answer.ServerSideEncryptionConfiguration?.Rules, 'rules of encryption');
        const rule = told(first, 'rule of encryption').ApplyServerSideEncryptionByDefault;
        const algorithm = rule?.SSEAlgorithm;
        if (algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') return OWN_KEYS;
        // Left out: the key that AWS manages.
        return { algorithm, kmsKey: rule?.KMSMasterKeyID ?? null };
      },
      { ServerSideEncryptionConfigurationNotFoundError: OWN_KEYS },
    );
  }

  async publicAccessBlock(): Promise<LookedUp<LivePublicAccessBlock>> {
    const { GetPublicAccessBlockCommand } = await import('@aws-sdk/client-s3');
    return await lookUp<LivePublicAccessBlock>(
      { action: 's3:GetBucketPublicAccessBlock', operation: 'GetPublicAccessBlock', ...this.at },
      this.signal,
      async (told) => {
        const answer = await this.s3.send(new GetPublicAccessBlockCommand(this.input), this.options);
        const block = told(answer.PublicAccessBlockConfiguration, 'PublicAccessBlockConfiguration');
        return {
          blockPublicAcls: block.BlockPublicAcls === true,
          ignorePublicAcls: block.IgnorePublicAcls === true,
          blockPublicPolicy: block.BlockPublicPolicy === true,
          restrictPublicBuckets: block.RestrictPublicBuckets === true,
        };
      },
      { NoSuchPublicAccessBlockConfiguration: NO_BLOCK },
    );
  }

  /** Lists are looked at only where the ownership setting lets them count. */
  async groupGrants(): Promise<LookedUp<readonly LiveGroupGrant[]>> {
    const { GetBucketAclCommand, GetBucketOwnershipControlsCommand } = await import('@aws-sdk/client-s3');
    const ownership = await lookUp<string>(
      { action: 's3:GetBucketOwnershipControls', ...this.at },
      this.signal,
      async (told) => {
        const answer = await this.s3.send(new GetBucketOwnershipControlsCommand(this.input), this.options);
        const [rule] = told(answer.OwnershipControls?.Rules, 'rules of ownership');
        return told(rule?.ObjectOwnership, 'ObjectOwnership');
      },
      // Buckets of before April 2023: lists count.
      { OwnershipControlsNotFoundError: 'ObjectWriter' },
    );
    if (!ownership.known) return ownership;
    if (ownership.value === 'BucketOwnerEnforced') return { ...ownership, value: [] };
    return await lookUp({ action: 's3:GetBucketAcl', ...this.at }, this.signal, async (told) => {
      const answer = await this.s3.send(new GetBucketAclCommand(this.input), this.options);
      return told(answer.Grants, 'grants').flatMap(({ Grantee: grantee, Permission: permission }) =>
        grantee?.URI === undefined || permission === undefined ? [] : [{ uri: grantee.URI, permission }],
      );
    });
  }

  async lifecycle(): Promise<LookedUp<readonly LiveLifecycleRule[]>> {
    const { GetBucketLifecycleConfigurationCommand } = await import('@aws-sdk/client-s3');
    return await lookUp<readonly LiveLifecycleRule[]>(
      {
        action: 's3:GetLifecycleConfiguration',
        operation: 'GetBucketLifecycleConfiguration',
        ...this.at,
      },
      this.signal,
      async (told) => {
        const answer = await this.s3.send(new GetBucketLifecycleConfigurationCommand(this.input), this.options);
        return told(answer.Rules, 'rules')
          .filter(({ Status }) => Status === 'Enabled')
          .map(ruleOf);
      },
      { NoSuchLifecycleConfiguration: [] },
    );
  }
}

function ruleOf(rule: LifecycleRule): LiveLifecycleRule {
  const { Filter: filter, Expiration: expires } = rule;
  const and = filter?.And;
  const isSet = (value: unknown): boolean => value !== undefined;
  return {
    id: rule.ID ?? '',
    prefix: and?.Prefix ?? filter?.Prefix ?? rule.Prefix ?? '',
    isPartial: [
      filter?.Tag,
      filter?.ObjectSizeGreaterThan,
      filter?.ObjectSizeLessThan,
      and?.Tags,
      and?.ObjectSizeGreaterThan,
      and?.ObjectSizeLessThan,
    ].some(isSet),
    currentAfter: expires?.Days ?? (expires?.Date === undefined ? null : { date: expires.Date.toISOString() }),
    noncurrentAfter: rule.NoncurrentVersionExpiration?.NoncurrentDays ?? null,
    abortsUploads: rule.AbortIncompleteMultipartUpload !== undefined,
  };
}
