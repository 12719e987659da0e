import type { Progress, Step } from '../evidence';
import { amountInWords, leftInWords, secondsLeft } from '../words';
import type { Terminal } from './command';

/** Times between two lines, for a person who watches and for a log. */
const WATCHED_MS = 100;
const LOGGED_MS = 60_000;
const BAR = 24;

/** Shows how far a long look is: one line that changes on a terminal, a line a minute elsewhere. `end` clears what is left of it. */
export function progressLine(
  command: string,
  terminal: Pick<Terminal, 'err' | 'isInteractive'>,
  now: () => number = () => performance.now(),
): { readonly progress: Progress; readonly end: () => void } {
  const watched = terminal.isInteractive === true;
  let last = watched ? -Infinity : now();
  let shown = false;
  let begun: { readonly what: string; readonly at: number; readonly done: number } | undefined;
  return {
    progress: (step) => {
      const at = now();
      // What an earlier run has done, or another step, says nothing about the pace.
      if (begun?.what !== step.what) begun = { what: step.what, at, done: step.done };
      if (at - last < (watched ? WATCHED_MS : LOGGED_MS)) return;
      last = at;
      shown = watched;
      const text = words(step, begun, at);
      terminal.err(watched ? `\r\u001b[2K${command}: ${bar(step)}${text}` : `${command}: ${text}\n`);
    },
    end: () => {
      if (shown) terminal.err('\r\u001b[2K');
      shown = false;
    },
  };
}

function words({ what, done, total }: Step, begun: { readonly at: number; readonly done: number }, at: number): string {
  const before = begun.done;
  const left = secondsLeft(done - before, total === null ? null : total - before, at - begun.at);
  return `${what}, ${amountInWords(done, total)}${leftInWords(left)}`;
}

function bar({ done, total }: Step): string {
  if (total === null || total === 0) return '';
  const full = Math.round((BAR * Math.min(done, total)) / total);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] `;
}
