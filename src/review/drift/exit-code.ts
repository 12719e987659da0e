import type { Severity } from '../../rules';
import { LEVELS } from '../report';
import { keyOf } from './baseline';
import { isFinding } from './items';
import type { DriftOutcome } from './report';

/**
 * 2: something is at or above `failOn`. 1: nothing is, and something could not be looked at in full, or is unknown: "nothing
 * found" would say more than is known. 0: all was looked at, and nothing was found. With `onlyNew` known findings do not
 * count.
 */
export function driftExitCode({ report, fresh }: DriftOutcome, failOn: Severity, onlyNew = false): 0 | 1 | 2 {
  const least = LEVELS.indexOf(failOn === 'error' ? 'error' : 'warn');
  const open = report.items.filter(({ ignored }) => ignored === undefined);
  const found = open
    .filter((item) => isFinding(item) && LEVELS.indexOf(item.level) <= least)
    .some((item) => !onlyNew || fresh.has(keyOf(item)));
  if (found) return 2;
  const isSeen = report.targets.length > 0 && report.targets.every(({ state }) => state === 'complete');
  return isSeen && open.every(({ level }) => level !== 'unknown') ? 0 : 1;
}
