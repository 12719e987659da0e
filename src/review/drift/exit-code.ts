import type { Severity } from '../../rules';
import { LEVELS } from '../report';
import { keyOf } from './baseline';
import { isFinding } from './items';
import type { DriftOutcome } from './report';

/**
 * 2: there is drift at or above `failOn`. 1: there is none, and something could not be looked at in full: "nothing found"
 * would say more than is known. 0: all was looked at, and there is none. With `onlyNew` known findings do not count.
 */
export function driftExitCode({ report, fresh }: DriftOutcome, failOn: Severity, onlyNew = false): 0 | 1 | 2 {
  const least = failOn === 'error' ? LEVELS.indexOf('error') : LEVELS.indexOf('unknown');
  const drifted = report.items
    .filter((item) => isFinding(item) && item.ignored === undefined && LEVELS.indexOf(item.level) <= least)
    .some((item) => !onlyNew || fresh.has(keyOf(item)));
  if (drifted) return 2;
  return report.targets.length > 0 && report.targets.every(({ state }) => state === 'complete') ? 0 : 1;
}
