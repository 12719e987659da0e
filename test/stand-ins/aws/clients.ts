/**
 * The AWS SDK's clients, each loaded when it is first asked for: Terraform starts a provider several times per command,
 * and mostly for its schema. Endpoints and credentials are what the SDK finds: AWS_ENDPOINT_URL_S3 and its siblings.
 */
import type { IAM } from '@aws-sdk/client-iam';
import type { KMS } from '@aws-sdk/client-kms';
import type { S3 } from '@aws-sdk/client-s3';
import type { STS } from '@aws-sdk/client-sts';

/** Where to go, and as whom; what is left out the SDK finds in the environment. */
export interface AwsSettings {
  readonly region: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}

/** The one account that everything is made in. */
export interface Aws {
  readonly region: string;
  s3(): Promise<S3>;
  iam(): Promise<IAM>;
  sts(): Promise<STS>;
  kms(): Promise<KMS>;
}

/** Sends nothing. */
export function connectAws(settings: AwsSettings): Aws {
  const { region, accessKeyId, secretAccessKey, sessionToken } = settings;
  const config = {
    region,
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } }),
  };
  return {
    region,
    s3: once(async () => new (await import('@aws-sdk/client-s3')).S3(config)),
    iam: once(async () => new (await import('@aws-sdk/client-iam')).IAM(config)),
    sts: once(async () => new (await import('@aws-sdk/client-sts')).STS(config)),
    kms: once(async () => new (await import('@aws-sdk/client-kms')).KMS(config)),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
