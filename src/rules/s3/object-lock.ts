import type { BucketFact, Facts } from '../../facts';
import { lockAndVersioningOn, versioningOn } from '../bucket-remedies';
import { isHeld, lockCause, versioningCause } from '../held-buckets';
import type { Answered, Evidence, Rule } from '../rule';
import { placeOf } from '../wording';

/** Versioning and Object Lock are on where objects are held, without a default retention. */
export const objectLock: Rule<'s3/object-lock'> = {
  id: 's3/object-lock',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  title: 'versioning and Object Lock are on where objects are held, without a default retention',
  looksAt: [
    'Versioning, Object Lock and the default retention of each bucket whose objects are held. For a bucket that is only exported to, just the default retention. A default event hold stands in the same block and is another thing: it is named, and not called wrong.',
  ],
  why: [
    'A legal hold on objects is a function of Object Lock, and Object Lock needs versioning. Both must be on before the first hold.',
    'A default retention is something else. Uploads under one must carry a checksum or a Content-MD5 header. Nothing documents that exports do, so they may be refused. In compliance mode nobody, not even the root user, can delete an object before its time.',
  ],
  remedy: [
    'Enable versioning and Object Lock. Leave the default retention out. Object Lock can be enabled on a bucket that exists, and can never be disabled again. For such a bucket write an `aws_s3_bucket_object_lock_configuration` with `object_lock_enabled = "Enabled"`: the argument of the same name on `aws_s3_bucket` itself plans to replace the bucket.',
  ],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "aws_s3_bucket" "recordings" {
          bucket              = "acme-recordings"
          object_lock_enabled = true
        }

        resource "aws_s3_bucket_versioning" "recordings" {
          bucket = aws_s3_bucket.recordings.bucket
          versioning_configuration {
            status = "Enabled"
          }
        }`,
    },
    {
      language: 'cdktf',
      text: `const bucket = new ExportBucket(this, 'recordings', { bucketName: 'acme-recordings' });`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'An object hold refers to this bucket, and it has no Object Lock.',
      text: `
        resource "aws_s3_bucket" "recordings" {
          bucket = "acme-recordings"
        }

        resource "genesyscloud_compliance_object_hold" "files" {
          export_job_id = genesyscloud_recording_export_job.sms.id
          bucket        = aws_s3_bucket.recordings.bucket
        }`,
    },
    {
      language: 'cdktf',
      text: `
        const bucket = new ExportBucket(this, 'recordings', { bucketName: 'acme-recordings', objectLock: false });
        const role = new ExportRole(this, 'role', { bucket, organizationId });
        new LegalHoldExport(this, 'sms', {
          integrationId,
          interval,
          channel: Channel.sms(),
          bucket,
          role,
          hold,
          objectHold: {},
        });`,
    },
  ],
  sources: [
    {
      title: 'Locking objects with Object Lock (Amazon S3)',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html',
    },
    {
      title: 'Object Lock considerations: uploads under a default retention',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html',
    },
  ],
  check: (facts) => facts.buckets.flatMap((bucket) => check(facts, bucket, isExportedTo(facts, bucket))),
};

function isExportedTo(facts: Facts, { address }: BucketFact): boolean {
  return facts.duties.some(({ duty, bucket }) => duty === 'export' && bucket.known && bucket.value === address);
}

function check(facts: Facts, bucket: BucketFact, exportedTo: boolean): readonly Answered[] {
  const held = isHeld(facts, bucket);
  if (!held && !exportedTo) return [];
  const { address, versioning, objectLock: lock } = bucket;
  const subject = placeOf(bucket);
  const evidence: Evidence[] = [
    ...(versioning.known ? [{ origin: versioning.origin, what: 'versioning', text: versioning.value }] : []),
    ...(lock.known ? [{ origin: lock.origin, what: 'Object Lock', text: JSON.stringify(lock.value) }] : []),
  ];
  const answer = (status: Answered['status'], message: string, remedy = '', cause?: string): readonly Answered[] => [
    { status, subject, message, evidence, remedy, ...(cause === undefined ? {} : { cause }) },
  ];
  if (lock.known && lock.value.defaultRetention) {
    const { mode, days, years } = lock.value.defaultRetention;
    const time = days === null ? `${years ?? 'an unknown number of'} years` : `${days} days`;
    const message = `The bucket ${address} has a default retention (${mode}, ${time}): uploads without a checksum are refused, and exported files cannot be deleted before.`;
    return answer(
      'fail',
      message,
      `Remove the rule with default_retention from the aws_s3_bucket_object_lock_configuration of ${address}; Object Lock itself stays on. The plan that does so says what it takes away: versions that are there keep their retention, new ones get none.`,
    );
  }
  if (!held) return [];
  if (lock.known && !lock.value.enabled) {
    const message = `Objects of the bucket ${address} are to be held, and Object Lock is off.`;
    return answer('fail', message, lockAndVersioningOn(facts, bucket), lockCause(lock.origin));
  }
  if (versioning.known && versioning.value !== 'enabled') {
    const message = `Objects of the bucket ${address} are to be held, and versioning is ${versioning.value}.`;
    return answer('fail', message, versioningOn(facts, bucket), versioningCause(versioning.origin));
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
  const event = lock.value.defaultEventHold ?? null;
  if (event !== null) {
    const after = event.days === null ? `${event.years ?? 'an unknown number of'} years` : `${event.days} days`;
    return answer(
      'warn',
      `The bucket ${address} has a default event hold: each new version is held from its arrival on, and for ${after} after its event hold is released. That is not a default retention; whether uploads without a checksum are taken is unknown.`,
      'Export one conversation and see that its files arrive. Release event holds where recordings may go: a legal hold does not end them.',
    );
  }
  return answer('pass', `The bucket ${address} has versioning and Object Lock, and no default retention.`);
}
