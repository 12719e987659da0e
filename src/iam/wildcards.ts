/** Plain texts against plain patterns, in time that does not explode however many wildcards there are. */

/** More comparisons than any real pattern needs: a pattern that needs more fits nothing. */
const EFFORT = 50_000_000;

export interface WildcardOptions {
  readonly ignoreCase?: boolean;
  /** What `?` stands for: any one character, any but a star (when the text is a pattern itself), or itself. @default any */
  readonly one?: 'any' | 'no-star' | 'itself';
}

/**
 * Whether the whole text is what the pattern says: `*` is any run of characters, also none. Pieces between stars are looked
 * for one after the other, each as early as it can be: that is enough, and nothing is ever tried again.
 */
export function fitsWildcards(pattern: string, text: string, options: WildcardOptions = {}): boolean {
  if (options.ignoreCase === true) {
    return fitsWildcards(pattern.toLowerCase(), text.toLowerCase(), { ...options, ignoreCase: false });
  }
  const one = options.one ?? 'any';
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return text.length === pattern.length && standsAt(first, text, 0, one);
  if (text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  if (!standsAt(first, text, 0, one) || !standsAt(last, text, end, one)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = find(piece, text, at, end, one);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return true;
}

type One = NonNullable<WildcardOptions['one']>;

/** Where a piece without stars stands at the earliest, ending before `end`; -1 when it does not. */
function find(piece: string, text: string, from: number, end: number, one: One): number {
  if (one === 'itself' || !piece.includes('?')) {
    const found = text.indexOf(piece, from);
    return found !== -1 && found + piece.length <= end ? found : -1;
  }
  if ((end - from) * piece.length > EFFORT) return -1;
  for (let at = from; at + piece.length <= end; at += 1) if (standsAt(piece, text, at, one)) return at;
  return -1;
}

function standsAt(piece: string, text: string, at: number, one: One): boolean {
  if (one === 'itself' || !piece.includes('?')) return text.startsWith(piece, at);
  for (let offset = 0; offset < piece.length; offset += 1) {
    const wanted = piece[offset];
    const there = text[at + offset];
    if (wanted !== there && !(wanted === '?' && (one === 'any' || there !== '*'))) return false;
  }
  return true;
}
