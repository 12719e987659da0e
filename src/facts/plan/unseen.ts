import type { Unseen } from '../../rules';
import type { PlanView } from './plan-view';

/** What of a plan cannot be looked into at all. */
export function unseenIn({ name, json }: PlanView): readonly Unseen[] {
  const found: Unseen[] = [];
  if (json.errored === true) {
    const why = 'ended with an error, so it shows only what was planned until then';
    found.push({ known: false, why, origin: { address: name } });
  }
  return found;
}
