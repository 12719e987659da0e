import type { Unseen } from '../../facts';
import { isRelevant, type PlanView } from '../../plan';

/** What of a plan cannot be looked into at all. Single values that are not known are with the facts they belong to. */
export function unseenIn({ name, json }: PlanView): readonly Unseen[] {
  const { errored = false, complete = true, deferred_changes: deferred = [] } = json;
  const whole = (why: string): Unseen => ({ known: false, why, origin: { address: name } });
  const waiting = deferred
    .map(({ resource_change: change }) => change)
    .filter(({ type }) => isRelevant(type))
    .map(({ address }): Unseen => ({
      known: false,
      why: 'is not planned yet: it waits for something that is not there',
      origin: { address },
    }));
  if (errored) return [whole('ended with an error, so it shows only what was planned until then'), ...waiting];
  if (complete) return waiting;
  return [whole('leaves something out: it was made with -target, or a part of it has to wait'), ...waiting];
}
