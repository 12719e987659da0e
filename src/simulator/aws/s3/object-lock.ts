/**
 * The rules of Object Lock, free of requests and buckets.
 *
 * S3 user guide, "How S3 Object Lock works": a hold has no end and is independent of retention; COMPLIANCE can be lengthened
 * and never shortened; GOVERNANCE can be shortened or taken away by who may bypass it and says so; delete markers are always
 * allowed.
 */
import type { ObjectVersion, Retention, RetentionMode } from './object-version';
import { invalidArgument, malformedXml, S3Error } from './s3-error';

/** Object Lock of a bucket. Once on, it is never off again. */
export interface LockConfiguration {
  readonly defaultRetention?: DefaultRetention;
}

export interface DefaultRetention {
  readonly mode: RetentionMode;
  readonly unit: 'Days' | 'Years';
  readonly count: number;
}

const DAY = 86_400_000;

export const lockedError = (): S3Error =>
  new S3Error(403, 'AccessDenied', 'Access Denied because object protected by object lock.');
export const noLockError = (): S3Error =>
  new S3Error(400, 'InvalidRequest', 'Bucket is missing Object Lock Configuration');
export const noObjectLockError = (): S3Error =>
  new S3Error(404, 'NoSuchObjectLockConfiguration', 'The specified object does not have a ObjectLock configuration');

/** True when the version cannot be removed for good at that time. Delete markers are never protected. */
export function isProtected(version: ObjectVersion, now: number, bypass: boolean): boolean {
  if (version.legalHold === 'ON') return true;
  const { retention } = version;
  if (retention === undefined || retention.until <= now) return false;
  return retention.mode === 'COMPLIANCE' || !bypass;
}

/** The retention a new version gets from its bucket. */
export function retentionFrom({ mode, unit, count }: DefaultRetention, now: number): Retention {
  if (unit === 'Days') return { mode, until: now + count * DAY };
  const until = new Date(now);
  until.setUTCFullYear(until.getUTCFullYear() + count);
  return { mode, until: until.getTime() };
}

/** Throws when a version's retention must not change in this way. `next` undefined takes it away. */
export function checkRetentionChange(
  version: ObjectVersion,
  next: Retention | undefined,
  now: number,
  bypass: boolean,
): void {
  if (next !== undefined && next.until <= now) throw invalidArgument('The retain until date must be in the future!');
  const { retention } = version;
  if (retention === undefined || retention.until <= now) return;
  const shorter = next === undefined || next.until < retention.until;
  const weaker = retention.mode === 'COMPLIANCE' && next?.mode !== 'COMPLIANCE';
  const stronger = retention.mode === 'GOVERNANCE' && next?.mode === 'COMPLIANCE';
  if (!shorter && !weaker && !stronger) return;
  if (retention.mode === 'COMPLIANCE' || !bypass) throw lockedError();
}

/** Reads a mode and a date from texts; undefined when neither is there. Throws when only one is, or one is no such thing. */
export function retentionOf(mode: string | undefined, date: string | undefined): Retention | undefined {
  if (mode === undefined && date === undefined) return undefined;
  if (mode === undefined || date === undefined) {
    throw invalidArgument('x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied');
  }
  const until = Date.parse(date);
  if (Number.isNaN(until)) throw invalidArgument(`The retain until date ${date} is no ISO-8601 date`);
  return { mode: modeOf(mode), until };
}

export function modeOf(text: string | undefined): RetentionMode {
  if (text === 'GOVERNANCE' || text === 'COMPLIANCE') return text;
  throw text === undefined ? malformedXml() : invalidArgument(`Unknown wormMode directive ${text}`);
}

export function holdStatusOf(text: string | undefined): 'ON' | 'OFF' {
  if (text === 'ON' || text === 'OFF') return text;
  throw malformedXml();
}
