/** Writes an object of unknown length as it comes, keeping no more than one part. */
import { createHash, type Hash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Attempt } from '../aws-error';
import { callAws, toldIn } from '../call';

/** Where it goes. */
export interface UploadTarget {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly key: string;
  /** The right a denial names: `s3:PutObject on arn:aws:s3:::bucket/key`. */
  readonly right: string;
}

/** What was written. */
export interface Uploaded {
  /** Without quotes, as S3 gave it. */
  readonly etag: string;
  /** SHA-256 of the content in hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** S3 takes parts of 5 MiB and more, at most 10,000 of them: 80 GB, more than any manifest. */
const PART_BYTES = 8 * 1024 * 1024;
/** Text is gathered in pieces of this many characters before it becomes bytes. */
const PIECE_CHARACTERS = 64 * 1024;

/**
 * One upload. Small content goes in one PutObject, larger in parts. Call {@link finish} or {@link abandon} exactly once:
 * parts of an upload that is neither cost money until a lifecycle rule finds them.
 */
export class StreamingUpload {
  private readonly hash: Hash = createHash('sha256');
  private text = '';
  private part: Buffer[] = [];
  private partBytes = 0;
  private bytes = 0;
  private uploadId: string | undefined;
  private readonly parts: { ETag: string; PartNumber: number }[] = [];

  constructor(
    private readonly target: UploadTarget,
    private readonly signal: AbortSignal,
  ) {}

  /** Adds text. Resolves at once, except when a part is full and goes up. */
  async write(text: string): Promise<void> {
    this.text += text;
    if (this.text.length < PIECE_CHARACTERS) return;
    this.gather();
    if (this.partBytes >= PART_BYTES) await this.sendPart();
  }

  async finish(): Promise<Uploaded> {
    this.gather();
    const etag = this.uploadId === undefined ? await this.putWhole() : await this.complete(this.uploadId);
    return { etag: etag.replace(/^"|"$/g, ''), sha256: this.hash.digest('hex'), bytes: this.bytes };
  }

  /** Throws nothing: it runs where something else has failed already. */
  async abandon(): Promise<void> {
    if (this.uploadId === undefined) return;
    const { s3, bucket, key } = this.target;
    const { AbortMultipartUploadCommand } = await import('@aws-sdk/client-s3');
    await s3
      .send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: this.uploadId }))
      .catch(() => undefined);
  }

  private gather(): void {
    if (this.text === '') return;
    const piece = Buffer.from(this.text);
    this.text = '';
    this.hash.update(piece);
    this.part.push(piece);
    this.partBytes += piece.length;
    this.bytes += piece.length;
  }

  private takePart(): Buffer {
    const body = Buffer.concat(this.part);
    this.part = [];
    this.partBytes = 0;
    return body;
  }

  private async sendPart(): Promise<void> {
    const { s3, bucket, key } = this.target;
    const { CreateMultipartUploadCommand, UploadPartCommand } = await import('@aws-sdk/client-s3');
    if (this.uploadId === undefined) {
      const begin = new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ContentType: 'text/csv' });
      const begun = await this.call('CreateMultipartUpload', () => s3.send(begin, { abortSignal: this.signal }));
      this.uploadId = toldIn(begun.UploadId, 'upload id', this.attempt('CreateMultipartUpload'));
    }
    const PartNumber = this.parts.length + 1;
    const Body = this.takePart();
    const send = new UploadPartCommand({ Bucket: bucket, Key: key, UploadId: this.uploadId, PartNumber, Body });
    const sent = await this.call('UploadPart', () => s3.send(send, { abortSignal: this.signal }));
    this.parts.push({ ETag: toldIn(sent.ETag, 'ETag', this.attempt('UploadPart')), PartNumber });
  }

  private async putWhole(): Promise<string> {
    const { s3, bucket, key } = this.target;
    const { PutObjectCommand } = await import('@aws-sdk/client-s3');
    const put = new PutObjectCommand({ Bucket: bucket, Key: key, Body: this.takePart(), ContentType: 'text/csv' });
    const { ETag } = await this.call('PutObject', () => s3.send(put, { abortSignal: this.signal }));
    return toldIn(ETag, 'ETag', this.attempt('PutObject'));
  }

  private async complete(uploadId: string): Promise<string> {
    if (this.partBytes > 0) await this.sendPart();
    const { s3, bucket, key } = this.target;
    const { CompleteMultipartUploadCommand } = await import('@aws-sdk/client-s3');
    const done = new CompleteMultipartUploadCommand({
      Bucket: bucket,
      Key: key,
      UploadId: uploadId,
      MultipartUpload: { Parts: this.parts },
    });
    const { ETag } = await this.call('CompleteMultipartUpload', () => s3.send(done, { abortSignal: this.signal }));
    return toldIn(ETag, 'ETag', this.attempt('CompleteMultipartUpload'));
  }

  private async call<T>(operation: string, send: () => Promise<T>): Promise<T> {
    return await callAws(this.attempt(operation), this.signal, send);
  }

  private attempt(operation: string): Attempt {
    const { bucket, key, right } = this.target;
    return { operation, target: `s3://${bucket}/${key}`, right };
  }
}
