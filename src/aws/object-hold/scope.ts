/** Which objects a hold is about: a bucket and key prefixes. */

/** Orders texts by their UTF-8 bytes, as S3 lists keys. UTF-16 order, JavaScript's own, differs beyond U+FFFF. */
export function compareUtf8(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    const a = one.charCodeAt(index);
    const b = other.charCodeAt(index);
    if (a === b) continue;
    // Surrogates stand for code points above all others, though their own numbers lie below U+E000.
    const aSurrogate = a >= 0xd800 && a <= 0xdfff;
    const bSurrogate = b >= 0xd800 && b <= 0xdfff;
    if (aSurrogate === bSurrogate) return a - b;
    return aSurrogate ? 1 : -1;
  }
  return one.length - other.length;
}

/**
 * The same objects by fewer prefixes: sorted as S3 lists, without those that another one covers. Listing them one after the
 * other meets every key once and in order. No prefix at all means the whole bucket.
 */
export function normalizePrefixes(prefixes: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const prefix of [...prefixes].sort(compareUtf8)) {
    const last = kept.at(-1);
    if (last === undefined || !prefix.startsWith(last)) kept.push(prefix);
  }
  return kept.length === 0 ? [''] : kept;
}
