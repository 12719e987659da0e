/** Undoes `aws-chunked`, in which SDKs stream uploads: `{hex size}[;chunk-signature=…]\r\n{bytes}\r\n`, then trailers. */
import { S3Error } from './s3-error';

/** True when the request's headers say that the body is in chunks. */
export function isChunked(headers: Readonly<Record<string, string>>): boolean {
  return (
    (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') ||
    (headers['content-encoding'] ?? '').includes('aws-chunked')
  );
}

/** The plain bytes and the trailers. Throws S3Error 400 when the body ends early or does not have the announced length. */
export function decodeChunks(
  body: Buffer,
  decodedLength: string | undefined,
): { readonly bytes: Buffer; readonly trailers: Readonly<Record<string, string>> } {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = lineEnd < 0 ? NaN : parseInt(body.toString('latin1', at, lineEnd).split(';')[0] ?? '', 16);
    if (Number.isNaN(size)) throw incomplete();
    if (size === 0) {
      at = lineEnd + 2;
      break;
    }
    const from = lineEnd + 2;
    if (from + size + 2 > body.length) throw incomplete();
    parts.push(body.subarray(from, from + size));
    at = from + size + 2;
  }
  const bytes = Buffer.concat(parts);
  if (decodedLength !== undefined && Number(decodedLength) !== bytes.length) throw incomplete();
  return { bytes, trailers: trailersIn(body.toString('latin1', at)) };
}

/** `x-amz-checksum-crc32:AAAAAA==`, a line each. */
function trailersIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text
      .split(/\r?\n/)
      .map((line) => /^([^:]+):(.*)$/.exec(line))
      .filter((match) => match !== null)
      .map(([, name = '', value = '']) => [name.trim().toLowerCase(), value.trim()]),
  );
}

function incomplete(): S3Error {
  return new S3Error(400, 'IncompleteBody', 'The request body ended before the announced number of bytes was read.');
}
