/** What a review makes of what Terraform said while it planned. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlans } from '../../../src/collect/plan';
import { parsePlan, parsePlanLog, type PlanJson, type PlanLog } from '../../../src/plan';
import { buildReview, exitCode, render, type ReviewReport } from '../../../src/review';
import { refuseDestroy, refuseReplace, refuseWithoutReason } from '../../../src/provider/release-guard';
import { refuseBlindRelease, refuseUnregisteredRelease } from '../../../src/provider/claims';
import { refusedRelease } from '../../../src/words';

const file = (name: string, kind: string): string => readFileSync(join(__dirname, '../golden', name, kind), 'utf8');
const logOf = (name: string): PlanLog => parsePlanLog(file(name, 'plan.log'));
const planOf = (name: string): PlanJson => parsePlan(file(name, 'plan.json'));

function review(plan: PlanJson, log?: PlanLog): ReviewReport {
  const input = { name: 'stack', plan, ...(log === undefined ? {} : { log }) };
  return buildReview(readPlans([input]), { today: '2026-03-02' });
}
const errors = ({ items }: ReviewReport): readonly string[] =>
  items.filter(({ level }) => level === 'error').map(({ id }) => id);

const HELD = {
  kind: 'Legal hold',
  named: 'The hold "Acme" (hold-1)',
  things: 'conversations',
  counted: '2 conversations',
};

test.each([
  [refuseDestroy(HELD), 'destroy'],
  [refuseWithoutReason(HELD), 'destroy'],
  [refuseReplace(HELD), 'replace'],
  [refuseBlindRelease('The hold "Acme"', 'The register is away.'), 'destroy'],
  [refuseUnregisteredRelease('The hold "Acme"'), 'destroy'],
] as const)('the provider’s own refusal is known by its title: %s', ({ summary }, refused) => {
  expect(refusedRelease(summary)).toBe(refused);
});

test('no other title is taken for a refusal', () => {
  expect(
    ['Legal hold is not whole', 'Conversations will be released', 'A release needs a reason'].map(refusedRelease),
  ).toEqual([undefined, undefined, undefined]);
});

describe('a plan of -destroy that was refused', () => {
  const RELEASED = 'hold/release-guard genesyscloud_compliance_legalhold.sms hold-released';
  const UNLOCKED = 'hold/release-guard genesyscloud_compliance_object_hold.files objects-released';

  test('names the holds that it was about to release, without a log too', () => {
    const report = review(planOf('destroy-all-refused'));
    expect(errors(report)).toEqual(expect.arrayContaining([RELEASED, UNLOCKED]));
    expect(exitCode(report, { failOn: 'error', strict: true })).toBe(2);
  });

  // Where the state has nothing but holds, nothing at all is planned.
  const onlyRefused = (plan: PlanJson): PlanJson => ({ ...plan, resource_changes: [] });

  test('where nothing was planned, the log says what was to go', () => {
    expect(errors(review(onlyRefused(planOf('destroy-all-refused')), logOf('destroy-all-refused')))).toEqual(
      expect.arrayContaining([RELEASED, UNLOCKED]),
    );
  });

  test('where nothing was planned and there is no log, it is unknown what was to happen, which names them', () => {
    const report = review(onlyRefused(planOf('destroy-all-refused')));
    const [target] = report.targets;
    expect(errors(report)).toEqual([]);
    expect(target?.state).toBe('partial');
    expect(target?.problems.join('\n')).toContain(
      'The plan does not say what was to happen to genesyscloud_compliance_legalhold.sms and genesyscloud_compliance_object_hold.files',
    );
    expect(exitCode(report, { failOn: 'error', strict: true })).toBe(1);
  });

  test('where there is no plan at all, the log alone names them', () => {
    const unread = { name: 'plan.log', problem: 'Only the log was given.', log: logOf('destroy-all-refused') };
    const report = buildReview(readPlans([]), { today: '2026-03-02' }, [unread]);
    expect(report.items.map(({ level, headline }) => `${level}: ${headline}`)).toEqual([
      'error: Releases the hold "Acme v. Example" (deletion-protection-41bd0a2d59201f21160e2af5dd8fc88e) over 44 conversations, which the provider refused',
      expect.stringMatching(
        /^error: Releases the object hold .* over 116 object versions, which the provider refused$/,
      ),
    ]);
    expect(exitCode(report, { failOn: 'error', strict: true })).toBe(2);
    expect(render(report, 'markdown')).toContain('which the provider refused');
  });
});

test('a hold that left the configuration is known by its id, which is all that the log says of it', () => {
  const report = review(planOf('destroy-refused'), logOf('destroy-refused'));
  expect(errors(report)).toEqual(['hold/release-guard genesyscloud_compliance_legalhold.sms hold-released']);
});

test('a replacement that was refused is told as one', () => {
  const { diagnostics, ...log } = logOf('destroy-all-refused');
  const replaced = diagnostics.map((one) => ({ ...one, summary: `${one.summary} and made again` }));
  const report = review({ ...planOf('destroy-all-refused'), resource_changes: [] }, { ...log, diagnostics: replaced });
  expect(report.changes.find(({ place }) => place.address.endsWith('legalhold.sms'))?.action).toBe('replace');
});

test('errors stand with what could not be looked at, by their first line', () => {
  const [target] = review(planOf('errored'), logOf('errored')).targets;
  expect(target?.problems).toContain(
    'Terraform said: Resource precondition failed (main.tf:26). The matter MATTER-2026-0017 is not approved.',
  );
});

describe('Terraform’s own warnings', () => {
  test('are shown in every form for people, and count for nothing', () => {
    const report = review(planOf('restored'), logOf('restored'));
    for (const form of ['text', 'markdown', 'github'] as const) {
      expect(render(report, form)).toContain('Legal hold is not whole');
    }
    expect(render(report, 'markdown')).toContain("Terraform's own warnings (1)");
    expect(exitCode(report, { failOn: 'warn', strict: true })).toBe(0);
  });

  test('the same one about many resources is said once, with the places', () => {
    const one = { severity: 'warning' as const, summary: 'Argument is deprecated', detail: 'Use the other one.' };
    const diagnostics = Array.from({ length: 30 }, (_, index) => ({ ...one, address: `aws_s3_bucket.b${index}` }));
    const items = review(planOf('nothing'), { diagnostics, isWhole: true }).items.filter(
      ({ rule }) => rule === 'terraform/warning',
    );
    expect(items).toHaveLength(1);
    expect(items[0]?.evidence.at(-1)?.what).toBe('the same warning at 20 more places');
  });

  test('two of one title have an id each', () => {
    const one = { severity: 'warning' as const, summary: 'Deprecated', address: 'a.b' };
    const log = {
      diagnostics: [
        { ...one, detail: 'x' },
        { ...one, detail: 'y' },
      ],
      isWhole: true,
    };
    const ids = review(planOf('nothing'), log).items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test.each([
  ['a log that is cut', { diagnostics: [], isWhole: false }, 'The log of the plan ends before Terraform did'],
  ['a log of another run', logOf('errored'), 'they are not of the same run'],
])('%s leaves the answer open', (_, log, problem) => {
  const report = review(planOf('nothing'), log);
  expect(report.targets[0]).toMatchObject({ state: 'partial' });
  expect(report.targets[0]?.problems[0]).toContain(problem);
  expect(exitCode(report, { failOn: 'error', strict: true })).toBe(1);
});
