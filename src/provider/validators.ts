/** Checks of single values. Each says what is wrong and how to write it right. */
import type { AttributeValidator } from '../framework';
import { isConversationId } from '../genesys';
import { parseDuration } from './duration';

/** One of these words, exactly. */
export function oneOf(...words: readonly string[]): AttributeValidator<string> {
  const list = words.map((word) => `"${word}"`).join(', ');
  return {
    description: `one of ${list}`,
    check: (value) => (words.includes(value) ? undefined : `"${value}" is not one of ${list}.`),
  };
}

/** Text of a given form. */
export function matching(pattern: RegExp, description: string, remedy: string): AttributeValidator<string> {
  return {
    description,
    check: (value) => (pattern.test(value) ? undefined : `"${value}" is not ${description}. ${remedy}`),
  };
}

/** Text that is not empty and not blank. */
export const notBlank: AttributeValidator<string> = {
  description: 'text that is not blank',
  check: (value) => (value.trim() === '' ? 'The text is blank. Leave the argument out, or write a value.' : undefined),
};

/** Text of at most so many characters. */
export function atMost(length: number): AttributeValidator<string> {
  return {
    description: `at most ${length} characters`,
    check: (value) =>
      [...value].length > length
        ? `The text has ${[...value].length} characters; at most ${length} are allowed.`
        : undefined,
  };
}

/** A whole number between two bounds, both included. */
export function wholeNumber(least: number, most: number): AttributeValidator<number> {
  return {
    description: `a whole number from ${least} to ${most}`,
    check: (value) =>
      Number.isInteger(value) && value >= least && value <= most
        ? undefined
        : `${value} is not a whole number from ${least} to ${most}.`,
  };
}

/** A TCP port. */
export const port: AttributeValidator<number> = wholeNumber(1, 65_535);

/** A UUID in any case, as Genesys Cloud writes its ids. */
export const uuid: AttributeValidator<string> = {
  description: 'a UUID',
  check: (value) => (isConversationId(value) ? undefined : notUuid(value)),
};

/** At least one UUID, and nothing else. */
export const uuids: AttributeValidator<readonly string[]> = {
  description: 'at least one UUID',
  check: (values) => {
    if (values.length === 0) return 'The list is empty. Name at least one id, or leave the argument out.';
    const wrong = values.find((value) => !isConversationId(value));
    return wrong === undefined ? undefined : notUuid(wrong);
  },
};

/** Ids of recording jobs as an export job's `id` has them: UUIDs joined by commas. */
export const jobIds: AttributeValidator<string> = {
  description: 'the id of an export job: job ids joined by commas',
  check: (value) => uuids.check(value.split(',')),
};

/** A length of time in the short form: `90s`, `1h30m`. */
export const durationText: AttributeValidator<string> = {
  description: 'a duration like "90s", "5m" or "1h30m"',
  check: (value) =>
    parseDuration(value) === undefined
      ? `"${value}" is no duration. Write whole or decimal numbers with the units h, m, s or ms, e.g. "90s", "5m" or "1h30m".`
      : undefined,
};

/** A regular expression in JavaScript's form. */
export const regularExpression: AttributeValidator<string> = {
  description: 'a regular expression',
  check: (value) => {
    try {
      new RegExp(value, 'u');
      return undefined;
    } catch (error) {
      return `"${value}" is no regular expression: ${(error as Error).message}.`;
    }
  },
};

function notUuid(value: string): string {
  return `"${value}" is no UUID. Write it as Genesys Cloud shows it, e.g. "0b9f2c1e-5d0a-4a53-9d0e-6f7d0d9a1b2c".`;
}
