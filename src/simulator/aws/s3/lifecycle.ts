/**
 * Lifecycle rules: what they expire, hide and remove. S3 looks once a day, at midnight UTC, and what Object Lock protects
 * stays: a current version is hidden behind a delete marker all the same. Transitions to other storage classes do nothing.
 *
 * Source: S3 user guide, "Lifecycle configuration elements" and "How S3 calculates how long an object has been noncurrent".
 */
import type { Bucket } from './bucket';
import { settingOf } from './bucket-settings';
import { isProtected } from './object-lock';
import type { ObjectVersion } from './object-version';
import { elements, textOf } from './xml';

const DAY = 86_400_000;

interface Rule {
  readonly prefix: string;
  readonly tags: readonly (readonly [string, string])[];
  readonly largerThan: number;
  readonly smallerThan: number;
  readonly expireDays: number | undefined;
  /** Milliseconds since 1970. */
  readonly expireDate: number | undefined;
  readonly removesMarkers: boolean;
  readonly noncurrentDays: number | undefined;
  /** So many noncurrent versions stay whatever their age. */
  readonly keepNoncurrent: number;
  readonly abortUploadDays: number | undefined;
}

/** The first midnight at or after an instant. */
export function nextMidnight(instant: number): number {
  return Math.ceil(instant / DAY) * DAY;
}

/**
 * Does what the rules of a bucket ask for until now; `since` is when they were last looked at. Answers how many versions were
 * removed for good and how many delete markers were made.
 */
export function runLifecycle(
  bucket: Bucket,
  since: number,
  now: number,
): { readonly removed: number; readonly hidden: number } {
  const rules = rulesOf(settingOf(bucket, 'lifecycle') ?? '');
  if (rules.length === 0) return { removed: 0, hidden: 0 };
  const done = { removed: 0, hidden: 0 };
  const run: Run = { bucket, firstRun: nextMidnight(since + 1), now, done };
  for (const rule of rules) {
    for (const key of [...bucket.keys()]) {
      if (!key.startsWith(rule.prefix)) continue;
      expireCurrent(run, rule, key);
      removeNoncurrent(run, rule, key);
      removeMarker(run, rule, key);
    }
    abortUploads(bucket, rule, now);
  }
  return done;
}

interface Run {
  readonly bucket: Bucket;
  /** The first midnight at which S3 looked since the last time. */
  readonly firstRun: number;
  readonly now: number;
  readonly done: { removed: number; hidden: number };
}

/** When it happens: at the midnight after it was due, but not before S3 looked. */
function momentOf(due: number, { firstRun, now }: Run): number | undefined {
  const at = Math.max(nextMidnight(due), firstRun);
  return at <= now ? at : undefined;
}

function expireCurrent(run: Run, rule: Rule, key: string): void {
  const { bucket, done } = run;
  const current = bucket.version(key);
  if (current === undefined || current.deleteMarker || !concerns(rule, current)) return;
  const due = dueOf(rule, current);
  const at = due === undefined ? undefined : momentOf(due, run);
  if (at === undefined) return;
  if (bucket.versioning === 'Off' && isProtected(current, at, false)) return;
  bucket.delete(key, undefined, at);
  if (bucket.versioning === 'Off') done.removed += 1;
  else done.hidden += 1;
}

function dueOf({ expireDays, expireDate }: Rule, version: ObjectVersion): number | undefined {
  if (expireDays !== undefined) return version.lastModified + expireDays * DAY;
  return expireDate;
}

function removeNoncurrent(run: Run, rule: Rule, key: string): void {
  if (rule.noncurrentDays === undefined) return;
  const versions = [...run.bucket.versions(key)];
  // The newest is current; each of the others became noncurrent when the one before it in this list was made.
  for (const [index, version] of versions.entries()) {
    const successor = versions[index - 1];
    if (successor === undefined || index <= rule.keepNoncurrent || !concerns(rule, version)) continue;
    // S3 tries again each day, so a version that is retained goes at the midnight after its retention ends.
    const due = successor.lastModified + rule.noncurrentDays * DAY;
    const at = momentOf(Math.max(due, version.retention?.until ?? 0), run);
    if (at === undefined || isProtected(version, at, false)) continue;
    run.bucket.delete(key, version.versionId);
    run.done.removed += 1;
  }
}

/** A delete marker behind which nothing is left. */
function removeMarker(run: Run, rule: Rule, key: string): void {
  const versions = run.bucket.versions(key);
  const [marker] = versions;
  if (marker === undefined || versions.length > 1 || !marker.deleteMarker) return;
  const due = rule.removesMarkers
    ? marker.lastModified
    : rule.expireDays === undefined
      ? undefined
      : marker.lastModified + rule.expireDays * DAY;
  if (due === undefined || momentOf(due, run) === undefined) return;
  run.bucket.delete(key, marker.versionId);
}

function abortUploads(bucket: Bucket, { abortUploadDays, prefix }: Rule, now: number): void {
  if (abortUploadDays === undefined) return;
  for (const upload of [...bucket.uploads.values()]) {
    const due = nextMidnight(upload.initiated + abortUploadDays * DAY);
    if (upload.key.startsWith(prefix) && due <= now) bucket.uploads.delete(upload.id);
  }
}

function concerns({ tags, largerThan, smallerThan }: Rule, version: ObjectVersion): boolean {
  if (tags.some(([name, value]) => version.tags.get(name) !== value)) return false;
  return version.deleteMarker || (version.size > largerThan && version.size < smallerThan);
}

function rulesOf(configuration: string): readonly Rule[] {
  return elements(configuration, 'Rule')
    .filter((rule) => textOf(rule, 'Status') === 'Enabled')
    .map(ruleOf);
}

function ruleOf(rule: string): Rule {
  const [expiration = ''] = elements(rule, 'Expiration');
  const [noncurrent = ''] = elements(rule, 'NoncurrentVersionExpiration');
  const [abort = ''] = elements(rule, 'AbortIncompleteMultipartUpload');
  const [filter = rule] = elements(rule, 'Filter');
  const date = textOf(expiration, 'Date');
  return {
    prefix: textOf(filter, 'Prefix') ?? '',
    tags: elements(filter, 'Tag').map((tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? ''] as const),
    largerThan: numberIn(filter, 'ObjectSizeGreaterThan') ?? -1,
    smallerThan: numberIn(filter, 'ObjectSizeLessThan') ?? Infinity,
    expireDays: numberIn(expiration, 'Days'),
    expireDate: date === undefined ? undefined : Date.parse(date),
    removesMarkers: textOf(expiration, 'ExpiredObjectDeleteMarker')?.toLowerCase() === 'true',
    noncurrentDays: numberIn(noncurrent, 'NoncurrentDays'),
    keepNoncurrent: numberIn(noncurrent, 'NewerNoncurrentVersions') ?? 0,
    abortUploadDays: numberIn(abort, 'DaysAfterInitiation'),
  };
}

function numberIn(xml: string, name: string): number | undefined {
  const text = textOf(xml, name);
  return text === undefined ? undefined : Number(text);
}
