/** What drifts mean, in words: the ones that terraform rarely shows. */
import { buildDriftReport, driftExitCode, lookAtPlan, parsePlan } from '../../src/review';
import { planOf } from './plans';

const look = (...drifts: Parameters<typeof planOf>[0]) => {
  const outcome = buildDriftReport([lookAtPlan('plan', parsePlan(planOf(drifts)))], { today: '2026-11-23' });
  const items = outcome.report.items.map(({ level, category, headline }) => [category, level, headline]);
  return { items, code: driftExitCode(outcome, 'warn'), first: outcome.report.items[0] };
};

const policy = (Statement: object, Version = '2012-10-17') => JSON.stringify({ Version, Statement });
const allow = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const rolePolicy = (before: string, after: string) => ({
  address: 'aws_iam_role_policy.write',
  before: { name: 'write', role: 'r', policy: before },
  after: { name: 'write', role: 'r', policy: after },
});
const trust = (statement: object) => ({
  name: 'exporter',
  assume_role_policy: policy({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: '765628985471' },
    ...statement,
  }),
});

describe('policies', () => {
  test('one that was rewritten and means the same is a note', () => {
    const [before, after] = [
      policy([allow(['s3:GetObject', 's3:PutObject'])]),
      policy([allow('s3:GetObject'), allow('s3:PutObject')]),
    ];
    expect(look(rolePolicy(before, after))).toMatchObject({
      items: [['drift', 'note', 'The policy write of the role r was rewritten, and means the same']],
      code: 0,
    });
  });

  test('the same words under another version of the policy language are a warning', () => {
    const statement = allow('s3:GetObject');
    expect(look(rolePolicy(policy(statement), policy(statement, '2008-10-17')))).toMatchObject({ code: 2 });
  });

  test('one that is denied now says what', () => {
    const [before, after] = [
      policy([allow('s3:*')]),
      policy([allow('s3:*'), { ...allow('s3:PutObjectTagging'), Effect: 'Deny' }]),
    ];
    const { items, first } = look(rolePolicy(before, after));
    expect(items).toEqual([['drift', 'error', 'The policy write of the role r now denies s3:PutObjectTagging']]);
    expect(first?.text).toContain('New: Deny s3:PutObjectTagging on *.');
  });

  test('a role that asks for no external id any more says so', () => {
    const drift = {
      address: 'aws_iam_role.exporter',
      before: trust({ Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }),
      after: trust({}),
    };
    expect(look(drift).items).toEqual([
      ['drift', 'error', 'The role exporter lets AWS 765628985471 take it on without a condition'],
    ]);
  });

  test('a role that is gone takes its policies with it: one finding', () => {
    const { items, first } = look(
      { address: 'aws_iam_role.exporter', before: { name: 'exporter' } },
      { address: 'aws_iam_role_policy.write', before: { name: 'write', role: 'exporter', policy: '{}' } },
      {
        address: 'aws_iam_role_policy.other',
        before: { name: 'write', role: 'other', policy: policy([allow('s3:*')]) },
      },
    );
    expect(items).toEqual([
      ['drift', 'error', 'The role exporter was deleted outside of Terraform'],
      ['drift', 'error', 'The policy write of the role other was deleted'],
    ]);
    expect(first?.text).toContain('With it went aws_iam_role_policy.write.');
  });
});

test('objects under a delete marker: says that the versions below are there', () => {
  const counts = { bucket: 'b', prefix: 'p/', version_count: 4, held_count: 4, tagged_count: 4 };
  const { first } = look({
    address: 'genesyscloud_compliance_object_hold.files',
    before: { ...counts, hidden_count: 0 },
    after: { ...counts, hidden_count: 2 },
  });
  expect(first?.headline).toBe('s3://b/p/ had 2 keys hidden under delete markers');
  expect(first?.remedy).toContain('Delete markers stay: remove them, the versions below them are all there.');
  expect(first?.remedy).not.toContain('not brought back');
});

test.each([
  ['nothing against an empty list', { tags: null }, { tags: [] }],
  ['the order of plain values', { ids: ['a', 'b'] }, { ids: ['b', 'a'] }],
  ['a document with other blanks', { text: '{"a": 1}' }, { text: '{ "a":1 }' }],
])('%s is no drift', (_, before, after) => {
  const { items, code } = look({ address: 'aws_thing.a', before, after });
  expect([items.map(([category]) => category), code]).toEqual([['noise'], 0]);
});
