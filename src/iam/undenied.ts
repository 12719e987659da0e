/** What a policy of a resource stops denying: to everybody, to somebody, under some condition, or on a part of the resources. */
import { compareLines } from './compare';
import { meets } from './containment';
import { type Line, linesOf } from './permission-lines';
import { compile } from './pattern';

/**
 * Those of the actions that `before` denies on resources like this one and that `after`, all of its documents together, does
 * not deny as widely. What denies requests without TLS keeps nobody out. Undefined when a document cannot be read.
 */
export function undenied(
  before: unknown,
  after: readonly unknown[],
  { actions, every }: { readonly actions: readonly string[]; readonly every: string },
): readonly string[] | undefined {
  const [was, ...is] = [before, ...after].map(linesOf);
  if (was === undefined || is.some((lines) => lines === undefined)) return undefined;
  const wanted = compile(every, { wildcards: true }) ?? [];
  const counts = (line: Line): boolean =>
    line.effect === 'Deny' &&
    !isAboutTls(line) &&
    (line.resources.negated || line.resources.patterns.some((pattern) => meets(pattern, wanted).is !== 'no'));
  const [old, left] = [was, is.flatMap((lines) => lines ?? [])].map((lines) => lines.filter(counts));
  return compareLines(old ?? [], left ?? [], actions).undenied;
}

/** Whether a line denies only what comes without TLS, or with an old one. */
function isAboutTls({ conditions }: Line): boolean {
  return conditions.some(
    ({ asks, negated, values }) =>
      (/ aws:securetransport$/.test(asks) && !negated && values.size === 1 && values.has('false')) ||
      (/ numericlessthan(?:equals)? /.test(asks) && asks.endsWith('s3:tlsversion')),
  );
}
