/**
 * A text as a search sees it: character codes, and where each of them stands in the text. Escapes can be taken off layer
 * by layer, so that a secret is found whichever of its characters somebody escaped.
 */
export interface View {
  readonly codes: Uint16Array;
  /** Where the character begins in the text, and where it ends. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly length: number;
}

/** The text as it stands. */
export function viewOf(text: string): View {
  const { length } = text;
  const view = { codes: new Uint16Array(length), starts: new Int32Array(length), ends: new Int32Array(length), length };
  for (let at = 0; at < length; at += 1) {
    view.codes[at] = text.charCodeAt(at);
    view.starts[at] = at;
    view.ends[at] = at + 1;
  }
  return view;
}

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
/** `&quot;` is the longest entity that is read by name, `&#x10ffff;` the longest by number. */
const LONGEST_ENTITY = 10;

/**
 * The view with one layer of escapes taken off: `%2F` of URLs (one character a byte), `\u002f`, `\x2f` and `\"` of JSON
 * and of programs, `&#47;`, `&#x2f;` and `&quot;` of HTML. The same view when it has none.
 */
export function unescaped(view: View): View {
  let count = 0;
  let codes: Uint16Array | undefined;
  let starts = view.starts;
  let ends = view.ends;
  for (let at = 0; at < view.length;) {
    const escape = escapeAt(view, at);
    if (escape !== undefined && codes === undefined) {
      codes = view.codes.slice();
      starts = view.starts.slice();
      ends = view.ends.slice();
    }
    const length = escape?.length ?? 1;
    if (codes !== undefined) {
      codes[count] = escape?.code ?? codeAt(view, at);
      starts[count] = view.starts[at] ?? 0;
      ends[count] = view.ends[at + length - 1] ?? 0;
    }
    count += 1;
    at += length;
  }
  return codes === undefined ? view : { codes, starts, ends, length: count };
}

/** Longer ones are no tags of a page. */
const LONGEST_TAG = 200;
const LESS = 0x3c;
const GREATER = 0x3e;

/** The view without the tags of a page, which may stand within a secret. The same view when it has none. */
export function withoutTags(view: View): View {
  let count = 0;
  let found: { codes: Uint16Array; starts: Int32Array; ends: Int32Array } | undefined;
  for (let at = 0; at < view.length; at += 1) {
    const end = codeAt(view, at) === LESS ? endOfTag(view, at) : at;
    if (end > at) {
      found ??= { codes: view.codes.slice(), starts: view.starts.slice(), ends: view.ends.slice() };
      at = end;
      continue;
    }
    if (found !== undefined) {
      found.codes[count] = codeAt(view, at);
      found.starts[count] = view.starts[at] ?? 0;
      found.ends[count] = view.ends[at] ?? 0;
    }
    count += 1;
  }
  return found === undefined ? view : { ...found, length: count };
}

/** Where the tag that begins here ends; the same place when none begins. */
function endOfTag(view: View, at: number): number {
  const first = codeAt(view, at + 1);
  if (first !== SLASH && hasNoLetter(first)) return at;
  for (let next = at + 2; next < at + LONGEST_TAG; next += 1) {
    const code = codeAt(view, next);
    if (code === GREATER) return next;
    if (code === LESS) return at;
  }
  return at;
}

const SLASH = 0x2f;

function hasNoLetter(code: number): boolean {
  const letter = code | 0x20;
  return letter < 0x61 || letter > 0x7a;
}

interface Escape {
  readonly code: number;
  /** Characters that stand for it. */
  readonly length: number;
}

function escapeAt(view: View, at: number): Escape | undefined {
  switch (codeAt(view, at)) {
    case PERCENT:
      return hexAt(view, at + 1, 2, 3);
    case BACKSLASH:
      return backslashAt(view, at);
    case AMPERSAND:
      return entityAt(view, at);
    default:
      return undefined;
  }
}

function backslashAt(view: View, at: number): Escape | undefined {
  switch (String.fromCharCode(codeAt(view, at + 1))) {
    case 'u':
      return hexAt(view, at + 2, 4, 6);
    case 'x':
      return hexAt(view, at + 2, 2, 4);
    case 'n':
    case 'r':
    case 't':
    case 'b':
    case 'f':
      return { code: SPACE, length: 2 };
    case '"':
    case "'":
    case '\\':
    case '/':
      return { code: codeAt(view, at + 1), length: 2 };
    default:
      return undefined;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function entityAt(view: View, at: number): Escape | undefined {
  let name = '';
  for (let next = at + 1; next < at + LONGEST_ENTITY; next += 1) {
    const code = codeAt(view, next);
    if (code !== SEMICOLON) {
      if (!isOfEntity(code)) return undefined;
      name += String.fromCharCode(code);
      continue;
    }
    const length = next - at + 1;
    const named = ENTITIES[name];
    if (named !== undefined) return { code: named.charCodeAt(0), length };
    const number = /^#x[0-9a-f]+$/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : /^#\d+$/.test(name)
        ? Number(name.slice(1))
        : undefined;
    return number === undefined || number > 0xffff ? undefined : { code: number, length };
  }
  return undefined;
}

/** `#`, digits and letters. */
function isOfEntity(code: number): boolean {
  const letter = code | 0x20;
  return code === 0x23 || (code >= 0x30 && code <= 0x39) || (letter >= 0x61 && letter <= 0x7a);
}

function hexAt(view: View, from: number, digits: number, length: number): Escape | undefined {
  let code = 0;
  for (let at = from; at < from + digits; at += 1) {
    const digit = hexDigit(codeAt(view, at));
    if (digit === undefined) return undefined;
    code = code * 16 + digit;
  }
  return { code, length };
}

function hexDigit(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}

/** Zero, which is no part of any escape, beyond the end. */
function codeAt(view: View, at: number): number {
  return at < view.length ? (view.codes[at] ?? 0) : 0;
}
