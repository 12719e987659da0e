import { enumerated } from '../../words';
import type { ReleasePath } from './release-paths';

/** A path behind its principal: `assumes aws_iam_role.release, which can take holds off (s3:PutObjectLegalHold)`. */
export function stepsInWords({
  principal,
  steps,
  targets,
}: Pick<ReleasePath, 'principal' | 'steps' | 'targets'>): string {
  const can = enumerated(
    targets.map(({ means, action }) => `${means} (${action})`),
    4,
  );
  const walked = steps.map(({ verb, action, to }) => {
    const whom = to === principal ? 'itself' : to;
    if (verb === 'assumes') return `assumes ${whom}`;
    return verb === 'passes' ? `passes ${whom} to a service (${action})` : `rewrites ${whom} (${action})`;
  });
  const ends = can === '' ? [] : [`can ${can}`];
  return [...walked, ...ends].join(', which ');
}
