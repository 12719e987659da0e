/** The forms in which a secret is searched. */
import { fold, isFiller } from './folding';
import { unescaped, viewOf, type View } from './view';

/** One form of a secret, folded and without fillers. */
export interface Form {
  readonly codes: readonly number[];
  /** Found only as a word of its own, in one piece: it is too much like an ordinary word. */
  readonly wholeWord: boolean;
}

/** Shorter values cannot be told from ordinary text: they are not searched. In characters. */
export const SHORTEST_SECRET = 4;
/** From this length on, a value with more than letters in it, or more than digits, is searched within words too. */
const SHORTEST_WITHIN_WORDS = 8;
/** From this length on, every value is. */
const NO_WORD_IS_SO_LONG = 20;
/** Encoded forms that are shorter could stand in an ordinary text by chance. */
const SHORTEST_ENCODED = 8;

/** All forms of a secret; none when it is too short to be searched. */
export function formsOf(secret: string): readonly Form[] {
  const plain = foldedCodes(secret);
  if (plain.length < SHORTEST_SECRET) return [];
  const wholeWord = !isUnlikeAWord(secret, plain.length);
  const bytes = Buffer.from(secret, 'utf8');
  const written = [
    secret,
    // What remains of it where escapes are taken off that it has by itself.
    textOf(unescaped(viewOf(secret))),
    // Escapes of URLs stand for bytes.
    bytes.toString('latin1'),
    // Forms of web pages write a blank as a plus sign.
    bytes.toString('latin1').trim().replaceAll(' ', '+'),
  ];
  const encoded = [bytes.toString('hex'), ...base64FormsOf(bytes)];
  return [
    ...written.map((form) => ({ codes: foldedCodes(form), wholeWord })),
    ...encoded
      .filter(({ length }) => length >= SHORTEST_ENCODED)
      .map((form) => ({ codes: foldedCodes(form), wholeWord: false })),
  ].filter(({ codes }) => codes.length >= SHORTEST_SECRET);
}

/** `admin`, `20261129` could stand in any message; `admin-2026` could not. */
function isUnlikeAWord(secret: string, length: number): boolean {
  if (length >= NO_WORD_IS_SO_LONG) return true;
  return length >= SHORTEST_WITHIN_WORDS && !/^\p{L}+$/u.test(secret) && !/^\d+$/.test(secret);
}

/**
 * The three ways in which base64 can show these bytes, as the number of bytes before them leaves 0, 1 or 2 over: only the
 * characters that the bytes decide alone.
 */
function base64FormsOf(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    return text.slice(first, last);
  });
}

function foldedCodes(text: string): readonly number[] {
  const codes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isFiller(code)) codes.push(fold(code));
  }
  return codes;
}

function textOf({ codes, length }: View): string {
  let text = '';
  for (let at = 0; at < length; at += 1) text += String.fromCharCode(codes[at] ?? 0);
  return text;
}
