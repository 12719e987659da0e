/** Reads manifests: CSV without a header, keys URL-encoded, a row for each task. */

/** One row, and where the next one begins. */
export interface ManifestRow {
  readonly fields: readonly string[];
  readonly next: number;
}

/** The row at this place, in bytes; undefined at the end. Empty lines are no rows. */
export function rowAt(manifest: Buffer, offset: number): ManifestRow | undefined {
  let from = offset;
  for (;;) {
    if (from >= manifest.length) return undefined;
    const found = manifest.indexOf('\n', from);
    const end = found < 0 ? manifest.length : found;
    const line = manifest.toString('utf8', from, end).replace(/\r$/, '');
    from = end + 1;
    if (line !== '') return { fields: splitRow(line), next: from };
  }
}

/** How many rows there are. */
export function countRows(manifest: Buffer): number {
  let rows = 0;
  let from = 0;
  while (from < manifest.length) {
    const found = manifest.indexOf('\n', from);
    const end = found < 0 ? manifest.length : found;
    if (end - from > (manifest[end - 1] === 0x0d ? 1 : 0)) rows += 1;
    from = end + 1;
  }
  return rows;
}

/** A field may stand in quotes, with quotes inside doubled. */
function splitRow(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  for (let at = 0; at <= line.length;) {
    const quoted = line[at] === '"' ? closingQuote(line, at) : -1;
    const end = line.indexOf(',', Math.max(at, quoted));
    const stop = end === -1 ? line.length : end;
    fields.push(quoted === -1 ? line.slice(at, stop) : line.slice(at + 1, quoted).replaceAll('""', '"'));
    // Without its second quote the rest of the row is one field.
    at = stop + 1;
  }
  return fields;
}

/** The quote that ends a field; one that is never closed ends with the row. */
function closingQuote(line: string, open: number): number {
  for (let at = open + 1; at < line.length; at += 1) {
    if (line[at] !== '"') continue;
    if (line[at + 1] !== '"') return at;
    at += 1;
  }
  return line.length;
}

/** Keys in manifests are URL-encoded. Undefined when it cannot be decoded. */
export function decodeKey(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
