/** Uploads in parts: state and arithmetic, free of requests. */
import { createHash } from 'node:crypto';
import { computeChecksum } from './checksum';
import type { ObjectHeaders } from './new-object';
import type { Checksum, ChecksumAlgorithm, NewObject } from './object-version';
import { S3Error } from './s3-error';

/** S3 takes no smaller part, except as the last one. */
const LEAST_PART_BYTES = 5 * 1024 * 1024;
export const MOST_PARTS = 10_000;

export interface Part {
  readonly number: number;
  /** MD5 in hex. */
  readonly etag: string;
  readonly size: number;
  readonly uploaded: number;
  readonly checksum: Checksum | undefined;
  readonly read: () => Buffer;
}

export interface MultipartUpload {
  readonly id: string;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly initiated: number;
  readonly object: ObjectHeaders;
  /** What the parts carry; undefined: S3 makes a checksum of its own. */
  readonly algorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: Checksum['type'];
  readonly parts: Map<number, Part>;
}

/** A part as the request that completes the upload names it. */
export interface NamedPart {
  readonly number: number;
  readonly etag: string;
  /** Base64. */
  readonly checksum: string | undefined;
}

/** The object that the parts make. Throws 400 when they do not fit together. */
export function assemble(upload: MultipartUpload, named: readonly NamedPart[]): NewObject {
  const parts = named.map((one, index) => {
    const before = named[index - 1];
    if (before !== undefined && before.number >= one.number) {
      throw new S3Error(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    return matching(upload, one);
  });
  const small = parts.slice(0, -1).find((part) => part.size < LEAST_PART_BYTES);
  if (small !== undefined) {
    throw new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  const bytes = Buffer.concat(parts.map((part) => part.read()));
  const digests = Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex')));
  return {
    ...upload.object,
    read: () => bytes,
    etag: `${createHash('md5').update(digests).digest('hex')}-${parts.length}`,
    checksum: checksumOf(upload, parts, bytes),
    parts: parts.map((part) => part.size),
  };
}

function matching(upload: MultipartUpload, named: NamedPart): Part {
  const part = upload.parts.get(named.number);
  const { algorithm } = upload;
  if (part === undefined || part.etag !== named.etag) throw invalidPart();
  if (algorithm !== undefined && upload.checksumType === 'COMPOSITE' && named.checksum === undefined) {
    throw new S3Error(
      400,
      'InvalidRequest',
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the ` +
        `checksum for each part. It was missing for part ${named.number} in the request.`,
    );
  }
  if (named.checksum !== undefined && named.checksum !== part.checksum?.value) throw invalidPart();
  return part;
}

function checksumOf(upload: MultipartUpload, parts: readonly Part[], bytes: Buffer): Checksum {
  const algorithm = upload.algorithm ?? 'CRC64NVME';
  if (upload.checksumType === 'FULL_OBJECT') {
    return { algorithm, value: computeChecksum(algorithm, bytes).toString('base64'), type: 'FULL_OBJECT' };
  }
  const all = Buffer.concat(parts.map((part) => computeChecksum(algorithm, part.read())));
  const value = `${computeChecksum(algorithm, all).toString('base64')}-${parts.length}`;
  return { algorithm, value, type: 'COMPOSITE' };
}

function invalidPart(): S3Error {
  return new S3Error(
    400,
    'InvalidPart',
    'One or more of the specified parts could not be found. The part may not have been uploaded, or its ETag differs.',
  );
}
