/** Everybody who can lift a hold is named, with the path; what is not seen is unknown. */
import type { Facts, PrincipalFact, RoleFact } from '../../src/facts';
import { Ways } from '../../src/rules/release/ways';
import {
  allow,
  BUCKET_ARN,
  bucket,
  deny,
  duty,
  estate,
  findingsOf,
  OBJECTS_ARN,
  policyFact,
  role,
  seen,
  statements,
  trust,
} from './estate';

const RULE = 'iam/who-can-release';
const ACCOUNT = '111122223333';
const arnOf = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const trusting = (Principal: object, more: object = {}) =>
  trust({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });
const SERVICE = trusting({ Service: 'lambda.amazonaws.com' });

const principal = (name: string, policies: readonly object[], change: Partial<RoleFact> = {}): PrincipalFact => ({
  ...role({
    address: `aws_iam_role.${name}`,
    name: seen(name),
    arn: seen(arnOf(name)),
    accountId: seen(ACCOUNT),
    identityPolicies: policies.length === 0 ? [] : [policyFact(`aws_iam_role_policy.${name}`, statements(...policies))],
    trustPolicy: SERVICE,
    ...change,
  }),
  kind: 'role',
});

const HOLDER = principal('holder', [
  allow('s3:PutObjectLegalHold', OBJECTS_ARN, { Condition: { StringEquals: { 's3:object-lock-legal-hold': 'ON' } } }),
]);
const RELEASER = principal('releaser', [allow('s3:PutObjectLegalHold', OBJECTS_ARN)], {
  trustPolicy: trusting({ AWS: arnOf('counsel') }),
});

/** Everybody of the account is seen, unless it is said that there are others. */
const withPrincipals = (all: readonly PrincipalFact[], change: Partial<Facts> = {}): Facts =>
  estate({
    moment: 'plan',
    principals: { seen: all, others: null },
    duties: [
      duty('hold', { role: seen('aws_iam_role.holder') }),
      duty('release', { role: seen('aws_iam_role.releaser') }),
    ],
    ...change,
  });

const answerTo = (facts: Facts) => {
  const found = findingsOf(RULE, facts);
  expect(found).toHaveLength(1);
  return found[0]!;
};
const beside = (...all: readonly PrincipalFact[]) => answerTo(withPrincipals([HOLDER, RELEASER, ...all]));

describe('nobody but those who are there for releasing', () => {
  test('passes when all of the account was looked at, and names them', () => {
    const answer = beside();
    expect(answer.status).toBe('pass');
    expect(answer.message).toContain('aws_iam_role.releaser (can take holds off (s3:PutObjectLegalHold))');
    expect(answer.message).toContain(`${arnOf('counsel')} (assumes aws_iam_role.releaser`);
  });

  test('is unknown, and says what is missing, when others were not looked at', () => {
    const others = { known: false, why: 'roles that the plan does not manage', origin: { address: 'x' } } as const;
    const facts = withPrincipals([HOLDER, RELEASER], { principals: { seen: [HOLDER, RELEASER], others } });
    expect(answerTo(facts)).toMatchObject({
      status: 'unknown',
      id: 'iam/who-can-release aws_s3_bucket.recordings others',
      message: expect.stringContaining('roles that the plan does not manage') as string,
    });
  });

  test('says nothing where nothing is held', () => {
    expect(findingsOf(RULE, withPrincipals([RELEASER], { duties: [duty('export')] }))).toEqual([]);
  });
});

describe('names who can lift holds, or rewrite what prevents it', () => {
  test.each([
    ['s3:PutObjectLegalHold', OBJECTS_ARN],
    ['s3:BypassGovernanceRetention', '*'],
    ['s3:DeleteObjectVersion', OBJECTS_ARN],
    ['s3:PutBucketPolicy', BUCKET_ARN],
    ['s3:DeleteBucketPolicy', BUCKET_ARN],
    ['s3:PutBucketObjectLockConfiguration', BUCKET_ARN],
    ['s3:PutLifecycleConfiguration', 'arn:aws:s3:::rec*'],
    ['s3:PutBucketVersioning', BUCKET_ARN],
  ])('%s', (action, resource) => {
    const answer = beside(principal('deploy', [allow(action, resource)]));
    expect(answer).toMatchObject({ status: 'warn', id: 'iam/who-can-release aws_s3_bucket.recordings' });
    expect(answer.message).toContain('aws_iam_role.deploy (can ');
    expect(answer.message).toContain(`(${action})`);
    expect(answer.evidence.map(({ origin }) => origin.address)).toEqual(['aws_iam_role_policy.deploy']);
    expect(answer.remedy).toContain(`Take ${action} from aws_iam_role.deploy`);
  });

  test('not on another bucket, and not what the bucket policy denies', () => {
    const other = principal('other', [allow('s3:*', ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'])]);
    expect(beside(other).status).toBe('pass');
    const admin = principal('admin', [allow('s3:*', '*')]);
    const guard = deny('s3:*', [BUCKET_ARN, OBJECTS_ARN], {
      Principal: '*',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': arnOf('releaser') } },
    });
    const guarded = { buckets: [bucket({ policies: [policyFact('aws_s3_bucket_policy.guard', statements(guard))] })] };
    expect(beside(admin).status).toBe('warn');
    expect(answerTo(withPrincipals([HOLDER, RELEASER, admin], guarded)).status).toBe('pass');
  });

  test('a user', () => {
    const user: PrincipalFact = {
      ...principal('x', [allow('s3:PutObjectLegalHold', OBJECTS_ARN)]),
      kind: 'user',
      address: 'aws_iam_user.alice',
      arn: seen(`arn:aws:iam::${ACCOUNT}:user/alice`),
      trustPolicy: null,
    };
    expect(beside(user).message).toContain('aws_iam_user.alice (can take holds off');
  });

  test('the key of the bucket', () => {
    const facts = withPrincipals(
      [
        HOLDER,
        RELEASER,
        principal('keys', [allow('kms:ScheduleKeyDeletion', 'arn:aws:kms:us-east-1:111122223333:key/k')]),
      ],
      {
        buckets: [
          bucket({ encryption: seen({ algorithm: 'aws:kms', kmsKey: 'k', keyAddress: 'aws_kms_key.recordings' }) }),
        ],
        keys: [
          {
            address: 'aws_kms_key.recordings',
            arn: seen('arn:aws:kms:us-east-1:111122223333:key/k'),
            accountId: seen(ACCOUNT),
            policy: policyFact(
              'aws_kms_key.recordings',
              statements(allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })),
            ),
          },
        ],
      },
    );
    expect(answerTo(facts).message).toContain('aws_iam_role.keys (can delete the key (kms:ScheduleKeyDeletion))');
  });

  test('principals that only the bucket policy names', () => {
    const opened = allow('s3:PutObjectLegalHold', OBJECTS_ARN, { Principal: { AWS: '444455556666' } });
    const facts = withPrincipals([HOLDER, RELEASER], {
      buckets: [bucket({ policies: [policyFact('aws_s3_bucket_policy.open', statements(opened))] })],
    });
    expect(answerTo(facts).message).toContain('the account 444455556666 (can take holds off');
  });
});

describe('follows the ways to those who can', () => {
  test('a chain of two roles', () => {
    const one = principal('first', [allow('sts:AssumeRole', arnOf('second'))]);
    const two = principal('second', [allow('sts:AssumeRole', arnOf('releaser'))], {
      trustPolicy: trusting({ AWS: arnOf('first') }),
    });
    const trusted = { ...RELEASER, trustPolicy: trusting({ AWS: `arn:aws:iam::${ACCOUNT}:root` }) };
    const answer = answerTo(withPrincipals([HOLDER, trusted, one, two]));
    expect(answer.status).toBe('warn');
    expect(answer.message).toContain('aws_iam_role.second (assumes aws_iam_role.releaser, which can take holds off');
    expect(answer.message).toContain(
      'aws_iam_role.first (assumes aws_iam_role.second, which assumes aws_iam_role.releaser, which can take holds off (s3:PutObjectLegalHold))',
    );
    expect(answer.remedy).toContain('Take sts:AssumeRole on aws_iam_role.second from aws_iam_role.first');
  });

  test('not where the trust policy does not agree', () => {
    expect(beside(principal('first', [allow('sts:AssumeRole', '*')])).status).toBe('pass');
  });

  test.each([
    ['iam:PutRolePolicy', arnOf('releaser')],
    ['iam:AttachRolePolicy', arnOf('rel*')],
    ['iam:UpdateAssumeRolePolicy', arnOf('releaser')],
  ])('whoever may rewrite a release role: %s', (action, resource) => {
    const answer = beside(principal('ci', [allow(action, resource)]));
    expect(answer.status).toBe('warn');
    expect(answer.message).toContain(`aws_iam_role.ci (rewrites aws_iam_role.releaser (${action}), which can take`);
  });

  test('whoever may rewrite its managed policy', () => {
    const managed = policyFact('aws_iam_policy.release', statements(allow('s3:PutObjectLegalHold', OBJECTS_ARN)));
    const releaser = { ...RELEASER, identityPolicies: [managed] };
    const ci = principal('ci', [allow('iam:CreatePolicyVersion', '${aws_iam_policy.release.arn}')]);
    expect(answerTo(withPrincipals([HOLDER, releaser, ci])).message).toContain('(iam:CreatePolicyVersion)');
  });

  test('whoever may rewrite itself', () => {
    const answer = beside(principal('self', [allow('iam:PutRolePolicy', arnOf('self'))]));
    expect(answer.message).toContain('aws_iam_role.self (rewrites itself (iam:PutRolePolicy))');
  });

  test('whoever may pass such a role to a service, where the role trusts one', () => {
    const passing = principal('builder', [allow('iam:PassRole', '*')]);
    expect(beside(passing).status).toBe('pass');
    const releaser = { ...RELEASER, trustPolicy: SERVICE };
    expect(answerTo(withPrincipals([HOLDER, releaser, passing])).message).toContain(
      'aws_iam_role.builder (passes aws_iam_role.releaser to a service (iam:PassRole), which can take holds off',
    );
  });
});

describe('unknown is not harmless', () => {
  test('a policy that cannot be read', () => {
    const hidden = principal('hidden', [], { identityPolicies: [policyFact('attached', null)] });
    const answer = beside(hidden);
    expect(answer.status).toBe('unknown');
    expect(answer.message).toContain('aws_iam_role.hidden');
    expect(answer.message).toContain('attached');
  });

  test('a condition of which nothing is known', () => {
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    const answer = beside(principal('mfa', [allow('s3:PutBucketPolicy', BUCKET_ARN, { Condition })]));
    expect(answer.status).toBe('unknown');
    expect(answer.message).toContain('aws:MultiFactorAuthPresent');
  });

  test('a trust policy that cannot be read', () => {
    const releaser = { ...RELEASER, trustPolicy: policyFact('trust', null) };
    const one = principal('first', [allow('sts:AssumeRole', arnOf('releaser'))]);
    expect(answerTo(withPrincipals([HOLDER, releaser, one])).status).toBe('unknown');
  });

  test('who is named by a sure path is named as sure, and the rest as unknown', () => {
    const hidden = principal('hidden', [], { identityPolicies: [policyFact('attached', null)] });
    const answer = beside(hidden, principal('deploy', [allow('s3:*', '*')]));
    expect(answer.status).toBe('warn');
    expect(answer.message).toMatch(
      /^1 principal beside the release role .*aws_iam_role\.deploy.* Unknown: aws_iam_role\.hidden/,
    );
  });
});

test('given roles of many matters, then only those that may take a role on or rewrite one are asked about each of the others', () => {
  const deployer = principal('deployer', [allow('sts:AssumeRole', '*')]);
  const writer = principal('writer', [allow('s3:PutObject', OBJECTS_ARN)]);

  const { climbing } = new Ways(withPrincipals([HOLDER, RELEASER, writer, deployer]));

  expect([...climbing]).toEqual([deployer]);
});
