import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Token, type ITerraformDependable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { errors, pathOf } from './errors';
import { policyDocument, type Statement } from './policy';

/** A role that can be given permissions. */
export interface IGrantee extends IConstruct {
  /** Gives the permissions of these statements; a role that is not made here is left as it is. */
  grant(id: string, statements: readonly Statement[]): void;
}

/** A bucket that receives exports. */
export interface IExportBucket extends IConstruct {
  readonly bucketName: string;
  /** Made from the name, so that it is known before the bucket exists. */
  readonly bucketArn: string;
  /** ARN pattern of all objects. */
  readonly objectsArn: string;
  /** ARN of the customer's KMS key that objects are encrypted with; undefined: S3's own keys. */
  readonly kmsKeyArn: string | undefined;
  /** Resources that must be there before files may be written; empty for a bucket that is not made here. */
  readonly readiness: readonly ITerraformDependable[];
  /** Lets a role write exports: the actions that Genesys Cloud documents, and those that large files need. */
  grantExport(grantee: IGrantee): void;
  /** Lets a role put tags on exported objects, on every version of them. */
  grantTagging(grantee: IGrantee): void;
}

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
   * ARN of a KMS key of yours to encrypt with. Its key policy must allow the export role too.
   * @default S3 encrypts with its own keys (SSE-S3)
   */
  readonly kmsKeyArn?: string;
  /**
   * Days after which S3 drops the parts of an upload that was never finished.
   * @default 7
   */
  readonly abortIncompleteUploadsAfterDays?: number;
  /**
   * Partition that ARNs begin with: `aws`, `aws-us-gov` or `aws-cn`.
   * @default aws
   */
  readonly partition?: string;
  /** @default no tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What made and imported buckets have in common. */
abstract class ExportBucketBase extends Construct implements IExportBucket {
  abstract readonly bucketName: string;
  abstract readonly kmsKeyArn: string | undefined;
  abstract readonly readiness: readonly ITerraformDependable[];
  protected abstract readonly partition: string;

  get bucketArn(): string {
    return `arn:${this.partition}:s3:::${this.bucketName}`;
  }

  get objectsArn(): string {
    return `${this.bucketArn}/*`;
  }

  grantExport(grantee: IGrantee): void {
    const kms: readonly Statement[] =
      this.kmsKeyArn === undefined
        ? []
        : [
            {
              // Decrypt as well: S3 reads the parts of a multipart upload back when it puts them together.
              Sid: 'EncryptExportedFiles',
              Effect: 'Allow',
              Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
              Resource: this.kmsKeyArn,
            },
          ];
    grantee.grant('export', [
      {
        Sid: 'LookAtExportBucket',
        Effect: 'Allow',
        Action: ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration', 's3:ListBucketMultipartUploads'],
        Resource: this.bucketArn,
      },
      {
        Sid: 'WriteExportedFiles',
        Effect: 'Allow',
        Action: ['s3:PutObject', 's3:PutObjectAcl', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        Resource: this.objectsArn,
      },
      ...kms,
    ]);
  }

  grantTagging(grantee: IGrantee): void {
    grantee.grant('tagging', [
      {
        Sid: 'TagExportedFiles',
        Effect: 'Allow',
        Action: ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'],
        Resource: this.objectsArn,
      },
    ]);
  }
}

class ImportedBucket extends ExportBucketBase {
  readonly readiness: readonly ITerraformDependable[] = [];

  constructor(
    scope: Construct,
    id: string,
    readonly bucketName: string,
    protected readonly partition: string,
    readonly kmsKeyArn: string | undefined,
  ) {
    super(scope, id);
  }
}

/**
 * A bucket for exported recordings: versioned, ready for Object Lock, encrypted, closed to the public, over TLS only, and
 * cleaned of uploads that were never finished.
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
    options: { readonly partition?: string; readonly kmsKeyArn?: string } = {},
  ): IExportBucket {
    if (!Token.isUnresolved(bucketName)) checkName(pathOf(scope, id), bucketName);
    return new ImportedBucket(scope, id, bucketName, options.partition ?? 'aws', options.kmsKeyArn);
  }

  readonly bucketName: string;
  readonly kmsKeyArn: string | undefined;
  readonly readiness: readonly ITerraformDependable[];
  protected readonly partition: string;
  /** The resource behind it. */
  readonly bucket: S3Bucket;

  constructor(scope: Construct, id: string, props: ExportBucketProps) {
    const path = pathOf(scope, id);
    if (Token.isUnresolved(props.bucketName)) throw errors.bucketNameIsNoLiteral(path);
    checkName(path, props.bucketName);
    super(scope, id);
    this.bucketName = props.bucketName;
    this.kmsKeyArn = props.kmsKeyArn;
    this.partition = props.partition ?? 'aws';

    const objectLock = props.objectLock ?? true;
    this.bucket = new S3Bucket(this, 'bucket', {
      bucket: props.bucketName,
      ...(objectLock ? { objectLockEnabled: true } : {}),
      ...(props.tags === undefined ? {} : { tags: { ...props.tags } }),
    });
    this.readiness = this.addSettings(props);
  }

  private addSettings(props: ExportBucketProps): readonly ITerraformDependable[] {
    // By reference, not by name: settings must wait until the bucket is there.
    const bucket = this.bucket.bucket;
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [
        props.kmsKeyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: props.kmsKeyArn },
              bucketKeyEnabled: true,
            },
      ],
    });
    const publicAccess = new S3BucketPublicAccessBlock(this, 'public-access', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    // Genesys Cloud writes from another account: without this the files would belong to it.
    const ownership = new S3BucketOwnershipControls(this, 'ownership', {
      bucket,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket,
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
    const policy = new S3BucketPolicy(this, 'policy', {
      bucket,
      policy: policyDocument([this.tlsOnly()]),
      // S3 answers 409 when these three change at the same time.
      dependsOn: [publicAccess, ownership],
    });
    return [versioning, encryption, policy];
  }

  /** Denies by the transport alone. The exporter speaks TLS; a condition on network or organisation would shut it out. */
  private tlsOnly(): Statement {
    return {
      Sid: 'DenyUnencryptedTransport',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [this.bucketArn, this.objectsArn],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
  }
}

function checkName(path: string, name: string): void {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) throw errors.bucketNameIsMalformed(path, name);
}
