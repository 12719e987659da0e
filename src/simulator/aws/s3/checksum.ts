/** Checksums of objects: read from requests, compared with what came, and written into answers. */
import { createHash } from 'node:crypto';
import { crc32, crc32c, crc64nvme } from './crc';
import type { Checksum, ChecksumAlgorithm } from './object-version';
import { invalidArgument, S3Error } from './s3-error';
import { element } from './xml';

const COMPUTE: Readonly<Record<ChecksumAlgorithm, (bytes: Uint8Array) => Buffer>> = {
  CRC32: crc32,
  CRC32C: crc32c,
  CRC64NVME: crc64nvme,
  SHA1: (bytes) => createHash('sha1').update(bytes).digest(),
  SHA256: (bytes) => createHash('sha256').update(bytes).digest(),
};

export const CHECKSUM_ALGORITHMS = Object.keys(COMPUTE) as readonly ChecksumAlgorithm[];

type Headers = Readonly<Record<string, string>>;

export function computeChecksum(algorithm: ChecksumAlgorithm, bytes: Uint8Array): Buffer {
  return COMPUTE[algorithm](bytes);
}

/** What S3 makes of an upload that brings no checksum of its own. */
export function defaultChecksum(bytes: Uint8Array): Checksum {
  return { algorithm: 'CRC64NVME', value: crc64nvme(bytes).toString('base64'), type: 'FULL_OBJECT' };
}

/** `x-amz-checksum-sha256` */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

export function algorithmNamed(text: string | undefined): ChecksumAlgorithm | undefined {
  if (text === undefined) return undefined;
  const algorithm = CHECKSUM_ALGORITHMS.find((name) => name === text.toUpperCase());
  if (algorithm === undefined) throw invalidArgument(`Checksum algorithm provided is unsupported: ${text}`);
  return algorithm;
}

/** The checksum that a request names in its headers or trailers, compared with the content. Throws 400 BadDigest. */
export function sentChecksum(headers: Headers, bytes: Uint8Array): Checksum | undefined {
  const sent = CHECKSUM_ALGORITHMS.filter((algorithm) => headers[checksumHeader(algorithm)] !== undefined);
  if (sent.length > 1) throw invalidRequest('Expecting a single x-amz-checksum- header');
  const [algorithm] = sent;
  if (algorithm === undefined) return undefined;
  const value = computeChecksum(algorithm, bytes).toString('base64');
  if (value !== headers[checksumHeader(algorithm)]) {
    throw new S3Error(400, 'BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
  return { algorithm, value, type: 'FULL_OBJECT' };
}

/** Compares the content with Content-MD5. Throws 400 BadDigest or InvalidDigest. */
export function checkMd5(headers: Headers, bytes: Uint8Array): void {
  const sent = headers['content-md5'];
  if (sent === undefined) return;
  if (Buffer.from(sent, 'base64').length !== 16) {
    throw new S3Error(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  if (createHash('md5').update(bytes).digest('base64') !== sent) {
    throw new S3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
}

/** Some requests are taken only with a digest of their body. Throws 400 when there is none, or a wrong one. */
export function demandDigest(headers: Headers, bytes: Uint8Array): void {
  checkMd5(headers, bytes);
  const sent = sentChecksum(headers, bytes);
  if (sent === undefined && headers['content-md5'] === undefined) {
    throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
}

/** As headers of an answer; none for a version without checksum. */
export function checksumHeaders(checksum: Checksum | undefined): Record<string, string> {
  if (checksum === undefined) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}

/** As elements of an answer. */
export function checksumElements(checksum: Checksum | undefined): string[] {
  if (checksum === undefined) return [];
  return [element(`Checksum${checksum.algorithm}`, checksum.value), element('ChecksumType', checksum.type)];
}

function invalidRequest(message: string): S3Error {
  return new S3Error(400, 'InvalidRequest', message);
}
