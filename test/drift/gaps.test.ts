/** Not fully held is red: gaps that state knows already differ from nothing, and count all the same. */
import { lookAtPlan, parsePlan } from '../../src/plan';
import { buildDriftReport, driftExitCode } from '../../src/review';
import { gapDigest, gapped, wholeExport, wholeHold, wholeObjectHold } from '../review/states';
import { planOf, releasedHold, stateOf } from './plans';

const HOLD = 'genesyscloud_compliance_legalhold.acme';
const EXPORT = 'genesyscloud_recording_export_job.sms';
const OBJECTS = 'genesyscloud_compliance_object_hold.files';

const run = (text: string, settings: Partial<Parameters<typeof buildDriftReport>[1]> = {}) => {
  const outcome = buildDriftReport([lookAtPlan('plan', parsePlan(text))], { today: '2026-11-23', ...settings });
  return {
    report: outcome.report,
    items: outcome.report.items.map(({ category, level, rule, headline }) => [category, level, rule, headline]),
    code: driftExitCode(outcome, 'warn'),
    strictly: driftExitCode(outcome, 'error'),
  };
};

/** A plan whose refresh found this, without a difference to the state before. */
const found = (address: string, values: object, more: { readonly tainted?: true } = {}) =>
  planOf([], { prior_state: stateOf([{ address, values, ...more }]) });

test.each([
  [HOLD, wholeHold()],
  [EXPORT, wholeExport()],
  [OBJECTS, wholeObjectHold()],
])('%s, whole: nothing is found, exit code 0', (address, values) => {
  expect(run(found(address, values))).toMatchObject({ items: [], code: 0 });
});

test.each([
  [HOLD, wholeHold(), 'The legal hold "Acme": unknown whether everything is held'],
  [
    EXPORT,
    wholeExport(),
    'The export of 2026-01-01T00:00:00Z/2026-02-01T00:00:00Z: unknown whether everything is exported',
  ],
])('what the last look at %s could not find out is unknown, and no pass: exit code 1', (address, values, headline) => {
  const unknown = ['It is unknown whether conversations have come into scope since 2026-03-01T00:00:00.000Z.'];
  const { items, code, report } = run(found(address, { ...values, unknown }));
  expect(code).toBe(1);
  expect(items).toEqual([['unseen', 'unknown', 'drift/unknown', headline]]);
  expect(report.items[0]?.text).toBe(unknown[0]);
  expect(report.items[0]?.remedy).toContain('drift --full');
});

test.each([
  [HOLD, 'released', 'drift/hold-released', 'The legal hold "Acme" was released on 1 of 5 conversations'],
  [HOLD, 'failed', 'drift/hold-incomplete', 'The legal hold "Acme": 1 conversation could not be held'],
  [HOLD, 'late', 'drift/late', 'The legal hold "Acme": 1 conversation came late and is not held'],
  [HOLD, 'lost', 'drift/lost', 'The legal hold "Acme": 1 conversation has lost recordings that were there before'],
  [HOLD, 'gone', 'drift/gone', 'The legal hold "Acme": 1 conversation is unknown to Genesys Cloud'],
  [
    HOLD,
    'unprotectable',
    'drift/unprotectable',
    'The legal hold "Acme": 1 conversation has no recordings that could be protected',
  ],
  [
    HOLD,
    'unregistered',
    'drift/unregistered',
    'The legal hold "Acme": 1 conversation is held without an entry in the register',
  ],
  [EXPORT, 'failed', 'drift/export-incomplete', ': 1 recording could not be exported'],
  [EXPORT, 'late', 'drift/late', ': 1 conversation came late and is not exported'],
  [EXPORT, 'lost', 'drift/lost', ': 1 recording that was exported is gone'],
  [OBJECTS, 'lost', 'drift/lost', ': 1 object version that was held is gone'],
  [OBJECTS, 'absent', 'drift/absent', ': 1 conversation of the export has no files'],
  [OBJECTS, 'released', 'drift/object-hold-lost', ': 1 object version lost the legal hold'],
])('%s with a gap %s is an error of its own, also with --fail-on error', (address, kind, rule, headline) => {
  const values = gapped(address.split('.')[0] ?? '', [{ kind, id: 'the-one', detail: null }]);
  const { items, code, strictly, report } = run(found(address, values));

  expect(items).toEqual([['drift', 'error', rule, expect.stringContaining(headline) as string]]);
  expect(report.items[0]?.text).toContain('Named: the-one.');
  expect([code, strictly]).toEqual([2, 2]);
});

test('gaps that were accepted are notes with their reason, and weigh nothing', () => {
  const gaps = [{ kind: 'unprotectable', id: 'c1', detail: null }];
  const values = {
    ...gapped('genesyscloud_compliance_legalhold', gaps),
    status: 'active',
    accepted_gaps: { sha256: gapDigest(gaps), reason: 'never recorded, checked by M. Lee' },
  };
  const { items, code, report } = run(found(HOLD, values));

  expect(items).toEqual([['drift', 'note', 'drift/unprotectable', expect.stringContaining('(accepted)') as string]]);
  expect(report.items[0]?.text).toContain('never recorded, checked by M. Lee');
  expect(code).toBe(0);
});

test.each([
  ['a hold', HOLD, { name: 'New' }, 'The legal hold "New" is configured and was never applied: nothing is held by it'],
  [
    'an export',
    EXPORT,
    { interval: 'A/B' },
    'The export of A/B is configured and was never applied: nothing is exported by it',
  ],
  [
    'an object hold',
    OBJECTS,
    { bucket: 'b' },
    'The object hold on s3://b/ is configured and was never applied: nothing is held by it',
  ],
])('%s that was never applied is an error, not a pending change', (_, address, after, headline) => {
  const { items, code } = run(planOf([], {}, [{ address, after }]));
  expect([items, code]).toEqual([[['drift', 'error', 'drift/not-applied', headline]], 2]);
});

test('conversations that were added in the configuration and not applied are not held', () => {
  const before = wholeHold({ conversation_ids: ['a', 'b'] });
  const after = wholeHold({ conversation_ids: ['a', 'b', 'c'] });
  const planned = { actions: ['update'], before, after };
  const text = planOf([{ address: HOLD, before, after: before, planned }], {
    resource_drift: [],
    prior_state: stateOf([{ address: HOLD, values: before }]),
  });
  expect(run(text)).toMatchObject({
    items: [
      ['drift', 'warn', 'drift/not-applied', 'The legal hold "Acme": 1 conversation is configured and not held yet'],
    ],
    code: 2,
  });
});

test.each([['running'], ['failed'], ['lost'], ['growing']])('an export that is %s is an error', (state) => {
  const { items, code } = run(found(EXPORT, wholeExport({ state })));
  expect([items.map(([, level, rule]) => [level, rule]), code]).toEqual([[['error', 'drift/export-unfinished']], 2]);
});

test('what its creation left half-done is an error', () => {
  expect(run(found(HOLD, wholeHold(), { tainted: true })).code).toBe(2);
});

test.each([
  [HOLD, wholeHold({ held_count: null })],
  [HOLD, wholeHold({ gap_count: null })],
  [OBJECTS, wholeObjectHold({ version_count: null })],
  [EXPORT, wholeExport({ state: null })],
])('%s with a number that is unknown is not clean, whatever the severity', (address, values) => {
  const { items, code, strictly, report } = run(found(address, values));
  expect(items).toEqual([['unseen', 'unknown', 'drift/unknown', expect.stringContaining('unknown whether') as string]]);
  expect([code, strictly]).toEqual([1, 1]);
  expect(report.title).toBe('Drift: 1 unknown in 1 stack');
});

describe('an interval without an end, of which steps have ended since the last apply', () => {
  const scope = { interval: '2026-01-01T00:00:00Z/..', batch_interval: 'P1D' };
  const hold = wholeHold({ scope, scope_end: '2026-03-01T00:00:00.000Z' });
  const growing = wholeExport({
    ...scope,
    batches: [
      { interval: '2026-01-01T00:00:00.000Z/2026-03-01T00:00:00.000Z' },
      { interval: '2026-02-28T00:00:00.000Z/2026-03-01T00:00:00.000Z' },
    ],
  });
  const plannedAt = (address: string, values: object, timestamp: string) =>
    planOf([], {
      prior_state: stateOf([{ address, values }]),
      timestamp,
      resource_changes: [
        {
          address,
          mode: 'managed',
          type: address.split('.')[0],
          name: 'x',
          change: { actions: ['update'], before: values, after: values },
        },
      ],
    });

  test.each([
    [
      HOLD,
      hold,
      'The legal hold "Acme": its interval continues, and what came after 2026-03-01T00:00:00.000Z is not held yet',
    ],
    [
      EXPORT,
      growing,
      expect.stringContaining('what came after 2026-03-01T00:00:00.000Z is not exported yet') as string,
    ],
  ])('is no clean run: %s', (address, values, headline) => {
    const { items, code } = run(plannedAt(address, values, '2026-03-04T01:00:00Z'));
    expect(items).toEqual([['drift', 'warn', 'drift/not-applied', headline]]);
    expect(code).toBe(2);
  });

  test.each([
    [HOLD, hold],
    [EXPORT, growing],
  ])('is clean while none has ended: %s', (address, values) => {
    const text = planOf([], { prior_state: stateOf([{ address, values }]), timestamp: '2026-03-01T23:00:00Z' });
    expect(run(text)).toMatchObject({ items: [], code: 0 });
  });
});

test('a repair that the plan is about to make is no pending change beside the gap', () => {
  const now = gapped('genesyscloud_compliance_legalhold', [{ kind: 'late', id: 'c', detail: null }]);
  const planned = { actions: ['update'], before: now, after: wholeHold() };
  const text = planOf([{ address: HOLD, before: now, after: now, planned }], {
    resource_drift: [],
    prior_state: stateOf([{ address: HOLD, values: now }]),
  });
  expect(run(text).items.map(([, , rule]) => rule)).toEqual(['drift/late']);
});

test('a hold that was put right outside of Terraform is a note', () => {
  const { items, code } = run(
    planOf([
      {
        address: HOLD,
        before: wholeHold({ status: 'incomplete', held_count: 4, missing_count: 1 }),
        after: wholeHold(),
      },
    ]),
  );
  expect([items.map(([, level]) => level), code]).toEqual([['note'], 0]);
});

test('the headline leads with what could not be looked at', () => {
  const text = planOf([releasedHold(2)], { errored: true });
  expect(run(text).report.title).toBe(
    'Drift: 1 of 1 stack could not be looked at in full; 1 error in what was looked at',
  );
});

describe('resources without a part in recordings', () => {
  const server = { address: 'aws_instance.web', before: { tags: { a: '1' } }, after: { tags: { a: '2' } } };
  const other = {
    address: 'aws_s3_bucket_versioning.logs',
    before: { bucket: 'logs' },
    after: { bucket: 'logs', mfa: 'x' },
  };
  const more = { prior_state: stateOf([{ address: OBJECTS, values: wholeObjectHold() }]) };

  test('are counted in one line, and weigh nothing', () => {
    const { items, code } = run(planOf([server, other], more));
    expect(items).toEqual([
      ['noise', 'note', 'drift/unrelated', 'Resources without a part in recordings: 2 changed outside of Terraform'],
    ]);
    expect(code).toBe(0);
  });

  test('are listed with --all, and still weigh nothing', () => {
    const { items, code } = run(planOf([server, other], more), { all: true });
    expect(items.map(([, level, rule]) => [level, rule])).toEqual([
      ['note', 'drift/unrelated'],
      ['note', 'drift/unrelated'],
    ]);
    expect(code).toBe(0);
  });

  test('weigh as the rule is set', () => {
    const rules = { 'drift/unrelated': { severity: 'warn', reason: 'the whole stack is ours' } } as const;
    expect(run(planOf([server], more), { rules }).code).toBe(2);
  });

  test('a bucket of recordings has a part, and so has any where the plan shows no recordings', () => {
    const ours = { ...other, before: { bucket: 'recordings' }, after: { bucket: 'recordings', mfa: 'x' } };
    expect(run(planOf([ours], more)).code).toBe(2);
    expect(run(planOf([other])).code).toBe(2);
  });

  test('a policy on everything has a part wherever it is', () => {
    const policy = (Action: string) => JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
    const drift = {
      address: 'aws_iam_role_policy.lambda',
      before: { name: 'p', role: 'lambda', policy: policy('s3:GetObject') },
      after: { name: 'p', role: 'lambda', policy: policy('s3:*') },
    };
    expect(run(planOf([drift], more)).code).toBe(2);
  });
});
