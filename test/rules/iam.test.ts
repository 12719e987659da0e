import {
  BUCKET_ARN,
  EXPORT_ACTIONS,
  GENESYS_TRUST,
  OBJECTS_ARN,
  ORGANIZATION,
  allow,
  at,
  bucket,
  deny,
  duty,
  estate,
  findingsOf,
  jsonIn,
  onlyProblem,
  passes,
  policyFact,
  role,
  seen,
  statements,
  trust,
  unseen,
  withRole,
} from './estate';

describe('iam/export-actions', () => {
  const RULE = 'iam/export-actions';
  const granting = (...list: readonly object[]) =>
    withRole({ identityPolicies: [policyFact('aws_iam_role_policy.export', statements(...list))] });

  test('passes with the documented actions on their levels', () => {
    expect(passes(RULE, estate())).toBe(true);
    expect(findingsOf(RULE, estate())).toHaveLength(4);
  });

  test('names each missing action; the statements to add make it pass', () => {
    const problems = findingsOf(RULE, granting(allow('s3:PutObject', OBJECTS_ARN))).filter(
      ({ status }) => status === 'fail',
    );
    expect(problems.map(({ detail }) => detail?.split(' ')[1])).toEqual([
      's3:GetBucketLocation',
      's3:GetEncryptionConfiguration',
      's3:PutObjectAcl',
    ]);
    const texts = new Set(problems.map(({ remedy }) => JSON.stringify(jsonIn(remedy))));
    const added = [...texts].map((text) => JSON.parse(text) as object);
    expect(passes(RULE, granting(allow('s3:PutObject', OBJECTS_ARN), ...added))).toBe(true);
  });

  test('names actions of the bucket on the ARN of objects: they are missing and dead', () => {
    const facts = granting(
      allow(['s3:GetBucketLocation', 's3:GetEncryptionConfiguration'], 'arn:aws:s3:::*/*', { Sid: 'Dead' }),
      allow(['s3:PutObject', 's3:PutObjectAcl'], OBJECTS_ARN),
    );
    const findings = findingsOf(RULE, facts);
    expect(findings.filter(({ status }) => status === 'fail')).toHaveLength(2);
    const dead = findings.find(({ status }) => status === 'warn');
    expect(dead?.message).toContain('s3:GetBucketLocation takes the ARN of a bucket');
    expect(dead?.evidence[0]?.what).toContain('"Dead"');
  });

  test('names actions of objects on the ARN of the bucket', () => {
    const facts = granting(allow('s3:*', '*'), allow('s3:PutObject', '${aws_s3_bucket.recordings.arn}'));
    const problem = onlyProblem(RULE, facts);
    expect(problem.status).toBe('warn');
    expect(problem.remedy).toMatch(/^Write instead of statement 2 of the identity policy aws_iam_role_policy\.export:/);
  });

  test('asks for the key of the bucket, whose own policy must agree', () => {
    const key = (principal: string) => ({
      address: 'aws_kms_key.k',
      arn: seen('arn:aws:kms:eu-west-1:111122223333:key/k'),
      accountId: seen('111122223333'),
      policy: policyFact('aws_kms_key.k', statements(allow('kms:*', '*', { Principal: { AWS: principal } }))),
    });
    const encryption = seen({ algorithm: 'aws:kms' as const, kmsKey: 'k', keyAddress: 'aws_kms_key.k' });
    const withKey = (principal: string) =>
      estate({
        roles: [role({ accountId: seen('111122223333'), arn: seen('arn:aws:iam::111122223333:role/exporter') })],
        buckets: [bucket({ encryption })],
        keys: [key(principal)],
      });
    expect(onlyProblem(RULE, withKey('arn:aws:iam::111122223333:root')).message).toContain('kms:GenerateDataKey');
    expect(onlyProblem(RULE, withKey('arn:aws:iam::111122223333:root')).status).toBe('fail');
    expect(passes(RULE, withKey('arn:aws:iam::111122223333:role/exporter'))).toBe(true);
  });

  test('cannot tell with an unseen policy', () => {
    const findings = findingsOf(RULE, withRole({ identityPolicies: [EXPORT_ACTIONS, policyFact('attached', null)] }));
    expect(findings.map(({ status }) => status)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  });
});

describe('iam/external-id', () => {
  const RULE = 'iam/external-id';
  const trusting = (change: object) => withRole({ trustPolicy: trust({ ...GENESYS_TRUST, ...change }) });

  test('passes for the account of Genesys Cloud and the organization', () => {
    expect(passes(RULE, estate())).toBe(true);
  });

  test('passes for FedRAMP and GovCloud ARNs', () => {
    expect(passes(RULE, trusting({ Principal: { AWS: 'arn:aws-us-gov:iam::325654371633:root' } }))).toBe(true);
  });

  test('passes with an external id when nobody said which organization it is', () => {
    expect(passes(RULE, { ...estate(), organizationId: unseen('is not said') })).toBe(true);
  });

  test.each([
    ['no external id', { Condition: {} }, 'without comparing sts:ExternalId'],
    ['an external id that takes all', { Condition: { StringLike: { 'sts:ExternalId': '*' } } }, 'without comparing'],
    [
      'an external id only if it is sent',
      { Condition: { StringEqualsIfExists: { 'sts:ExternalId': ORGANIZATION } } },
      'without comparing',
    ],
    [
      'another organization',
      { Condition: { StringEquals: { 'sts:ExternalId': 'other' } } },
      'does not let Genesys Cloud assume it',
    ],
    ['everyone', { Principal: '*' }, 'from any AWS account'],
    ['another account', { Principal: { AWS: '999999999999' } }, 'does not let Genesys Cloud assume it'],
    ['another action', { Action: 'sts:TagSession' }, 'does not let Genesys Cloud assume it'],
  ])('fails with %s; the trust policy of the remedy passes', (_name, change, message) => {
    const problem = onlyProblem(RULE, trusting(change));
    expect(problem).toMatchObject({ status: 'fail', subject: { address: 'aws_iam_role.exporter' } });
    expect(problem.message).toContain(message);
    const trustPolicy = { ...trust({}), document: seen(jsonIn(problem.remedy)) };
    expect(passes(RULE, withRole({ trustPolicy }))).toBe(true);
  });

  test('fails with the placeholder of its own remedy, where nobody said which organization it is', () => {
    const placeholder = {
      Condition: { StringEquals: { 'sts:ExternalId': 'the id of your Genesys Cloud organization' } },
    };
    const problem = onlyProblem(RULE, { ...trusting(placeholder), organizationId: unseen('is not said') });
    expect(problem).toMatchObject({
      status: 'fail',
      message: expect.stringContaining('not the id of an organization'),
    });
  });

  test('fails with a malformed trust policy', () => {
    expect(onlyProblem(RULE, trusting({ Effect: 'allow' })).message).toContain('malformed');
  });

  test.each([
    ['an unseen trust policy', { trustPolicy: { ...trust({}), document: unseen<object>() } }],
    ['no trust policy at all', { trustPolicy: null }],
  ])('cannot tell with %s', (_name, change) => {
    expect(onlyProblem(RULE, withRole(change)).status).toBe('unknown');
  });

  test('cannot tell with an external id that is not known yet', () => {
    const facts = trusting({ Condition: { StringEquals: { 'sts:ExternalId': '${var.organization}' } } });
    expect(onlyProblem(RULE, facts).status).toBe('unknown');
  });
});

describe('iam/least-privilege', () => {
  const RULE = 'iam/least-privilege';
  const also = (statement: object) =>
    withRole({ identityPolicies: [EXPORT_ACTIONS, policyFact('aws_iam_role_policy.more', statements(statement))] });

  test('passes for a role that only writes', () => {
    expect(passes(RULE, estate())).toBe(true);
  });

  test('warns of everything that s3:* brings', () => {
    const problem = onlyProblem(RULE, also(allow('s3:*', '*')));
    expect(problem).toMatchObject({ status: 'warn', severity: 'warn' });
    expect(problem.message).toContain('delete exported files for good (s3:DeleteObjectVersion)');
    expect(problem.message).toContain('give itself any right (s3:PutBucketPolicy)');
    expect(problem.remedy).toContain('aws_iam_role_policy.more');
  });

  test('warns of a right on a part of the objects', () => {
    const problem = onlyProblem(RULE, also(allow('s3:PutObjectLegalHold', `${BUCKET_ARN}/org/*`)));
    expect(problem.message).toContain('can release holds (s3:PutObjectLegalHold)');
  });

  test('passes when a boundary takes it away', () => {
    const facts = withRole({
      identityPolicies: [policyFact('p', statements(allow('s3:*', '*')))],
      permissionsBoundary: policyFact(
        'b',
        statements(
          allow('s3:Put*', '*'),
          deny(
            [
              's3:PutObjectLegalHold',
              's3:PutObjectRetention',
              's3:PutBucket*',
              's3:PutLifecycle*',
              's3:PutReplication*',
            ],
            '*',
          ),
        ),
      ),
    });
    expect(passes(RULE, facts)).toBe(true);
  });

  test('cannot tell with an unseen policy', () => {
    const problem = onlyProblem(RULE, withRole({ identityPolicies: [policyFact('attached', null)] }));
    expect(problem.status).toBe('unknown');
    expect(problem.message).toContain('attached');
  });

  test('cannot tell for a role that is not among the facts', () => {
    const facts = estate({ duties: [duty('export', { role: seen('arn:aws:iam::1:role/x') })] });
    expect(onlyProblem(RULE, facts)).toMatchObject({ status: 'unknown', subject: at('compliance/sms') });
  });
});
