/** One task: a request to S3 in the name of the job's role, so that all of S3's rules hold for it. */
import type { S3Request, S3Response } from '../s3/exchange';
import { computeChecksum } from '../s3/checksum';
import { S3Error } from '../s3/s3-error';
import { element } from '../s3/xml';
import type { BatchOperation } from './batch-job';
import { decodeKey } from './manifest';
import type { TaskResult } from './report';

export type PlainRequest = Omit<S3Request, 'may'>;

/** Sends a request of a task. Throws {@link S3Error}. */
export type Send = (request: PlainRequest) => S3Response;

/** Runs the operation on the object of a manifest's row. */
export function runTask(
  operation: BatchOperation,
  columns: readonly string[],
  row: readonly string[],
  now: number,
  send: Send,
): TaskResult {
  const field = (name: string): string | undefined => {
    const place = columns.indexOf(name);
    return place < 0 ? undefined : row[place];
  };
  const key = decodeKey(field('Key') ?? '');
  if (key === undefined || key === '') return failure(400, 'InvalidRequest', 'The key is not URL-encoded');
  const versionId = field('VersionId') ?? '';
  try {
    const request = requestOf(operation, now);
    if (versionId !== '') request.query.set('versionId', versionId);
    const answer = send({ ...request, bucket: field('Bucket') ?? '', key, now });
    return { outcome: 'succeeded', httpStatus: 200, code: '', message: messageOf(operation, answer) };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return failure(error.status, error.code, error.message);
  }
}

function failure(httpStatus: number, code: string, message: string): TaskResult {
  return { outcome: 'failed', httpStatus, code, message };
}

function requestOf(
  operation: BatchOperation,
  now: number,
): Pick<PlainRequest, 'method' | 'query' | 'headers' | 'bytes' | 'now'> {
  switch (operation.name) {
    case 'S3PutObjectTagging': {
      const tags = operation.tags.map(([key, value]) => element('Tag', [element('Key', key), element('Value', value)]));
      const body = element('Tagging', [element('TagSet', tags)]);
      return write('tagging', body, now);
    }
    case 'S3PutObjectLegalHold':
      return write('legal-hold', element('LegalHold', [element('Status', operation.status)]), now);
    case 'S3ComputeObjectChecksum':
      return { method: 'GET', query: new URLSearchParams(), headers: {}, bytes: Buffer.alloc(0), now };
  }
}

function write(subResource: string, body: string, now: number): ReturnType<typeof requestOf> {
  const bytes = Buffer.from(body);
  const headers = { 'x-amz-checksum-crc32': computeChecksum('CRC32', bytes).toString('base64') };
  return { method: 'PUT', query: new URLSearchParams({ [subResource]: '' }), headers, bytes, now };
}

function messageOf(operation: BatchOperation, answer: S3Response): string {
  if (operation.name !== 'S3ComputeObjectChecksum') return 'Successful';
  const content = answer.body ?? '';
  const checksum = computeChecksum(operation.algorithm, Buffer.isBuffer(content) ? content : Buffer.from(content));
  return JSON.stringify({
    checksum_base64: checksum.toString('base64'),
    etag: (answer.headers?.['ETag'] ?? '').replaceAll('"', ''),
    checksumAlgorithm: operation.algorithm,
    checksumType: operation.type,
    checksum_hex: checksum.toString('hex').toUpperCase(),
  });
}
