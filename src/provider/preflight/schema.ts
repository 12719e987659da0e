import { atLeast, each, matches, oneOf, s, schema, uuid } from '../../framework';
import { isoDurationText, openIntervalText } from '../export-job/interval-validators';

const text = (description: string) => s.string({ optional: true, description });
const role = (does: string) =>
  text(`Name or ARN of the role that ${does}. Its policies are read with the AWS credentials of the environment.`);

/** `data "genesyscloud_compliance_preflight"`: what would go wrong, before anything runs. */
export const preflightSchema = schema({
  description:
    'Checks the live accounts before an export runs: role, bucket and key policies, Object Lock, integration, trunks, SMS numbers, permissions, capacity, request budget and latency. Whatever is not named is not looked at. ' +
    'Changes nothing; what would change something is tried in ways that cannot. What may not be read is a finding with status `unknown` that names the missing right, never a pass. ' +
    'AWS is asked with the credentials of the environment.\n\n' +
    'Findings are not errors by themselves: decide in a `check` block, which warns, or in a `precondition`, which stops the apply.',
  attributes: {
    role_arn: role('Genesys Cloud assumes to write exports'),
    tagging_role_arn: role('tags exported files; default: `role_arn`'),
    hold_role_arn: role('sets legal holds on exported files'),
    release_role_arn: role('is there for releasing them; everybody else who can is a finding'),
    bucket: text('Name of the bucket that exports are written to.'),
    prefix: text('Where in the bucket, without leading slash. Default: all of it.'),
    endpoint: s.string({
      optional: true,
      description:
        'URL of an S3-compatible service that has the bucket, instead of AWS, as `endpoint` of an object hold. It is asked with the same credentials, and knows no IAM: roles are looked up at AWS. Default: AWS, or what `AWS_ENDPOINT_URL_S3` says.',
      validators: [matches(/^https?:\/\/[^\s]+$/, 'a URL with its protocol, such as "https://s3.example.com"')],
    }),
    integration_id: s.string({
      optional: true,
      description: 'The AWS S3 recording bulk actions integration.',
      validators: [uuid()],
    }),
    interval: s.string({
      optional: true,
      description:
        'What is to be exported, by time: ISO-8601 `start/end`, or `start/..` with `batch_interval` for "from then on", of which the steps that have ended are looked at. At most one of `interval` and `conversation_ids`.',
      validators: [openIntervalText],
    }),
    conversation_ids: s.set('string', {
      optional: true,
      description: 'What is to be exported, by id (UUIDs).',
      validators: [each(uuid())],
    }),
    media_types: s.set('string', { optional: true, description: 'As `media_types` of the export job.' }),
    message_types: s.set('string', { optional: true, description: 'As `message_types` of the export job.' }),
    address_from: text('As `address_from` of the export job.'),
    address_to: text('As `address_to` of the export job.'),
    external_tag: text('As `external_tag` of the export job.'),
    batch_interval: s.string({
      optional: true,
      description: 'As `batch_interval` of the export job.',
      validators: [isoDurationText],
    }),
    external_reference_id: text('As `external_reference_id` of the hold.'),
    trunk_ids: s.set('string', {
      optional: true,
      description: 'SIP trunks to look at (UUIDs). Trunks carry calls; neither SMS nor exported files pass one.',
      validators: [each(uuid())],
    }),
    protected_conversations: s.number({
      optional: true,
      description:
        'How many conversations of the organization are protected already. Default: counted, in an organization of up to 5,000 recordings.',
      validators: [atLeast(0)],
    }),
    latency_threshold_ms: s.number({
      optional: true,
      description: 'Slowest good answer of the endpoint that holds, in milliseconds (95th percentile). Default: 2000.',
      validators: [atLeast(1)],
    }),
    fail_on: s.string({
      optional: true,
      description: 'From which severity on findings count for `passed`: `error` (default) or `warn`.',
      validators: [oneOf('error', 'warn')],
    }),
    id: s.string({ computed: true, description: 'Always `preflight`.' }),
    passed: s.bool({
      computed: true,
      description:
        'Whether nothing that counts was found, and everything that counts is known. False also when something could not be looked at.',
    }),
    error_count: s.number({ computed: true, description: 'Findings that are errors.' }),
    warning_count: s.number({ computed: true, description: 'Findings that are warnings.' }),
    unknown_count: s.number({ computed: true, description: 'What is unknown.' }),
    findings: s.listNested(
      {
        id: s.string({ computed: true, description: 'The same from code to plan to account.' }),
        rule: s.string({ computed: true, description: 'The rule, e.g. `iam/put-object-tagging`.' }),
        severity: s.string({ computed: true, description: '`error` or `warn`.' }),
        status: s.string({ computed: true, description: '`fail`, `warn` or `unknown`.' }),
        address: s.string({ computed: true, description: 'What it is about: an ARN or id.' }),
        message: s.string({ computed: true, description: 'What is the case.' }),
        remedy: s.string({ computed: true, description: 'What to do.' }),
      },
      { computed: true, description: 'What did not pass, worst first.' },
    ),
  },
});

export type PreflightSchema = typeof preflightSchema;
