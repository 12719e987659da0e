/** What a plan shows of deletions: no dates, which only Genesys Cloud knows, but the time, and whether screen recordings are asked for. */
import type { DeletionFact, Known, Unseen } from '../../facts';
import { originOf, type Element, type PlanView } from '../../plan';
import { flagOf } from './values';

/** States of an export that is finished: a hold that waits for it has nothing more to wait for. */
const FINISHED: ReadonlySet<unknown> = new Set(['exported', 'incomplete']);

/** For an export that still has to run; undefined for a finished one that stays as it is. */
export function deletionFact(view: PlanView, element: Element): DeletionFact | undefined {
  if (element.action !== 'replace' && FINISHED.has(element.before?.['state'])) return undefined;
  const hidden: Unseen = {
    known: false,
    why: 'is not asked before the apply',
    origin: originOf(element),
    elsewhere: true,
  };
  return {
    ...element.subject,
    asOf: plannedAt(view, element),
    until: hidden,
    next: hidden,
    count: hidden,
    partly: [],
    maximumDays: hidden,
    screenRecordings: flagOf(view, element, 'include_screen_recordings', false),
  };
}

function plannedAt({ json: { timestamp } }: PlanView, element: Element): Known<string> {
  const origin = originOf(element);
  return typeof timestamp === 'string' && !Number.isNaN(Date.parse(timestamp))
    ? { known: true, value: timestamp, origin }
    : { known: false, why: 'is not in plans of Terraform before 1.5', origin };
}
