import { HOLD, OBJECT_HOLD, enumerated } from '../../words';
import type { PlanLog, PlanView } from '../../plan';
import type { Target } from '../report';
import { errorProblems } from '../terraform-log';

/** A plan that could not be read, and why: what was tried, what to do. */
export interface UnreadPlan {
  readonly name: string;
  readonly problem: string;
  /** What Terraform said while it planned, where somebody kept it. */
  readonly log?: PlanLog;
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

/** A plan of which nothing is known but what its log says. */
export function unreadTarget({ name, problem, log }: UnreadPlan): Target {
  return {
    name,
    state: 'failed',
    problems: [problem, ...errorProblems(log), ...cutProblem(log)],
    counts: {},
    concerned: false,
  };
}

function problemsOf(view: PlanView): readonly string[] {
  const { json, log } = view;
  const errors = errorProblems(log);
  if (json.errored === true) {
    const undecided = view.undecided([HOLD, OBJECT_HOLD]);
    return [
      errors.length > 0
        ? 'The plan ended with an error, so it shows only what was planned until then. Put it right and plan again.'
        : 'The plan ended with an error, so it shows only what was planned until then. Among what is missing can be the very change that was refused, such as the destruction of a legal hold. See what terraform plan printed, or give its log with --log; put it right and plan again.',
      ...errors,
      ...(undecided.length === 0
        ? []
        : [`The plan does not say what was to happen to ${enumerated(undecided, 10)}, which the state has.`]),
    ];
  }
  if (json.complete === false) {
    return [
      'The plan leaves a part of the resources out (-target, -exclude, or a deferred change), so what happens to them is not known. Plan without it.',
    ];
  }
  // A log of another run would be worse than none.
  return errors.length > 0
    ? ['The log names errors, and the plan has none: they are not of the same run.', ...errors]
    : cutProblem(log);
}

function cutProblem(log: PlanLog | undefined): readonly string[] {
  return log === undefined || log.isWhole
    ? []
    : [
        'The log of the plan ends before Terraform did: warnings can be missing. Keep all that "terraform plan -json" prints.',
      ];
}
