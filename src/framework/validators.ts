/** Checks for single attributes. Each says what is right, in its description and in its complaint. */
import { parseDuration } from '../time';
import type { AttributeValidator } from './validation';

/** A check of each element; complaints point at the element, and unknown elements are passed over. */
export interface ElementValidator<Value> extends AttributeValidator<readonly Value[]> {
  readonly element: AttributeValidator<Value>;
}

/** One of the given texts. */
export function oneOf<const T extends string>(...allowed: readonly T[]): AttributeValidator<string> {
  const list = allowed.map((value) => `\`${value}\``).join(', ');
  return {
    description: `one of ${list}`,
    check: (value) =>
      (allowed as readonly string[]).includes(value)
        ? undefined
        : `${JSON.stringify(value)} is not one of ${allowed.map((each) => JSON.stringify(each)).join(', ')}.`,
  };
}

/** Matches a pattern; `whatItIs` ends the sentence "… is not": "a bucket name (3 to 63 lower-case letters)". */
export function matches(pattern: RegExp, whatItIs: string): AttributeValidator<string> {
  return {
    description: whatItIs,
    // A pattern with the flag g or y remembers where it stopped.
    check: (value) =>
      new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(value)
        ? undefined
        : `${JSON.stringify(value)} is not ${whatItIs}.`,
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id as Genesys Cloud and others write it: 36 characters, any UUID version. */
export function uuid(): AttributeValidator<string> {
  return matches(UUID, 'a UUID such as "3f1c9d60-5b1e-4f5e-9b65-0d1d4e3c2a10"');
}

/** A text or a collection with something in it. Text of nothing but white space counts as empty. */
export function nonEmpty(): AttributeValidator<string | readonly unknown[] | ReadonlyMap<string, unknown>> {
  return {
    description: 'not empty',
    check: (value) => {
      const size = typeof value === 'string' ? value.trim().length : sizeOf(value);
      return size > 0 ? undefined : 'The value is empty. Give it a value, or leave the argument out.';
    },
  };
}

/** Length of a text (in characters) or of a collection (in elements), both ends included. */
export function lengthBetween(
  least: number,
  most: number,
): AttributeValidator<string | readonly unknown[] | ReadonlyMap<string, unknown>> {
  return {
    description: `of length ${least} to ${most}`,
    check: (value) => {
      const [size, unit] = typeof value === 'string' ? [[...value].length, 'characters'] : [sizeOf(value), 'elements'];
      return size >= least && size <= most ? undefined : `It has ${size} ${unit}; ${least} to ${most} are allowed.`;
    },
  };
}

/** A number not below `least`. */
export function atLeast(least: number): AttributeValidator<number> {
  return {
    description: `at least ${least}`,
    check: (value) => (value >= least ? undefined : `${value} is too small; it must be at least ${least}.`),
  };
}

/** A number from `least` to `most`, both included. */
export function between(least: number, most: number): AttributeValidator<number> {
  return {
    description: `between ${least} and ${most}`,
    check: (value) =>
      value >= least && value <= most
        ? undefined
        : `${value} is out of range; it must be between ${least} and ${most}.`,
  };
}

/** A number without a fraction. */
export function wholeNumber(): AttributeValidator<number> {
  return {
    description: 'a whole number',
    check: (value) => (Number.isInteger(value) ? undefined : `${value} is not a whole number.`),
  };
}

/** Holds each element of a list or set to a check of its own. */
export function each<Value>(element: AttributeValidator<Value>): ElementValidator<Value> {
  return {
    description: `each ${element.description}`,
    element,
    check: (values) => values.map((value) => element.check(value)).find((problem) => problem !== undefined),
  };
}

function sizeOf(value: readonly unknown[] | ReadonlyMap<string, unknown>): number {
  return value instanceof Map ? value.size : (value as readonly unknown[]).length;
}

/** Checks a length of time in Go style or ISO-8601, longer than zero. */
export function duration(): AttributeValidator<string> {
  return {
    description: 'a duration such as `90m`, `2h30m` or `PT90M`',
    check: (value) => {
      const ms = parseDuration(value);
      if (ms === undefined) {
        return `${JSON.stringify(value)} is not a duration. Write hours, minutes and seconds, such as "90m" or "2h30m", or ISO-8601, such as "PT90M".`;
      }
      return ms > 0 ? undefined : `${JSON.stringify(value)} is zero. Write a duration longer than zero.`;
    },
  };
}
