/** Collectors that fill the facts which the rules look at, each from another moment. */
export { declareIntent, type DeclaredBucket, type DeclaredRole, type Intent } from './intent';
export { collectSynthFacts } from './synth';
export { collectLiveFacts, type LiveRoleSubject, type LiveSources, type LiveSubject } from './live';
export {
  actionOf,
  Configuration,
  isMarked,
  markOf,
  originOf,
  readPlans,
  Synthesized,
  whyNoPlan,
  withoutKeys,
  type PlanAction,
  type PlanElement,
  type PlanInput,
  type PlanJson,
  type PlansRead,
  type PlanView,
} from './plan';
