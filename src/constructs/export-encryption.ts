import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { Construct } from 'constructs';
import { policyDocument } from './policy';

/** A KMS key that is made for a bucket. */
export interface NewKmsKeyProps {
  /**
   * Days between the deletion of the key and its end, 7 to 30. Whatever was encrypted with it is lost then.
   * @default 30
   */
  readonly deletionWindowInDays?: number;
  /** @default no tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What the files of a bucket are encrypted with: exported ones, or those of a register. */
export class ExportEncryption {
  /** S3's own keys (SSE-S3). Nobody needs a permission for them. */
  static s3Managed(): ExportEncryption {
    return new ExportEncryption(() => undefined);
  }

  /**
   * A KMS key that is there already. Its key policy must let the exporter's role use it, by name or by leaving it to the
   * policies of its account.
   * @param keyArn ARN of the key, not of an alias: permissions are given on keys.
   */
  static kmsKey(keyArn: string): ExportEncryption {
    return new ExportEncryption(() => keyArn);
  }

  /**
   * A KMS key of its own, rotated every year, whose use is left to the policies of the account. Terraform refuses to
   * destroy it: what is encrypted with it, held or not, would be unreadable.
   */
  static newKmsKey(props: NewKmsKeyProps = {}): ExportEncryption {
    return new ExportEncryption((scope, partition, purpose) => makeKey(scope, partition, purpose, props).arn);
  }

  private constructor(
    /** Answers the ARN of the customer's key; undefined for S3's own. May make resources. `purpose` describes a new key. */
    readonly bind: (scope: Construct, partition: string, purpose: string) => string | undefined,
  ) {}
}

function makeKey(scope: Construct, partition: string, description: string, props: NewKmsKeyProps): KmsKey {
  // Read while planning, so the key policy is known before the key exists.
  const { accountId } = new DataAwsCallerIdentity(scope, 'account');
  return new KmsKey(scope, 'key', {
    description,
    enableKeyRotation: true,
    deletionWindowInDays: props.deletionWindowInDays ?? 30,
    policy: policyDocument([
      {
        Sid: 'PoliciesOfTheAccountDecide',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ]),
    ...(props.tags === undefined ? {} : { tags: { ...props.tags } }),
    lifecycle: { preventDestroy: true },
  });
}
