import type { DutyFact, ExportFact, ObjectHoldFact } from '../../rules';
import type { Buckets } from './buckets';
import type { PlanView } from './plan-view';
import type { Roles } from './roles';

export function dutiesOf(
  _plans: readonly PlanView[],
  _about: { readonly exports: readonly ExportFact[]; readonly objectHolds: readonly ObjectHoldFact[] },
  _roles: Roles,
  _buckets: Buckets,
): readonly DutyFact[] {
  return [];
}
