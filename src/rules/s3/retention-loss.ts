import type { BucketFact, Facts, LifecycleRuleFact } from '../../facts';
import { enumerated } from '../../words';
import { inDays } from '../loss';
import type { Answered, Rule } from '../rule';
import { originText, placeOf } from '../wording';

/** No lifecycle rule loses recordings. */
export const retentionLoss: Rule<'s3/retention-loss'> = {
  id: 's3/retention-loss',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  title: 'no lifecycle rule loses recordings',
  looksAt: [
    'The lifecycle rules of each bucket that is exported to or whose objects are held: those in `aws_s3_bucket_lifecycle_configuration`, those in the deprecated `lifecycle_rule` blocks of `aws_s3_bucket`, and those that a refresh found on the bucket. Rules for keys without recordings do not count.',
    'A rule that only deletes noncurrent versions, or aborts incomplete uploads, loses no recording as it was exported. A plan that begins to delete is reported by `hold/release-guard`, with what is lost.',
  ],
  why: [
    'An expiration deletes recordings by age, whatever a matter needs. In a versioned bucket it first hides them below delete markers, and an expiration of noncurrent versions then deletes them for good: 30 days and 1 day make 31. Only versions under a legal hold of Object Lock stay, and a recording is not held before it has arrived.',
    'Where an object hold covers the bucket, the answer is a warning: what is held stays.',
  ],
  remedy: [
    'Remove the expiration from the lifecycle rules, or limit the rules to keys without recordings. If recordings may go after that time, ignore the finding with the reason and a last day.',
  ],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "aws_s3_bucket_lifecycle_configuration" "recordings" {
          bucket = aws_s3_bucket.recordings.bucket
          rule {
            id     = "abort-incomplete-uploads"
            status = "Enabled"
            filter {}
            abort_incomplete_multipart_upload {
              days_after_initiation = 7
            }
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
      text: `
        resource "aws_s3_bucket_lifecycle_configuration" "recordings" {
          bucket = aws_s3_bucket.recordings.bucket
          rule {
            id     = "tidy"
            status = "Enabled"
            filter {}
            expiration {
              days = 90
            }
          }
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new S3BucketLifecycleConfiguration(this, 'tidy', {
          bucket: bucket.bucketName,
          rule: [{ id: 'tidy', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: 90 }] }],
        });`,
    },
  ],
  sources: [
    {
      title: 'Managing the lifecycle of objects (Amazon S3)',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html',
    },
    {
      title: 'Locking objects with Object Lock (Amazon S3)',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html',
    },
  ],
  check: (facts) => facts.buckets.flatMap((bucket) => check(facts, bucket)),
};

function check(facts: Facts, bucket: BucketFact): readonly Answered[] {
  const prefixes = prefixesOf(facts, bucket);
  const { lifecycle, address } = bucket;
  if (prefixes.length === 0 || lifecycle === undefined) return [];
  const subject = placeOf(bucket);
  if (!lifecycle.known) {
    return [
      {
        status: 'unknown',
        subject,
        message: `Unknown whether lifecycle rules delete recordings of ${address}: its lifecycle configuration ${lifecycle.why}.`,
        evidence: [],
        remedy: 'Make it visible, or check the accounts themselves with genesyscloud-compliance preflight.',
      },
    ];
  }
  const about = lifecycle.value.filter(({ prefix }) => prefixes.some((one) => overlap(one, prefix)));
  const expiring = about.filter(({ currentAfter }) => currentAfter !== null);
  if (expiring.length === 0) {
    return [
      {
        status: 'pass',
        subject,
        message: `No lifecycle rule deletes recordings of ${address}.`,
        evidence: [],
        remedy: '',
      },
    ];
  }
  // A change that begins to delete is told by hold/release-guard, with what it gives up.
  if (isToldAsChange(facts, lifecycle.origin.address)) return [];
  const isVersioned = bucket.versioning.known && bucket.versioning.value === 'enabled';
  const isHeld = facts.objectHolds.some(
    (hold) =>
      hold.bucket.known &&
      hold.bucket.value === address &&
      hold.objectLockLegalHold.known &&
      hold.objectLockLegalHold.value,
  );
  const evidence = expiring.map((rule) => ({
    origin: lifecycle.origin,
    what: `lifecycle rule ${rule.id === '' ? 'without an id' : `"${rule.id}"`}`,
    text: JSON.stringify(rule),
  }));
  const what = enumerated(expiring.map((rule) => inWords(rule, about, isVersioned)));
  const held = isHeld ? ' Versions that are held stay below delete markers; all others do not.' : '';
  return [
    {
      // What is held stays: that a rule deletes the rest is then worth knowing, and perhaps meant.
      status: isHeld && isVersioned ? 'warn' : 'fail',
      subject,
      message: `Lifecycle rules of ${address} lose recordings: ${what}.${held}`,
      evidence,
      remedy: `Take the expiration out of the rules at ${originText(lifecycle.origin)}, or limit them to keys where no recordings are. If recordings may go after that time, ignore this finding with the reason and a last day.`,
    },
  ];
}

function inWords(rule: LifecycleRuleFact, about: readonly LifecycleRuleFact[], isVersioned: boolean): string {
  const name = rule.id === '' ? 'a rule' : `rule "${rule.id}"`;
  const { currentAfter } = rule;
  const later = about
    .filter(({ prefix }) => overlap(prefix, rule.prefix))
    .flatMap(({ noncurrentAfter }) => (noncurrentAfter === null ? [] : [noncurrentAfter]));
  const first =
    typeof currentAfter === 'number' ? `after ${inDays(currentAfter)}` : `at ${currentAfter?.date ?? 'a date'}`;
  if (!isVersioned) return `${name} deletes them ${first}`;
  if (later.length === 0) return `${name} hides them below delete markers ${first}`;
  const wait = Math.min(...later);
  const gone = typeof currentAfter === 'number' ? `after ${inDays(currentAfter + wait)}` : `${inDays(wait)} later`;
  return `${name} hides them ${first} and deletes them for good ${gone}`;
}

/** Keys of a bucket that recordings are under; none: it has none. */
function prefixesOf(facts: Facts, { address }: BucketFact): readonly string[] {
  const isHere = (bucket: { readonly known: boolean; readonly value?: unknown }): boolean =>
    bucket.known && bucket.value === address;
  const destinations = facts.exports
    .filter(({ bucket }) => isHere(bucket))
    .map(({ destination }) => (destination.known ? (destination.value?.prefix ?? '') : ''));
  const holds = facts.objectHolds
    .filter(({ bucket }) => isHere(bucket))
    .map(({ prefix }) => (prefix.known ? (prefix.value ?? '') : ''));
  if (destinations.length + holds.length > 0) return [...new Set([...destinations, ...holds])];
  return [...new Set(facts.duties.filter(({ bucket }) => isHere(bucket)).map(({ prefix }) => prefix))];
}

const overlap = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

function isToldAsChange({ changes = [] }: Facts, address: string): boolean {
  return changes.some(
    (change) => change.address === address && change.losses.some(({ kind }) => kind === 'objects-expire'),
  );
}
