import type { BucketFact, Facts, LifecycleRuleFact } from '../../facts';
import { enumerated } from '../../words';
import { lockAndVersioningOn, versioningOn } from '../bucket-remedies';
import { expiryCause, isHeld, lockCause, versioningCause } from '../held-buckets';
import { inDays } from '../loss';
import type { Answered, Rule } from '../rule';
import { originText, placeOf } from '../wording';

/** No lifecycle rule, versioning or lock setting loses recordings. */
export const retentionLoss: Rule<'s3/retention-loss'> = {
  id: 's3/retention-loss',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  title: 'no lifecycle rule, versioning or lock setting loses recordings',
  looksAt: [
    'The lifecycle rules of each bucket that is exported to or whose objects are held: those in `aws_s3_bucket_lifecycle_configuration`, those in the deprecated `lifecycle_rule` blocks of `aws_s3_bucket`, and those that a refresh found on the bucket. Rules for keys without recordings do not count.',
    'A rule that only deletes noncurrent versions, or aborts incomplete uploads, loses no recording as it was exported.',
    'Where objects are held: that versioning and Object Lock are on. Where recordings are only exported to: that versioning was not suspended. It is the same finding whether the setting is new, changed, or was always so. A plan that changes it is reported by `hold/release-guard` as well, with what it takes away, and the two are told as one.',
  ],
  why: [
    'An expiration deletes recordings by age, whatever a matter needs. In a versioned bucket it first hides them below delete markers, and an expiration of noncurrent versions then deletes them for good: 30 days and 1 day make 31. Only versions under a legal hold of Object Lock stay, and a recording is not held before it has arrived.',
    'Without versioning a file that is overwritten or deleted is gone, and without Object Lock nothing keeps a held version from being deleted.',
    'Where an object hold covers the bucket, an expiration is a warning: what is held stays.',
  ],
  remedy: [
    'Remove the expiration from the lifecycle rules, or limit the rules to keys without recordings. If recordings may go after that time, ignore the finding with the reason and a last day. Turn versioning and Object Lock on.',
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
      language: 'hcl',
      caption: 'Once on, versioning cannot be turned off, only suspended: new files then overwrite old ones.',
      text: `
        resource "aws_s3_bucket_versioning" "recordings" {
          bucket = aws_s3_bucket.recordings.bucket
          versioning_configuration {
            status = "Suspended"
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
  check: (facts) => facts.buckets.flatMap((bucket) => [...lifecycle(facts, bucket), ...settings(facts, bucket)]),
};

function lifecycle(facts: Facts, bucket: BucketFact): readonly Answered[] {
  const prefixes = prefixesOf(facts, bucket);
  const { lifecycle: rules, address } = bucket;
  if (prefixes.length === 0 || rules === undefined) return [];
  const subject = placeOf(bucket);
  if (!rules.known) {
    return [
      {
        status: 'unknown',
        subject,
        message: `Unknown whether lifecycle rules delete recordings of ${address}: its lifecycle configuration ${rules.why}.`,
        evidence: [],
        remedy: 'Make it visible, or check the accounts themselves with genesyscloud-compliance preflight.',
      },
    ];
  }
  const about = rules.value.filter(({ prefix }) => prefixes.some((one) => overlap(one, prefix)));
  const expiring = about.filter(({ currentAfter }) => currentAfter !== null && unknownAge(currentAfter) === null);
  const open = about.find(({ currentAfter }) => unknownAge(currentAfter) !== null);
  if (expiring.length === 0 && open !== undefined) {
    return [
      {
        status: 'unknown',
        subject,
        message: `Unknown whether lifecycle rules delete recordings of ${address}: ${nameOf(open)} has an expiration that ${unknownAge(open.currentAfter)}.`,
        evidence: [{ origin: rules.origin, what: `lifecycle ${nameOf(open)}`, text: JSON.stringify(open) }],
        remedy: `Write the days, or whether the rule is on, as a literal at ${originText(rules.origin)}, so that a plan shows them.`,
      },
    ];
  }
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
  const isVersioned = bucket.versioning.known && bucket.versioning.value === 'enabled';
  const isLocked = facts.objectHolds.some(
    (hold) =>
      hold.bucket.known &&
      hold.bucket.value === address &&
      hold.objectLockLegalHold.known &&
      hold.objectLockLegalHold.value,
  );
  const evidence = expiring.map((rule) => ({
    origin: rules.origin,
    what: `lifecycle rule ${rule.id === '' ? 'without an id' : `"${rule.id}"`}`,
    text: JSON.stringify(rule),
  }));
  const what = enumerated(expiring.map((rule) => inWords(rule, about, isVersioned)));
  const held = isLocked ? ' Versions that are held stay below delete markers; all others do not.' : '';
  return [
    {
      // What is held stays: that a rule deletes the rest is then worth knowing, and perhaps meant.
      status: isLocked && isVersioned ? 'warn' : 'fail',
      subject,
      cause: expiryCause(rules.origin),
      message: `Lifecycle rules of ${address} lose recordings: ${what}.${held}`,
      evidence,
      remedy: `Take the expiration out of the rules at ${originText(rules.origin)}, or limit them to keys where no recordings are. If recordings may go after that time, ignore this finding with the reason and a last day.`,
    },
  ];
}

/** Settings without which what is there can be overwritten or deleted. The details tell them from the lifecycle. */
function settings(facts: Facts, bucket: BucketFact): readonly Answered[] {
  const held = isHeld(facts, bucket);
  if (!held && prefixesOf(facts, bucket).length === 0) return [];
  const { address, versioning, objectLock: lock } = bucket;
  const subject = placeOf(bucket);
  const answers: Answered[] = [];
  const isUnlocked = held && lock.known && !lock.value.enabled;
  if (versioning.known && versioning.value !== 'enabled' && (held || versioning.value === 'suspended')) {
    answers.push({
      // Exported files have names of their own: where nobody holds them, that they can be overwritten is worth knowing.
      status: held ? 'fail' : 'warn',
      subject,
      detail: 'versioning',
      // Where Object Lock is off as well, what turns it on takes versioning.
      cause: isUnlocked ? lockCause(lock.origin) : versioningCause(versioning.origin),
      message: `The settings of ${address} lose recordings: versioning is ${versioning.value}, so a file that is overwritten or deleted is gone${held ? ', and none can be held' : ''}.`,
      evidence: [{ origin: versioning.origin, what: 'versioning', text: versioning.value }],
      remedy: isUnlocked ? lockAndVersioningOn(facts, bucket) : versioningOn(facts, bucket),
    });
  }
  if (isUnlocked) {
    answers.push({
      status: 'fail',
      subject,
      detail: 'object lock',
      cause: lockCause(lock.origin),
      message: `The settings of ${address} lose recordings: Object Lock is off, so nothing keeps a held file from being deleted.`,
      evidence: [{ origin: lock.origin, what: 'Object Lock', text: JSON.stringify(lock.value) }],
      remedy: lockAndVersioningOn(facts, bucket),
    });
  }
  return answers;
}

function inWords(rule: LifecycleRuleFact, about: readonly LifecycleRuleFact[], isVersioned: boolean): string {
  const name = nameOf(rule);
  const { currentAfter } = rule;
  const later = about
    .filter(({ prefix }) => overlap(prefix, rule.prefix))
    .flatMap(({ noncurrentAfter }) => (noncurrentAfter === null ? [] : [noncurrentAfter]));
  const first =
    typeof currentAfter === 'number'
      ? `after ${inDays(currentAfter)}`
      : `at ${currentAfter !== null && 'date' in currentAfter ? currentAfter.date : 'a date'}`;
  if (!isVersioned) return `${name} deletes them ${first}`;
  if (later.length === 0) return `${name} hides them below delete markers ${first}`;
  const wait = Math.min(...later);
  const gone = typeof currentAfter === 'number' ? `after ${inDays(currentAfter + wait)}` : `${inDays(wait)} later`;
  return `${name} hides them ${first} and deletes them for good ${gone}`;
}

const nameOf = ({ id }: LifecycleRuleFact): string => (id === '' ? 'a rule' : `rule "${id}"`);

/** Why the age of an expiration is unknown; null where it is known, or there is none. */
function unknownAge(age: LifecycleRuleFact['currentAfter']): string | null {
  return typeof age === 'object' && age !== null && 'unknown' in age ? age.unknown : null;
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
