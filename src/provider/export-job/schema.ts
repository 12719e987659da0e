import { acceptedGapsAttribute, gapAttributes } from '../gaps';
import { each, matches, nonEmpty, oneOf, s, schema, timeouts, uuid, type AttributeValidator } from '../../framework';
import {
  instantText,
  isoDurationText,
  openIntervalText,
  sameDuration,
  sameInstant,
  sameOpenInterval,
} from './interval-validators';
import { sameId, sameIds } from '../validators';

/** Failed recordings listed in state at most; the count beside them is complete. */
export const LISTED_FAILED_RECORDINGS = 100;

/** Media types of conversations, as the analytics dimension `mediaType` spells them. */
export const MEDIA_TYPES = ['callback', 'chat', 'cobrowse', 'email', 'message', 'screenshare', 'voice'] as const;

const wholeDays: AttributeValidator<number> = {
  description: 'a whole number of days from 1',
  check: (value) =>
    Number.isSafeInteger(value) && value >= 1 ? undefined : `${value} is not a whole number of days. Write 1 or more.`,
};

export const batchAttributes = {
  job_id: s.string({
    computed: true,
    description: 'Id of the recording job at Genesys Cloud; null while none was created.',
  }),
  interval: s.string({
    computed: true,
    description: 'Part of the interval that this batch covers, as ISO-8601 `start/end` in UTC; the end is exclusive.',
  }),
  state: s.string({
    computed: true,
    description:
      '`planned` (no job yet), `pending`, `ready`, `processing`, `fulfilled` (export dates are written, files may still be missing), `exported` (every recording is in the bucket), `incomplete` (some recordings failed), `failed`, `cancelled`, or `forgotten` (Genesys Cloud no longer knows the job).',
  }),
  conversation_count: s.number({ computed: true, description: 'Conversations that the job matched.' }),
  recording_count: s.number({ computed: true, description: 'Recordings that the job matched.' }),
  failed_recording_count: s.number({
    computed: true,
    description: 'Recordings that the job could not process. They are not in the bucket.',
  }),
  error: s.string({
    computed: true,
    description: 'What Genesys Cloud says about a job that failed, and what to do; null otherwise.',
  }),
};

export const failedRecordingAttributes = {
  conversation_id: s.string({ computed: true, description: 'Conversation that the recording belongs to.' }),
  recording_id: s.string({ computed: true, description: 'The recording that could not be exported.' }),
};

export const STATE_DESCRIPTION =
  '`running`: jobs are still to be created or under way. `fulfilled`: Genesys Cloud has written all export dates, files may still be on their way. `exported`: every recording in scope was seen exported; only this counts as complete. `incomplete`: finished with gaps, which `gaps` names; a hold can follow it. `growing`: it was finished and covers more by now; not everything that is new is exported yet, and a hold covers what is. `failed`: a job failed or was cancelled. `lost`: Genesys Cloud has forgotten a job before it was finished. ' +
  'Anything but `exported` (or `fulfilled` with `wait_for = "fulfilled"`, or gaps that are all accepted) makes the next plan an update that continues with what is missing.';

/** `genesyscloud_recording_export_job`. There is no legal hold in here, and no place for one. */
export const exportJobSchema = schema({
  description:
    'A bulk export of recordings to S3 that has really happened once it is applied. ' +
    'Splits the scope into batches, runs one recording job a batch (at most two at a time, the limit of an organization) and waits until every recording in scope is exported, since a job that Genesys Cloud calls fulfilled may still have files on their way. ' +
    'It never asks for a legal hold: exporting and holding in one request fails for digital channels. Use `genesyscloud_compliance_legalhold` with `export_job_id` for the hold, which waits its turn.\n\n' +
    'An export that was interrupted (timeout, Ctrl-C, a killed process) continues with the next apply: running jobs of the same query are adopted, not repeated. ' +
    'An export grows in place: a wider or moved interval, more conversations, more media or message types, fewer filters. What is new gets jobs of its own, and nothing that is exported already is exported again, but for what `reexported_count` counts. Nothing is forgotten: what falls out of scope stays exported, covered and counted. A scope that has nothing in common with what was exported, and another manner of exporting, replace the export, and the plan says in a warning what is exported again. ' +
    'A finished export is a fact, which stays when Genesys Cloud has forgotten its jobs. What it lacks is a gap: recordings that failed, conversations that came late, files that are gone from the bucket. Until a gap is accepted, each plan shows an update that exports just these again, for ten minutes at most and without an error, so that holds behind the export are not kept waiting. ' +
    'Destroying the resource cancels jobs that are not finished and forgets the others; exported files and holds stay.',
  attributes: {
    integration_id: s.string({
      about: 'scope',
      required: true,
      requiresReplace: 'whenKnown',
      equals: sameId,
      description:
        'Id of the AWS S3 recording bulk actions integration that writes the files. It must exist and be active; this is checked when planning.',
      validators: [uuid()],
    }),
    interval: s.string({
      about: 'scope',
      optional: true,
      grows: true,
      equals: sameOpenInterval,
      description:
        'Which conversations to export, by time: ISO-8601 `start/end` with a time zone, e.g. `2026-01-01T00:00:00Z/2026-02-01T00:00:00Z`; the end is exclusive. `start/..` means "from then on" and needs `batch_interval`: each apply exports the whole steps that have ended since, and nothing twice. A changed interval exports what no batch has covered yet; what falls out of it stays exported and counted. Exactly one of `interval` and `conversation_ids` is given. New conversations can take up to 48 hours until Genesys Cloud finds them.',
      validators: [openIntervalText],
    }),
    conversation_ids: s.set('string', {
      about: 'scope',
      optional: true,
      grows: true,
      equals: sameIds,
      description:
        'Which conversations to export, by id (UUIDs, at least one). More of them are exported beside the others; removed ones stay exported and counted. Exactly one of `interval` and `conversation_ids` is given.',
      validators: [nonEmpty(), each(uuid())],
    }),
    media_types: s.set('string', {
      about: 'scope',
      optional: true,
      grows: true,
      description: `Only conversations with one of these media types: ${MEDIA_TYPES.map((type) => `\`${type}\``).join(', ')}. SMS is \`["message"]\` with \`message_types = ["sms"]\`. Left out: all media.`,
      validators: [nonEmpty(), each(oneOf(...MEDIA_TYPES))],
    }),
    message_types: s.set('string', {
      about: 'scope',
      optional: true,
      grows: true,
      description:
        'Only messages of these types: `sms`, `whatsapp`, `facebook`, `line`, `open`, `webmessaging`, … Left out: all types.',
      validators: [nonEmpty(), each(matches(/^[a-z][a-z0-9_-]*$/, 'a message type in lower case, such as "sms"'))],
    }),
    address_from: s.string({
      about: 'scope',
      optional: true,
      grows: true,
      description:
        'Only conversations from this address, as Genesys Cloud records it: a number like `+13175550100`, or an e-mail address.',
      validators: [nonEmpty()],
    }),
    address_to: s.string({
      about: 'scope',
      optional: true,
      grows: true,
      description:
        'Only conversations to this address, as Genesys Cloud records it: for one SMS number of your own, e.g. `+13175550100`.',
      validators: [nonEmpty()],
    }),
    external_tag: s.string({
      about: 'scope',
      optional: true,
      grows: true,
      description: 'Only conversations that carry this external tag.',
      validators: [nonEmpty()],
    }),
    batch_interval: s.string({
      optional: true,
      equals: sameDuration,
      description:
        'Length of a batch as an ISO-8601 duration, e.g. `P1D`, `P7D` or `PT12H`: the interval is split into pieces of that length (the last may be shorter), one recording job each. Left out: one batch. An open interval needs it. Short batches keep the query of each job small; a change affects only batches that have no job yet, or whose job failed. Only with `interval`.',
      validators: [isoDurationText],
    }),
    include_metadata: s.bool({
      about: 'scope',
      optional: true,
      default: false,
      requiresReplace: 'whenKnown',
      description:
        'Have the export engine resolve metadata while it moves the data. Default: `false`, and it must stay so for digital channels (message, chat, email, or no media filter at all), where it makes the export fail with HTTP 500. Voice may set it to `true`. It is sent only to an organization with the compliance API; the public API has no such setting and writes a metadata file beside every recording anyway.',
    }),
    include_screen_recordings: s.bool({
      about: 'scope',
      optional: true,
      default: false,
      requiresReplace: 'whenKnown',
      description: 'Export screen recordings too. Default: `false`.',
    }),
    include_recordings_with_sensitive_data: s.bool({
      about: 'scope',
      optional: true,
      default: false,
      requiresReplace: 'whenKnown',
      description:
        'Export recordings that hold sensitive data too. Default: `false`. With redaction switched on, `true` needs the permission `recording:recording:viewSensitiveData`.',
    }),
    action_date: s.string({
      about: 'scope',
      optional: true,
      requiresReplace: 'whenKnown',
      equals: sameInstant,
      description:
        'Instant at which Genesys Cloud exports, ISO-8601 with a time zone. Left out (and without `action_age`): at once. A later date makes the apply wait for it, unless `wait_for` is `fulfilled`. Not together with `action_age`.',
      validators: [instantText],
    }),
    action_age: s.number({
      about: 'scope',
      optional: true,
      requiresReplace: 'whenKnown',
      description:
        'Export each recording this many days after its creation, a whole number. Not together with `action_date`.',
      validators: [wholeDays],
    }),
    wait_for: s.string({
      optional: true,
      default: 'exported',
      description:
        'What an apply waits for. `exported` (default): every recording in scope is exported. `fulfilled`: Genesys Cloud has accepted the work and written the export dates; a legal hold on such an export is refused until its recordings are exported.',
      validators: [oneOf('exported', 'fulfilled')],
    }),
    on_failed_recordings: s.string({
      optional: true,
      default: 'continue',
      description:
        'What becomes of the export when single recordings cannot be exported. `continue` (default): it finishes as `incomplete` with a warning, names them, and what depends on it continues; a hold covers their conversations too. `error`: it fails. A job that fails as a whole is an error either way, unless the export was finished before.',
      validators: [oneOf('continue', 'error')],
    }),
    accepted_gaps: acceptedGapsAttribute,
    destination: s.singleNested(
      {
        bucket: s.string({
          required: true,
          description: 'Name of the S3 bucket that the integration writes to.',
          validators: [
            matches(
              /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
              'the name of an S3 bucket alone, without "s3://" or an ARN: 3 to 63 lower-case letters, digits, dots and hyphens',
            ),
          ],
        }),
        prefix: s.string({
          optional: true,
          description: 'Prefix before the organization id in the keys of the bucket. Left out: none.',
        }),
        region: s.string({
          optional: true,
          description: 'AWS region of the bucket. Left out: that of the AWS environment (`AWS_REGION`).',
          validators: [nonEmpty()],
        }),
        endpoint: s.string({
          optional: true,
          description: 'URL of an S3-compatible service, instead of AWS. Left out: AWS.',
          validators: [matches(/^https?:\/\/[^\s]+$/, 'a URL with its protocol, such as "https://s3.example.com"')],
        }),
      },
      {
        optional: true,
        description:
          'Where the integration writes. When given, a recording counts as exported as soon as its object is in the bucket, which is proven by listing the bucket with the AWS credentials of the environment (they need `s3:ListBucket`). Each refresh of the finished export then looks whether the files are still there, up to 10,000 of them. Left out: `exportedDate` at Genesys Cloud decides.',
      },
    ),
    id: s.string({
      computed: true,
      description:
        'Ids of the recording jobs, joined by commas. This is what `export_job_id` of a hold and `terraform import` take. When the export grows, the jobs of what is new are added once they are done, so that holds see it; jobs that export something again are not. While batches have no job yet, because the apply was cut short, `,+N` follows with their number, and such an id is refused there: those jobs are not the whole export.',
    }),
    organization_id: s.string({
      computed: true,
      description:
        'Id of the Genesys Cloud organization that the export belongs to. A plan or apply with credentials of another organization is refused.',
    }),
    state: s.string({ computed: true, description: STATE_DESCRIPTION }),
    completed_at: s.string({
      computed: true,
      description:
        'When the export was first seen finished, and again when it became whole, ISO-8601 in UTC. Null while it is not finished, and for an imported export that was finished before.',
    }),
    batch_count: s.number({
      computed: true,
      description:
        'Number of batches that everything exported so far is divided into, one recording job each; jobs that export something again are not counted. Known when planning an export by `interval`; conversations named by id are divided into jobs of at most 100 each.',
    }),
    batches: s.listNested(batchAttributes, {
      computed: true,
      description: 'One entry per recording job, in the order of time.',
    }),
    conversation_count: s.number({
      computed: true,
      description:
        'Conversations that were in scope and had recordings when they were exported, also those of which a recording failed, and those that fell out of scope since; null before.',
    }),
    recording_count: s.number({ computed: true, description: 'Recordings that the jobs counted, over all batches.' }),
    failed_recording_count: s.number({
      computed: true,
      description: 'Recordings that could not be exported, and were not exported by a later job.',
    }),
    failed_recordings: s.listNested(failedRecordingAttributes, {
      computed: true,
      description: `The first ${LISTED_FAILED_RECORDINGS} recordings that could not be exported; \`failed_recording_count\` counts them all. Genesys Cloud gives no reason per recording.`,
    }),
    conversation_ids_sha256: s.string({
      computed: true,
      description:
        'SHA-256 in hex over the exported conversation ids: lower case, sorted, each followed by a line feed, so that an auditor gets the same with `sort -u ids.txt | sha256sum`. Null until the export is finished.',
    }),
    late_count: s.number({
      computed: true,
      description:
        'Conversations that came into scope after the export, and recordings that came late to conversations which were exported already. A refresh asks until all was looked at 30 days after the end of the interval. Null when nobody has looked.',
    }),
    lost_count: s.number({
      computed: true,
      description:
        'Exported files that are no longer in the bucket. Null when nobody has looked, which takes `destination`.',
    }),
    reexported_count: s.number({
      computed: true,
      description:
        'Conversations that were exported once more although a job had exported them, each as often as it was: a recording had failed or came late, the conversation continued from one batch into the next, or it is of a medium that is new in scope. A recording job takes all recordings of a conversation.',
    }),
    unknown: s.list('string', {
      computed: true,
      description:
        'What the last refresh could not find out about this export, one sentence each. It looks within 20 requests and 60 seconds, so that no plan waits for it. It is no gap and cannot be accepted; `genesyscloud-compliance drift --full` looks at everything. Null in a state of an older version.',
    }),
    ...gapAttributes,
  },
  blocks: { timeouts: timeouts({ create: '24h', read: '10m', update: '24h', delete: '10m' }) },
});

export type ExportJobSchema = typeof exportJobSchema;
