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
  /**
   * How long a version stays locked after its event hold is released, where each new version gets one. Null, or left out: new
   * versions get none.
   */
  readonly defaultEventHold?: { readonly days: number | null; readonly years: number | null } | null;
}

/** Default encryption of a bucket. */
export interface EncryptionFact {
  readonly algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  /** ARN, id, alias or expression of the customer's key; null: S3's own or the AWS managed key. */
  readonly kmsKey: string | null;
  /** Address of the {@link KeyFact} that `kmsKey` names, when it is one of these facts. */
  readonly keyAddress: string | null;
}

/** A lifecycle rule that is switched on, or of which that is unknown. */
export interface LifecycleRuleFact {
  /** Empty: it has none. */
  readonly id: string;
  /** Keys it is about; empty: all. */
  readonly prefix: string;
  /** Whether tags or sizes narrow it further. */
  readonly isPartial: boolean;
  /** The tags and sizes in one text, for telling rules apart; left out where there are none, or where nobody compares rules. */
  readonly only?: string;
  /** Days after which current versions expire, or the date, or why neither is known; null: they do not. */
  readonly currentAfter: number | { readonly date: string } | { readonly unknown: string } | null;
  /** Days after which the last version is deleted for good when it is no longer current; null: it stays. */
  readonly noncurrentAfter: number | null;
  readonly abortsUploads: boolean;
}

/** The four settings of a public access block. */
export interface PublicAccessBlockFact {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** A permission that an access control list gives to others than the account. */
export interface AclGrantFact {
  /** Everybody, or everybody who has an AWS account. */
  readonly to: 'everybody' | 'every AWS account';
  readonly permission: 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL';
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
  /** Lifecycle rules that are switched on. Left out where a collector does not look at them. */
  readonly lifecycle?: Known<readonly LifecycleRuleFact[]>;
  /** Left out where a collector does not look at it. */
  readonly publicAccessBlock?: Known<PublicAccessBlockFact>;
  /** What its access control list gives to the public; empty where lists are switched off. Left out where it is not looked at. */
  readonly publicAcl?: Known<readonly AclGrantFact[]>;
}

/** A customer managed KMS key. */
export interface KeyFact extends Subject {
  readonly arn: Known<string>;
  readonly accountId: Known<string>;
  /** The key policy; a key always has one, so null is not possible. */
  readonly policy: PolicyFact;
}
