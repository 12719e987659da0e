import { type Answer, describeBlocker, evaluate, explain, nameGrounds } from '../../src/iam';
import { actions } from './cases/actions';
import type { Case } from './cases/case';
import { combination } from './cases/combination';
import { conditions } from './cases/conditions';
import { documents } from './cases/documents';
import { edges } from './cases/edges';
import { resources } from './cases/resources';
import { tokens } from './cases/tokens';

const TOPICS: readonly (readonly [string, readonly Case[]])[] = [
  ['actions', actions],
  ['resources', resources],
  ['expressions and variables', tokens],
  ['conditions', conditions],
  ['combination of policies', combination],
  ['forms of documents', documents],
  ['edges', edges],
];

/** Everything an answer says about its reasons. */
const reasons = (answer: Answer): string =>
  [...answer.grounds.map(nameGrounds), ...answer.blockers.map(describeBlocker), ...answer.lacking].join('\n');

describe.each(TOPICS)('%s', (_topic, cases) => {
  test.each(cases.map((one) => [one.name, one.answer, one] as const))('%s: %s', (_name, expected, one) => {
    const answer = evaluate(one.policies, one.question);
    expect(answer.decision).toBe(expected);
    if (one.because !== undefined) expect(reasons(answer)).toContain(one.because);
    if (expected === 'Unknown') expect(answer.blockers).not.toEqual([]);
    if (expected === 'Allowed' || expected === 'ExplicitlyDenied') expect(answer.grounds).not.toEqual([]);
    expect(explain(answer, one.question)).toMatch(/\S\.$/);
  });
});

test('each case has a name of its own and says which rule it rests on', () => {
  const all = TOPICS.flatMap(([, cases]) => cases);
  expect(all.filter(({ rule }) => rule.length < 20)).toEqual([]);
  expect(new Set(all.map(({ name, rule }) => name + rule)).size).toBe(all.length);
});
