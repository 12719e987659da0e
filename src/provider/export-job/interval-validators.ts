/** Checks of times, intervals and ISO-8601 durations, with the parsers that also build the requests. */
import type { AttributeValidator } from '../../framework';
import { parseInstant, parseInterval, parseCalendarDuration, parseOpenInterval } from '../../time';

function saying<Value>(description: string, parse: (value: Value) => unknown): AttributeValidator<Value> {
  return {
    description,
    check: (value) => {
      try {
        parse(value);
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    },
  };
}

/** An ISO-8601 interval whose end lies after its start. */
export const intervalText = saying('an ISO-8601 interval start/end', parseInterval);

/** An ISO-8601 interval whose end lies after its start, or is open: `start/..`. */
export const openIntervalText = saying('an ISO-8601 interval start/end or start/..', parseOpenInterval);

/** An ISO-8601 instant with a time zone. */
export const instantText = saying('an ISO-8601 instant', parseInstant);

/** An ISO-8601 duration above zero. */
export const isoDurationText = saying('an ISO-8601 duration', parseCalendarDuration);

/** "P7D" and "P1W" are the same length; a plan between them is empty. */
export const sameDuration = sameParsed(parseCalendarDuration);

/** Two spellings of the same instant, in whatever time zone. */
export const sameInstant = sameParsed(parseInstant);

/** Two spellings of the same interval, whose end may be open: Genesys Cloud writes its own. */
export const sameOpenInterval = sameParsed(parseOpenInterval);

function sameParsed(parse: (text: string) => unknown): (left: string, right: string) => boolean {
  return (left, right) => {
    try {
      return JSON.stringify(parse(left)) === JSON.stringify(parse(right));
    } catch {
      return left === right;
    }
  };
}
