/** How much a refresh looks at what may have changed by itself. */
import type { Bounds } from '../genesys';
import { LOOK_VARIABLE, LOOK_WHOLE } from '../words';
import type { Environment } from './sources';

/** Of each resource, in each refresh: a plan does not wait for more. */
export const LOOK_BOUNDS: Bounds = { requests: 20, milliseconds: 60_000 };

/** None where whoever runs terraform wants everything looked at, as `drift --full` does. */
export function lookBoundsOf(env: Environment): Bounds | null {
  return env[LOOK_VARIABLE] === LOOK_WHOLE ? null : LOOK_BOUNDS;
}
