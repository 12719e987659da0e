import type { Construct } from 'constructs';
import type { IExportBucket } from './export-bucket';
import { holdOnStatement, taggingStatements } from './grants';
import type { Statement } from './policy';
import { defaultRoleName, StorageRole, type IGrantee, type StorageRoleProps } from './storage-role';
import { errors, pathOf } from './errors';

/** Where manifests and reports of jobs lie. */
export interface BatchWorkspace {
  /** Name of a bucket in the region of the recordings; not the bucket that is held. */
  readonly bucketName: string;
  /**
   * What keys begin with: no leading slash, one at the end.
   * @default genesyscloud-compliance/
   */
  readonly prefix?: string;
  /**
   * ARN of a KMS key of yours that encrypts this bucket.
   * @default S3 encrypts with its own keys (SSE-S3)
   */
  readonly kmsKeyArn?: string;
}

export interface BatchOperationsRoleProps extends StorageRoleProps {
  /** The bucket whose objects are held. */
  readonly bucket: IExportBucket;
  readonly workspace: BatchWorkspace;
  /**
   * Whether jobs may read recordings to compute their checksums.
   * @default false
   */
  readonly checksums?: boolean;
  /**
   * Name of the role. A literal, so that its policies can be read before it exists.
   * @default the bucket's name with "-batch" behind it, shortened where IAM wants it shorter
   */
  readonly roleName?: string;
}

const BATCH_OPERATIONS = 'batchoperations.s3.amazonaws.com';

/** Jobs of S3 Batch Operations, for an object hold. */
export interface BatchOperationsProps {
  /** ARN of the role that S3 takes on: a BatchOperationsRole. */
  readonly roleArn: string;
  /** Name of the bucket for manifests and reports; not the bucket that is held. */
  readonly reportBucket: string;
  /** @default genesyscloud-compliance/ */
  readonly reportPrefix?: string;
  /**
   * From how many versions to write to on jobs are used, unless the engine says otherwise.
   * @default 200000
   */
  readonly threshold?: number;
  /**
   * Whether a SHA-256 of each changed version is computed.
   * @default false
   */
  readonly checksums?: boolean;
}

const PREFIX = 'genesyscloud-compliance/';

/** The role that S3 Batch Operations takes on to tag and hold very many files. It cannot release them. */
export class BatchOperationsRole extends StorageRole {
  private readonly partition: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BatchOperationsRoleProps,
  ) {
    const { bucket, workspace } = props;
    if (workspace.bucketName === bucket.bucketName) throw errors.workspaceIsHeld(pathOf(scope, id), bucket.bucketName);
    const partition = props.partition ?? bucket.partition;
    super(scope, id, {
      ...props,
      partition,
      roleName: props.roleName ?? defaultRoleName(bucket.bucketName, 'batch'),
      description: `Lets S3 Batch Operations tag and hold exported recordings in ${bucket.bucketName}`,
      trust: {
        Sid: 'BatchOperations',
        Effect: 'Allow',
        Principal: { Service: BATCH_OPERATIONS },
        Action: 'sts:AssumeRole',
      },
    });
    this.partition = partition;
    this.grant('jobs', [...this.work(), ...this.manifestsAndReports()]);
  }

  /** What an object hold takes to have its work done with this role. */
  jobs(threshold?: number): BatchOperationsProps {
    const { workspace, checksums } = this.props;
    return {
      roleArn: this.roleArn,
      reportBucket: workspace.bucketName,
      reportPrefix: workspace.prefix ?? PREFIX,
      ...(threshold === undefined ? {} : { threshold }),
      ...(checksums === undefined ? {} : { checksums }),
    };
  }

  /** Lets a role have jobs done with this one: usually the hold role. */
  grantJobs(grantee: IGrantee): void {
    const workBucket = this.workBucketArn();
    grantee.grant('jobs', [
      // These two know no resource.
      allow('StartJobs', ['s3:CreateJob', 's3:ListJobs'], '*'),
      allow('FollowJobs', ['s3:DescribeJob', 's3:UpdateJobStatus'], `arn:${this.partition}:s3:*:*:job/*`),
      {
        ...allow('HandOverTheRole', ['iam:PassRole'], this.principalPattern),
        Condition: { StringEquals: { 'iam:PassedToService': BATCH_OPERATIONS } },
      },
      allow(
        'WriteManifestsAndReadReports',
        ['s3:PutObject', 's3:AbortMultipartUpload', 's3:GetObject'],
        this.workObjectsArn(),
      ),
      allow('ListReports', ['s3:ListBucket'], workBucket),
      ...this.encryption('EncryptManifests', ['kms:GenerateDataKey', 'kms:Decrypt']),
    ]);
  }

  private work(): readonly Statement[] {
    const { bucket, checksums = false } = this.props;
    const { kmsKeyArn } = bucket;
    return [
      ...taggingStatements(bucket),
      holdOnStatement(bucket),
      allow('SeeObjectLock', ['s3:GetBucketObjectLockConfiguration'], bucket.bucketArn),
      ...(checksums ? [allow('ComputeChecksums', ['s3:GetObject', 's3:GetObjectVersion'], bucket.objectsArn)] : []),
      ...(checksums && kmsKeyArn !== undefined ? [allow('DecryptRecordings', ['kms:Decrypt'], kmsKeyArn)] : []),
    ];
  }

  private manifestsAndReports(): readonly Statement[] {
    return [
      allow('ReadManifests', ['s3:GetObject', 's3:GetObjectVersion'], this.workObjectsArn()),
      allow('WriteReports', ['s3:PutObject'], this.workObjectsArn()),
      ...this.encryption('EncryptReports', ['kms:Decrypt', 'kms:GenerateDataKey']),
    ];
  }

  private encryption(sid: string, actions: readonly string[]): readonly Statement[] {
    const { kmsKeyArn } = this.props.workspace;
    return kmsKeyArn === undefined ? [] : [allow(sid, actions, kmsKeyArn)];
  }

  private workBucketArn(): string {
    return `arn:${this.partition}:s3:::${this.props.workspace.bucketName}`;
  }

  private workObjectsArn(): string {
    return `${this.workBucketArn()}/${this.props.workspace.prefix ?? PREFIX}*`;
  }
}

const allow = (Sid: string, Action: readonly string[], Resource: string): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
});
