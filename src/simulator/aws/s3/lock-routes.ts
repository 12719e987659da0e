/** `?object-lock` of a bucket, `?legal-hold` and `?retention` of a version. */
import type { Bucket } from './bucket';
import { demandDigest } from './checksum';
import { versionIdOf, xml, type S3Request, type S3Response } from './exchange';
import { existing } from './existing-version';
import {
  checkRetentionChange,
  holdStatusOf,
  modeOf,
  noLockError,
  noObjectLockError,
  retentionOf,
  type DefaultRetention,
} from './object-lock';
import { bypassesGovernance } from './rights';
import { invalidArgument, malformedXml, methodNotAllowed, S3Error } from './s3-error';
import { document, element, elements, textOf } from './xml';

/** What S3 allows at most: a hundred years. */
const MOST = { Days: 36_500, Years: 100 } as const;

export function bucketLock(bucket: Bucket, request: S3Request): S3Response {
  if (request.method === 'GET') return readBucketLock(bucket);
  if (request.method !== 'PUT') throw methodNotAllowed();
  demandDigest(request.headers, request.bytes);
  const body = elements(request.bytes.toString('utf8'), 'ObjectLockConfiguration')[0];
  if (body === undefined || textOf(body, 'ObjectLockEnabled') !== 'Enabled') throw malformedXml();
  if (bucket.versioning !== 'Enabled') {
    throw new S3Error(
      409,
      'InvalidBucketState',
      "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    );
  }
  const rule = elements(body, 'DefaultRetention')[0];
  bucket.lock = rule === undefined ? {} : { defaultRetention: defaultRetention(rule) };
  return { status: 200 };
}

function readBucketLock({ lock }: Bucket): S3Response {
  if (lock === undefined) {
    throw new S3Error(
      404,
      'ObjectLockConfigurationNotFoundError',
      'Object Lock configuration does not exist for this bucket',
    );
  }
  const retention = lock.defaultRetention;
  return xml(
    document('ObjectLockConfiguration', [
      element('ObjectLockEnabled', 'Enabled'),
      ...(retention === undefined
        ? []
        : [
            element('Rule', [
              element('DefaultRetention', [element('Mode', retention.mode), element(retention.unit, retention.count)]),
            ]),
          ]),
    ]),
  );
}

function defaultRetention(rule: string): DefaultRetention {
  const mode = modeOf(textOf(rule, 'Mode'));
  const given = (['Days', 'Years'] as const).filter((unit) => textOf(rule, unit) !== undefined);
  const [unit] = given;
  if (unit === undefined || given.length > 1) throw malformedXml();
  const count = Number(textOf(rule, unit));
  if (!Number.isInteger(count) || count <= 0) {
    throw invalidArgument('Default retention period must be a positive integer value.');
  }
  if (count > MOST[unit]) throw invalidArgument('Default retention period is too large.');
  return { mode, unit, count };
}

export function legalHold(bucket: Bucket, request: S3Request): S3Response {
  const isWrite = request.method === 'PUT';
  if (!isWrite && request.method !== 'GET') throw methodNotAllowed();
  if (isWrite) demandDigest(request.headers, request.bytes);
  const version = existing(bucket, request.key, versionIdOf(request));
  if (bucket.lock === undefined) throw noLockError();
  if (isWrite) {
    version.legalHold = holdStatusOf(textOf(request.bytes.toString('utf8'), 'Status'));
    return { status: 200 };
  }
  if (version.legalHold === undefined) throw noObjectLockError();
  return xml(document('LegalHold', [element('Status', version.legalHold)]));
}

export function retention(bucket: Bucket, request: S3Request): S3Response {
  const isWrite = request.method === 'PUT';
  if (!isWrite && request.method !== 'GET') throw methodNotAllowed();
  if (isWrite) demandDigest(request.headers, request.bytes);
  const version = existing(bucket, request.key, versionIdOf(request));
  if (bucket.lock === undefined) throw noLockError();
  if (isWrite) {
    const body = request.bytes.toString('utf8');
    const next = retentionOf(textOf(body, 'Mode'), textOf(body, 'RetainUntilDate'));
    checkRetentionChange(version, next, request.now, bypassesGovernance(request.headers));
    if (next === undefined) delete version.retention;
    else version.retention = next;
    return { status: 200 };
  }
  if (version.retention === undefined) throw noObjectLockError();
  return xml(
    document('Retention', [
      element('Mode', version.retention.mode),
      element('RetainUntilDate', new Date(version.retention.until).toISOString()),
    ]),
  );
}
