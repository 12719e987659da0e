/** Every rule’s remedy, followed to the letter, makes the finding go away. */
import type { Facts } from '../../../src/facts';
import { RULES, checkRules, type Finding } from '../../../src/rules';
import { ACCOUNT_CASES } from './account-cases';
import { CONFIGURATION_CASES } from './configuration-cases';
import { POLICY_CASES } from './policy-cases';
import type { RemedyCase } from './remedy-case';

const CASES = [...POLICY_CASES, ...CONFIGURATION_CASES, ...ACCOUNT_CASES];

const problemsOf = (rule: string, facts: Facts): readonly Finding[] =>
  checkRules(facts).findings.filter((finding) => finding.rule === rule && finding.status !== 'pass');

/** The facts once every remedy of the rule was followed. */
const followed = (rule: string, facts: Facts, follow: RemedyCase['follow']): Facts =>
  problemsOf(rule, facts).reduce((now, finding) => follow(finding.remedy, now, finding), facts);

test.each(CASES.map((one) => [one.rule, one.mistake, one] as const))('%s: %s', (rule, _mistake, { facts, follow }) => {
  const found = problemsOf(rule, facts);
  expect(found).not.toEqual([]);

  // Of several statements that deny, one is named at a time.
  let after = facts;
  for (let round = 1; round <= 2; round += 1) after = followed(rule, after, follow);

  expect(problemsOf(rule, after).map(({ message }) => message)).toEqual([]);
});

test('following a remedy breaks no other rule', () => {
  const others = (facts: Facts, rule: string) =>
    checkRules(facts)
      .findings.filter((one) => one.rule !== rule && one.status === 'fail')
      .map(({ id }) => id);
  for (const { rule, facts, follow } of CASES) {
    const before = new Set(others(facts, rule));
    const after = followed(rule, facts, follow);
    expect(others(after, rule).filter((id) => !before.has(id))).toEqual([]);
  }
});

test.each(RULES.map(({ id }) => id))('%s has a mistake among these', (id) => {
  expect(CASES.some(({ rule }) => rule === id)).toBe(true);
});
