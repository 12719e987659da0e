/** Reference ids of holds: what they look like, and how an id is compared with the pattern of a team. */
import { LONGEST_COMPARED, matchWhole } from './whole-match';

/** What a reference id looks like unless the provider is told otherwise: the whole of it. */
export const REFERENCE_ID = '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$';
const OURS = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/u;

/** What is wrong with an id, half a sentence; undefined when it is as agreed. */
export function referenceIdProblem(id: string, pattern: string): string | undefined {
  // Ours takes no time to speak of, whatever the text is.
  if (pattern === REFERENCE_ID && OURS.test(id)) return undefined;
  switch (matchWhole(pattern, id)) {
    case 'yes':
      return undefined;
    case 'no':
      return `does not match ${pattern}`;
    case 'too slow':
      return id.length > LONGEST_COMPARED
        ? `is longer than ${LONGEST_COMPARED} characters`
        : `could not be compared with ${pattern} in the time there is: write the pattern without repetitions inside of repetitions, such as (a+)+`;
    case 'malformed':
      return `cannot be compared with ${pattern}, which is not a regular expression`;
  }
}
