/** Records of who did what with a bucket: S3's access logs, and the data events of CloudTrail. */
import { Cloudtrail } from '@cdktf/provider-aws/lib/cloudtrail';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { errors } from './errors';

/** S3's own access logs: a line for each request, some hours later, and without a promise that none is missing. */
export interface AccessLogs {
  /**
   * Name of the bucket that logs are written to, in the same region and account. Its policy must allow
   * logging.s3.amazonaws.com to put objects, it must be encrypted with S3's own keys, and it must not have Object Lock.
   */
  readonly bucketName: string;
  /**
   * What the keys of logs begin with.
   * @default the name of the export bucket and a slash
   */
  readonly prefix?: string;
}

/** A trail of CloudTrail: every reading, writing, tagging and holding of an object, by whom, with a chain of digests. */
export interface DataEvents {
  /** Name of the bucket that the trail is written to; not this one. Its policy must allow cloudtrail.amazonaws.com to put objects. */
  readonly trailBucketName: string;
  /**
   * What keys begin with there.
   * @default AWSLogs/, where CloudTrail begins by itself
   */
  readonly keyPrefix?: string;
  /**
   * ARN of a KMS key that encrypts the trail.
   * @default S3's own keys (SSE-S3)
   */
  readonly kmsKeyArn?: string;
  /** @default the bucket's name with "-data-events" behind it */
  readonly trailName?: string;
}

export function addAccessLogs(scope: Construct, bucket: S3Bucket, bucketName: string, logs: AccessLogs): void {
  if (logs.bucketName === bucketName) throw errors.recordsItself(scope.node.path, bucketName);
  scope.node.addValidation({ validate: () => lockedTarget(scope, logs.bucketName) });
  new S3BucketLoggingA(scope, 'access-logs', {
    bucket: bucket.bucket,
    targetBucket: logs.bucketName,
    targetPrefix: logs.prefix ?? `${bucketName}/`,
  });
}

export function addDataEvents(scope: Construct, bucketName: string, bucketArn: string, events: DataEvents): void {
  if (events.trailBucketName === bucketName) throw errors.recordsItself(scope.node.path, bucketName);
  new Cloudtrail(scope, 'data-events', {
    name: events.trailName ?? `${bucketName}-data-events`,
    s3BucketName: events.trailBucketName,
    ...(events.keyPrefix === undefined ? {} : { s3KeyPrefix: events.keyPrefix }),
    ...(events.kmsKeyArn === undefined ? {} : { kmsKeyId: events.kmsKeyArn }),
    enableLogFileValidation: true,
    includeGlobalServiceEvents: false,
    eventSelector: [
      {
        readWriteType: 'All',
        includeManagementEvents: false,
        dataResource: [{ type: 'AWS::S3::Object', values: [`${bucketArn}/`] }],
      },
    ],
  });
}

/** S3 refuses a bucket with Object Lock as the target of access logs, but only when they are switched on. */
function lockedTarget(scope: Construct, target: string): string[] {
  const locked = scope.node.root.node.findAll().some((other) => isLocked(other, target));
  return locked ? [errors.logTargetIsLocked(scope.node.path, target).message] : [];
}

function isLocked(construct: IConstruct, bucketName: string): boolean {
  if (!TerraformResource.isTerraformResource(construct) || construct.terraformResourceType !== 'aws_s3_bucket') {
    return false;
  }
  const { bucketInput, objectLockEnabledInput } = construct as S3Bucket;
  return bucketInput === bucketName && objectLockEnabledInput === true;
}
