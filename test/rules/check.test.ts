import type { Facts, Loss, Moment } from '../../src/facts';
import { RULES, checkRules, formatFinding, type Ignore, type Report } from '../../src/rules';
import {
  allow,
  bucket,
  EXPORT_ACTIONS,
  estate,
  exportJob,
  findingsOf,
  HOLD,
  liveEstate,
  OBJECTS_ARN,
  onlyProblem,
  policyFact,
  seen,
  statements,
  tlsPeer,
  withExport,
  withRole,
} from './estate';

const RULE = 'iam/put-object-tagging';
const broken = withRole({ identityPolicies: [EXPORT_ACTIONS] });
const ignore = (change: Partial<Ignore> = {}): Ignore => ({
  rule: RULE,
  address: 'aws_iam_role.exporter',
  reason: 'is replaced next week',
  until: '2026-11-30',
  ...change,
});

const asked = (moment: Moment) => new Set(RULES.filter(({ moments }) => moments.includes(moment)).map(({ id }) => id));

describe('checking', () => {
  test('asks every rule of the moment, and all pass on an estate that is right', () => {
    const { findings, off, stale } = checkRules(estate({ tlsPeers: [tlsPeer()] }));
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(asked('synth'));
    expect(findings.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect([off, stale]).toEqual([[], []]);
  });

  test('asks at each moment only the rules that can be decided then', () => {
    const { findings } = checkRules(liveEstate());
    const live = new Set(findings.map(({ rule }) => rule));
    expect(live).toEqual(asked('live'));
    expect(live).not.toContain('hold/after-export');
    expect(findings.filter(({ status }) => status !== 'pass')).toEqual([]);
  });

  test('gives a finding the same id at every moment', () => {
    const ids = (['synth', 'plan', 'live'] as const).map((moment) => onlyProblem(RULE, { ...broken, moment }).id);
    expect(new Set(ids).size).toBe(1);
  });

  test('gives no two findings the same id', () => {
    const ids = checkRules(broken).findings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('an estate without anything has no findings', () => {
    const { register: _, ...nothing } = estate({ roles: [], buckets: [], duties: [], exports: [], holds: [] });
    expect(checkRules(nothing).findings).toEqual([]);
  });
});

describe('settings', () => {
  test('a rule set to warn warns, and says why', () => {
    const rules = { [RULE]: { severity: 'warn', reason: 'tags come later' } } as const;
    const finding = checkRules(broken, { rules }).findings.find(({ status }) => status !== 'pass');
    expect(finding).toMatchObject({
      status: 'warn',
      severity: 'warn',
      changed: { from: 'error', reason: 'tags come later' },
    });
    expect(formatFinding(finding!)).toContain('Severity set from error to warn: tags come later');
  });

  test('a rule set to error fails', () => {
    const facts = withExport({
      interval: seen('2025-01-01T00:00:00Z/2026-01-01T00:00:00Z'),
      batchInterval: seen(null),
    });
    const rules = { 'export/batch-size': { severity: 'error', reason: 'we had to repeat too much' } } as const;
    expect(onlyProblem('export/batch-size', facts).status).toBe('warn');
    const strict = checkRules(facts, { rules }).findings.find(({ rule }) => rule === 'export/batch-size');
    expect(strict).toMatchObject({ status: 'fail', severity: 'error' });
  });

  test('a rule that is off is not asked, and stays visible with its reason', () => {
    const rules = { [RULE]: { severity: 'off', reason: 'nothing is tagged here' } } as const;
    const { findings, off } = checkRules(broken, { rules });
    expect(findings.some(({ rule }) => rule === RULE)).toBe(false);
    expect(off).toEqual([{ rule: RULE, reason: 'nothing is tagged here' }]);
  });
});

describe('ignores', () => {
  const check = (ignores: readonly Ignore[], today?: string) =>
    checkRules(broken, { ignores, ...(today === undefined ? {} : { today }) });

  test('an ignored finding stays visible with reason and day', () => {
    const { findings, stale } = check([ignore()], '2026-11-30');
    const ignored = findings.filter((finding) => finding.ignored);
    expect(ignored).toHaveLength(1);
    expect(ignored[0]).toMatchObject({ rule: RULE, status: 'fail', ignored: { until: '2026-11-30' } });
    expect(formatFinding(ignored[0]!)).toContain('Ignored until 2026-11-30: is replaced next week');
    expect(stale).toEqual([]);
  });

  test.each([
    ['it is over', ignore(), '2026-12-01', 'held until 2026-11-30'],
    ['it gives no reason', ignore({ reason: ' ' }), '2026-11-23', 'gives no reason'],
    ['nobody says what day it is', ignore(), undefined, 'what day it is'],
    ['its address is another one', ignore({ address: 'aws_iam_role.other' }), '2026-11-23', 'matches no finding'],
    ['its rule is another one', ignore({ rule: 'iam/external-id' }), '2026-11-23', 'matches no finding'],
    ['its attribute is another one', ignore({ attribute: 'policy' }), '2026-11-23', 'matches no finding'],
  ])('an ignore does not hold when %s, and is reported as stale', (_name, one, today, why) => {
    const { findings, stale } = check([one], today);
    expect(findings.some((finding) => finding.ignored)).toBe(false);
    expect(stale).toEqual([{ ignore: one, why: expect.stringContaining(why) as string }]);
  });

  test('an ignore of one attribute leaves the others', () => {
    const given = ['legal_hold', 'legalHold'].map((path) => ({ path, value: seen(true) }));
    const one = ignore({
      rule: 'export/no-legal-hold-parameter',
      address: exportJob().address,
      attribute: 'legal_hold',
    });
    const { findings } = checkRules(withExport({ given }), { ignores: [one], today: '2026-11-23' });
    const fails = findings.filter(({ status }) => status === 'fail');
    expect(fails.map((finding) => finding.ignored !== undefined)).toEqual([true, false]);
  });
});

describe('formatting', () => {
  test('says construct path, statement, remedy and where to read on', () => {
    const policy = policyFact('aws_iam_role_policy.tagging', {
      Version: '2012-10-17',
      Statement: { Sid: 'NoTags', Effect: 'Deny', Action: ['s3:DeleteObject', 's3:PutObjectTag*'], Resource: '*' },
    });
    expect(formatFinding(onlyProblem(RULE, withRole({ identityPolicies: [policy] })))).toBe(
      [
        '[error] iam/put-object-tagging: storage/role (aws_iam_role.exporter)',
        '  The role that tags exported objects, aws_iam_role.exporter, is denied s3:PutObjectTagging on arn:aws:s3:::recordings/*: statement "NoTags" of the identity policy aws_iam_role_policy.tagging denies it, and a Deny wins over every Allow.',
        '  See statement "NoTags" of the identity policy aws_iam_role_policy.tagging, at storage/aws_iam_role_policy.tagging (aws_iam_role_policy.tagging.policy):',
        '    {"Sid":"NoTags","Effect":"Deny","Action":["s3:DeleteObject","s3:PutObjectTag*"],"Resource":"*"}',
        '  Remedy:',
        '    Write instead of statement "NoTags" of the identity policy aws_iam_role_policy.tagging:',
        '    {',
        '      "Sid": "NoTags",',
        '      "Effect": "Deny",',
        '      "Resource": "*",',
        '      "Action": "s3:DeleteObject"',
        '    }',
        '  More: npx --no-install genesyscloud-compliance explain iam/put-object-tagging',
      ].join('\n'),
    );
  });

  test('does not call the unknown an error', () => {
    const [finding] = findingsOf(RULE, withRole({ identityPolicies: [policyFact('attached', null)] }));
    expect(formatFinding(finding!)).toMatch(/^\[unknown\] /);
  });
});

describe('an ignore says which finding it is about', () => {
  const PUBLIC = allow('s3:GetObject', OBJECTS_ARN, { Principal: '*' });
  const EXPORTS = {
    rule: 'iam/export-actions',
    address: 'aws_iam_role.exporter',
    reason: 'later',
    until: '2999-12-31',
  } as const;
  const check = (facts: Facts, one: Ignore) => checkRules(facts, { ignores: [one], today: '2026-11-23' });
  const ignored = ({ findings }: Report): readonly string[] =>
    findings.filter((one) => one.ignored !== undefined).map(({ id }) => id);
  const withoutActions = withRole({ identityPolicies: [] });
  const released = (loss: Loss): Facts => ({
    ...estate(),
    moment: 'plan',
    changes: [{ address: HOLD, type: 'hold', action: 'update', reappearsAt: null, losses: [loss] }],
  });

  test('one that could mean several hides none of them, and is told how to say which', () => {
    const report = check(withoutActions, EXPORTS);

    expect(ignored(report)).toEqual([]);
    expect(report.stale[0]?.why).toContain(
      'does not say which finding it means: add "detail": "aws_s3_bucket.recordings s3:',
    );
  });

  test('by its detail it hides that one and no other', () => {
    const detail = 'aws_s3_bucket.recordings s3:PutObjectAcl';
    expect(ignored(check(withoutActions, { ...EXPORTS, detail }))).toEqual([
      `iam/export-actions aws_iam_role.exporter ${detail}`,
    ]);
  });

  test('what was allowed of a hold does not allow another loss of it', () => {
    const one: Ignore = { ...EXPORTS, rule: 'hold/release-guard', address: HOLD };
    const consent = released({ kind: 'release-consented', of: 'hold', count: seen(3) });
    const release = released({ kind: 'hold-released', by: 'destroy', conversations: seen(3) });

    expect(ignored(check(consent, one))).toEqual([]);
    expect(ignored(check(consent, { ...one, detail: 'release-consented' }))).toHaveLength(1);
    const { findings, stale } = check(release, { ...one, detail: 'release-consented' });
    expect(ignored({ findings, off: [], stale })).toEqual([]);
    expect(stale[0]?.why).toBe('it matches no finding');
  });

  test('one for what is unknown does not hide the mistake once it is known', () => {
    const one: Ignore = { ...EXPORTS, rule: 's3/public', address: 'aws_s3_bucket.recordings', status: 'unknown' };
    const withPolicy = (document: object | null): Facts =>
      estate({ buckets: [bucket({ policies: [policyFact('aws_s3_bucket_policy.open', document)] })] });

    expect(ignored(check(withPolicy(null), one))).toHaveLength(1);
    const { findings, stale } = check(withPolicy(statements(PUBLIC)), one);
    expect(ignored({ findings, off: [], stale })).toEqual([]);
    expect(stale[0]?.why).toBe('it is for what is unknown, and the answer is known now');
  });
});
