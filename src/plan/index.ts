/** Reads what Terraform and cdktf write as JSON: plans, and synthesized stacks. The one reader for all. */
export { inModule, modulePath, stepsOf, withoutKeys, type Step } from './address';
export { Configuration, type Target } from './configuration';
export { actionOf, originOf, type Element, type Element as PlanElement, type PlanAction } from './element';
export { failedLook, lookAtPlan, type Look } from './look';
export { isMarked, isRow, markOf, rows, whyNoPlan, type PlanJson, type Row } from './plan-json';
export { NotALog, parsePlanLog, readPlanLog, type LogDiagnostic, type PlanLog } from './log';
export { NotAPlan } from './not-a-plan';
export { parsePlan, PlanReader, readPlan } from './plan-reader';
export { isRelevant, PlanView, type PlanInput } from './plan-view';
export * from './resource-changes';
export { Synthesized } from './synthesized';
