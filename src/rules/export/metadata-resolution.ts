import type { ExportFact, Facts } from '../../facts';
import { argument } from '../arguments';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** Media types whose recordings are transcripts, and fail when metadata is resolved during the export. */
const DIGITAL = new Set(['message', 'chat', 'email']);

/** Metadata is not resolved while a digital channel is exported. */
export const metadataResolution: Rule<'export/metadata-resolution'> = {
  id: 'export/metadata-resolution',
  severity: 'error',
  moments: ['synth', 'plan'],
  title: '`include_metadata` is false on digital channels',
  looksAt: [
    '`include_metadata`, `media_types` and `message_types` of each export job. Digital channels are messages, chat and email. No `media_types` at all means every channel.',
  ],
  why: [
    'With `include_metadata`, exports of digital channels are reported to fail with HTTP 500: metadata is said to be resolved while data moves. It is the same failure as with a legal hold in the export request.',
    'The public API contract of Genesys Cloud has no such field and does not describe this failure; it comes from a report from the field. Each exported file comes with a metadata file anyway.',
  ],
  remedy: [
    'Leave `include_metadata` out, or set it to false. If voice needs it, export voice with a resource of its own.',
  ],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "genesyscloud_recording_export_job" "voice" {
          integration_id   = var.integration_id
          interval         = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
          batch_interval   = "P7D"
          media_types      = ["voice"]
          include_metadata = true
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new GenesyscloudRecordingExportJob(this, 'voice', {
          integrationId,
          interval,
          batchInterval: 'P7D',
          mediaTypes: ['voice'],
          includeMetadata: true,
        });`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'The provider refuses this too, before anything moves.',
      text: `
        resource "genesyscloud_recording_export_job" "sms" {
          integration_id   = var.integration_id
          interval         = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
          batch_interval   = "P7D"
          media_types      = ["message"]
          include_metadata = true
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new GenesyscloudRecordingExportJob(this, 'messages', {
          integrationId,
          interval,
          batchInterval: 'P7D',
          mediaTypes: ['message'],
          includeMetadata: true,
        });`,
    },
  ],
  sources: [
    { title: 'A report from the field of the HTTP 500. Not in the public API contract.' },
    {
      title: 'Working with exported recordings in an AWS S3 bucket (Genesys Cloud): the metadata file',
      url: 'https://help.mypurecloud.com/articles/working-with-exported-recordings-in-aws-s3-bucket/',
    },
  ],
  check: (facts) => facts.exports.map((fact) => check(facts, fact)),
};

function check(facts: Facts, fact: ExportFact): Answered {
  const { address, includeMetadata } = fact;
  const subject = placeOf(fact, 'include_metadata');
  const evidence = includeMetadata.known
    ? [
        {
          origin: includeMetadata.origin,
          what: 'include_metadata',
          text: `include_metadata = ${includeMetadata.value}`,
        },
      ]
    : [];
  if (includeMetadata.known && !includeMetadata.value) {
    return { status: 'pass', subject, message: `The export ${address} resolves no metadata.`, evidence, remedy: '' };
  }
  const digital = digitalChannel(fact);
  if (digital === 'none') {
    return {
      status: 'pass',
      subject,
      message: `The export ${address} covers no digital channel.`,
      evidence,
      remedy: '',
    };
  }
  const remedy = `Set ${argument(facts, fact, 'include_metadata', false)} on ${address} (or remove the line: false is the default).`;
  if (includeMetadata.known && digital !== null) {
    const message = `The export ${address} resolves metadata on a digital channel: it covers ${digital}. Genesys Cloud answers that with HTTP 500.`;
    return { status: 'fail', subject, message, evidence, remedy };
  }
  const missing = includeMetadata.known
    ? `which channels it covers is not seen: ${whyChannels(fact)}`
    : `include_metadata ${includeMetadata.why}`;
  const message = `Unknown whether the export ${address} resolves metadata on a digital channel: ${missing}.`;
  return { status: 'unknown', subject, message, evidence, remedy };
}

/** A digital channel the export covers, in words; `none` if it surely covers none; null if that cannot be seen. */
function digitalChannel({ mediaTypes, messageTypes }: ExportFact): string | 'none' | null {
  if (messageTypes.known && messageTypes.value.length > 0) return `the message type ${messageTypes.value.join(', ')}`;
  if (!mediaTypes.known) return null;
  if (mediaTypes.value.length === 0) return 'every media type, because media_types is empty';
  const digital = mediaTypes.value.filter((type) => DIGITAL.has(type.toLowerCase()));
  if (digital.length > 0) return `the media type ${digital.join(', ')}`;
  return messageTypes.known ? 'none' : null;
}

function whyChannels({ mediaTypes, messageTypes }: ExportFact): string {
  if (!mediaTypes.known) return `media_types ${mediaTypes.why}`;
  return messageTypes.known ? '' : `message_types ${messageTypes.why}`;
}
