import type { ChangeFact } from '../../rules';
import type { PlanView } from './plan-view';

export function changesOf(_plans: readonly PlanView[]): readonly ChangeFact[] {
  return [];
}
