/** AWS SDK clients that reach a simulator, as a user's would by the simulator's environment. */
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Simulator } from '../../src/simulator';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The clients of one caller. `close` lets go of their connections. */
export class Aws {
  readonly s3: S3Client;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly kms: KMSClient;
  readonly control: S3ControlClient;

  constructor(
    readonly simulator: Simulator,
    credentials: Keys = adminKeys(simulator),
  ) {
    const common = { endpoint: simulator.s3Url, region: 'us-east-1', maxAttempts: 1, credentials };
    this.s3 = new S3Client({ ...common, forcePathStyle: true });
    this.iam = new IAMClient(common);
    this.sts = new STSClient(common);
    this.kms = new KMSClient(common);
    const { endpoint: _fixed, ...others } = common;
    this.control = new S3ControlClient({ ...others, endpointProvider: () => ({ url: new URL(simulator.s3Url) }) });
  }

  /** Somebody who has taken on the role. */
  async as(RoleArn: string, more: { readonly ExternalId?: string; readonly Policy?: string } = {}): Promise<Aws> {
    const { Credentials } = await this.sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session', ...more }),
    );
    return new Aws(this.simulator, {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    });
  }

  /** A bucket with Object Lock. */
  async lockedBucket(Bucket: string): Promise<string> {
    await this.s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
    return Bucket;
  }

  /** Answers the id of the version. */
  async put(Bucket: string, Key: string, Body = 'x'): Promise<string> {
    return (await this.s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId ?? 'null';
  }

  close(): void {
    for (const client of [this.s3, this.iam, this.sts, this.kms, this.control]) client.destroy();
  }
}

export function adminKeys(simulator: Simulator): Keys {
  return {
    accessKeyId: simulator.env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: simulator.env['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
}
