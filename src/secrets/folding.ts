/** What makes no difference between two ways to write a secret. */

const ESCAPE = 0x1b;

/**
 * Characters that may have come between the characters of a secret: blanks, line breaks, control characters, what cannot
 * be seen, and the lines that Terraform draws before its messages.
 */
export function isFiller(code: number): boolean {
  return (
    code <= 0x20 ||
    code === 0x7f ||
    code === 0xa0 ||
    code === 0xad ||
    (code >= 0x200b && code <= 0x200f) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x2060 ||
    (code >= 0x2500 && code <= 0x257f) ||
    code === 0xfeff
  );
}

/** One code for small and capital letters, and for the two alphabets of base64. */
export function fold(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code + 0x20;
  if (code === 0x2d) return 0x2b;
  return code === 0x5f ? 0x2f : code;
}

/** Whether a character can be a part of a word or a name. */
export function isOfWord(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x5f ||
    code >= 0xc0
  );
}

/** Where a colour sequence of a terminal (`ESC [ 31 m`) that begins here ends; `at` when none begins. */
export function afterColour(codes: Uint16Array, at: number, length: number): number {
  if (codes[at] !== ESCAPE || codes[at + 1] !== 0x5b) return at;
  let end = at + 2;
  while (end < length && (codes[end] ?? 0) >= 0x20 && (codes[end] ?? 0) < 0x40) end += 1;
  return end + 1;
}
