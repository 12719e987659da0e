import {
  allow,
  findingsOf,
  GENESYS_TRUST,
  ORGANIZATION,
  onlyProblem,
  policyFact,
  statements,
  trust,
  withRole,
  deny,
  OBJECTS_ARN,
  withBucket,
} from './estate';

describe('iam/external-id judges every principal and every id', () => {
  const RULE = 'iam/external-id';
  const trusting = (...all: readonly object[]) =>
    withRole({ trustPolicy: { ...trust({}), document: policyFact('x', statements(...all)).document } });
  const withId = (id: unknown, operator = 'StringEquals') => ({
    ...GENESYS_TRUST,
    Condition: { [operator]: { 'sts:ExternalId': id } },
  });

  test('another organization beside the own one', () => {
    const other = '11111111-2222-4333-8444-555555555555';
    expect(onlyProblem(RULE, trusting(withId([ORGANIZATION, other])))).toMatchObject({ status: 'fail' });
    expect(onlyProblem(RULE, trusting(withId([ORGANIZATION, other]))).message).toContain(other);
  });

  test('a pattern of ids', () => {
    expect(onlyProblem(RULE, trusting(withId(`${ORGANIZATION.slice(0, 4)}*`, 'StringLike'))).status).toBe('fail');
  });

  test.each([
    ['the root of another account', { AWS: 'arn:aws:iam::444455556666:root' }, '444455556666'],
    ['a user', { AWS: 'arn:aws:iam::111122223333:user/admin' }, 'user/admin'],
    [
      'GitHub',
      { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
      'githubusercontent',
    ],
  ])('%s besides Genesys Cloud', (_, Principal, named) => {
    const other = { Effect: 'Allow', Principal, Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'] };
    const problem = onlyProblem(RULE, trusting(GENESYS_TRUST, other));
    expect(problem.status).toBe('fail');
    expect(problem.message).toContain(named);
  });
});

describe('iam/least-privilege', () => {
  test.each([
    's3:DeleteBucketPolicy',
    's3:PutBucketVersioning',
    's3:PutReplicationConfiguration',
    'kms:ScheduleKeyDeletion',
    'kms:PutKeyPolicy',
    'iam:PutRolePolicy',
  ])('names %s', (action) => {
    const facts = withRole({ identityPolicies: [policyFact('p', statements(allow(action, '*')))] });
    const problem = findingsOf('iam/least-privilege', facts).find(
      ({ rule, status }) => rule === 'iam/least-privilege' && status !== 'pass',
    );
    expect(problem?.message).toContain(action);
  });
});

test.each([
  ['Null', { Null: { 'aws:SourceVpce': 'true' } }],
  ['a pattern', { StringNotLike: { 'aws:SourceVpce': 'vpce-*' } }],
])('whether Genesys Cloud comes through an endpoint is unknown: %s', (_, Condition) => {
  const statement = deny('s3:PutObject', OBJECTS_ARN, { Principal: '*', Condition });
  const facts = withBucket({ policies: [policyFact('aws_s3_bucket_policy.guard', statements(statement))] });
  const problems = findingsOf('s3/policy-lockout', facts).filter(({ status }) => status !== 'pass');
  expect(problems.map(({ status }) => status)).toEqual(['unknown']);
});
