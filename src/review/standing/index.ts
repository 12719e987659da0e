/** How exports and holds stand according to a state: the same for `status` and for a run for drift. */
import { EXPORT, HOLD, OBJECT_HOLD } from '../../words';
import { exportStanding } from './export-job';
import { legalHoldStanding } from './legal-hold';
import { objectHoldStanding } from './object-hold';
import type { Standing, StateResource } from './standing';

export { GAP_KINDS, type GapKind, type ShortfallKind } from './kinds';
export { examplesOf, explanationOf, saysOf } from './words';
export {
  isOpen,
  isWhole,
  type Shortfall,
  type Standing,
  type StateResource,
  type Subject,
  type Values,
} from './standing';

const BY_TYPE: Readonly<Record<string, (resource: StateResource) => Standing>> = {
  [EXPORT]: exportStanding,
  [HOLD]: legalHoldStanding,
  [OBJECT_HOLD]: objectHoldStanding,
};

/** Types that {@link standingOf} knows. */
export const STANDING_TYPES: ReadonlySet<string> = new Set(Object.keys(BY_TYPE));

/** How a resource stands; undefined for other types. */
export function standingOf(resource: StateResource): Standing | undefined {
  return BY_TYPE[resource.type]?.(resource);
}
