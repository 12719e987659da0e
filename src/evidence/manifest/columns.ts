/** The columns of a manifest: one list for all of its forms. */
import type { FileRow } from '../model';

/** A column. */
export interface Column {
  readonly name: string;
  /** In load files for review platforms. */
  readonly loadFileName: string;
  /** Text of a row; empty where the value is unknown or there is none. */
  readonly text: (row: FileRow) => string;
}

/** In this order. */
export const COLUMNS: readonly Column[] = [
  { name: 'conversation_id', loadFileName: 'CONVERSATION_ID', text: ({ conversation }) => conversation },
  { name: 'recording_id', loadFileName: 'RECORDING_ID', text: ({ recording }) => recording },
  { name: 'file', loadFileName: 'FILE_KIND', text: kindOf },
  { name: 'bucket', loadFileName: 'BUCKET', text: ({ bucket }) => bucket },
  { name: 'key', loadFileName: 'FILE_PATH', text: ({ key }) => key },
  { name: 'version_id', loadFileName: 'VERSION_ID', text: ({ version }) => version },
  { name: 'size', loadFileName: 'FILE_SIZE', text: ({ size }) => String(size) },
  { name: 'stored_at', loadFileName: 'DATE_STORED', text: ({ modified }) => instant(modified) },
  { name: 'checksum_algorithm', loadFileName: 'HASH_ALGORITHM', text: ({ checksum }) => checksum?.algorithm ?? '' },
  { name: 'checksum', loadFileName: 'HASH', text: ({ checksum }) => checksum?.value ?? '' },
  { name: 'checksum_by', loadFileName: 'HASH_BY', text: ({ checksum }) => checksum?.by ?? '' },
  { name: 'exported_at', loadFileName: 'DATE_EXPORTED', text: ({ exported }) => instant(exported) },
  { name: 'legal_hold', loadFileName: 'LEGAL_HOLD', text: ({ hold }) => hold ?? 'unknown' },
  { name: 'held_since', loadFileName: 'DATE_HELD', text: ({ heldSince }) => instant(heldSince) },
  { name: 'tags', loadFileName: 'TAGS', text: ({ tags }) => (tags === null ? 'unknown' : tagText(tags)) },
];

/** What kind of file it is. */
export function kindOf({ conversation, recording, metadata }: FileRow): 'recording' | 'metadata' | 'other' | 'foreign' {
  if (conversation === '') return 'foreign';
  if (metadata) return 'metadata';
  return recording === '' ? 'other' : 'recording';
}

/** ISO-8601 in UTC; empty where it is unknown. */
export function instant(milliseconds: number | null): string {
  return milliseconds === null ? '' : new Date(milliseconds).toISOString();
}

function tagText(tags: Readonly<Record<string, string>>): string {
  return Object.keys(tags)
    .sort()
    .map((name) => `${name}=${tags[name] ?? ''}`)
    .join('; ');
}
