/** Regular expressions that users write: on the whole text, and never longer than a moment. */
import { createContext, Script, type Context } from 'node:vm';

/** More than any sound pattern takes for a text of this length, on a busy machine. */
const LIMIT_MS = 250;
/** Longer texts are not compared: no reference is as long. */
export const LONGEST_COMPARED = 4_096;

/**
 * Whether the whole text matches. `too slow`: the pattern repeats itself in a way that takes more time than there is
 * (`(a+)+`), or the text is longer than {@link LONGEST_COMPARED}; nothing is known then. `malformed`: not a regular expression.
 */
export type WholeMatch = 'yes' | 'no' | 'too slow' | 'malformed';

let context: Context | undefined;
let script: Script | undefined;

/** Compares with Unicode on, as `^(?:pattern)$`. A pattern that backtracks without end is stopped. */
export function matchWhole(pattern: string, text: string): WholeMatch {
  if (patternProblem(pattern) !== undefined) return 'malformed';
  if (text.length > LONGEST_COMPARED) return 'too slow';
  context ??= createContext({});
  script ??= new Script('expression.test(text)');
  Object.assign(context, { expression: new RegExp(`^(?:${pattern})$`, 'u'), text });
  try {
    return script.runInContext(context, { timeout: LIMIT_MS }) === true ? 'yes' : 'no';
  } catch {
    // Its time was up, or the engine refuses it as too large.
    return 'too slow';
  }
}

/** Why a text is not a regular expression, in the engine's words; undefined when it is one. */
export function patternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
    // Some are one only because of what is put around them: `a)(?:b`.
    new RegExp(`^(?:${pattern})$`, 'u');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
