/**
 * Passes over what nobody listens to: most of a big plan. Goes from token to token without keeping where it is within one, so
 * it stops in front of each that it cannot read to its end, or that is wrong; the scanner continues from there byte by byte.
 */
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-bytes';
import { ENDS_RUN, IS_ESCAPE, isHex, isWhite } from './json-bytes';
import type { Nesting } from './nesting';
import { Next } from './next';

/**
 * So many bytes are passed over in one call, at least. V8 learns about a function each time it is called: one call for all of a
 * big part would be compiled for its loop alone, without what comes before and after, and every later call would pay for that.
 */
export const STRETCH = 4_096;

export class PassOver {
  /** What may come at the place that {@link run} answered. */
  next: Next = Next.Value;

  constructor(private readonly nesting: Nesting) {}

  /**
   * Reads tokens from `from` on, for a {@link STRETCH}; closes nothing that lies at `floor` or above. Answers the first byte that
   * is not read.
   */
  run(window: Buffer, from: number, next: Next, floor: number): number {
    const { nesting } = this;
    const size = Math.min(window.length, from + STRETCH);
    let at = from;
    let isObject = nesting.isObject;
    while (at < size) {
      const byte = window[at]!;
      if (byte === QUOTE) {
        if (next === Next.CommaOrEnd || next === Next.Colon) break;
        const end = endOfText(window, at + 1);
        if (end < 0) break;
        at = end;
        if (next !== Next.Key && next !== Next.KeyOrEnd) next = Next.CommaOrEnd;
        else if (at < size && window[at] === COLON) {
          at += 1;
          next = Next.Value;
        } else next = Next.Colon;
      } else if (byte === COMMA) {
        if (next !== Next.CommaOrEnd) break;
        at += 1;
        next = isObject ? Next.Key : Next.Value;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        const isOpen = isObject === (byte === CLOSE_OBJECT);
        const mayEnd = next === Next.CommaOrEnd || next === (isObject ? Next.KeyOrEnd : Next.ValueOrEnd);
        if (!isOpen || !mayEnd || nesting.depth <= floor) break;
        nesting.close();
        isObject = nesting.isObject;
        at += 1;
        next = Next.CommaOrEnd;
      } else if (isWhite(byte)) {
        at += 1;
      } else if (next === Next.Colon) {
        if (byte !== COLON) break;
        at += 1;
        next = Next.Value;
      } else if (next !== Next.Value && next !== Next.ValueOrEnd) {
        break;
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        nesting.open(byte);
        isObject = byte === OPEN_OBJECT;
        at += 1;
        next = isObject ? Next.KeyOrEnd : Next.ValueOrEnd;
      } else {
        const end = byte >= LETTERS ? endOfWord(window, at) : endOfNumber(window, at);
        if (end < 0) break;
        at = end;
        next = Next.CommaOrEnd;
      }
    }
    this.next = next;
    return at;
  }
}

const LETTERS = 0x61;
const ZERO = 0x30;
const NINE = 0x39;

/** Behind the closing quote; -1 for a text that does not end in the window, or is wrong. */
function endOfText(window: Buffer, from: number): number {
  const size = window.length;
  for (let at = from; ;) {
    // Here the time goes.
    while (at + 4 <= size && isPlain(window[at]!, window[at + 1]!, window[at + 2]!, window[at + 3]!)) at += 4;
    while (at < size && ENDS_RUN[window[at]!] === 0) at += 1;
    if (at >= size) return -1;
    const byte = window[at]!;
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH || at + 1 >= size) return -1;
    const escape = window[at + 1]!;
    if (escape !== 0x75) {
      if (IS_ESCAPE[escape] === 0) return -1;
      at += 2;
      continue;
    }
    if (at + 6 > size) return -1;
    for (let digit = at + 2; digit < at + 6; digit += 1) if (!isHex(window[digit]!)) return -1;
    at += 6;
  }
}

function isPlain(first: number, second: number, third: number, fourth: number): boolean {
  return (ENDS_RUN[first]! | ENDS_RUN[second]! | ENDS_RUN[third]! | ENDS_RUN[fourth]!) === 0;
}

/** Behind `true`, `false` or `null`; -1 for any other word, and for one that does not end in the window. */
function endOfWord(window: Buffer, at: number): number {
  const size = window.length;
  if (at + 4 > size) return -1;
  const [second, third, fourth] = [window[at + 1]!, window[at + 2]!, window[at + 3]!];
  switch (window[at]) {
    case 0x74:
      return second === 0x72 && third === 0x75 && fourth === 0x65 ? at + 4 : -1;
    case 0x6e:
      return second === 0x75 && third === 0x6c && fourth === 0x6c ? at + 4 : -1;
    case 0x66: {
      const isFalse = second === 0x61 && third === 0x6c && fourth === 0x73;
      return isFalse && at + 5 <= size && window[at + 4] === 0x65 ? at + 5 : -1;
    }
    default:
      return -1;
  }
}

/** Behind a plain number; -1 for one with a fraction or an exponent, which are rare, and for one that does not end in the window. */
function endOfNumber(window: Buffer, from: number): number {
  const size = window.length;
  let at = window[from] === 0x2d ? from + 1 : from;
  const first = at;
  while (at < size && window[at]! >= ZERO && window[at]! <= NINE) at += 1;
  if (at === first || at === size || (window[first] === ZERO && at > first + 1)) return -1;
  const behind = window[at]!;
  return behind === 0x2e || behind === 0x65 || behind === 0x45 ? -1 : at;
}
