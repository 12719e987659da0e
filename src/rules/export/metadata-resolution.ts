import type { ExportFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** Media types whose recordings are transcripts, and fail when metadata is resolved during the export. */
const DIGITAL = new Set(['message', 'chat', 'email']);

/** Metadata is not resolved while a digital channel is exported. */
export const metadataResolution: Rule<'export/metadata-resolution'> = {
  id: 'export/metadata-resolution',
  severity: 'error',
  moments: ['synth', 'plan'],
  looksAt: 'include_metadata, media_types and message_types of each export job',
  cause:
    'With include_metadata Genesys Cloud resolves metadata while data moves, which fails with HTTP 500 on digital channels such as SMS over a carrier of one’s own.',
  remedy: 'Set include_metadata to false, or export voice separately.',
  check: (facts) => facts.exports.map(check),
};

function check(fact: ExportFact): Answered {
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
  const remedy = `Set include_metadata = false on ${address} (or remove the line: false is the default).`;
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
