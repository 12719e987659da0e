/**
 * Rows of a Batch Operations manifest and of its completion reports. Pure.
 *
 * A manifest has no header row (S3 would take it for a bucket), three columns, and keys that are URL-encoded. S3 User Guide,
 * "Specifying a manifest" of Batch Operations.
 */
import type { VersionRef } from '../object-hold/object-store';

/** One row, with its line feed. Percent-encoding leaves no character in it that CSV would have to quote. */
export function manifestRow(bucket: string, version: VersionRef): string {
  return `${bucket},${encodeKey(version.key)},${version.versionId}\n`;
}

/** URL-encodes a key; the slash stays, which S3 reads either way and people read better. */
export function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/');
}

/** The reverse, for report rows; a plus sign is a space there. What is no encoding is left as it is. */
export function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/**
 * Splits CSV into rows of fields as text comes in; a quoted field may hold commas, doubled quotes and line breaks. Keeps no
 * more than the row it is in.
 */
export class CsvReader {
  private field = '';
  private row: string[] = [];
  private quoted = false;
  /** A quote inside a quoted field: its end, or the first of a doubled one. */
  private afterQuote = false;
  private empty = true;

  *push(text: string): Generator<readonly string[]> {
    for (const character of text) {
      if (this.quoted && !this.afterQuote) {
        if (character === '"') this.afterQuote = true;
        else this.field += character;
        continue;
      }
      if (this.afterQuote && character === '"') {
        this.field += '"';
        this.afterQuote = false;
        continue;
      }
      if (this.afterQuote) {
        this.quoted = false;
        this.afterQuote = false;
      }
      if (character === '\n') {
        yield* this.end();
      } else if (character === ',') {
        this.row.push(this.field);
        this.field = '';
        this.empty = false;
      } else if (character === '"' && this.field === '') {
        this.quoted = true;
        this.empty = false;
      } else if (character !== '\r') {
        this.field += character;
        this.empty = false;
      }
    }
  }

  /** The last row, when the text did not end with a line break. */
  *end(): Generator<readonly string[]> {
    if (!this.empty) {
      this.row.push(this.field);
      yield this.row;
    }
    this.field = '';
    this.row = [];
    this.quoted = false;
    this.afterQuote = false;
    this.empty = true;
  }
}
