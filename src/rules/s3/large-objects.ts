import type { BucketFact, Facts, KeyFact } from '../../facts';
import { type Assignment, assignmentsOf, bucketArn, objectsArn } from '../assignments';
import { abortUploads } from '../bucket-remedies';
import { type Asked, type Permission, mayDo } from '../permission';
import { GENESYS_NETWORK } from '../request';
import { addStatements } from '../policy-remedies';
import type { Answered, Rule } from '../rule';
import { makeKnown } from '../sight';
import { stopDenying } from '../statement-exceptions';
import { undecided } from '../undecided';
import { bucketDetail, lackingInWords, placeOf, unseenDuty } from '../wording';

/** Beside s3:PutObject, which covers the parts themselves. */
const ON_PARTS = ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];
const ON_UPLOADS = ['s3:ListBucketMultipartUploads'];
/** S3 reads the parts back when it puts them together, so with a customer's key writing takes reading. */
const ON_KEY = ['kms:Decrypt'];

const WHAT = 'large recordings can be written in parts';

/** Large files can be written in parts, and parts that nobody finishes are cleaned up. */
export const largeObjects: Rule<'s3/large-objects'> = {
  id: 's3/large-objects',
  severity: 'warn',
  moments: ['synth', 'plan', 'live'],
  title: 'multipart and KMS actions are there, incomplete uploads are cleaned up',
  looksAt: [
    'The multipart actions of the role that exports (`s3:AbortMultipartUpload`, `s3:ListMultipartUploadParts`, `s3:ListBucketMultipartUploads`), `kms:Decrypt` when the bucket is encrypted with a key of your own, and whether a lifecycle rule of the bucket aborts incomplete uploads.',
  ],
  why: [
    'Large files, such as long calls and screen recordings, are uploaded in parts. Without the actions for that, or without `kms:Decrypt` under a key of your own, small files arrive and large ones do not.',
    '`s3:PutObject` covers the parts. Ending an upload that went wrong, and listing the parts that exist, take actions of their own, which the documentation of the integration does not name. Under a key of your own S3 reads the parts back to put them together, so writing needs `kms:Decrypt`.',
    'Parts of uploads that were never finished are in no listing. They are paid for until a lifecycle rule removes them.',
  ],
  remedy: [
    'Allow the actions, each on its ARN level, and `kms:Decrypt` in the policy of the role and in the key policy. Add the lifecycle rule. A key whose policy cannot be seen is `unknown` until `preflight` has looked.',
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
      text: `
        const bucket = new ExportBucket(this, 'recordings', { bucketName: 'acme-recordings' });
        const role = new ExportRole(this, 'role', { bucket, organizationId });`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'No rule aborts incomplete uploads.',
      text: `
        resource "aws_s3_bucket_lifecycle_configuration" "recordings" {
          bucket = aws_s3_bucket.recordings.bucket
          rule {
            id     = "old-versions"
            status = "Enabled"
            filter {}
            noncurrent_version_expiration {
              noncurrent_days = 90
            }
          }
        }`,
    },
    {
      language: 'cdktf',
      caption: 'Said of a bucket that is made elsewhere.',
      text: `
        const bucket = ExportBucket.fromBucketAttributes(this, 'recordings', {
          bucketName: 'acme-recordings',
          abortsIncompleteUploads: false,
        });`,
    },
  ],
  sources: [
    {
      title: 'Multipart upload API and permissions (Amazon S3)',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html',
    },
    {
      title: 'A lifecycle rule to delete incomplete multipart uploads',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html',
    },
  ],
  check: (facts) => {
    const { seen, unseen } = assignmentsOf(facts, 'export');
    return [
      ...seen.flatMap((assignment) => ofRole(facts, assignment)),
      ...[...new Set(seen.map(({ bucket }) => bucket))].map((bucket) => ofBucket(facts, bucket)),
      ...unseen.map(({ duty, why }) => unseenDuty(duty, why, WHAT)),
    ];
  },
};

function ofRole(facts: Facts, assignment: Assignment): readonly Answered[] {
  const { role, bucket, duty } = assignment;
  const [onBucket, onObjects] = [bucketArn(bucket), objectsArn(assignment)];
  if (onBucket === null || onObjects === null) {
    return [unseenDuty(duty, `name and ARN of ${bucket.address} are not known`, WHAT)];
  }
  const group = (actions: readonly string[], resource: Asked['resource'], key?: KeyFact): Answered => {
    const asked = actions.map((action) => ({ role, bucket, action, resource, ...(key === undefined ? {} : { key }) }));
    const results = asked.map((one) => ({
      action: one.action,
      asked: one,
      permission: mayDo(facts, { ...one, context: GENESYS_NETWORK }),
    }));
    return {
      subject: placeOf(role),
      detail: `${bucketDetail(bucket, duty)} ${actions[0] ?? ''}`,
      ...worst(facts, assignment, results, 'every' in resource ? resource.every : resource.exactly),
    };
  };
  const [key, keyAnswer] = keyOf(facts, assignment);
  return [
    group(ON_PARTS, { every: onObjects }),
    group(ON_UPLOADS, { exactly: onBucket }),
    ...(key === null ? [] : [group(ON_KEY, { exactly: key.arn }, key.fact)]),
    ...(keyAnswer === null ? [] : [keyAnswer]),
  ];
}

/** The customer's key of a bucket, null when there is none; or the answer that it cannot be seen. */
function keyOf(
  facts: Facts,
  { role, bucket, duty }: Assignment,
): readonly [{ readonly arn: string; readonly fact: KeyFact } | null, Answered | null] {
  const { encryption } = bucket;
  if (encryption.known && encryption.value.kmsKey === null) return [null, null];
  const fact = facts.keys.find(({ address }) => encryption.known && address === encryption.value.keyAddress);
  if (fact?.arn.known) return [{ arn: fact.arn.value, fact }, null];
  const why = !encryption.known
    ? `the encryption of ${bucket.address} ${encryption.why}`
    : `the policy of its key ${encryption.value.kmsKey} is not seen`;
  const message = `Unknown whether ${role.address}, the role that Genesys Cloud exports with, can write large recordings to ${bucket.address}: ${why}.`;
  return [
    null,
    {
      status: 'unknown',
      subject: placeOf(role),
      detail: `${bucketDetail(bucket, duty)} ${ON_KEY[0] ?? ''}`,
      message,
      evidence: encryption.known ? [{ origin: encryption.origin, what: 'encryption' }] : [],
      remedy:
        'If the bucket is encrypted with a key of yours, allow the role kms:GenerateDataKey and kms:Decrypt in its own policies and in the key policy; genesyscloud-compliance preflight looks at both.',
    },
  ];
}

function worst(
  facts: Facts,
  { role }: Assignment,
  results: readonly { readonly action: string; readonly asked: Asked; readonly permission: Permission }[],
  on: string,
): Omit<Answered, 'subject' | 'detail'> {
  const of = (decision: Permission['answer']['decision']) =>
    results.filter(({ permission }) => permission.answer.decision === decision);
  const who = `The role that Genesys Cloud exports with, ${role.address},`;
  // Another Sid for each kind of resource: a policy takes each Sid once.
  const level = on.includes(':kms:') || on.startsWith('${aws_kms') ? 'Key' : on.endsWith('*') ? 'Objects' : 'Bucket';
  const grant = (actions: readonly string[]) => ({ sid: `LargeRecordings${level}`, actions, resource: on });
  const [denied] = of('ExplicitlyDenied');
  if (denied) {
    const decides = denied.permission.evidence[0]?.what ?? 'a statement';
    return {
      status: 'fail',
      message: `${who} is denied ${denied.action} on ${on}, which large recordings need: ${decides} denies it.`,
      evidence: denied.permission.evidence,
      remedy: stopDenying(facts, { role, action: denied.action }, denied.permission.evidence),
    };
  }
  const missing = of('ImplicitlyDenied');
  if (missing.length > 0) {
    const actions = missing.map(({ action }) => action);
    const lacking = [...new Set(missing.flatMap(({ permission }) => permission.answer.lacking))];
    return {
      status: 'fail',
      message: `${who} is not allowed ${actions.join(' and ')} on ${on}, which large recordings need: ${lackingInWords(lacking)}.`,
      evidence: missing.flatMap(({ permission }) => permission.evidence),
      remedy: addStatements(facts, lacking, missing[0]!.asked, grant(actions)),
    };
  }
  const [open] = of('Unknown');
  if (open) {
    return undecided(facts.moment, {
      whether: `${role.address}, the role that Genesys Cloud exports with, is allowed ${open.action} on ${on}`,
      blockers: open.permission.answer.blockers,
      evidence: open.permission.evidence,
      remedy: makeKnown(facts, open.asked, grant([open.action]), open.permission),
    });
  }
  const actions = results.map(({ action }) => action).join(' and ');
  return { status: 'pass', message: `${who} is allowed ${actions} on ${on}.`, evidence: [], remedy: '' };
}

function ofBucket(facts: Facts, bucket: BucketFact): Answered {
  const { address, abortsIncompleteUploads: aborts, lifecycle } = bucket;
  const about = { subject: placeOf(bucket), detail: 'incomplete uploads' };
  const isEmpty = lifecycle?.known === true && lifecycle.value.length === 0;
  const remedy = abortUploads(facts, bucket, !isEmpty);
  if (!aborts.known) {
    const message = `Unknown whether ${address} drops the parts of uploads that were never finished: its lifecycle configuration ${aborts.why}.`;
    return { ...about, status: 'unknown', message, evidence: [], remedy };
  }
  const evidence = [{ origin: aborts.origin, what: 'the lifecycle configuration' }];
  if (aborts.value) {
    const message = `The bucket ${address} drops the parts of uploads that were never finished.`;
    return { ...about, status: 'pass', message, evidence, remedy: '' };
  }
  const message = `No lifecycle rule of ${address} aborts incomplete uploads: their parts stay for ever, are not listed, and are paid for.`;
  return { ...about, status: 'fail', message, evidence, remedy };
}
