/** Clients of the gateway that `npm run test:rgw` has started. */
import { IAMClient } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectLegalHoldCommand,
  GetObjectTaggingCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { createS3ObjectStore, type ObjectStore } from '../../src/aws';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A version as it was written, to be looked at again. */
export interface Put {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId: string;
}

/** ARN of the administrator; the gateway knows no account ids. */
export const ADMIN_ARN = 'arn:aws:iam:::user/admin';

/** One caller of the gateway. */
export class Rgw {
  readonly s3: S3Client;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  /** Names of the requests that changed something, in order. */
  readonly writes: string[] = [];

  private constructor(keys: Keys) {
    const common = { endpoint: url(), region: 'us-east-1', credentials: keys, maxAttempts: 3 };
    // The gateway refuses the chunked uploads with a checksum behind them that the SDK has made its default.
    this.s3 = new S3Client({ ...common, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
    this.iam = new IAMClient(common);
    this.sts = new STSClient(common);
    this.s3.middlewareStack.add(
      (next, context) => (args) => {
        if (/^(Put|Delete)/.test(context.commandName ?? '')) this.writes.push(context.commandName ?? '');
        return next(args);
      },
      { step: 'initialize' },
    );
  }

  static admin(): Rgw {
    return new Rgw(adminKeys());
  }

  /** Somebody who has taken on the role. */
  async as(role: string): Promise<Rgw> {
    const command = new AssumeRoleCommand({ RoleArn: `arn:aws:iam:::role/${role}`, RoleSessionName: 'session' });
    const { Credentials } = await this.sts.send(command);
    return new Rgw({
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    });
  }

  async lockedBucket(Bucket: string): Promise<void> {
    await this.s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  }

  async put(Bucket: string, Key: string, Tagging?: string): Promise<Put> {
    const command = new PutObjectCommand({ Bucket, Key, Body: Key, ...(Tagging === undefined ? {} : { Tagging }) });
    return { Bucket, Key, VersionId: (await this.s3.send(command)).VersionId ?? '' };
  }

  /** How a version stands, asked without our code. */
  async look(version: Put): Promise<{ readonly hold: string; readonly tags: Readonly<Record<string, string>> }> {
    const { TagSet = [] } = await this.s3.send(new GetObjectTaggingCommand(version));
    const hold = await this.s3.send(new GetObjectLegalHoldCommand(version)).then(
      ({ LegalHold }) => LegalHold?.Status ?? 'OFF',
      (error: Error) => {
        // What this gateway says of a version that never had one.
        if (error.name === 'ObjectLockConfigurationNotFoundError') return 'OFF';
        throw error;
      },
    );
    return { hold, tags: Object.fromEntries(TagSet.map(({ Key, Value }) => [Key, Value])) };
  }

  store(bucket: string): ObjectStore {
    return createS3ObjectStore({ bucket, client: () => Promise.resolve(this.s3) });
  }

  close(): void {
    for (const client of [this.s3, this.iam, this.sts]) client.destroy();
  }
}

/** What the AWS SDK finds in its environment when it shall speak to the gateway. */
export function gatewayEnvironment(): Readonly<Record<string, string>> {
  const { accessKeyId, secretAccessKey } = adminKeys();
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_S3: url(),
  };
}

function url(): string {
  return said('RGW_URL');
}

function adminKeys(): Keys {
  return { accessKeyId: said('RGW_ACCESS_KEY_ID'), secretAccessKey: said('RGW_SECRET_ACCESS_KEY') };
}

function said(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: this suite is started by "npm run test:rgw".`);
  return value;
}
