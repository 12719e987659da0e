/** What counsel asks: which recordings are in scope, exported and held, what differs and why, in a pack that can be checked without us. */
export type * from './model';
export { CAUSE_NAMES, CAUSES } from './reconcile/causes';
export { reconcile, type Sink, type Sources, type Totals } from './reconcile/reconcile';
