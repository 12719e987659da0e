import type { ITerraformDependable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { declareIntent } from '../collect/synth';
import { encryptionStatements, exportStatements, holdStatements, releaseStatements, taggingStatements } from './grants';
import type { IGrantee } from './storage-role';
import { checkPartition, partitionOfStack } from './partition';

/** A bucket that receives exports. */
export interface IExportBucket extends IConstruct {
  readonly bucketName: string;
  /** Made from the name, so that it is known before the bucket exists. */
  readonly bucketArn: string;
  /** ARN pattern of all objects. */
  readonly objectsArn: string;
  /** Partition that ARNs begin with: `aws`, `aws-us-gov` or `aws-cn`. */
  readonly partition: string;
  /** ARN of the customer's KMS key that objects are encrypted with; undefined: S3's own keys. */
  readonly kmsKeyArn: string | undefined;
  /** Resources that must be there before files may be written; empty for a bucket that is not made here. */
  readonly readiness: readonly ITerraformDependable[];
  /** Lets a role write exports: the actions that Genesys Cloud documents, and those that large files and the key need. */
  grantExport(grantee: IGrantee): void;
  /** Lets a role put tags on exported objects, on every version of them. To keep the tags they have, it must see them: grantHold. */
  grantTagging(grantee: IGrantee): void;
  /** Lets a role put legal holds on objects, not take them off, and see which versions there are, held and tagged how. */
  grantHold(grantee: IGrantee): void;
  /**
   * Lets a role take legal holds off. The policy of a bucket that is made here denies it to all other roles; that of an
   * imported one is not touched.
   */
  grantRelease(grantee: IGrantee): void;
}

/** What made and imported buckets have in common. */
export abstract class ExportBucketBase extends Construct implements IExportBucket {
  abstract readonly bucketName: string;
  abstract readonly partition: string;
  abstract readonly kmsKeyArn: string | undefined;
  abstract readonly readiness: readonly ITerraformDependable[];

  get bucketArn(): string {
    return `arn:${this.partition}:s3:::${this.bucketName}`;
  }

  get objectsArn(): string {
    return `${this.bucketArn}/*`;
  }

  grantExport(grantee: IGrantee): void {
    grantee.grant('export', exportStatements(this));
    // A policy of its own: the ARN of a new key is not known when planning, and the rest should be.
    if (this.kmsKeyArn !== undefined) grantee.grant('encryption', encryptionStatements(this.kmsKeyArn));
  }

  grantTagging(grantee: IGrantee): void {
    grantee.grant('tagging', taggingStatements(this));
  }

  grantHold(grantee: IGrantee): void {
    grantee.grant('hold', holdStatements(this));
  }

  grantRelease(grantee: IGrantee): void {
    grantee.grant('release', releaseStatements(this));
  }
}

/** What can be said of a bucket that is made elsewhere. The checks believe it, and say of the rest that they cannot see it. */
export interface ExportBucketAttributes {
  readonly bucketName: string;
  /**
   * Partition that ARNs begin with: `aws`, `aws-us-gov` or `aws-cn`.
   * @default that of the region of the stack's AWS provider, where it is made before and its region is a literal; else aws
   */
  readonly partition?: string;
  /**
   * ARN of the KMS key of yours that it is encrypted with.
   * @default no permission is given on any key
   */
  readonly kmsKeyArn?: string;
  /**
   * Whether it is versioned.
   * @default not said
   */
  readonly versioned?: boolean;
  /**
   * Whether it has Object Lock, and with it versioning. `true` says also that it has no default retention.
   * @default not said
   */
  readonly objectLock?: boolean;
  /**
   * Whether a lifecycle rule drops the parts of uploads that were never finished.
   * @default not said
   */
  readonly abortsIncompleteUploads?: boolean;
}

/** A bucket that is made elsewhere. */
export class ImportedBucket extends ExportBucketBase {
  readonly bucketName: string;
  readonly partition: string;
  readonly kmsKeyArn: string | undefined;
  readonly readiness: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, attributes: ExportBucketAttributes) {
    super(scope, id);
    const { bucketName, kmsKeyArn, versioned, objectLock, abortsIncompleteUploads } = attributes;
    this.bucketName = bucketName;
    this.partition = attributes.partition ?? partitionOfStack(scope) ?? 'aws';
    checkPartition(this, this.partition);
    this.kmsKeyArn = kmsKeyArn;
    declareIntent(this, () => ({ bucket: { bucketName, kmsKeyArn, versioned, objectLock, abortsIncompleteUploads } }));
  }
}
