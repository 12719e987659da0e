import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { Token, type ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { addAccessLogs, addDataEvents, type AccessLogs, type DataEvents } from './bucket-audit';
import { ExportBucketPolicy } from './bucket-policy';
import { addBucketSettings } from './bucket-settings';
import { checkBucketName } from './check-props';
import { errors, pathOf } from './errors';
import {
  ExportBucketBase,
  ImportedBucket,
  type ExportBucketAttributes,
  type IExportBucket,
} from './export-bucket-base';
import { checkPartition, partitionOfStack } from './partition';
import { ExportEncryption } from './export-encryption';
import type { IGrantee } from './storage-role';

export type { ExportBucketAttributes, IExportBucket };

export interface ExportBucketProps {
  /** Name of the bucket. A literal: policies and checks are made from it before the bucket exists. */
  readonly bucketName: string;
  /**
   * Turns Object Lock on, without a default retention, so that objects can be held one by one. It cannot be turned off
   * again, and only be chosen here when the bucket is made.
   * @default true
   */
  readonly objectLock?: boolean;
  /**
   * What files are encrypted with: `ExportEncryption.kmsKey(arn)`, `ExportEncryption.newKmsKey()`, …
   * @default ExportEncryption.s3Managed()
   */
  readonly encryption?: ExportEncryption;
  /**
   * Days after which S3 drops the parts of an upload that was never finished.
   * @default 7
   */
  readonly abortIncompleteUploadsAfterDays?: number;
  /**
   * S3's access logs, for statistics and first questions.
   * @default none are kept
   */
  readonly accessLogs?: AccessLogs;
  /**
   * A trail of what is done with objects, as evidence.
   * @default none is kept here; the account may have a trail of its own
   */
  readonly dataEvents?: DataEvents;
  /**
   * Partition that ARNs begin with: `aws`, `aws-us-gov` or `aws-cn`.
   * @default that of the region of the stack's AWS provider, where it is made before and its region is a literal; else aws
   */
  readonly partition?: string;
  /** @default no tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A bucket for exported recordings: versioned, ready for Object Lock, encrypted, closed to the public, over TLS only, and
 * cleaned of uploads that were never finished. Its policy keeps exporters from deleting, and everybody but release roles from
 * releasing what is held.
 */
export class ExportBucket extends ExportBucketBase {
  /**
   * A bucket that is made elsewhere. Its settings and its bucket policy cannot be seen by the checks, unless this app
   * makes them for a bucket of the same name.
   */
  static fromBucketName(
    scope: Construct,
    id: string,
    bucketName: string,
    options: Omit<ExportBucketAttributes, 'bucketName'> = {},
  ): IExportBucket {
    return ExportBucket.fromBucketAttributes(scope, id, { ...options, bucketName });
  }

  /** A bucket that is made elsewhere, with what is known of it. */
  static fromBucketAttributes(scope: Construct, id: string, attributes: ExportBucketAttributes): IExportBucket {
    if (!Token.isUnresolved(attributes.bucketName)) checkBucketName(pathOf(scope, id), attributes.bucketName);
    return new ImportedBucket(scope, id, attributes);
  }

  readonly bucketName: string;
  readonly kmsKeyArn: string | undefined;
  readonly readiness: readonly ITerraformDependable[];
  readonly partition: string;
  /** The resource behind it. */
  readonly bucket: S3Bucket;
  private readonly policy: ExportBucketPolicy;

  constructor(scope: Construct, id: string, props: ExportBucketProps) {
    const path = pathOf(scope, id);
    if (Token.isUnresolved(props.bucketName)) throw errors.bucketNameIsNoLiteral(path);
    checkBucketName(path, props.bucketName);
    super(scope, id);
    const { bucketName, objectLock = true, encryption = ExportEncryption.s3Managed() } = props;
    const partition = props.partition ?? partitionOfStack(scope) ?? 'aws';
    this.bucketName = bucketName;
    this.partition = partition;
    checkPartition(this, partition);
    this.kmsKeyArn = encryption.bind(this, partition, `Encrypts exported recordings in ${bucketName}`);
    this.policy = new ExportBucketPolicy(this, objectLock);
    this.bucket = new S3Bucket(this, 'bucket', {
      bucket: bucketName,
      ...(objectLock ? { objectLockEnabled: true } : {}),
      ...(props.tags === undefined ? {} : { tags: { ...props.tags } }),
    });
    this.readiness = this.addSettings(props);
    if (props.accessLogs !== undefined) addAccessLogs(this, this.bucket, bucketName, props.accessLogs);
    if (props.dataEvents !== undefined) addDataEvents(this, bucketName, this.bucketArn, props.dataEvents);
  }

  override grantExport(grantee: IGrantee): void {
    super.grantExport(grantee);
    this.policy.addWriter(grantee.principalPattern);
  }

  override grantRelease(grantee: IGrantee): void {
    super.grantRelease(grantee);
    this.policy.addReleaser(grantee.principalPattern);
  }

  private addSettings(props: ExportBucketProps): readonly ITerraformDependable[] {
    const { versioning, encryption, policy } = addBucketSettings(this, this.bucket, this.kmsKeyArn, () =>
      this.policy.document(),
    );
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: this.bucket.bucket,
      rule: [
        {
          id: 'abort-incomplete-uploads',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: props.abortIncompleteUploadsAfterDays ?? 7 }],
        },
      ],
      // S3 refuses lifecycle rules while versioning is being switched.
      dependsOn: [versioning],
    });
    return [versioning, encryption, policy];
  }
}
