/** Regular expressions that users write: on the whole text, and never longer than a moment. */
import { createContext, Script, type Context } from 'node:vm';

/** More processor time than any sound pattern takes for a text of this length. */
const LIMIT_MS = 250;
/** On a busy machine the time that passes is mostly somebody else's: then it is tried again. */
const MOST_TRIES = 20;
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
  const expression = new RegExp(`^(?:${pattern})$`, 'u');
  context ??= createContext({});
  script ??= new Script('expression.test(text)');
  Object.assign(context, { expression, text });
  for (let tries = 1; ; tries += 1) {
    const before = process.cpuUsage();
    try {
      return script.runInContext(context, { timeout: LIMIT_MS }) === true ? 'yes' : 'no';
    } catch (error) {
      const { user, system } = process.cpuUsage(before);
      const isOutOfTime = (error as { readonly code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
      // The engine refuses it as too large, or its time was up and it had it.
      if (!isOutOfTime || (user + system) / 1_000 > LIMIT_MS / 2 || tries === MOST_TRIES) return 'too slow';
    }
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
