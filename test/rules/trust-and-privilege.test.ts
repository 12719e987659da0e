import {
  allow,
  estate,
  statementsIn,
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

describe('iam/external-id tells names from accounts, and what is not known from nobody', () => {
  const RULE = 'iam/external-id';
  const trusting = (...all: readonly object[]) =>
    withRole({ trustPolicy: { ...trust({}), document: policyFact('x', statements(...all)).document } });
  const besides = (AWS: string) => ({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' });

  test('a role of another account with the number of Genesys Cloud in its name', () => {
    const problem = onlyProblem(RULE, trusting(GENESYS_TRUST, besides('arn:aws:iam::444455556666:role/765628985471')));
    expect(problem.status).toBe('fail');
    expect(problem.message).toContain('444455556666');
  });

  test('a principal that is an expression is unknown, not nobody', () => {
    expect(onlyProblem(RULE, trusting(GENESYS_TRUST, besides('${var.partner}')))).toMatchObject({ status: 'unknown' });
  });

  test('an id that another statement denies is not admitted', () => {
    const other = '11111111-2222-4333-8444-555555555555';
    const two = { ...GENESYS_TRUST, Condition: { StringEquals: { 'sts:ExternalId': [ORGANIZATION, other] } } };
    const denial = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': other } },
    };
    expect(onlyProblem(RULE, trusting(two)).status).toBe('fail');
    expect(findingsOf(RULE, trusting(two, denial)).map(({ status }) => status)).toEqual(['pass']);
  });
});

describe('iam/least-privilege judges the roles that tag and hold, too', () => {
  const RULE = 'iam/least-privilege';
  const duty = (kind: 'export' | 'tag' | 'hold' | 'release') => ({ ...estate().duties[0]!, duty: kind });
  const doing = (kinds: readonly ('export' | 'tag' | 'hold' | 'release')[], ...all: readonly object[]) => ({
    ...withRole({ identityPolicies: [policyFact('p', statements(...all))] }),
    duties: kinds.map(duty),
  });
  const onlyOn = { Condition: { StringEquals: { 's3:object-lock-legal-hold': 'ON' } } };

  test('a role that tags, with everything', () => {
    const problem = onlyProblem(RULE, doing(['tag'], allow('s3:*', '*')));
    expect(problem.message).toContain('The role that tags');
    for (const action of ['s3:DeleteObjectVersion', 's3:PutObjectLegalHold', 's3:PutBucketPolicy']) {
      expect(problem.message).toContain(action);
    }
  });

  test('a role that holds and may take holds off', () => {
    const problem = onlyProblem(RULE, doing(['hold'], allow('s3:PutObjectLegalHold', OBJECTS_ARN)));
    expect(problem).toMatchObject({ status: 'warn' });
    expect(problem.message).toContain('release holds (s3:PutObjectLegalHold)');
    expect(problem.remedy).toContain('"s3:object-lock-legal-hold": "ON"');
  });

  test('a role that may put holds on only passes', () => {
    const facts = doing(['hold'], allow('s3:PutObjectLegalHold', OBJECTS_ARN, onlyOn));
    expect(findingsOf(RULE, facts).map(({ status }) => status)).toEqual(['pass']);
  });

  test('a role that is there for releasing may release, and no more', () => {
    const [legalHold, remove] = ['s3:PutObjectLegalHold', 's3:DeleteObjectVersion'].map((one) =>
      allow(one, OBJECTS_ARN),
    );
    expect(findingsOf(RULE, doing(['hold', 'release'], legalHold!)).map(({ status }) => status)).toEqual(['pass']);
    expect(onlyProblem(RULE, doing(['hold', 'release'], remove!)).message).toContain('s3:DeleteObjectVersion');
  });

  test('one finding for a role with several duties', () => {
    expect(findingsOf(RULE, doing(['export', 'tag', 'hold'], allow('s3:*', '*')))).toHaveLength(1);
  });
});

test('a remedy against a lockout excepts the role from the asked action alone: all else stays denied to it', () => {
  const guard = deny(
    ['s3:PutObjectTagging', 's3:PutObjectLegalHold', 's3:DeleteObjectVersion', 's3:PutBucketPolicy'],
    [OBJECTS_ARN, 'arn:aws:s3:::recordings'],
    {
      Sid: 'Guard',
      Principal: '*',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/holder' } },
    },
  );
  const guarded = (...all: readonly object[]) =>
    withBucket({ policies: [policyFact('aws_s3_bucket_policy.guard', statements(...all))] });
  const [problem] = findingsOf('s3/policy-lockout', guarded(guard)).filter(({ status }) => status !== 'pass');
  const [rest, own] = statementsIn(problem!.remedy);
  expect(findingsOf('s3/policy-lockout', guarded(rest!, own!)).every(({ status }) => status === 'pass')).toBe(true);
  expect(rest).toMatchObject({
    Sid: 'Guard',
    Action: ['s3:PutObjectLegalHold', 's3:DeleteObjectVersion', 's3:PutBucketPolicy'],
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/holder' } },
  });
  expect(own).toMatchObject({ Sid: 'GuardPutObjectTagging', Effect: 'Deny', Action: 's3:PutObjectTagging' });
  expect(JSON.stringify(own)).toContain('role/holder');
});

describe('s3/public sees access control lists', () => {
  const listed = (permissions: readonly ('READ' | 'WRITE')[], block?: boolean) =>
    withBucket({
      publicAcl: {
        known: true,
        value: permissions.map((permission) => ({ to: 'everybody' as const, permission })),
        origin: { address: 'aws_s3_bucket_acl.recordings', attribute: 'acl' },
      },
      ...(block === undefined
        ? {}
        : {
            publicAccessBlock: {
              known: true as const,
              value: {
                blockPublicAcls: block,
                ignorePublicAcls: block,
                blockPublicPolicy: block,
                restrictPublicBuckets: block,
              },
              origin: { address: 'aws_s3_bucket_public_access_block.recordings' },
            },
          }),
    });
  const ofList = (facts: ReturnType<typeof listed>) =>
    findingsOf('s3/public', facts).filter(({ id }) => id.endsWith(' acl'));

  test('one that lets everybody write and delete fails', () => {
    expect(ofList(listed(['READ', 'WRITE']))).toMatchObject([{ status: 'fail' }]);
    expect(ofList(listed(['READ', 'WRITE'], false))[0]?.message).toContain('write and delete files (WRITE)');
  });
  test('one that is ignored is a warning', () =>
    expect(ofList(listed(['READ'], true))).toMatchObject([{ status: 'warn' }]));
  test('one that gives nothing says nothing', () => expect(ofList(listed([]))).toEqual([]));
});

test('s3/object-lock does not take a default event hold for a default retention', () => {
  const locked = (defaultEventHold: { days: number | null; years: number | null } | null) => ({
    ...withBucket({
      objectLock: {
        known: true,
        value: { enabled: true, defaultRetention: null, defaultEventHold },
        origin: { address: 'aws_s3_bucket_object_lock_configuration.recordings' },
      },
      versioning: { known: true, value: 'enabled', origin: { address: 'aws_s3_bucket_versioning.recordings' } },
    }),
    duties: [{ ...estate().duties[0]!, duty: 'hold' as const }],
  });
  const [finding] = findingsOf('s3/object-lock', locked({ days: 30, years: null }));
  expect(finding).toMatchObject({ status: 'warn' });
  expect(finding?.message).toContain('for 30 days after its event hold is released');
  expect(findingsOf('s3/object-lock', locked(null))).toMatchObject([{ status: 'pass' }]);
});

test('a role without any grant gets one statement for each level, with Sids of their own', () => {
  const problems = findingsOf('iam/export-actions', withRole({ identityPolicies: [] })).filter(
    ({ status }) => status === 'fail',
  );
  const added = [...new Set(problems.flatMap(({ remedy }) => statementsIn(remedy)).map((one) => JSON.stringify(one)))];
  const all = added.map((one) => JSON.parse(one) as { Sid: string; Action: string[]; Resource: string });
  expect(all.map(({ Sid }) => Sid)).toEqual(['GenesysCloudExportBucket', 'GenesysCloudExportObjects']);
  expect(all.flatMap(({ Action }) => Action)).toEqual(expect.arrayContaining(['s3:GetBucketLocation', 's3:PutObject']));
  const granted = withRole({ identityPolicies: [policyFact('granted', statements(...all))] });
  expect(findingsOf('iam/export-actions', granted).every(({ status }) => status === 'pass')).toBe(true);
});
