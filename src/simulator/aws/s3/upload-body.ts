/** The bytes of an upload, undone from `aws-chunked` and compared with the digests that came with them. */
import { decodeChunks, isChunked } from './chunked-body';
import { checkMd5, sentChecksum } from './checksum';
import type { S3Request } from './exchange';
import type { Checksum } from './object-version';

export interface UploadBody {
  readonly bytes: Buffer;
  /** As sent; undefined when the client sent none. */
  readonly checksum: Checksum | undefined;
  /** A checksum or Content-MD5 was sent. */
  readonly hasDigest: boolean;
}

/** Throws 400 when the body is incomplete or does not match its digests. */
export function uploadBody(request: S3Request): UploadBody {
  const { headers } = request;
  const { bytes, trailers } = isChunked(headers)
    ? decodeChunks(request.bytes, headers['x-amz-decoded-content-length'])
    : { bytes: request.bytes, trailers: {} };
  checkMd5(headers, bytes);
  const checksum = sentChecksum({ ...headers, ...trailers }, bytes);
  return { bytes, checksum, hasDigest: checksum !== undefined || headers['content-md5'] !== undefined };
}
