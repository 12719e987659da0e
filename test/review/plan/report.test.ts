import { exitCode } from '../../../src/review';
import { EXPORT, exported, HOLD, held, planOf, reviewOf, reviewOfInputs, type Planned } from './plans';

const released: Planned = { address: HOLD, actions: ['delete'], before: held({ release_on_destroy: true }) };
const kept: Planned = { address: HOLD, actions: ['no-op'], before: held(), after: held() };
const COUNTING = { failOn: 'error', strict: true } as const;

describe('the answer', () => {
  test('given nothing to do, then it is clean', () => {
    const report = reviewOf([kept]);

    expect(report.title).toBe('Plan review: no problems found');
    expect(exitCode(report, COUNTING)).toBe(0);
    expect([report.changes, report.permissions, report.picture, report.work]).toEqual([[], [], null, null]);
  });

  test('given a plan that ended with an error, then it is never clean', () => {
    const report = reviewOfInputs([{ name: 'plan', plan: planOf([kept], { errored: true }) }]);

    expect(report.targets).toMatchObject([{ state: 'partial' }]);
    expect(exitCode(report, COUNTING)).toBe(1);
  });

  test('given a plan with -target, then it is never clean', () => {
    const report = reviewOfInputs([{ name: 'plan', plan: planOf([kept], { complete: false }) }]);

    expect(exitCode(report, COUNTING)).toBe(1);
  });

  test('given a plan that cannot be read beside a clean one, then it is never clean', () => {
    const report = reviewOf([kept], { unread: [{ name: 'storage', problem: 'There is no plan.' }] });

    expect(report.title).toBe(
      'Plan review: nothing found in what could be looked at; 1 of 2 plans could not be looked at in full',
    );
    expect(exitCode(report, COUNTING)).toBe(1);
  });

  test('given a condition of Terraform that is not met, then it is an error with its message', () => {
    const checks = [
      {
        address: { kind: 'resource', to_display: HOLD },
        status: 'fail',
        instances: [{ address: { to_display: HOLD }, status: 'fail', problems: [{ message: 'Not approved.' }] }],
      },
    ];
    const report = reviewOfInputs([{ name: 'plan', plan: planOf([kept], { checks }) }]);

    expect(report.items[0]).toMatchObject({ rule: 'terraform/condition', level: 'error' });
    expect(report.items[0]?.headline).toBe(`A condition of ${HOLD} is not met: Not approved`);
  });

  test('given a check block that is not met, then it is a warning: Terraform continues', () => {
    const checks = [{ address: { kind: 'check', to_display: 'check.ready' }, status: 'fail' }];
    const report = reviewOfInputs([{ name: 'plan', plan: planOf([kept], { checks }) }]);

    expect(report.items[0]).toMatchObject({ level: 'warn', place: { address: 'check.ready' } });
  });
});

describe('settings', () => {
  const ignore = {
    rule: 'hold/release-guard',
    address: HOLD,
    detail: 'hold-released',
    reason: 'matter closed',
    until: '2026-12-31',
  };

  test('given an ignore, then the finding stays visible and does not count', () => {
    const report = reviewOf([released], { settings: { ignores: [ignore] } });

    expect(report.items.find(({ ignored }) => ignored)).toMatchObject({ level: 'error', rule: ignore.rule });
    expect(exitCode(report, COUNTING)).toBe(0);
  });

  test('given the same address in two plans, then an ignore for one of them leaves the other', () => {
    const settings = { ignores: [{ ...ignore, target: 'a' }] };
    const report = reviewOf({ a: [released], b: [released] }, { settings });

    const guards = report.items.filter(({ rule }) => rule === 'hold/release-guard');
    expect(guards.map(({ target, ignored }) => [target, ignored !== undefined])).toEqual([
      ['b', false],
      ['a', true],
    ]);
    expect(guards.map(({ place }) => place.address)).toEqual([HOLD, HOLD]);
    expect(report.stale).toEqual([]);
    expect(exitCode(report, COUNTING)).toBe(2);
  });

  test('given an ignore past its day, then it is named and does not hold', () => {
    const report = reviewOf([released], { settings: { ignores: [{ ...ignore, until: '2026-01-31' }] } });

    expect(report.stale).toMatchObject([{ ignore: { address: HOLD }, why: 'it held until 2026-01-31' }]);
    expect(exitCode(report, COUNTING)).toBe(2);
  });

  test('given a rule that is off, then it is named with its reason', () => {
    const rules = { 'hold/release-guard': { severity: 'off', reason: 'test organization' } };
    const report = reviewOf([released], { settings: { rules } });

    expect(report.off).toEqual([{ rule: 'hold/release-guard', reason: 'test organization' }]);
    expect(exitCode(report, COUNTING)).toBe(0);
  });
});

describe('the picture', () => {
  test('given a hold on an export that is released, then both are drawn, and the hold loses', () => {
    const before = held({ conversation_ids: null, export_job_id: 'job-1,job-2', release_on_destroy: true });
    const report = reviewOf([
      { address: EXPORT, actions: ['no-op'], before: exported(), after: exported() },
      { address: HOLD, actions: ['delete'], before },
    ]);

    expect(report.picture?.nodes).toMatchObject([
      { id: HOLD, kind: 'hold', label: 'Legal hold, 4 conversations', action: 'destroy', loses: true },
      { id: EXPORT, kind: 'export', label: 'Export of SMS, 31 days', action: 'none', loses: false },
    ]);
    expect(report.picture?.edges).toEqual([{ from: EXPORT, to: HOLD, label: 'held by' }]);
  });
});

test('given a plan that ended before a hold which is no longer configured, then its release is told all the same', () => {
  const [type, name] = HOLD.split('.');
  const state = { address: HOLD, mode: 'managed', type, name, values: held(), sensitive_values: {} };
  const plan = planOf([], { errored: true, prior_state: { values: { root_module: { resources: [state] } } } });
  const report = reviewOfInputs([{ name: 'plan', plan }]);

  expect(report.items[0]).toMatchObject({ level: 'error', rule: 'hold/release-guard', target: 'plan' });
  expect(report.changes).toMatchObject([{ place: { address: HOLD }, action: 'destroy', loses: true }]);
  expect(exitCode(report, COUNTING)).toBe(2);
});
