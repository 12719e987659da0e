import type { PlanLog } from './log';
import type { PlanJson } from './plan-json';
import { Synthesized } from './synthesized';

/** One stack, folder or plan, and what could be seen of it. */
export interface Look {
  /** What people call it. Unique in a run. */
  readonly target: string;
  /** Null: nothing could be seen. */
  readonly plan: PlanJson | null;
  /** Why not all could be seen: what was tried, why it failed, what to do. */
  readonly problems: readonly string[];
  /** Where resources come from in the code; knows nothing where there is no cdk.tf.json. */
  readonly synthesized: Synthesized;
  /** What Terraform said while it planned, where somebody kept it. */
  readonly log?: PlanLog;
}

/** A look at a plan. `synthesized` is the parsed `cdk.tf.json` of its stack. */
export function lookAtPlan(
  target: string,
  plan: PlanJson,
  synthesized?: unknown,
  problems: readonly string[] = [],
): Look {
  const cut: string[] = [...problems];
  if (plan.errored === true && problems.length === 0) {
    cut.push(
      'The plan ended with an error, so a part of the resources was not looked at. Plan again and see its output.',
    );
  }
  if (plan.complete === false && plan.errored !== true) {
    cut.push('The plan leaves out a part of the resources (-target, or a deferred change). Plan without -target.');
  }
  return { target, plan, problems: cut, synthesized: new Synthesized(synthesized) };
}

/** A look that saw nothing. */
export function failedLook(target: string, problem: string): Look {
  return { target, plan: null, problems: [problem], synthesized: new Synthesized(undefined) };
}
