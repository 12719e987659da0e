/**
 * An interval that continues by itself: nobody changes the configuration, and every step that ends has more in it. What has ended
 * since the last apply is not held, however whole the rest is.
 */
import { intervalAt, isOpenInterval, parseInterval } from '../../time';
import type { PlanJson, Values } from '../../plan';
import { textAt } from '../attributes';
import type { DriftWords } from '../resources/drift-words';
import { isOpen } from '../standing';
import type { Ours } from './ours';

/** The finding about a nightly apply that has not run. Undefined where nothing has ended since, or something worse is said. */
export function continuedFinding({ address, standing, values }: Ours, plan: PlanJson): DriftWords | undefined {
  if (isOpen(standing)) return undefined;
  const scope = scopeOf(values);
  const planned = Date.parse(plan.timestamp ?? '');
  if (scope === undefined || !isOpenInterval(scope.interval) || Number.isNaN(planned)) return undefined;
  const reached = reachOf(values);
  const ended = intervalAt(scope.interval, scope.step, planned)?.end;
  if (reached === undefined || ended === undefined || ended <= reached) return undefined;
  const since = new Date(reached).toISOString();
  const held = standing.subject === 'export' ? 'exported' : 'held';
  return {
    rule: 'drift/not-applied',
    part: 'scope',
    level: 'warn',
    attribute: standing.subject === 'export' ? 'interval' : 'scope',
    headline: `${standing.title}: its interval continues, and what came after ${since} is not ${held} yet`,
    text: `The interval has no end. It reaches to ${new Date(ended).toISOString()} by now, and the last apply has come to ${since}. What lies between was not looked at.`,
    remedy: `Run "terraform apply", and see why the job that does so each night did not. The resource is ${address}.`,
  };
}

/** The interval and its step; undefined where state has none. */
function scopeOf(values: Values): { readonly interval: string; readonly step: string } | undefined {
  const scope = values['scope'];
  const from = typeof scope === 'object' && scope !== null ? (scope as Values) : values;
  const [interval, step] = [textAt(from, 'interval'), textAt(from, 'batch_interval')];
  return interval === undefined || step === undefined ? undefined : { interval, step };
}

/** How far the last apply has come, in milliseconds since 1970; undefined where state does not say. */
function reachOf(values: Values): number | undefined {
  const end = textAt(values, 'scope_end');
  if (end !== undefined) return Date.parse(end);
  const batches = Array.isArray(values['batches']) ? (values['batches'] as readonly Values[]) : [];
  const ends = batches.flatMap((batch) => {
    const interval = textAt(batch, 'interval');
    return interval === undefined ? [] : [parseInterval(interval).end];
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
}
