import type { Progress, Step } from '../evidence';
import { number } from '../words';
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
  return {
    progress: (step) => {
      const at = now();
      if (at - last < (watched ? WATCHED_MS : LOGGED_MS)) return;
      last = at;
      shown = watched;
      terminal.err(watched ? `\r\u001b[2K${command}: ${bar(step)}${words(step)}` : `${command}: ${words(step)}\n`);
    },
    end: () => {
      if (shown) terminal.err('\r\u001b[2K');
      shown = false;
    },
  };
}

function words({ what, done, total }: Step): string {
  return total === null ? `${what}, ${number(done)}` : `${what}, ${number(done)} of ${number(total)}`;
}

function bar({ done, total }: Step): string {
  if (total === null || total === 0) return '';
  const full = Math.round((BAR * Math.min(done, total)) / total);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] `;
}
