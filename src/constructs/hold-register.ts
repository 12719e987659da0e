import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { Token, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { parseS3Place, s3Place, withoutEnd } from '../words';
import { addBucketSettings } from './bucket-settings';
import { checkBucketName } from './check-props';
import { errors, pathOf } from './errors';
import { ExportEncryption } from './export-encryption';
import { checkPartition, partitionOfStack } from './partition';
import { registerKeyReading, registerKeyUse, registerPolicy, registerReading, registerUse } from './register-grants';
import type { IGrantee } from './storage-role';

/** A register of claims in S3, which every machine that holds or releases shares. */
export interface IHoldRegister {
  /** What the provider's `register` is: `s3://bucket/prefix`. Known before the bucket exists. */
  readonly place: string;
  /** Resources that must be there before something is held; empty for a register that is not made here. */
  readonly readiness: readonly ITerraformDependable[];
  /** Lets whoever holds or releases read the register and append to it, and neither replace nor delete what is in it. */
  grantUse(grantee: IGrantee): void;
  /** Lets whoever only looks read the register: plans, `drift`, `holds`. */
  grantRead(grantee: IGrantee): void;
}

/** How long an entry cannot be deleted, whatever becomes of the bucket's policy. Exactly one of days and years is given. */
export interface RegisterRetention {
  readonly days?: number;
  readonly years?: number;
  /**
   * `GOVERNANCE`, which roles with `s3:BypassGovernanceRetention` get past once the bucket's policy lets them, or `COMPLIANCE`,
   * which nobody gets past, AWS's support and the root of the account included.
   * @default GOVERNANCE
   */
  readonly mode?: 'GOVERNANCE' | 'COMPLIANCE';
}

export interface HoldRegisterProps {
  /** Name of the bucket. A literal: policies and checks are made from it. The bucket is for the register alone. */
  readonly bucketName: string;
  /**
   * What keys begin with, without slashes at its ends.
   * @default register
   */
  readonly prefix?: string;
  /**
   * What entries are encrypted with.
   * @default ExportEncryption.newKmsKey()
   */
  readonly encryption?: ExportEncryption;
  /**
   * Locks each new entry with Object Lock, which cannot be switched off for a bucket again.
   * @default none: the policy of the bucket alone keeps everybody from deleting
   */
  readonly retention?: RegisterRetention;
  /**
   * Partition that ARNs begin with: `aws`, `aws-us-gov` or `aws-cn`.
   * @default that of the region of the stack's AWS provider, where it is made before and its region is a literal; else aws
   */
  readonly partition?: string;
  /** @default no tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What can be said of a register that is made elsewhere. */
export interface RegisterAttributes {
  /**
   * ARN of the KMS key of yours that its bucket is encrypted with.
   * @default no permission is given on any key
   */
  readonly kmsKeyArn?: string;
  /**
   * Partition that ARNs begin with: `aws`, `aws-us-gov` or `aws-cn`.
   * @default that of the stack of the role that is granted something
   */
  readonly partition?: string;
}

/** What made and imported registers have in common. */
class RegisterPlace implements IHoldRegister {
  readonly readiness: readonly ITerraformDependable[] = [];

  constructor(
    readonly bucketName: string,
    readonly prefix: string,
    private readonly attributes: RegisterAttributes,
  ) {}

  get place(): string {
    return s3Place(this.bucketName, this.prefix);
  }

  grantUse(grantee: IGrantee): void {
    const { kmsKeyArn } = this.attributes;
    grantee.grant('register', registerUse(this.arnsFor(grantee)));
    // A policy of its own: the ARN of a new key is not known when planning, and the rest should be.
    if (kmsKeyArn !== undefined) grantee.grant('register-key', registerKeyUse(kmsKeyArn));
  }

  grantRead(grantee: IGrantee): void {
    const { kmsKeyArn } = this.attributes;
    grantee.grant('register-reading', registerReading(this.arnsFor(grantee)));
    if (kmsKeyArn !== undefined) grantee.grant('register-key-reading', registerKeyReading(kmsKeyArn));
  }

  private arnsFor(grantee: IGrantee): { readonly bucketArn: string; readonly objectsArn: string } {
    const partition = this.attributes.partition ?? partitionOfStack(grantee) ?? 'aws';
    const bucketArn = `arn:${partition}:s3:::${this.bucketName}`;
    return { bucketArn, objectsArn: `${bucketArn}/${this.prefix === '' ? '' : `${this.prefix}/`}*` };
  }
}

/**
 * A bucket for the register of claims: which matter needs which recordings held. Versioned, encrypted with KMS, closed to the
 * public, over TLS only. Its policy keeps everybody from overwriting and deleting, and Terraform refuses to destroy it.
 *
 * ```ts
 * const register = new HoldRegister(storage, 'register', { bucketName: 'acme-holds' });
 * new ComplianceProvider(compliance, 'genesyscloud', { register });
 * ```
 */
export class HoldRegister extends Construct implements IHoldRegister {
  /**
   * A register that is made elsewhere, or lies in a bucket that is.
   * @param place `s3://bucket/prefix`, a literal.
   */
  static fromPlace(place: string, attributes: RegisterAttributes = {}): IHoldRegister {
    const parsed = Token.isUnresolved(place) ? undefined : parseS3Place(place);
    if (parsed === undefined) throw errors.registerPlaceIsMalformed(place);
    return new RegisterPlace(parsed.bucket, parsed.prefix, attributes);
  }

  readonly bucketName: string;
  /** ARN of the customer's key that entries are encrypted with; undefined: S3's own keys. */
  readonly kmsKeyArn: string | undefined;
  /** The resource behind it. */
  readonly bucket: S3Bucket;
  readonly readiness: readonly ITerraformDependable[];
  private readonly where: RegisterPlace;

  constructor(scope: Construct, id: string, props: HoldRegisterProps) {
    const path = pathOf(scope, id);
    const { bucketName, retention, encryption = ExportEncryption.newKmsKey() } = props;
    if (Token.isUnresolved(bucketName)) throw errors.bucketNameIsNoLiteral(path);
    checkBucketName(path, bucketName);
    checkRetention(path, retention);
    super(scope, id);
    const partition = props.partition ?? partitionOfStack(scope) ?? 'aws';
    checkPartition(this, partition);
    this.bucketName = bucketName;
    this.kmsKeyArn = encryption.bind(this, partition, `Encrypts the register of claims in ${bucketName}`);
    this.where = new RegisterPlace(bucketName, withoutSlashes(props.prefix ?? 'register'), {
      partition,
      ...(this.kmsKeyArn === undefined ? {} : { kmsKeyArn: this.kmsKeyArn }),
    });
    this.bucket = new S3Bucket(this, 'bucket', {
      bucket: bucketName,
      ...(retention === undefined ? {} : { objectLockEnabled: true }),
      ...(props.tags === undefined ? {} : { tags: { ...props.tags } }),
      // S3 keeps a bucket that is not empty, but its policy would be gone by then.
      lifecycle: { preventDestroy: true },
    });
    this.readiness = this.addSettings(partition, retention);
  }

  get place(): string {
    return this.where.place;
  }

  grantUse(grantee: IGrantee): void {
    this.where.grantUse(grantee);
  }

  grantRead(grantee: IGrantee): void {
    this.where.grantRead(grantee);
  }

  private addSettings(partition: string, retention: RegisterRetention | undefined): readonly ITerraformDependable[] {
    const bucketArn = `arn:${partition}:s3:::${this.bucketName}`;
    const { versioning, encryption, policy } = addBucketSettings(this, this.bucket, this.kmsKeyArn, () =>
      registerPolicy({ bucketArn, objectsArn: `${bucketArn}/*` }),
    );
    if (retention === undefined) return [versioning, encryption, policy];
    const { mode = 'GOVERNANCE', days, years } = retention;
    const lock = new S3BucketObjectLockConfigurationA(this, 'retention', {
      bucket: this.bucket.bucket,
      rule: {
        defaultRetention: { mode, ...(days === undefined ? {} : { days }), ...(years === undefined ? {} : { years }) },
      },
      // S3 takes a retention only where versions are kept.
      dependsOn: [versioning],
    });
    return [versioning, encryption, policy, lock];
  }
}

/** What a prop that takes either says to the provider. */
export const placeOf = (register: IHoldRegister | string): string =>
  typeof register === 'string' ? register : register.place;

const withoutSlashes = (prefix: string): string => withoutEnd(prefix, '/').replace(/^\/+/, '');

function checkRetention(path: string, retention: RegisterRetention | undefined): void {
  if (retention === undefined) return;
  const given = [retention.days, retention.years].filter((length) => length !== undefined);
  const [length = 0, ...others] = given;
  if (others.length > 0 || !Number.isInteger(length) || length < 1) throw errors.retentionIsMalformed(path);
}
