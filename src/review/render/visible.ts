/**
 * Texts of a plan, made safe to show: names and values in it are written by whoever opens the pull request. Nothing in them
 * may act instead of being read: neither a control sequence of the terminal, nor a character that turns the line around.
 */
import { number } from '../../words';

/** Control characters, direction marks, line separators, noncharacters and halves of surrogate pairs. */
const ACTING = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Cs}]/gu;

/** What nearly all texts consist of; looking for this first makes large reports five times as fast. */
const PLAIN = /^[ -~\n]*$/;
const PLAIN_LINE = /^[!-~]+(?: [!-~]+)*$/;

/** Text of one or more lines with such characters spelled out, `\u001b`. Line breaks are `\n`, tabs two spaces. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(/\r\n?/g, '\n').replace(ACTING, (char) => {
    if (char === '\n') return char;
    if (char === '\t') return '  ';
    return `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}

/** The same on one line. */
export function oneLine(text: string): string {
  return PLAIN_LINE.test(text) ? text : visible(text).replace(/\s+/gu, ' ').trim();
}

/** Text cut after `most` characters, which says how many are missing. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not in the middle of a character that takes two code units.
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}… (${number(text.length - end)} more characters)`;
}
