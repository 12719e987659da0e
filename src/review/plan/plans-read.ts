import type { Facts } from '../../facts';
import type { PlanView } from '../../plan';

/** Plans that are reviewed together, and the facts that were gathered from them. */
export interface PlansRead {
  readonly facts: Facts;
  readonly plans: readonly PlanView[];
}
