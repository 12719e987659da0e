import { causesOf, type Finding } from '../../src/rules';

const ROLE = 'aws_iam_role.exporter';
const STATEMENT = '{"Sid":"Deny","Effect":"Deny","Action":"s3:*"}';
const policy = (text?: string) => ({
  origin: { address: 'aws_s3_bucket_policy.recordings', attribute: 'policy' },
  what: text === undefined ? 'the bucket policy recordings' : 'statement "Deny" of the bucket policy recordings',
  ...(text === undefined ? {} : { text }),
});

function finding(more: Partial<Finding> & { readonly id: string }): Finding {
  return {
    rule: 'iam/export-actions',
    status: 'fail',
    severity: 'error',
    subject: { address: ROLE },
    message: 'The role is denied s3:PutObject on all: statement "Deny" of the bucket policy recordings denies it.',
    evidence: [policy(STATEMENT)],
    remedy: `Except the role.`,
    ...more,
  };
}

const idsOf = (findings: readonly Finding[]): readonly (readonly string[])[] =>
  causesOf(findings).map(({ findings: members }) => members.map(({ id }) => id));

test('given findings that one statement decides, then they are one cause, its consequences, and one remedy', () => {
  const [cause, ...others] = causesOf([
    finding({
      id: 'warns',
      status: 'warn',
      severity: 'warn',
      message: 'The role is denied s3:AbortMultipartUpload on all.',
    }),
    finding({ id: 'errs' }),
    finding({ id: 'is unknown', status: 'unknown', message: 'Unknown whether it may tag because of a condition.' }),
  ]);

  expect(others).toEqual([]);
  expect(cause?.findings.map(({ id }) => id)).toEqual(['errs', 'is unknown', 'warns']);
  expect(cause?.headline).toBe(
    'Statement "Deny" of the bucket policy recordings denies s3:PutObject and s3:AbortMultipartUpload',
  );
  expect(cause?.consequences).toEqual([
    'The role is denied s3:PutObject on all',
    'Unknown whether it may tag',
    'The role is denied s3:AbortMultipartUpload on all',
  ]);
  expect(cause?.remedy).toBe('Except the role.');
});

test('given other statements, ignored findings, or passes, then each stands alone', () => {
  expect(
    idsOf([
      finding({ id: 'a' }),
      finding({ id: 'b', evidence: [policy('{"Effect":"Deny"}')] }),
      finding({ id: 'c', ignored: { reason: 'known', until: '2026-12-31' } }),
      finding({ id: 'd', status: 'pass' }),
      finding({ id: 'e', evidence: [] }),
      finding({ id: 'f', evidence: [] }),
    ]),
  ).toEqual([['a'], ['b'], ['c'], ['d'], ['e'], ['f']]);
});

test('given one policy that cannot be read, then all that is unknown for it is one cause, and another policy another one', () => {
  const unknown = (id: string, name: string, evidence: Finding['evidence']) =>
    finding({
      id,
      status: 'unknown',
      message: `Unknown whether ${id} because of the policy ${name}, which cannot be read: it is only known after the apply.`,
      evidence,
    });

  expect(
    idsOf([unknown('a', 'p.one', [policy()]), unknown('b', 'p.two', [policy()]), unknown('c', 'p.one', [])]),
  ).toEqual([['a', 'c'], ['b']]);
});

test('given statements that are lacking in the same place, then they are joined by resource, with distinct Sids', () => {
  const lacking = (id: string, sid: string, action: string, resource: string) =>
    finding({
      id,
      message: `The role is not allowed ${action} on ${resource}: the identity policies of the role do not allow it.`,
      evidence: [],
      remedy: `Add this statement to p:\n${JSON.stringify({ Sid: sid, Effect: 'Allow', Action: [action], Resource: resource }, null, 2)}`,
    });
  const [cause, ...others] = causesOf([
    lacking('a', 'One', 's3:PutObject', 'o'),
    lacking('b', 'Two', 's3:PutObjectAcl', 'o'),
    lacking('c', 'One', 's3:GetBucketLocation', 'b'),
  ]);

  expect(others).toEqual([]);
  expect(cause?.headline).toBe(`${ROLE} is not allowed s3:PutObject, s3:PutObjectAcl and s3:GetBucketLocation`);
  const statements = cause!.remedy
    .split('Add this statement to p:\n')
    .filter((part) => part !== '')
    .map((part) => JSON.parse(part) as { readonly Sid: string; readonly Action: readonly string[] });
  expect(statements).toMatchObject([
    { Sid: 'One', Action: ['s3:PutObject', 's3:PutObjectAcl'], Resource: 'o' },
    { Sid: 'One2', Action: ['s3:GetBucketLocation'], Resource: 'b' },
  ]);
});

test('given roles that the same statement locks out, then one remedy excepts them all', () => {
  const locked = (role: string) =>
    finding({
      id: role,
      subject: { address: role },
      remedy: `Add to the Condition of it:\n${JSON.stringify({ ArnNotEquals: { 'aws:PrincipalArn': role } }, null, 2)}`,
    });
  const [cause] = causesOf([locked('r1'), locked('r2')]);

  expect(cause?.remedy).toBe(
    `Add to the Condition of it:\n${JSON.stringify({ ArnNotEquals: { 'aws:PrincipalArn': ['r1', 'r2'] } }, null, 2)}`,
  );
});

test('given that nothing was reached, then that is the one cause of all', () => {
  const reason = 'POST /oauth/token answers ECONNREFUSED';
  const unread = (id: string, message: string) => finding({ id, status: 'unknown', evidence: [], message });
  const [cause, ...others] = causesOf([
    unread('a', `Unknown whether it is there: it could not be read: ${reason}.`),
    unread('b', `Unknown whether it may: it could not be read: ${reason}.`),
    unread('c', 'Unknown how many requests: its conversations were not counted.'),
  ]);

  expect(others).toEqual([]);
  expect(cause?.headline).toBe(`3 checks are unknown for one reason: ${reason}`);
  expect(cause?.consequences[0]).toBe('Unknown whether it is there');
  expect(cause?.remedy).toMatch(/^Make it reachable from here/);
});

describe('what could not be read live', () => {
  const unread = (id: string, reason: string) =>
    finding({
      id,
      status: 'unknown',
      evidence: [],
      message: `Unknown whether ${id}: it could not be read: ${reason}.`,
    });
  const denied = (id: string, right: string) =>
    finding({
      id,
      status: 'unknown',
      evidence: [],
      message: `Unknown whether ${id}: its policy takes ${right}, which is denied.`,
    });
  const none = (call: string, host: string) =>
    `${call} failed: no answer from https://${host}: ENOTFOUND: getaddrinfo ENOTFOUND ${host}. Check the network`;

  test.each([
    [
      'no answer, whichever call met it and whichever host of AWS it was',
      [unread('a', none('GetRole on r', 'iam.example')), unread('b', none('GetBucketPolicy on b', 's3.example'))],
      /^2 checks are unknown for one reason: no answer from https:\/\/iam\.example and https:\/\/s3\.example: /,
      /^Make it reachable/,
    ],
    [
      'an expired token',
      [
        unread('a', 'GetRole on r failed: ExpiredToken: The security token included in the request is expired'),
        unread('b', 'GetBucketPolicy on b failed: ExpiredToken: The security token included in the request is expired'),
      ],
      /^2 checks are unknown for one reason: .*ExpiredToken/,
      /^Check the credentials/,
    ],
    [
      'rights that are missing, by their names',
      [denied('a', 'iam:GetRole on arn:aws:iam::1:role/x'), denied('b', 's3:GetBucketPolicy on arn:aws:s3:::b')],
      /^2 checks are unknown for one reason: the AWS credentials of this check lack iam:GetRole and s3:GetBucketPolicy$/,
      /^Grant iam:GetRole and s3:GetBucketPolicy /,
    ],
    [
      'permissions that are missing, by their names',
      [
        unread('a', 'the OAuth client lacks recording:job:view'),
        unread('b', 'the OAuth client lacks routing:sms:view'),
      ],
      /^2 checks are unknown for one reason: the OAuth client lacks recording:job:view and routing:sms:view$/,
      /^Grant recording:job:view and routing:sms:view /,
    ],
  ])('%s: is one cause', (_name, findings, headline, remedy) => {
    const [cause, ...others] = causesOf(findings);

    expect(others).toEqual([]);
    expect(cause?.headline).toMatch(headline);
    expect(cause?.remedy).toMatch(remedy);
  });

  test('two things that are not there are two causes', () => {
    const [one, other] = ['trunk', 'integration'].map((what) =>
      unread(what, `GET /api/v2/${what} answers HTTP 404 not.found`),
    );
    expect(causesOf([one!, other!])).toHaveLength(2);
  });

  test('a finding of its own says what to do about the reason, not what it would ask for if it were broken', () => {
    const [cause] = causesOf([unread('a', 'GetRole on r failed: ExpiredToken: it is expired')]);
    expect(cause?.remedy).toBe('Check the credentials, then run the check again.');
  });
});
