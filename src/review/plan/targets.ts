import type { PlanView } from '../../plan';
import type { Target } from '../report';

/** A plan that could not be read, and why: what was tried, what to do. */
export interface UnreadPlan {
  readonly name: string;
  readonly problem: string;
}

/** What was looked at. */
export function targetOf(view: PlanView, isConcerned: boolean): Target {
  const problems = problemsOf(view);
  return {
    name: view.name,
    state: problems.length > 0 ? 'partial' : 'complete',
    problems,
    counts: view.counts,
    concerned: isConcerned,
  };
}

/** A plan of which nothing is known. */
export function unreadTarget({ name, problem }: UnreadPlan): Target {
  return { name, state: 'failed', problems: [problem], counts: {}, concerned: false };
}

function problemsOf({ json }: PlanView): readonly string[] {
  const { complete } = json as { readonly complete?: boolean };
  if (json.errored === true) {
    return [
      'The plan ended with an error, so it shows only what was planned until then. Among what is missing can be the very change that was refused, such as the destruction of a legal hold. See what terraform plan printed, put it right and plan again.',
    ];
  }
  if (complete === false) {
    return [
      'The plan leaves a part of the resources out (-target, -exclude, or a deferred change), so what happens to them is not known. Plan without it.',
    ];
  }
  return [];
}
