/**
 * Where the S3 recording bulk actions integration writes:
 * `{organizationId}/year={y}/month={m}/day={d}/hour={h}/conversation_id={conversationId}/{recordingId}{ext}`, with one
 * metadata file beside each recording. The date is the start of the conversation in UTC.
 *
 * Source: Genesys Cloud Resource Center, "Working with exported recordings in AWS S3 bucket". The page does not say
 * whether month, day and hour are padded; real buckets have no padding. Unpadded is written here, both are read.
 */

/** What a recording's key says. */
export interface RecordingKey {
  readonly organizationId: string;
  /** Start of the conversation, cut to the hour, in UTC. */
  readonly hour: Date;
  readonly conversationId: string;
  readonly recordingId: string;
  /** With the dot, `.opus`; empty when the file has none. */
  readonly extension: string;
}

const METADATA_SUFFIX = '_metadata.json';
const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const LAYOUT = new RegExp(
  `(?:^|/)(${UUID})/year=(\\d{4})/month=(\\d{1,2})/day=(\\d{1,2})/hour=(\\d{1,2})/conversation_id=(${UUID})/(${UUID})(\\.[^/]*)?$`,
);

/** The key of a recording. `conversationStart` decides the folder. */
export function recordingKey(
  recording: Omit<RecordingKey, 'hour'> & { readonly conversationStart: Date },
  prefix = '',
): string {
  const start = recording.conversationStart;
  return (
    `${prefix}${recording.organizationId}/year=${start.getUTCFullYear()}/month=${start.getUTCMonth() + 1}` +
    `/day=${start.getUTCDate()}/hour=${start.getUTCHours()}/conversation_id=${recording.conversationId}` +
    `/${recording.recordingId}${recording.extension}`
  );
}

/** The key of the metadata file beside a recording: the recording's own key and a suffix. */
export function metadataKey(key: string): string {
  return `${key}${METADATA_SUFFIX}`;
}

/**
 * Reads a key, under any prefix. Null for everything that is no recording: metadata and transcript files, other folders,
 * dates that do not exist. Ids come back in lower case.
 */
export function parseRecordingKey(key: string): RecordingKey | null {
  if (key.endsWith(METADATA_SUFFIX)) return null;
  const match = LAYOUT.exec(key);
  if (match === null) return null;
  const [, organizationId = '', year, month, day, hour, conversationId = '', recordingId = '', extension = ''] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour)));
  // Date.UTC rolls 31 February over into March: such a folder is not ours.
  const exists =
    date.getUTCMonth() + 1 === Number(month) &&
    date.getUTCDate() === Number(day) &&
    date.getUTCHours() === Number(hour);
  if (!exists) return null;
  return {
    organizationId: organizationId.toLowerCase(),
    hour: date,
    conversationId: conversationId.toLowerCase(),
    recordingId: recordingId.toLowerCase(),
    extension,
  };
}

const CONVERSATION_FOLDER = new RegExp(`(?:^|/)conversation_id=(${UUID})/`);

/** The conversation that an object belongs to, metadata and transcripts included; in lower case. Null for all else. */
export function conversationOfKey(key: string): string | null {
  return CONVERSATION_FOLDER.exec(key)?.[1]?.toLowerCase() ?? null;
}

/** What a key below an export says it holds. Empty where it says none. */
export interface ExportedFile {
  readonly conversationId: string;
  readonly recordingId: string;
  /** It is the metadata file beside a recording. */
  readonly isMetadata: boolean;
}

/** Reads the key of any file that an export writes, metadata and transcripts included; ids in lower case. */
export function exportedFile(key: string): ExportedFile {
  const isMetadata = key.endsWith(METADATA_SUFFIX);
  const recording = parseRecordingKey(isMetadata ? key.slice(0, -METADATA_SUFFIX.length) : key);
  return {
    conversationId: recording?.conversationId ?? conversationOfKey(key) ?? '',
    recordingId: recording?.recordingId ?? '',
    isMetadata,
  };
}
