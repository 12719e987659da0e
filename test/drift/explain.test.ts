/** What drifts mean, in words: the ones that terraform rarely shows. */
import { lookAtPlan, parsePlan } from '../../src/plan';
import { buildDriftReport, driftExitCode } from '../../src/review';
import { wholeObjectHold } from '../review/states';
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
      ['drift', 'error', 'The role exporter now lets AWS 765628985471 take it on without a condition'],
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
  const { items, first } = look({
    address: 'genesyscloud_compliance_object_hold.files',
    before: wholeObjectHold(),
    after: wholeObjectHold({ hidden_count: 2 }),
  });
  expect(items).toEqual([
    ['drift', 'error', 'The object hold on s3://recordings/org/: 2 keys were hidden under delete markers'],
  ]);
  expect(first?.remedy).toContain('Delete markers stay when you apply');
});

describe('protection that got stronger is a note, and the remedy is to keep it', () => {
  const versioning = (status: string) => ({ bucket: 'b', versioning_configuration: [{ status }] });
  const access = (closed: boolean) => ({ bucket: 'b', block_public_acls: closed, block_public_policy: true });
  const rules = (...names: readonly string[]) => ({
    bucket: 'b',
    rule: names.map((id) => ({ id, status: 'Enabled', expiration: [{ days: 30 }] })),
  });
  const writes = allow(['s3:PutObject', 's3:DeleteObject']);
  test.each([
    [
      'aws_s3_bucket_versioning.b',
      versioning('Suspended'),
      versioning('Enabled'),
      'Versioning of the bucket b is Enabled',
    ],
    [
      'aws_s3_bucket_public_access_block.b',
      access(false),
      access(true),
      'The public access block of the bucket b now has block_public_acls',
    ],
    [
      'aws_s3_bucket_lifecycle_configuration.b',
      rules('old', 'keep'),
      rules('keep'),
      'no longer deletes files by rule old',
    ],
    [
      'aws_iam_role_policy.write',
      { name: 'write', role: 'r', policy: policy(writes) },
      { name: 'write', role: 'r', policy: policy(allow('s3:PutObject')) },
      'no longer allows s3:DeleteObject',
    ],
    [
      'aws_s3_bucket_policy.b',
      { bucket: 'b', policy: policy([allow('s3:GetObject')]) },
      { bucket: 'b', policy: policy([allow('s3:GetObject'), { ...allow('s3:DeleteObjectVersion'), Effect: 'Deny' }]) },
      'now denies s3:DeleteObjectVersion',
    ],
  ])('%s', (address, before, after, headline) => {
    const { items, code, first } = look({ address, before, after });
    expect(items).toEqual([['drift', 'note', expect.stringContaining(headline) as string]]);
    expect(first?.remedy).toContain('The next apply undoes it');
    expect(code).toBe(0);
  });

  test.each([
    ['aws_s3_bucket_versioning.b', versioning('Enabled'), versioning('Suspended')],
    ['aws_s3_bucket_public_access_block.b', access(true), { ...access(true), block_public_policy: false }],
    ['aws_s3_bucket_public_access_block.b', { ...access(false) }, { ...access(true), block_public_policy: false }],
    ['aws_s3_bucket_lifecycle_configuration.b', rules('old'), rules('new')],
    [
      'aws_s3_bucket_lifecycle_configuration.b',
      rules('a', 'b'),
      { bucket: 'b', rule: [{ id: 'a', status: 'Enabled', expiration: [{ days: 1 }] }] },
    ],
    [
      'aws_s3_bucket_policy.b',
      { bucket: 'b', policy: policy([allow('s3:GetObject')]) },
      { bucket: 'b', policy: policy([{ ...allow(['s3:DeleteObject', 's3:PutObject']), Effect: 'Deny' }]) },
    ],
  ])('%s the other way, or both ways, is an error', (address, before, after) => {
    expect(look({ address, before, after })).toMatchObject({ items: [['drift', 'error', expect.anything()]], code: 2 });
  });
});

test.each([
  ['nothing against an empty list', { tags: null }, { tags: [] }],
  ['the order of plain values', { ids: ['a', 'b'] }, { ids: ['b', 'a'] }],
  ['a document with other blanks', { text: '{"a": 1}' }, { text: '{ "a":1 }' }],
])('%s is not drift', (_, before, after) => {
  const { items, code } = look({ address: 'aws_s3_thing.a', before, after });
  expect([items.map(([category]) => category), code]).toEqual([['noise'], 0]);
});
