import {
  OBJECTS_ARN,
  allow,
  bucket,
  deny,
  duty,
  estate,
  findingsOf,
  jsonIn,
  onlyProblem,
  passes,
  policyFact,
  seen,
  statements,
  statementsIn,
  unseen,
  withBucket,
  withRole,
} from './estate';

describe('s3/policy-lockout', () => {
  const RULE = 's3/policy-lockout';
  const guarded = (...all: readonly object[]) =>
    withBucket({
      policies: [
        policyFact(
          'aws_s3_bucket_policy.guard',
          statements(...all.map((statement) => ({ Sid: 'Guard', Principal: '*', ...statement }))),
        ),
      ],
    });
  const problems = (...all: readonly object[]) =>
    findingsOf(RULE, guarded(...all)).filter(({ status }) => status !== 'pass');

  test('passes without a bucket policy, and with one that demands TLS', () => {
    expect(passes(RULE, estate())).toBe(true);
    const tls = deny('s3:*', [OBJECTS_ARN, 'arn:aws:s3:::recordings'], {
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(passes(RULE, guarded(tls))).toBe(true);
  });

  test.each([
    ['older than 1.2 is denied, which AWS itself refuses', '1.2', true],
    ['older than 1.3 is denied: which of them is used is not known', '1.3', false],
  ])('TLS %s', (_, version, isPassed) => {
    const Condition = { NumericLessThan: { 's3:TlsVersion': version } };
    const facts = guarded(deny('s3:*', [OBJECTS_ARN, 'arn:aws:s3:::recordings'], { Condition }));
    expect(passes(RULE, facts)).toBe(isPassed);
    if (!isPassed) expect(new Set(findingsOf(RULE, facts).map(({ status }) => status))).toEqual(new Set(['unknown']));
  });

  test.each([
    ['one’s own VPC endpoint', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1234' } }],
    ['one’s own VPC', { StringNotEqualsIfExists: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } }],
  ])('fails for the exporter when only %s is admitted; the remedy lets it in', (_name, Condition) => {
    const [problem, ...others] = problems(deny('s3:*', OBJECTS_ARN, { Condition }));
    expect(problem).toMatchObject({ status: 'fail', subject: { address: 'aws_s3_bucket.recordings' } });
    expect(problem?.message).toContain('locks out the exporter aws_iam_role.exporter: statement "Guard"');
    expect(others.every(({ status }) => status === 'unknown')).toBe(true);
    const [rest, own] = statementsIn(problem!.remedy);
    const after = problems(rest!, own!);
    expect(after.filter(({ message }) => message.includes('the exporter'))).toEqual([]);
    // All else stays denied, to the exporter as to everybody.
    const needed = [
      's3:PutObject',
      's3:PutObjectAcl',
      's3:AbortMultipartUpload',
      's3:ListMultipartUploadParts',
      's3:PutObjectTagging',
    ];
    expect(rest).toMatchObject({ Effect: 'Deny', NotAction: needed, Condition });
    expect(own).toMatchObject({ Effect: 'Deny', Action: needed });
  });

  test('fails for both when everybody is denied', () => {
    expect(problems(deny('s3:Put*', OBJECTS_ARN)).map(({ status }) => status)).toEqual(['fail', 'fail']);
  });

  test('fails for the tagger alone when tagging is denied', () => {
    const [problem, ...others] = problems(deny('s3:PutObjectTagging', OBJECTS_ARN));
    expect(others).toEqual([]);
    expect(problem?.message).toContain('the role that tags');
  });

  test('passes when another role is excepted the other way round', () => {
    const others = deny('s3:*', '*', {
      Condition: { ArnEquals: { 'aws:PrincipalArn': '${aws_iam_role.exporter.arn}x' } },
    });
    expect(problems(others).map(({ status }) => status)).not.toContain('fail');
  });

  test('cannot tell with addresses, and with a policy that is not seen', () => {
    const byAddress = problems(deny('s3:*', '*', { Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }));
    expect(byAddress.map(({ status }) => status)).toEqual(['unknown', 'unknown']);
    expect(byAddress[0]?.message).toContain('aws:SourceIp');
    const hidden = findingsOf(RULE, withBucket({ policies: [policyFact('p', null)] }));
    expect(hidden.map(({ status }) => status)).toEqual(['unknown', 'unknown']);
  });
});

describe('s3/object-lock', () => {
  const RULE = 's3/object-lock';
  const locked = (
    enabled: boolean,
    defaultRetention: null | { mode: string; days: number | null; years: number | null },
  ) => seen({ enabled, defaultRetention });

  test('passes with versioning and lock, without retention', () => {
    expect(passes(RULE, estate())).toBe(true);
  });

  test.each([
    ['Object Lock off', { objectLock: locked(false, null) }, 'Object Lock is off'],
    ['versioning off', { versioning: seen('disabled' as const) }, 'versioning is disabled'],
    ['versioning suspended', { versioning: seen('suspended' as const) }, 'versioning is suspended'],
    [
      'a default retention',
      { objectLock: locked(true, { mode: 'COMPLIANCE', days: 30, years: null }) },
      'COMPLIANCE, 30 days',
    ],
  ])('fails with %s', (_name, change, message) => {
    const problem = onlyProblem(RULE, withBucket(change));
    expect(problem.status).toBe('fail');
    expect(problem.message).toContain(message);
    expect(problem.remedy).not.toBe('');
  });

  test('cannot tell when the lock is not seen', () => {
    const problem = onlyProblem(
      RULE,
      withBucket({ objectLock: unseen('belongs to a bucket that is not made by this app') }),
    );
    expect(problem.status).toBe('unknown');
    expect(problem.message).toContain('not made by this app');
  });

  test('asks for no lock where nothing is held, but still for no retention', () => {
    const facts = (objectLock: ReturnType<typeof locked>) =>
      estate({ duties: [duty('export')], buckets: [bucket({ objectLock, versioning: seen('disabled' as const) })] });
    expect(findingsOf(RULE, facts(locked(false, null)))).toEqual([]);
    expect(onlyProblem(RULE, facts(locked(true, { mode: 'GOVERNANCE', days: null, years: 1 }))).status).toBe('fail');
  });

  test('an object hold makes its bucket one whose objects are held', () => {
    const objectHold = {
      address: 'genesyscloud_compliance_object_hold.h',
      exportJobId: seen(null),
      bucket: seen('aws_s3_bucket.recordings'),
      prefix: seen(null),
      objectLockLegalHold: seen(true),
      releaseOnDestroy: seen(false),
    };
    const facts = estate({
      duties: [],
      objectHolds: [objectHold],
      buckets: [bucket({ objectLock: locked(false, null) })],
    });
    expect(onlyProblem(RULE, facts).status).toBe('fail');
  });
});

test('a bucket policy that allows is nobody’s lockout', () => {
  const policies = [policyFact('p', statements(allow('s3:Get*', OBJECTS_ARN, { Principal: '*' })))];
  expect(passes('s3/policy-lockout', withBucket({ policies }))).toBe(true);
});

describe('s3/large-objects', () => {
  const RULE = 's3/large-objects';
  const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1';
  const documented = policyFact(
    'aws_iam_role_policy.export',
    statements(
      allow(['s3:GetBucketLocation', 's3:GetEncryptionConfiguration'], 'arn:aws:s3:::recordings'),
      allow(['s3:PutObject', 's3:PutObjectAcl'], OBJECTS_ARN),
    ),
  );
  const encrypted = (keyAddress: string | null, keyPolicy: object | null = null) => ({
    buckets: [bucket({ encryption: seen({ algorithm: 'aws:kms' as const, kmsKey: KEY, keyAddress }) })],
    keys: [
      {
        address: 'aws_kms_key.recordings',
        arn: seen(KEY),
        accountId: unseen('is the account of the AWS credentials'),
        policy: policyFact('aws_kms_key.recordings', keyPolicy),
      },
    ],
  });

  test('passes with the multipart actions and a lifecycle rule', () => expect(passes(RULE, estate())).toBe(true));

  test('warns of a role with only the documented actions; the statements of the remedies make it pass', () => {
    const problems = findingsOf(RULE, withRole({ identityPolicies: [documented] })).filter((f) => f.status !== 'pass');
    expect(problems.map(({ status }) => status)).toEqual(['warn', 'warn']);
    const added = policyFact('added', statements(...problems.map(({ remedy }) => jsonIn(remedy))));
    expect(passes(RULE, withRole({ identityPolicies: [documented, added] }))).toBe(true);
  });

  test('warns when a statement denies it', () => {
    const denied = policyFact('denied', statements(deny('s3:AbortMultipartUpload', '*', { Sid: 'Keep' })));
    const problem = onlyProblem(RULE, withRole({ identityPolicies: [...estate().roles[0]!.identityPolicies, denied] }));
    expect(problem.message).toContain('statement "Keep"');
  });

  test('warns when nothing aborts incomplete uploads, and cannot tell when the rules are not seen', () => {
    const never = onlyProblem(RULE, withBucket({ abortsIncompleteUploads: seen(false) }));
    expect(never).toMatchObject({ status: 'warn', detail: 'incomplete uploads' });
    expect(onlyProblem(RULE, withBucket({ abortsIncompleteUploads: unseen('is made elsewhere') })).status).toBe(
      'unknown',
    );
  });

  test('with a key of one’s own, asks for kms:Decrypt in role and key policy', () => {
    const open = statements(allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::123456789012:root' } }));
    const role = { accountId: seen('123456789012'), arn: seen('arn:aws:iam::123456789012:role/exporter') };
    const without = estate({ ...withRole(role), ...encrypted('aws_kms_key.recordings', open) });
    const problem = onlyProblem(RULE, without);
    expect(problem.message).toContain('kms:Decrypt');
    const granted = policyFact('granted', statements(jsonIn(problem.remedy)));
    const [{ identityPolicies }] = without.roles as [(typeof without.roles)[number]];
    const amended = withRole({ ...role, identityPolicies: [...identityPolicies, granted] });
    expect(passes(RULE, estate({ ...amended, ...encrypted('aws_kms_key.recordings', open) }))).toBe(true);
  });

  test('cannot tell about a key that is not seen', () => {
    expect(onlyProblem(RULE, estate({ ...encrypted(null), keys: [] })).status).toBe('unknown');
    expect(onlyProblem(RULE, withBucket({ encryption: unseen('is made elsewhere') })).status).toBe('unknown');
  });
});
