/** A register below an S3 prefix, shared by every machine that reaches the bucket. */
import type * as S3Sdk from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { AwsError, callAws } from '../aws';
import { s3Place } from '../words';
import type { Store } from './store';
import { RegisterProblem } from './store';

/** Where the register is and how it is reached. */
export interface S3Place {
  readonly bucket: string;
  /** Without a slash at its ends; empty for the whole bucket. */
  readonly prefix: string;
  /** Asked for at the first call, and once. */
  readonly client: () => Promise<S3Client>;
}

/**
 * Conditional creation (`If-None-Match: *`) and nothing else: what Terraform's own S3 backend locks with. No deletion, no
 * `If-Match`, which differs between servers.
 */
export class S3Store implements Store {
  readonly place: string;
  private loading: Promise<{ readonly s3: S3Client; readonly sdk: typeof S3Sdk }> | undefined;

  constructor(private readonly where: S3Place) {
    this.place = s3Place(where.bucket, where.prefix);
  }

  async list(
    prefix: string,
    after: string | undefined,
    signal: AbortSignal,
    most = Infinity,
  ): Promise<readonly string[]> {
    const { s3, sdk } = await this.load();
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const page = await callAws(this.attempt('ListObjectsV2', prefix, 's3:ListBucket'), signal, () =>
        s3.send(
          new sdk.ListObjectsV2Command({
            Bucket: this.where.bucket,
            Prefix: this.key(prefix),
            ...(most < Infinity ? { MaxKeys: most } : {}),
            ...(token === undefined ? {} : { ContinuationToken: token }),
            ...(token === undefined && after !== undefined ? { StartAfter: this.key(after) } : {}),
          }),
          { abortSignal: signal },
        ),
      );
      // An answer without these is not a listing: an empty register must not be believed in.
      if (page.KeyCount === undefined || (page.IsTruncated === true && page.NextContinuationToken === undefined)) {
        throw new RegisterProblem('unreachable', `${this.place} did not answer a listing with a listing.`);
      }
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key.slice(this.key('').length));
      token = page.NextContinuationToken;
    } while (token !== undefined && keys.length < most);
    return keys.filter((key) => after === undefined || key > after);
  }

  async read(key: string, signal: AbortSignal): Promise<Buffer | undefined> {
    const { s3, sdk } = await this.load();
    try {
      const answer = await callAws(this.attempt('GetObject', key, 's3:GetObject'), signal, () =>
        s3.send(new sdk.GetObjectCommand({ Bucket: this.where.bucket, Key: this.key(key) }), { abortSignal: signal }),
      );
      if (answer.Body === undefined)
        throw new RegisterProblem('unreachable', `${this.place}/${key} came without a body.`);
      return Buffer.from(await answer.Body.transformToByteArray());
    } catch (error) {
      if (error instanceof AwsError && error.code === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async create(key: string, body: Buffer, signal: AbortSignal): Promise<'created' | 'exists'> {
    const { s3, sdk } = await this.load();
    try {
      await callAws(this.attempt('PutObject', key, 's3:PutObject'), signal, () =>
        s3.send(
          new sdk.PutObjectCommand({ Bucket: this.where.bucket, Key: this.key(key), Body: body, IfNoneMatch: '*' }),
          { abortSignal: signal },
        ),
      );
      return 'created';
    } catch (error) {
      if (error instanceof AwsError && error.code === 'PreconditionFailed') return 'exists';
      throw error;
    }
  }

  private attempt(operation: string, key: string, action: string): Parameters<typeof callAws>[0] {
    return { operation, target: `${this.place}/${key}`, right: `${action} on ${this.place}` };
  }

  private key(key: string): string {
    return this.where.prefix === '' ? key : `${this.where.prefix}/${key}`;
  }

  private async load(): Promise<{ readonly s3: S3Client; readonly sdk: typeof S3Sdk }> {
    this.loading ??= Promise.all([this.where.client(), import('@aws-sdk/client-s3')]).then(([s3, sdk]) => ({
      s3,
      sdk,
    }));
    return this.loading;
  }
}
