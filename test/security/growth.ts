/** How the time of a regular expression grows with its text. */
import { createContext, Script } from 'node:vm';
import type { Hard } from './source-patterns';

export interface Growth {
  readonly superlinear: boolean;
  /** Milliseconds for the longest text that was tried, and its length. */
  readonly ms: number;
  readonly length: number;
}

/** In characters; a backtracking engine that is quadratic takes a second and more for the longest. */
const LENGTHS = [40, 400, 4_000, 16_000];
/** What takes less for one length is not worth the next. */
const FAST_MS = 0.5;
/** Less than this is too little to be measured. */
const SHORT_MS = 8;
const TIMEOUT_MS = 500;

const context = createContext({});
const SCRIPT = new Script(`pattern.lastIndex = 0; pattern.global ? text.replace(pattern, '') : pattern.test(text)`);

export function growth(pattern: RegExp, hard: Hard): Growth {
  let before: { ms: number; length: number } | undefined;
  for (const length of LENGTHS) {
    const text = hard.before + hard.piece.repeat(Math.ceil(length / hard.piece.length)) + hard.after;
    const ms = timeOf(pattern, text);
    const ratio = before === undefined ? 0 : ms / Math.max(before.ms, 0.05) / (length / before.length);
    if (ms > SHORT_MS && (ratio > 2 || ms >= TIMEOUT_MS)) return { superlinear: true, ms, length };
    before = { ms, length };
    if (length >= 4_000 && ms < FAST_MS) break;
  }
  return { superlinear: false, ms: before?.ms ?? 0, length: before?.length ?? 0 };
}

/** The best of many when it matters: others use this machine, too. */
function timeOf(pattern: RegExp, text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 12; attempt += 1) {
    Object.assign(context, { pattern, text });
    const begun = performance.now();
    try {
      SCRIPT.runInContext(context, { timeout: TIMEOUT_MS });
    } catch {
      return TIMEOUT_MS;
    }
    best = Math.min(best, performance.now() - begun);
    if (best < SHORT_MS) break;
  }
  return best;
}
