import { atLeast, matches, nonEmpty, oneOf, s, schema, timeouts, wholeNumber } from '../../framework';
import { releaseApprovalsAttribute } from '../approvals';
import { acceptedGapsAttribute, gapAttributes } from '../gaps';
import { jobIds, referenceId, sameId, written } from '../validators';

/** Failures listed in state at most; the count beside them is complete. */
export const LISTED_FAILURES = 100;
/** Characters of a name at most. */
export const LONGEST_NAME = 256;
/** Versions that are gone, listed in state at most. */
export const LISTED_LOST = 100;
/** Versions that lack something, and hidden keys, listed in state at most. */
export const LISTED_VERSIONS = 20;

const bucketName = matches(
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'the name of an S3 bucket alone, without "s3://" or an ARN: 3 to 63 lower-case letters, digits, dots and hyphens',
);
const keyPrefix = matches(/^(?!\/)/, 'a key prefix as it stands in S3, without a leading slash');

const key = s.string({ computed: true, description: 'Key of the object.' });
const versionId = s.string({ computed: true, description: 'Version id; empty where a whole job failed.' });

/** `genesyscloud_compliance_object_hold`. */
export const objectHoldSchema = schema({
  description:
    'Tags and locks what was exported: puts tags and an S3 Object Lock legal hold on every version of the exported objects, and proves it by reading each again. ' +
    'The tags are labels; the lock is the control: a held version can be neither deleted nor overwritten until the hold is taken off. ' +
    'With `export_job_id` it covers the objects of the conversations that the export covers, and nothing else in the bucket, and is refused before anything is written while a recording in scope is not exported yet.\n\n' +
    'What is right is not written: a second apply makes no write. Tags are merged into those that are there. ' +
    'Reading looks at every version in scope (a listing, and one request each for hold and tags): versions that lost their hold or a tag and versions that came later are planned as an update in place that repairs exactly those. ' +
    'Delete markers that make held objects look deleted are told in a warning and in `hidden`; the versions below them stay held, and removing a marker is left to somebody with the right to delete. ' +
    'A hold is never released as a side effect: destroying (or replacing) it is refused when planning unless `release_on_destroy` is true in state.\n\n' +
    'A hold that reached only a part of its versions is saved with status `incomplete` and a warning, so that the next apply continues instead of starting over. ' +
    'What keeps it from being whole is a gap: a version that was in scope and is gone (`lost`), a conversation of the export without an object (`absent`), a version that could not be held (`failed`), lost its hold (`released`) or came later (`late`). While a gap is open, each plan shows an update, and an update that ends with one is an error that names it; `accepted_gaps` accepts exactly the gaps there are. ' +
    'Every change is written to an append-only journal first, whose lines are chained by SHA-256; it is shipped into the register before a lock is placed, and at the end, so that any machine continues from there. A run waits for it once for 20,000 versions.\n\n' +
    'The legal hold of S3 is one bit for everybody. Before it is set, the hold writes a claim into the register (`register` of the provider): bucket, prefix and, with `export_job_id`, the conversations. A release lifts only what no other claim covers and nobody had locked before, and the plan says how much stays for how many claims. Each request to lift is signed for the seconds that its lease has left. `import claim/ID` takes over a hold whose state was lost.\n\n' +
    'AWS credentials are those that the AWS SDK finds: environment, profile, role. They need `s3:ListBucketVersions`, `s3:GetBucketObjectLockConfiguration`, `s3:GetObjectLegalHold`, `s3:PutObjectLegalHold`, `s3:GetObjectTagging`, `s3:GetObjectVersionTagging`, `s3:PutObjectTagging` and `s3:PutObjectVersionTagging`. The bucket needs versioning and Object Lock, without a default retention.',
  attributes: {
    name: s.string({
      optional: true,
      description:
        'Name of the hold, e.g. of the case. Left out: made of bucket, scope and tags. Another name is another hold to those who look into the register.',
      validators: [written(LONGEST_NAME)],
    }),
    external_reference_id: s.string({
      about: 'record',
      optional: true,
      description:
        'Reference of the matter in your case system, e.g. `MATTER-2026-0017`, as of the legal hold of the same matter. Left out: the name is the matter.',
      validators: [referenceId],
    }),
    reason: s.string({
      about: 'record',
      optional: true,
      description: 'Why the objects are held, for the record.',
      validators: [written(1024)],
    }),
    requested_by: s.string({
      about: 'record',
      optional: true,
      description: 'Who asked for the hold, for the record.',
      validators: [written(256)],
    }),
    export_job_id: s.string({
      about: 'scope',
      optional: true,
      equals: sameId,
      description:
        'Hold the objects of what this export covers: `id` of a `genesyscloud_recording_export_job`. They are looked for in the folders of the interval of the export and of the month before, for conversations that began earlier. At least one of `export_job_id` and `prefix` is given. When it changes, versions that are new in scope are added; the others stay held.',
      validators: [jobIds],
    }),
    bucket: s.string({
      about: 'scope',
      required: true,
      description:
        'Name of the S3 bucket that holds the objects. Changing it is refused while objects are held: make a second object hold instead.',
      validators: [bucketName],
    }),
    prefix: s.string({
      about: 'scope',
      optional: true,
      description:
        'Hold every version whose key begins with this; `""` means the whole bucket. Together with `export_job_id`: the prefix before the organization id in the keys, if there is one.',
      validators: [keyPrefix],
    }),
    region: s.string({
      optional: true,
      description: 'AWS region of the bucket. Left out: that of the AWS environment (`AWS_REGION`).',
      validators: [nonEmpty()],
    }),
    endpoint: s.string({
      optional: true,
      description:
        'URL of an S3-compatible service, instead of AWS. Left out: AWS, or what `AWS_ENDPOINT_URL_S3` says.',
      validators: [matches(/^https?:\/\/[^\s]+$/, 'a URL with its protocol, such as "https://s3.example.com"')],
    }),
    tags: s.map('string', {
      optional: true,
      description:
        'Tags for every version in scope, merged into those that are there: other tags stay, a tag of the same key gets this value (the old one is in the journal). S3 takes ten on an object. A tag that is taken off this map stays on the objects.',
    }),
    object_lock_legal_hold: s.bool({
      optional: true,
      default: true,
      description:
        'Put an S3 Object Lock legal hold on every version in scope. Default: `true`. With `false` only tags are written, and nothing is protected. Setting it from `true` to `false` releases what is held and keeps the tags: like destroying, that is refused unless `release_on_destroy` is `true` in state.',
    }),
    engine: s.string({
      optional: true,
      default: 'auto',
      description:
        'Who does the work. `direct`: this process, request by request, about 1,000 a second. `batch_operations`: jobs of S3 Batch Operations, which continue without this process; needs `batch_operations`. `auto` (default): `direct`, unless `batch_operations` is given and at least as many versions are to be written to as its `threshold` says.',
      validators: [oneOf('auto', 'direct', 'batch_operations')],
    }),
    batch_operations: s.singleNested(
      {
        role_arn: s.string({
          required: true,
          description:
            'ARN of the role that S3 takes on for the jobs. It trusts `batchoperations.s3.amazonaws.com`, may tag and hold the objects, read the manifests and write the reports. The jobs run in its account.',
          validators: [
            matches(
              /^arn:aws(-[a-z-]+)?:iam::\d{12}:role\/.+$/,
              'the ARN of a role, such as "arn:aws:iam::123456789012:role/hold"',
            ),
          ],
        }),
        report_bucket: s.string({
          required: true,
          description:
            'Name of the bucket for manifests and completion reports, in the region of the objects. Not the bucket that is held.',
          validators: [bucketName],
        }),
        report_prefix: s.string({
          optional: true,
          default: 'genesyscloud-compliance/',
          description: 'Key prefix for manifests and reports, with its slash. Default: `genesyscloud-compliance/`.',
          validators: [keyPrefix],
        }),
        threshold: s.number({
          optional: true,
          default: 200_000,
          description:
            'With `engine = "auto"`: from how many versions to write to on the jobs are used. Default: `200000`.',
          validators: [wholeNumber(), atLeast(1)],
        }),
        checksums: s.bool({
          optional: true,
          default: false,
          description:
            'One more job that computes a SHA-256 of the content of each changed version into its report, without a download. Default: `false`.',
        }),
      },
      {
        optional: true,
        description:
          'What S3 Batch Operations needs. One job holds, and one job a tag set tags, since jobs replace tags and cannot merge them. The caller needs `s3:CreateJob`, `s3:DescribeJob`, `s3:ListJobs`, `s3:UpdateJobStatus` and `iam:PassRole`. ' +
          'Other addresses than those of AWS come from `AWS_ENDPOINT_URL_S3_CONTROL`.',
      },
    ),
    journal_dir: s.string({
      optional: true,
      description:
        'Folder where the journal grows: the evidence of what was done to each version, what an interrupted run continues from, and what tells which holds are ours to release. The register gets all of it, so that a machine with an empty folder continues from there. Left out: `$XDG_STATE_HOME/genesyscloud-compliance/object-holds`, that is `~/.local/state/…` (on Windows below `%LOCALAPPDATA%`).',
      validators: [nonEmpty()],
    }),
    release_on_destroy: s.bool({
      optional: true,
      default: false,
      description:
        'Consent to release. Default: `false`: destroying or replacing the hold is refused when planning. To release it, set this to `true`, give `release_reason`, apply, and then destroy. It is done by this process, request by request, whatever the engine: a job cannot be stopped when another matter claims the same versions. Versions that another hold covers, or that somebody else had held before, stay held; tags stay.',
    }),
    release_reason: s.string({
      optional: true,
      description:
        'Why the hold may be released, for the record. Needed with `release_on_destroy = true`, and applied together with it before the release.',
      validators: [written(1024)],
    }),
    release_approvals: releaseApprovalsAttribute,
    accepted_gaps: acceptedGapsAttribute,
    id: s.string({
      computed: true,
      keepIfUnchanged: true,
      description:
        'Id of the hold, made at random when it was created: two holds over the same objects are two. It names the journal, and the jobs of S3 Batch Operations.',
    }),
    register_id: s.string({
      computed: true,
      description:
        'Id of the register that has the claim of this hold. By another register nothing is released. Null while the hold is in none.',
    }),
    claim_id: s.string({
      computed: true,
      description:
        'Id of the claim by which this hold needs its objects. Null while it is in no register, and where only tags are wanted.',
    }),
    status: s.string({
      computed: true,
      description:
        '`active`: every version in scope was seen held and tagged, none is lost and no object is absent, or exactly what is not was accepted. `incomplete`: there is a gap, or a version lost a tag. `partially_released`: holds were taken off outside of Terraform. `released`: all were. Anything but `active` makes the next plan an update that repairs what can be repaired.',
    }),
    engine_used: s.string({ computed: true, description: 'Engine of the last run that did work.' }),
    version_count: s.number({ computed: true, description: 'Object versions in scope, delete markers not counted.' }),
    held_count: s.number({
      computed: true,
      description: 'Versions in scope under legal hold; null when `object_lock_legal_hold` is false.',
    }),
    tagged_count: s.number({
      computed: true,
      description: 'Versions in scope that carry all tags; null without `tags`.',
    }),
    missing_count: s.number({
      computed: true,
      description: 'Versions in scope that are not held and tagged as they should be, or could not be read.',
    }),
    missing: s.listNested(
      {
        key,
        version_id: versionId,
        lacks: s.string({ computed: true, description: '`legal hold` or `tags`.' }),
      },
      {
        computed: true,
        description: `The first ${LISTED_VERSIONS} versions that lack something, as the last look found them.`,
      },
    ),
    failed_count: s.number({
      computed: true,
      description: 'Versions that the last run could not hold or tag, or that could not be read.',
    }),
    failures: s.listNested(
      {
        key,
        version_id: versionId,
        step: s.string({
          computed: true,
          description: 'What failed: `read-hold`, `write-hold`, `verify-hold`, the same for tags, `limit` or `batch`.',
        }),
        code: s.string({ computed: true, description: 'Error code of S3.' }),
        message: s.string({ computed: true, description: 'What was tried, why it failed, and what to do.' }),
      },
      {
        computed: true,
        description: `The first ${LISTED_FAILURES} failures. A version can fail twice: for its hold and for its tags.`,
      },
    ),
    hidden_count: s.number({
      computed: true,
      description:
        'Keys in scope that look deleted, because a delete marker lies over their versions. The versions are still there.',
    }),
    hidden: s.listNested(
      {
        key,
        version_id: s.string({ computed: true, description: 'Version id of the delete marker.' }),
      },
      { computed: true, description: `The first ${LISTED_VERSIONS} of these delete markers.` },
    ),
    absent_conversation_count: s.number({
      computed: true,
      description:
        'Conversations of the export of which no object was found; null without `export_job_id`. Those that have a recording which Genesys Cloud could not export may have none; each of the others is a gap.',
    }),
    lost_count: s.number({
      computed: true,
      description:
        'Versions that were in scope at an earlier look and are gone. They stay counted, and are gaps of the kind `lost`.',
    }),
    lost: s.listNested(
      {
        key: s.string({ computed: true, description: 'Key of the object; null where no journal here names it.' }),
        version_id: s.string({ computed: true, description: 'Version id; null where no journal here names it.' }),
        held_since: s.string({
          computed: true,
          description: 'When the journal first saw it held, ISO-8601 in UTC; null where that is unknown.',
        }),
      },
      { computed: true, description: `The first ${LISTED_LOST} of these versions.` },
    ),
    ...gapAttributes,
    manifest_sha256: s.string({
      computed: true,
      description:
        'SHA-256 in hex over all versions in scope: a line of key, version id and ETag, separated by tabs, for each, sorted by bytes. Equal when nothing came or went. Null while a run has not seen all of them.',
    }),
    estimate: s.singleNested(
      {
        engine: s.string({ computed: true, description: 'Engine that is used.' }),
        reason: s.string({ computed: true, description: 'Why that one.' }),
        requests: s.number({ computed: true, description: 'Requests to S3, those of jobs included.' }),
        cost_usd: s.number({
          computed: true,
          description: 'US dollars by the list prices of us-east-1, without KMS and CloudTrail.',
        }),
        seconds: s.number({ computed: true, description: 'Duration.' }),
      },
      {
        computed: true,
        description:
          'What the last work was estimated to take: sizes of an order, not a bill. An update shows it in the plan, from what reading has found. A new hold with a known `prefix` tells it in a warning of the plan, from a listing of at most 100,000 versions: other objects may come until the apply, and a plan must not change.',
      },
    ),
    journal_path: s.string({ computed: true, description: 'The journal, on the machine that did the last work.' }),
    journal_sha256: s.string({
      computed: true,
      description:
        "SHA-256 in hex of the journal's last line. Every line holds that of the line before, so this proves the whole file. Nothing is released by a journal without that line.",
    }),
    applied_at: s.string({
      computed: true,
      description: 'When the last run that did work ended, ISO-8601 in UTC. Null after an import.',
    }),
    verified_at: s.string({
      computed: true,
      description:
        'When the last run had seen every version, by the clock of S3, ISO-8601 in UTC. Null when it was cut short, and after an import.',
    }),
  },
  blocks: { timeouts: timeouts({ create: '12h', read: '2h', update: '12h', delete: '12h' }) },
});

export type ObjectHoldSchema = typeof objectHoldSchema;
