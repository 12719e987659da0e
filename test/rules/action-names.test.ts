import {
  EXPORT_ACTIONS,
  GENESYS_TRUST,
  OBJECTS_ARN,
  allow,
  at,
  bucket,
  deny,
  estate,
  findingsOf,
  onlyProblem,
  passes,
  policyFact,
  role,
  seen,
  statements,
  trust,
  withBucket,
  withRole,
} from './estate';

const RULE = 'iam/action-names';
const also = (statement: object, address = 'aws_iam_role_policy.more') =>
  withRole({ identityPolicies: [EXPORT_ACTIONS, policyFact(address, statements(statement))] });

test('passes where every action exists', () => {
  expect(passes(RULE, estate())).toBe(true);
});

test('names the action, the statement, what it comes to and what was meant', () => {
  const problem = onlyProblem(RULE, also(allow('s3:PutObjectTaging', OBJECTS_ARN, { Sid: 'Tag' })));

  expect(problem).toMatchObject({ status: 'warn', id: `${RULE} aws_iam_role.exporter s3:PutObjectTaging` });
  expect(problem.evidence[0]?.origin).toEqual(at('aws_iam_role_policy.more', 'policy'));
  expect(problem.message).toContain(
    's3:PutObjectTaging in statement "Tag" of the identity policy aws_iam_role_policy.more is not an action of AWS, so it grants nothing',
  );
  expect(problem.message).toMatch(/known up to 20\d\d-/);
  expect(problem.evidence).toHaveLength(1);
  expect(problem.remedy).toBe('Write s3:PutObjectTagging instead of s3:PutObjectTaging.');
});

test.each([
  ['a Deny', deny('s3:PutObjectLegalHolds', '*'), 'is not an action of AWS, so it guards nothing'],
  ['a wildcard', allow('s3:PutObjectTaggs*', '*'), 'matches no action of AWS, so it grants nothing'],
  ['a service', allow('s4:GetObject', '*'), 'belongs to no service, so it grants nothing'],
  ['NotAction', { Effect: 'Deny', NotAction: 's3:GetObjects', Resource: '*' }, 'so it excepts nothing'],
  ['another service', allow('logs:CreateLogStreem', '*'), 'Write logs:CreateLogStream instead'],
  ['what resembles nothing', allow('s3:Frobnicate', '*'), 'Look up what s3:Frobnicate should be'],
])('in %s', (_where, statement, words) => {
  const { message, remedy } = onlyProblem(RULE, also(statement));
  expect(`${message} ${remedy}`).toContain(words);
});

test.each([
  [
    'the policy of a bucket',
    () => withBucket({ policies: [policyFact('b', statements(denyAll('s3:PutObjectTaging')))] }),
  ],
  ['a trust policy', () => withRole({ trustPolicy: trust({ ...GENESYS_TRUST, Action: 'sts:AssumRole' }) })],
  ['a boundary', () => withRole({ permissionsBoundary: policyFact('p', statements(allow('s3:PutObjects', '*'))) })],
  [
    'the policy of a key',
    () => {
      const policy = policyFact('aws_kms_key.k', statements(denyAll('kms:DecryptS')));
      return estate({ keys: [{ address: 'aws_kms_key.k', arn: seen('k'), accountId: seen('1'), policy }] });
    },
  ],
])('in %s', (_where, facts) => {
  expect(onlyProblem(RULE, facts()).status).toBe('warn');
});

test('a policy of two roles is looked at once', () => {
  const shared = policyFact('aws_iam_policy.shared', statements(allow('s3:PutObjects', '*')));
  const roles = ['a', 'b'].map((name) => role({ address: name, identityPolicies: [shared], trustPolicy: null }));
  expect(findingsOf(RULE, estate({ roles, buckets: [bucket({ policies: [] })] }))).toHaveLength(1);
});

test('policies that AWS manages are left alone', () => {
  expect(passes(RULE, also(allow('s3:PutObjects', '*'), 'arn:aws:iam::aws:policy/Old'))).toBe(true);
});

test.each([
  ['a malformed document, which AWS refuses', policyFact('p', { Statement: { Effect: 'allow' } })],
  ['a document that is not seen, of which other rules tell', policyFact('p', null)],
])('%s is not searched', (_what, policy) => {
  const without = findingsOf(RULE, withRole({ identityPolicies: [] }));
  expect(findingsOf(RULE, withRole({ identityPolicies: [policy] }))).toEqual(without);
});

function denyAll(action: string): object {
  return deny(action, '*', { Principal: '*' });
}
