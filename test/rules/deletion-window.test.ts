import type { PlannedDeletionFact } from '../../src/facts';
import { deletion, exportJob, hold, liveEstate, onlyProblem, passes, findingsOf, seen, unseen } from './estate';

const RULE = 'hold/deletion-window';

const due = (at: string, more: Partial<PlannedDeletionFact> = {}): PlannedDeletionFact => ({
  conversationId: 'c-1',
  recordingId: 'r-1',
  at,
  by: 'policy',
  ...more,
});

const deleting = (...next: readonly PlannedDeletionFact[]) =>
  liveEstate({ deletions: [deletion({ next: seen(next), count: seen(next.length) })] });

test('passes when nothing is deleted in time', () => {
  expect(passes(RULE, deleting())).toBe(true);
});

test('fails with what is deleted first, and recommends to hold first', () => {
  const problem = onlyProblem(
    RULE,
    deleting(due('2026-02-03T14:00:00.000Z'), due('2026-02-05T00:00:00.000Z', { recordingId: 'r-2' })),
  );

  expect(problem).toMatchObject({ status: 'fail', severity: 'error' });
  expect(problem.message).toContain('2 recordings in scope are deleted');
  expect(problem.message).toContain('at 2026-02-03 14:00 UTC, recording r-1 of conversation c-1');
  expect(problem.message).not.toContain('at least');
  expect(problem.evidence.map(({ text }) => text)).toEqual([
    '2026-02-03 14:00 UTC: recording r-1 of conversation c-1',
    '2026-02-05 00:00 UTC: recording r-2 of conversation c-1',
  ]);
  expect(problem.remedy).toContain("preserve: 'at-once'");
});

test('counts the time that the export takes and seven days, and what comes later is no matter', () => {
  // Five weekly jobs, two at a time, four hours for each two: twelve hours.
  expect(passes(RULE, deleting(due('2026-02-08T12:00:01.000Z')))).toBe(true);
  expect(onlyProblem(RULE, deleting(due('2026-02-08T12:00:00.000Z'))).status).toBe('fail');
});

test('counts the requests where they take longer than the jobs', () => {
  const facts = deleting(due('2026-02-10T00:00:00.000Z'));
  expect(passes(RULE, facts)).toBe(true);
  const many = { ...facts, exports: [exportJob({ conversationCount: seen(50_000_000) })] };
  expect(onlyProblem(RULE, many).status).toBe('fail');
});

test('names the maximum retention of the organization as the cause', () => {
  const facts = liveEstate({
    deletions: [
      deletion({
        next: seen([due('2026-02-02T00:00:00.000Z', { by: 'maximum-retention' })]),
        count: seen(1),
        maximumDays: seen<number | null>(90),
      }),
    ],
  });
  const problem = onlyProblem(RULE, facts);
  expect(problem.message).toContain('1 recording in scope is deleted');
  expect(problem.evidence.map(({ text }) => text)).toEqual([
    '2026-02-02 00:00 UTC: recording r-1 of conversation c-1, by the maximum retention of the organization',
    '90 days',
  ]);
});

test.each([
  ['what could not be read', { partly: ['the OAuth client lacks x'] }, 'the OAuth client lacks x'],
  ['that only the next days were looked at', { until: seen('2026-02-02T00:00:00.000Z') }, 'until 2026-02-02 00:00 UTC'],
  ['why nothing was seen', { next: unseen('could not be read: HTTP 500') }, 'could not be read: HTTP 500'],
])('is unknown, and says %s', (_what, change, words) => {
  const problem = onlyProblem(RULE, liveEstate({ deletions: [deletion(change)] }));
  expect(problem).toMatchObject({ status: 'unknown', severity: 'error' });
  expect(problem.message).toContain(words);
});

test('what was found is a failure, also where something could not be seen', () => {
  const next = seen([due('2026-02-02T00:00:00.000Z')]);
  const facts = liveEstate({ deletions: [deletion({ next, count: seen(1), partly: ['half of it is hidden'] })] });
  expect(onlyProblem(RULE, facts)).toMatchObject({
    status: 'fail',
    message: expect.stringContaining('at least 1 recording') as unknown,
  });
});

describe('a hold that waits for no export', () => {
  test('is not asked about', () => {
    const facts = deleting(due('2026-02-02T00:00:00.000Z'));
    const byItself = hold({ dependsOn: [], belongsTo: null, exportJobId: seen<string | null>(null) });
    expect(findingsOf(RULE, { ...facts, holds: [byItself] })).toEqual([]);
  });

  test('nor one over an export that is there', () => {
    const facts = deleting(due('2026-02-02T00:00:00.000Z'));
    const literal = hold({ exportJobId: seen<string | null>('2f8e1d3c-4b5a-4968-8776-655443322110') });
    expect(findingsOf(RULE, { ...facts, holds: [literal] })).toEqual([]);
  });
});

describe('in a plan', () => {
  const hidden = { ...unseen('is not asked before the apply'), elsewhere: true as const };
  const planned = (change: Parameters<typeof deletion>[0] = {}) => ({
    ...liveEstate({ deletions: [deletion({ next: hidden, until: hidden, count: hidden, ...change })] }),
    moment: 'plan' as const,
  });

  test('dates are unknown, and weigh little', () => {
    expect(onlyProblem(RULE, planned())).toMatchObject({ status: 'unknown', severity: 'warn' });
  });

  test('screen recordings that reach a year are a warning', () => {
    const facts = planned({ asOf: seen('2027-01-01T00:00:00Z'), screenRecordings: seen(true) });
    expect(onlyProblem(RULE, facts)).toMatchObject({ status: 'warn', severity: 'warn' });
  });

  test.each([
    ['not asked for', { asOf: seen('2027-01-01T00:00:00Z'), screenRecordings: seen(false) }],
    ['young', { asOf: seen('2026-06-01T00:00:00Z'), screenRecordings: seen(true) }],
    ['gone already', { asOf: seen('2028-01-01T00:00:00Z'), screenRecordings: seen(true) }],
  ])('screen recordings that are %s are none', (_what, change) => {
    expect(onlyProblem(RULE, planned(change))).toMatchObject({ status: 'unknown', severity: 'warn' });
  });

  test('what is known to be deleted is a warning and no error', () => {
    const facts = planned({
      next: seen([due('2026-02-02T00:00:00.000Z')]),
      until: seen('2026-04-02T00:00:00.000Z'),
      count: seen(1),
    });
    expect(onlyProblem(RULE, facts)).toMatchObject({ status: 'warn', severity: 'warn' });
  });
});

describe('what people write beside it', () => {
  const scoped = (interval: string, more: object = {}) =>
    hold({
      address: 'genesyscloud_compliance_legalhold.first',
      exportJobId: seen<string | null>(null),
      dependsOn: [],
      belongsTo: null,
      scope: seen({
        interval,
        batchInterval: null,
        mediaTypes: [],
        messageTypes: [],
        addressFrom: null,
        addressTo: null,
        externalTag: null,
        ...more,
      }),
    });
  const beside = (first: ReturnType<typeof hold>) => ({
    ...deleting(due('2026-02-02T00:00:00.000Z')),
    holds: [hold(), first],
  });

  test.each([
    ['the same interval', scoped('2026-01-01T00:00:00Z/2026-01-31T00:00:00Z')],
    ['an open one', scoped('2025-12-01T00:00:00Z/..')],
    ['the same filters', scoped('2026-01-01T00:00:00Z/..', { mediaTypes: ['message'], messageTypes: ['sms'] })],
  ])('a hold by scope over %s is there first', (_, first) => {
    expect(passes(RULE, beside(first))).toBe(true);
  });

  test.each([
    ['a part of the interval', scoped('2026-01-08T00:00:00Z/2026-01-31T00:00:00Z')],
    ['another channel', scoped('2026-01-01T00:00:00Z/..', { mediaTypes: ['voice'] })],
    ['one number', scoped('2026-01-01T00:00:00Z/..', { addressTo: '+13175550100' })],
    ['a tag that the export has not', scoped('2026-01-01T00:00:00Z/..', { externalTag: 'vip' })],
    [
      'the same, but waiting for the export',
      {
        ...scoped('2026-01-01T00:00:00Z/..'),
        dependsOn: [{ export: exportJob().address, via: 'depends_on' as const }],
      },
    ],
  ])('a hold by scope over %s does not save it', (_, first) => {
    expect(findingsOf(RULE, beside(first)).map(({ status }) => status)).toContain('fail');
  });

  test('two matters over one export are both told', () => {
    const facts = {
      ...deleting(due('2026-02-02T00:00:00.000Z')),
      holds: [hold(), hold({ address: 'the other hold' })],
    };
    expect(findingsOf(RULE, facts).map(({ status }) => status)).toEqual(['fail', 'fail']);
  });

  test('an export without a legal hold has none that could come too late', () => {
    expect(findingsOf(RULE, { ...deleting(due('2026-02-02T00:00:00.000Z')), holds: [] })).toEqual([]);
  });

  test('a date in the past is overdue, and first', () => {
    const problem = onlyProblem(RULE, deleting(due('2026-01-30T00:00:00.000Z'), due('2026-02-02T00:00:00.000Z')));
    expect(problem.message).toContain('at 2026-01-30 00:00 UTC, recording r-1 of conversation c-1, which is overdue');
    expect(problem.evidence.map(({ text = '' }) => text.includes('overdue'))).toEqual([true, false]);
  });

  test('the remedy for an open interval and a tag can be applied as it stands', () => {
    const facts = deleting(due('2026-02-02T00:00:00.000Z'));
    const rolling = exportJob({
      interval: seen<string | null>('2026-01-01T00:00:00Z/..'),
      batchInterval: seen<string | null>('P1D'),
      given: [{ path: 'external_tag', value: seen('vip') }],
    });
    const { remedy } = onlyProblem(RULE, { ...facts, exports: [rolling] });
    expect(remedy).toContain('interval = "2026-01-01T00:00:00Z/.."\n    batch_interval = "P1D"\n');
    expect(remedy).toContain('external_tag = "vip"');
  });

  test('an open interval counts the steps that have ended', () => {
    const facts = deleting(due('2026-02-20T00:00:00.000Z'));
    const rolling = {
      interval: seen<string | null>('2025-01-01T00:00:00Z/..'),
      batchInterval: seen<string | null>('P1D'),
      conversationCount: seen(400),
    };
    // Nearly four hundred jobs, two at a time, four hours for each two: more than a month.
    const counted = exportJob({ ...rolling, countedUntil: seen('2026-02-01T00:00:00Z') });
    expect(onlyProblem(RULE, { ...facts, exports: [counted] }).message).toContain('about 33 days');
  });

  test('screen recordings at the limit leave unknown what else is unknown', () => {
    const facts = liveEstate({
      exports: [exportJob({ interval: seen<string | null>('2025-02-01T00:00:00Z/2025-03-01T00:00:00Z') })],
      deletions: [deletion({ screenRecordings: seen(true), next: unseen('could not be read: HTTP 403') })],
    });
    expect(onlyProblem(RULE, facts).message).toContain('Unknown whether other recordings are deleted before');
  });
});
