/**
 * Texts of a plan inside of Markdown, as GitHub and GitLab read it. Whoever opens a pull request chooses them, and the
 * comment is written by a machine that people trust: no name may end a code span, a fence, a table cell or a tag, start a
 * link or an image, or call somebody. Character references are never markup; that is what all of this rests on.
 * https://github.github.com/gfm/#entity-and-numeric-character-references
 */
import { oneLine, visible } from './visible';

/**
 * What may be markup in a line. In this order: what may be anywhere; an underscore that is not within a word, where names
 * have it; a call of an issue, a milestone or a merge request; a link; `GH-12`; what begins a block, or a quick action of
 * GitLab, at the start.
 */
const MARKUP =
  /[&<>`*~[\]|\\$@#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|[!%^](?=[\p{L}\p{N}"])|:(?=\/\/)|(?<=www)\.|(?<=gh)-(?=\d)|^(?:[-+=/]|\d+(?=[.)]))/giu;

/** Sites look for these in the finished page, where a reference is the character itself: only a gap keeps them apart. */
const CALLS = '@#!%~^&-';

/** Shows as nothing. */
const GAP = '&#8203;';

/** A text in a line of prose: in a paragraph, a list, a table cell, or between tags. */
export function prose(text: string): string {
  return oneLine(text).replace(MARKUP, (found) => {
    // Between dollars GitHub sets a formula, unless they are in a tag of their own.
    if (found === '$') return `<span>${reference(found)}</span>`;
    return `${references(found)}${CALLS.includes(found) ? GAP : ''}`;
  });
}

/** A name as code, on one line. */
export function code(text: string): string {
  const line = oneLine(text);
  return line === '' || /[`|<]/.test(line) ? codeTag(line) : `\`${line}\``;
}

/** For a name that a code span cannot hold. */
function codeTag(text: string): string {
  return `<code>${oneLine(text).replace(/[^\p{L}\p{N} ]/gu, references)}</code>`;
}

/** A block of code: nothing in it is markup, and it ends where it should. */
export function fence(text: string, language = ''): string {
  // Whoever looks for the comment of this tool by its marker finds the marker at the start only.
  const body = visible(text).replaceAll('<!-- genesyscloud-compliance', '<! -- genesyscloud-compliance');
  const longest = (body.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${body}\n${ticks}`;
}

function references(text: string): string {
  return [...text].map(reference).join('');
}

function reference(char: string): string {
  return `&#${char.codePointAt(0) ?? 0};`;
}
