import type { BucketFact, Facts } from '../../facts';
import type { Answered, Evidence, Rule } from '../rule';
import { placeOf } from '../wording';

/** Versioning and Object Lock are on where objects are held, without a default retention. */
export const objectLock: Rule<'s3/object-lock'> = {
  id: 's3/object-lock',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  looksAt: 'versioning, Object Lock and default retention of each bucket that is exported to or whose objects are held',
  cause:
    'A legal hold on objects needs Object Lock, and that needs versioning. A default retention is another matter: uploads under one must carry a checksum, which nobody has promised for exports, and what it protects cannot be deleted when it should be.',
  remedy: 'Enable versioning and Object Lock, and leave the default retention out.',
  check: (facts) =>
    facts.buckets.flatMap((bucket) => check(bucket, isHeld(facts, bucket), isExportedTo(facts, bucket))),
};

/** Not object_lock_enabled of the bucket itself: on a bucket that is there, that plans to destroy it and make it anew. */
function lockOn(address: string): string {
  return `resource "aws_s3_bucket_object_lock_configuration" "${nameOf(address)}" {
  bucket              = ${address}.bucket
  object_lock_enabled = "Enabled"
}`;
}

function versioningOn(address: string): string {
  return `resource "aws_s3_bucket_versioning" "${nameOf(address)}" {
  bucket = ${address}.bucket
  versioning_configuration {
    status = "Enabled"
  }
}`;
}

/** The name that a bucket has in Terraform: the last part of its address, without an index. */
function nameOf(address: string): string {
  const end = address.endsWith(']') ? address.lastIndexOf('[') : address.length;
  const name = address.slice(0, end).split(/[.[]/).at(-1);
  return name === undefined || name === '' ? 'bucket' : name;
}

function isHeld(facts: Facts, { address }: BucketFact): boolean {
  const byDuty = facts.duties.some(({ duty, bucket }) => duty === 'hold' && bucket.known && bucket.value === address);
  const byHold = facts.objectHolds.some(
    ({ bucket, objectLockLegalHold: lock }) => bucket.known && bucket.value === address && (!lock.known || lock.value),
  );
  return byDuty || byHold;
}

function isExportedTo(facts: Facts, { address }: BucketFact): boolean {
  return facts.duties.some(({ duty, bucket }) => duty === 'export' && bucket.known && bucket.value === address);
}

function check(bucket: BucketFact, held: boolean, exportedTo: boolean): readonly Answered[] {
  if (!held && !exportedTo) return [];
  const { address, versioning, objectLock: lock } = bucket;
  const subject = placeOf(bucket);
  const evidence: Evidence[] = [
    ...(versioning.known ? [{ origin: versioning.origin, what: 'versioning', text: versioning.value }] : []),
    ...(lock.known ? [{ origin: lock.origin, what: 'Object Lock', text: JSON.stringify(lock.value) }] : []),
  ];
  const answer = (status: Answered['status'], message: string, remedy = ''): readonly Answered[] => [
    { status, subject, message, evidence, remedy },
  ];
  if (lock.known && lock.value.defaultRetention) {
    const { mode, days, years } = lock.value.defaultRetention;
    const time = days === null ? `${years ?? 'an unknown number of'} years` : `${days} days`;
    const message = `The bucket ${address} has a default retention (${mode}, ${time}): uploads without a checksum are refused, and exported files cannot be deleted before.`;
    return answer(
      'fail',
      message,
      `Remove the rule with default_retention from the aws_s3_bucket_object_lock_configuration of ${address}; Object Lock itself stays on.`,
    );
  }
  if (!held) return [];
  if (lock.known && !lock.value.enabled) {
    const message = `Objects of the bucket ${address} are to be held, and Object Lock is off.`;
    return answer(
      'fail',
      message,
      `Add, for Object Lock and versioning:\n${lockOn(address)}\n${versioningOn(address)}`,
    );
  }
  if (versioning.known && versioning.value !== 'enabled') {
    const message = `Objects of the bucket ${address} are to be held, and versioning is ${versioning.value}.`;
    return answer('fail', message, `Add, or make the one that is there say:\n${versioningOn(address)}`);
  }
  if (!lock.known || !versioning.known) {
    const missing = !lock.known ? `Object Lock ${lock.why}` : !versioning.known ? `versioning ${versioning.why}` : '';
    const message = `Unknown whether objects of the bucket ${address} can be held: ${missing}.`;
    return answer(
      'unknown',
      message,
      'Make it visible, or check the accounts themselves with genesyscloud-compliance preflight.',
    );
  }
  return answer('pass', `The bucket ${address} has versioning and Object Lock, and no default retention.`);
}
