import {
  EXPORT_ACTIONS,
  OBJECTS_ARN,
  TAGGING,
  allow,
  at,
  bucket,
  deny,
  duty,
  estate,
  findingsOf,
  jsonIn,
  statementsIn,
  onlyProblem,
  passes,
  policyFact,
  role,
  seen,
  statements,
  unseen,
  withBucket,
  withRole,
} from './estate';

const RULE = 'iam/put-object-tagging';
const tagging = (...list: readonly object[]) =>
  withRole({ identityPolicies: [EXPORT_ACTIONS, policyFact('aws_iam_role_policy.tagging', statements(...list))] });

describe('compliance', () => {
  test.each([
    ['the action by name', allow('s3:PutObjectTagging', OBJECTS_ARN)],
    ['a wildcard', allow('s3:Put*', '*')],
    ['the bucket by expression', allow('s3:PutObjectTagging', '${aws_s3_bucket.recordings.arn}/*')],
    [
      'the bucket by its name as expression',
      allow('s3:PutObjectTagging', 'arn:aws:s3:::${aws_s3_bucket.recordings.id}/*'),
    ],
    [
      'the partition by expression',
      allow('s3:PutObjectTagging', 'arn:${data.aws_partition.now.partition}:s3:::recordings/*'),
    ],
  ])('%s', (_name, statement) => {
    expect(passes(RULE, tagging(statement))).toBe(true);
  });

  test('a document that is JSON text', () => {
    const text = JSON.stringify(statements(allow('s3:PutObjectTagging', '${aws_s3_bucket.recordings.arn}/*')));
    expect(passes(RULE, withRole({ identityPolicies: [policyFact('aws_iam_policy.p', text)] }))).toBe(true);
  });

  test('a prefix, when only that is exported', () => {
    const facts = tagging(allow('s3:PutObjectTagging', `${OBJECTS_ARN.slice(0, -1)}org/*`));
    expect(passes(RULE, { ...facts, duties: [duty('tag', { prefix: 'org/' })] })).toBe(true);
  });
});

describe('non-compliance', () => {
  test('a name that is not an action is named as what comes near', () => {
    const problem = onlyProblem(RULE, tagging(allow('s3:PutObjectTaging', OBJECTS_ARN, { Sid: 'Slip' })));
    expect(problem.status).toBe('fail');
    expect(problem.evidence.map(({ what }) => what)).toEqual([
      'statement "Slip" of the identity policy aws_iam_role_policy.tagging, which allows s3:PutObjectTaging, which is not an action',
    ]);
  });

  test('no policy allows it: the statement to add makes it pass', () => {
    const before = withRole({ identityPolicies: [EXPORT_ACTIONS] });
    const problem = onlyProblem(RULE, before);
    expect(problem).toMatchObject({ status: 'fail', severity: 'error', subject: { constructPath: 'storage/role' } });
    expect(problem.message).toContain('The role that tags exported objects, aws_iam_role.exporter, is not allowed');
    expect(problem.remedy).toContain('aws_iam_role_policy.export.policy');

    const added = policyFact('aws_iam_role_policy.added', statements(jsonIn(problem.remedy)));
    expect(passes(RULE, withRole({ identityPolicies: [EXPORT_ACTIONS, added] }))).toBe(true);
  });

  test('only the bucket is named, not its objects', () => {
    const problem = onlyProblem(
      RULE,
      tagging(allow('s3:PutObjectTagging', '${aws_s3_bucket.recordings.arn}', { Sid: 'Tag' })),
    );
    expect(problem.status).toBe('fail');
    expect(problem.evidence[0]?.what).toContain('statement "Tag"');
    expect(problem.evidence[0]?.what).toContain('the ARN of an object');
  });

  test('only a part of the objects is named', () => {
    const problem = onlyProblem(RULE, tagging(allow('s3:PutObjectTagging', 'arn:aws:s3:::recordings/org/*')));
    expect(problem.status).toBe('fail');
    expect(problem.evidence[0]?.what).toContain('covers only a part');
  });

  test('another statement denies it', () => {
    const problem = onlyProblem(RULE, tagging(allow('s3:*', '*'), deny('s3:*Tagging', '*', { Sid: 'NoTags' })));
    expect(problem).toMatchObject({
      status: 'fail',
      evidence: [{ origin: at('aws_iam_role_policy.tagging', 'policy') }],
    });
    expect(problem.message).toContain(
      'statement "NoTags" of the identity policy aws_iam_role_policy.tagging denies it',
    );
    expect(problem.remedy).toContain('NoTags');
  });

  test('the bucket policy denies it', () => {
    const policies = [
      policyFact('aws_s3_bucket_policy.p', statements(deny('s3:*', '*', { Sid: 'Locked', Principal: '*' }))),
    ];
    expect(onlyProblem(RULE, withBucket({ policies })).message).toContain('statement "Locked" of the bucket policy');
  });

  test('the permissions boundary leaves it out: the remedy says where to add the statement', () => {
    const permissionsBoundary = policyFact('aws_iam_policy.boundary', statements(allow('s3:PutObject', '*')));
    const problem = onlyProblem(RULE, withRole({ permissionsBoundary }));
    expect(problem.message).toContain('the permissions boundary of the role does not allow it');
    expect(problem.remedy).toContain('the permissions boundary');
  });
});

describe('across accounts', () => {
  const apart = (statement?: object) =>
    estate({
      roles: [role({ accountId: seen('111122223333'), arn: seen('arn:aws:iam::111122223333:role/exporter') })],
      buckets: [
        bucket({
          accountId: seen('999999999999'),
          policies: statement === undefined ? [] : [policyFact('aws_s3_bucket_policy.p', statements(statement))],
        }),
      ],
    });

  test('the bucket policy must allow as well; the statement to add says so', () => {
    const problem = onlyProblem(RULE, apart());
    expect(problem.message).toContain('the bucket policy does not allow it');
    const statement = statementsIn(problem.remedy)[0];
    expect(passes(RULE, apart(statement))).toBe(true);
  });
});

describe('not seen', () => {
  test('a managed policy, attached by ARN', () => {
    const problem = onlyProblem(RULE, withRole({ identityPolicies: [TAGGING, policyFact('attached', null)] }));
    expect(problem.status).toBe('unknown');
    expect(problem.message).toContain('the policy attached, which cannot be read: it is attached by ARN');
  });

  test('another bucket by expression', () => {
    const problem = onlyProblem(RULE, tagging(allow('s3:PutObjectTagging', '${var.bucket_arn}/*')));
    expect(problem.status).toBe('unknown');
    expect(problem.message).toContain('${var.bucket_arn}');
  });

  test('a malformed policy: what is wrong with it is said', () => {
    const problem = onlyProblem(RULE, withRole({ identityPolicies: [policyFact('bad', '{"Statement":')] }));
    expect(problem.status).toBe('fail');
    expect(problem.message).toContain('AWS refuses the policy bad: it is malformed');
  });

  test('a role that nobody names', () => {
    const problem = onlyProblem(RULE, estate({ duties: [duty('tag', { role: unseen('is not said') })] }));
    expect(problem).toMatchObject({ status: 'unknown', subject: at('compliance/sms') });
    expect(problem.message).toContain('the role is not said');
  });

  test('a bucket whose name is not known', () => {
    const facts = withBucket({ name: unseen('is random'), arn: unseen('is random') });
    expect(onlyProblem(RULE, facts).status).toBe('unknown');
  });
});

test('an export without anybody who tags is not a finding', () => {
  expect(findingsOf(RULE, estate({ duties: [duty('export')] }))).toEqual([]);
});

test('a duty that another one includes is asked once', () => {
  expect(findingsOf(RULE, estate({ duties: [duty('tag', { prefix: 'org/' }), duty('tag')] }))).toHaveLength(1);
});

test('two roles are two findings with ids of their own', () => {
  const second = role({ address: 'aws_iam_role.tagger' });
  const duties = [duty('tag'), duty('tag', { role: seen('aws_iam_role.tagger') })];
  const findings = findingsOf(RULE, estate({ roles: [role(), second], duties, buckets: [bucket()] }));
  expect(findings.map(({ id }) => id)).toEqual([
    'iam/put-object-tagging aws_iam_role.exporter aws_s3_bucket.recordings',
    'iam/put-object-tagging aws_iam_role.tagger aws_s3_bucket.recordings',
  ]);
});
