/** The forms of a manifest: JSON lines, CSV, and a Concordance load file. Pure: a row in, text out, the line's end included. */
import type { FileRow } from '../model';
import { COLUMNS, instant, kindOf } from './columns';

/** One form of the manifest. */
export interface ManifestForm {
  /** Name of its file in a pack. */
  readonly file: string;
  /** What comes before the first row. */
  readonly header: string;
  /** `number` counts from 1. */
  readonly row: (row: FileRow, number: number) => string;
}

/** The authoritative form: what the Merkle root is over. A row is one line. Unknown is `null`. */
export const JSON_LINES: ManifestForm = {
  file: 'manifest.jsonl',
  header: '',
  row: (row) => `${JSON.stringify(jsonOf(row))}\n`,
};

function jsonOf(row: FileRow): Readonly<Record<string, unknown>> {
  const { conversation, recording, bucket, key, version, size, modified, checksum, exported, hold, heldSince, tags } =
    row;
  return {
    conversation_id: conversation === '' ? null : conversation,
    recording_id: recording === '' ? null : recording,
    file: kindOf(row),
    bucket,
    key,
    version_id: version,
    size,
    stored_at: instant(modified),
    checksum,
    exported_at: exported === null ? null : instant(exported),
    legal_hold: hold,
    held_since: heldSince === null ? null : instant(heldSince),
    tags: tags === null ? null : Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** A row from its line of {@link JSON_LINES}. Throws a SyntaxError or RangeError for one that is not that. */
export function rowFrom(line: string): FileRow {
  const value = JSON.parse(line) as Readonly<Record<string, unknown>> | null;
  const text = (name: string): string => {
    const one = value?.[name];
    if (one === null) return '';
    if (typeof one !== 'string') throw new RangeError(`${name} is missing`);
    return one;
  };
  const time = (name: string): number | null => {
    const one = value?.[name];
    return typeof one === 'string' ? Date.parse(one) : null;
  };
  const hold = value?.['legal_hold'];
  return {
    conversation: text('conversation_id'),
    recording: text('recording_id'),
    metadata: value?.['file'] === 'metadata',
    bucket: text('bucket'),
    key: text('key'),
    version: text('version_id'),
    size: Number(value?.['size']),
    modified: time('stored_at') ?? Number.NaN,
    checksum: (value?.['checksum'] ?? null) as FileRow['checksum'],
    exported: time('exported_at'),
    hold: hold === 'ON' || hold === 'OFF' ? hold : null,
    heldSince: time('held_since'),
    tags: (value?.['tags'] ?? null) as FileRow['tags'],
  };
}

/** RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe. */
export const CSV: ManifestForm = {
  file: 'manifest.csv',
  header: `${COLUMNS.map(({ name }) => name).join(',')}\r\n`,
  row: (row) => `${COLUMNS.map(({ text }) => csvCell(text(row))).join(',')}\r\n`,
};

/** A cell of a CSV file. */
export function csvCell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Concordance has no escapes: its quote becomes a plain letter in values, a line feed its own sign for one. */
const QUOTE = '\u00fe';
const SEPARATOR = '\u0014';
const NEW_LINE = '\u00ae';

function datLine(cells: readonly string[]): string {
  const quoted = cells.map(
    (cell) =>
      QUOTE +
      cell
        .replaceAll(QUOTE, 'th')
        .replace(/\r\n|\r|\n/g, NEW_LINE)
        .replaceAll(SEPARATOR, ' ') +
      QUOTE,
  );
  return `${quoted.join(SEPARATOR)}\r\n`;
}

/** A load file for review platforms, UTF-8 with a byte order mark, delimiters 020, 254 and 174. */
export const CONCORDANCE: ManifestForm = {
  file: 'manifest.dat',
  header: `\ufeff${datLine(['DOCID', ...COLUMNS.map(({ loadFileName }) => loadFileName)])}`,
  row: (row, number) => datLine([`GC${String(number).padStart(9, '0')}`, ...COLUMNS.map(({ text }) => text(row))]),
};

/** All of them; the first is the one that the others are made from. */
export const MANIFEST_FORMS: readonly [ManifestForm, ...ManifestForm[]] = [JSON_LINES, CSV, CONCORDANCE];
