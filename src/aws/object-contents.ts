/** What is in a version of an object: the checksum that S3 keeps of it, and its bytes, hashed as they stream by. */
import { createHash } from 'node:crypto';
import type { HeadObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { partitionOf } from '../words';
import type { Attempt } from './aws-error';
import { callAws, incomplete, toldIn } from './call';
import type { VersionRef } from './object-hold';

/** A checksum as S3 keeps it. */
export interface StoredChecksum {
  /** `CRC64NVME`, `CRC32`, `CRC32C`, `SHA1`, `SHA256`. */
  readonly algorithm: string;
  /** In base64. */
  readonly value: string;
  /** It is over the checksums of the parts of an upload, not over the bytes. */
  readonly composite: boolean;
}

/** Reads contents of one bucket. All methods throw {@link AwsError}, and the signal's reason when aborted. */
export interface ObjectContents {
  /** Null where S3 keeps none: objects from before checksums were kept. */
  checksum(version: VersionRef, signal: AbortSignal): Promise<StoredChecksum | null>;
  /** SHA-256 of all bytes, in hex, and how many there were. */
  sha256(version: VersionRef, signal: AbortSignal): Promise<{ readonly sha256: string; readonly bytes: number }>;
}

const ALGORITHMS = ['SHA256', 'CRC64NVME', 'CRC32C', 'CRC32', 'SHA1'] as const;

/** Contents of objects in a bucket. The client is asked for at the first call. */
export function createObjectContents(bucket: string, client: () => Promise<S3Client>, region?: string): ObjectContents {
  const attemptOf = (operation: string, { key, versionId }: VersionRef): Attempt => ({
    operation,
    target: `s3://${bucket}/${key} (version ${versionId})`,
    right: `s3:GetObject and s3:GetObjectVersion on arn:${partitionOf(region)}:s3:::${bucket}/${key}`,
    ...(region === undefined ? {} : { region }),
  });
  const address = ({ key, versionId }: VersionRef) => ({ Bucket: bucket, Key: key, VersionId: versionId });
  return {
    async checksum(version, signal) {
      const [{ HeadObjectCommand }, s3] = await Promise.all([import('@aws-sdk/client-s3'), client()]);
      const command = new HeadObjectCommand({ ...address(version), ChecksumMode: 'ENABLED' });
      return checksumIn(
        await callAws(attemptOf('HeadObject', version), signal, () => s3.send(command, { abortSignal: signal })),
      );
    },
    async sha256(version, signal) {
      const [{ GetObjectCommand }, s3] = await Promise.all([import('@aws-sdk/client-s3'), client()]);
      const attempt = attemptOf('GetObject', version);
      return callAws(attempt, signal, async () => {
        const answer = await s3.send(new GetObjectCommand(address(version)), { abortSignal: signal });
        const body = toldIn(answer.Body, 'body', attempt, answer.$metadata.requestId) as AsyncIterable<Uint8Array>;
        const hash = createHash('sha256');
        let bytes = 0;
        for await (const chunk of body) {
          hash.update(chunk);
          bytes += chunk.length;
        }
        const length = toldIn(answer.ContentLength, 'length', attempt, answer.$metadata.requestId);
        if (bytes !== length) throw incomplete(attempt, `${bytes} of ${length} bytes came`, answer.$metadata.requestId);
        return { sha256: hash.digest('hex'), bytes };
      });
    },
  };
}

function checksumIn(answer: HeadObjectCommandOutput): StoredChecksum | null {
  for (const algorithm of ALGORITHMS) {
    const value = answer[`Checksum${algorithm}`];
    if (value === undefined) continue;
    // Before S3 named the kind, one of parts was known by the number of parts behind it.
    return { algorithm, value, composite: answer.ChecksumType === 'COMPOSITE' || /-\d+$/.test(value) };
  }
  return null;
}
