import { reviewOf, saidOf, type Planned } from './plans';

const ROLE = 'aws_iam_role.exporter';
const POLICY = 'aws_iam_role_policy.export';
const BUCKET = 'arn:aws:s3:::recordings/*';

const trust = JSON.stringify({
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::765628985471:root' } }],
});
const allow = (...actions: readonly string[]) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions, Resource: BUCKET }] });

const role = (more: Partial<Planned> = {}): Planned => {
  const values = { name: 'exporter', assume_role_policy: trust };
  return { address: ROLE, actions: ['no-op'], before: values, after: values, ...more };
};
const policy = (before: string | null, after: string | null, more: Partial<Planned> = {}): Planned => ({
  address: POLICY,
  actions: before === null ? ['create'] : after === null ? ['delete'] : before === after ? ['no-op'] : ['update'],
  before: before === null ? null : { name: 'export', role: 'exporter', policy: before },
  after: after === null ? null : { name: 'export', role: 'exporter', policy: after },
  ...more,
});

test('given a statement that goes, then the role loses the action, line by line', () => {
  const report = reviewOf([role(), policy(allow('s3:PutObject', 's3:PutObjectTagging'), allow('s3:PutObject'))]);

  expect(saidOf(report, POLICY)).toEqual(['the role exporter loses s3:PutObjectTagging']);
  expect(report.permissions).toMatchObject([
    {
      holder: `role ${ROLE}`,
      place: { address: POLICY, attribute: 'policy' },
      removed: [`Allow s3:PutObjectTagging on ${BUCKET}`],
      added: [],
      unseen: null,
    },
  ]);
});

test('given a policy that allows all but something instead, then the role loses nothing that this allows', () => {
  const allBut = JSON.stringify({ Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } });
  const report = reviewOf([role(), policy(allow('s3:GetEncryptionConfiguration', 's3:PutObject'), allBut)]);

  expect(saidOf(report, POLICY)).toEqual([expect.stringMatching(/^the role exporter gains/)]);
  expect(report.permissions).toMatchObject([{ removed: [], added: ['Allow all but iam:* on *'] }]);
});

test.each([
  [
    'an account id and its root ARN',
    { AWS: '111122223333' },
    { AWS: 'arn:aws:iam::111122223333:root' },
    { Bool: { 'aws:SecureTransport': 'true' } },
    { Bool: { 'aws:SecureTransport': 'true' } },
  ],
  [
    'everybody in two spellings, keys in another case, a boolean as text',
    '*',
    { AWS: '*' },
    { Bool: { 'aws:SecureTransport': true } },
    { Bool: { 'AWS:securetransport': 'true' } },
  ],
])('given %s, then the same is no change', (_, before, after, condition, otherCondition) => {
  const document = (principal: unknown, when: unknown) =>
    JSON.stringify({
      Statement: { Effect: 'Allow', Principal: principal, Action: 's3:GetObject', Resource: BUCKET, Condition: when },
    });
  const bucket = { bucket: 'recordings' };
  const report = reviewOf([
    role(),
    policy(allow('s3:PutObject'), allow('s3:PutObject')),
    { address: 'aws_s3_bucket.recordings', actions: ['no-op'], before: bucket, after: bucket },
    {
      address: 'genesyscloud_compliance_object_hold.files',
      actions: ['no-op'],
      before: { bucket: 'recordings' },
      after: { bucket: 'recordings' },
    },
    {
      address: 'aws_s3_bucket_policy.recordings',
      actions: ['update'],
      before: { ...bucket, policy: document(before, condition) },
      after: { ...bucket, policy: document(after, otherCondition) },
    },
  ]);

  expect(report.permissions).toEqual([]);
});

test('given an action that moves to another policy of the role, then nothing is lost', () => {
  const other: Planned = {
    address: 'aws_iam_role_policy.tagging',
    actions: ['create'],
    after: { name: 'tagging', role: 'exporter', policy: allow('s3:PutObjectTagging') },
  };
  const report = reviewOf([role(), policy(allow('s3:PutObject', 's3:PutObjectTagging'), allow('s3:PutObject')), other]);

  expect(report.permissions).toEqual([]);
  expect(saidOf(report, POLICY).join()).not.toContain('loses');
});

test('given a policy that is only known after the apply, then that is said, and nothing is called lost', () => {
  const report = reviewOf([
    role(),
    policy(allow('s3:PutObject'), null, {
      actions: ['update'],
      after: { name: 'export', role: 'exporter' },
      unknown: { policy: true },
    }),
  ]);

  expect(report.permissions).toMatchObject([{ removed: [], added: [] }]);
  expect(report.permissions[0]?.unseen).toContain(`${POLICY}.policy is only known after the apply`);
  expect(saidOf(report, POLICY)[0]).toMatch(/unknown/);
});

test('given a sensitive policy, then not a word of it is told', () => {
  const report = reviewOf([
    role(),
    policy(allow('s3:PutObject'), allow('s3:PutObjectTagging'), { sensitive: { policy: true } }),
  ]);

  expect(JSON.stringify(report.permissions)).not.toContain('s3:PutObject');
  expect(report.permissions[0]?.unseen).toContain('sensitive');
});

test('given a managed policy that is detached, then the role loses what it says', () => {
  const arn = 'arn:aws:iam::111122223333:policy/tagging';
  const managed = { arn, name: 'tagging', policy: allow('s3:PutObjectTagging') };
  const report = reviewOf([
    role(),
    { address: 'aws_iam_policy.tagging', actions: ['no-op'], before: managed, after: managed },
    {
      address: 'aws_iam_role_policy_attachment.tagging',
      actions: ['delete'],
      before: { role: 'exporter', policy_arn: arn },
    },
  ]);

  expect(saidOf(report, 'aws_iam_role_policy_attachment.tagging')).toContain(
    'the role exporter loses s3:PutObjectTagging',
  );
});

test('given a role of nobody we know, then it is not told', () => {
  const values = { name: 'other', assume_role_policy: '{"Statement":[]}' };
  const report = reviewOf([{ address: 'aws_iam_role.other', actions: ['create'], after: values }]);

  expect(report.changes).toEqual([]);
  expect(report.targets[0]?.concerned).toBe(false);
});
