/** Where recordings are: buckets and keys. */
import type { PolicyFact } from './access';
import type { Known, Subject } from './known';

/** Object Lock of a bucket. */
export interface ObjectLockFact {
  readonly enabled: boolean;
  /** Null: no default retention, which is what an export bucket needs. */
  readonly defaultRetention: {
    readonly mode: string;
    readonly days: number | null;
    readonly years: number | null;
  } | null;
}

/** Default encryption of a bucket. */
export interface EncryptionFact {
  readonly algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  /** ARN, id, alias or expression of the customer's key; null: S3's own or the AWS managed key. */
  readonly kmsKey: string | null;
  /** Address of the {@link KeyFact} that `kmsKey` names, when it is one of these facts. */
  readonly keyAddress: string | null;
}

/** A bucket that receives exports or whose objects are held. */
export interface BucketFact extends Subject {
  readonly name: Known<string>;
  readonly arn: Known<string>;
  readonly accountId: Known<string>;
  /** Bucket policies, seen and unseen. Empty: known to have none. */
  readonly policies: readonly PolicyFact[];
  readonly versioning: Known<'enabled' | 'suspended' | 'disabled'>;
  readonly objectLock: Known<ObjectLockFact>;
  readonly encryption: Known<EncryptionFact>;
  /** Whether a lifecycle rule aborts incomplete multipart uploads. */
  readonly abortsIncompleteUploads: Known<boolean>;
}

/** A customer managed KMS key. */
export interface KeyFact extends Subject {
  readonly arn: Known<string>;
  readonly accountId: Known<string>;
  /** The key policy; a key always has one, so null is not possible. */
  readonly policy: PolicyFact;
}
