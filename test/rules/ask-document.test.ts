import { askDocument } from '../../src/rules';
import { GENESYS_TRUST, OBJECTS_ARN, allow, deny, statements } from './estate';

const ROLE = 'arn:aws:iam::111122223333:role/exporter';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/k';
const TAG = 's3:PutObjectTagging';
const ask = (statement: object | readonly object[], action = TAG, resource = OBJECTS_ARN, principal?: string) =>
  askDocument({
    document: JSON.stringify(statements(...[statement].flat())),
    action,
    resource,
    ...(principal === undefined ? {} : { principal }),
  });
const decision = (...asked: Parameters<typeof ask>): string => {
  const answer = ask(...asked);
  return answer.ok ? answer.decision : answer.message;
};
const ACCOUNT_TRUST = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' };
const toWhom = (Principal: unknown, Action: string, more: object = {}) => allow(Action, '*', { Principal, ...more });

describe('an identity policy', () => {
  test.each([
    ['allows', allow(TAG, OBJECTS_ARN), 'Allowed'],
    ['allows a part', allow(TAG, `${OBJECTS_ARN.slice(0, -1)}org/*`), 'ImplicitlyDenied'],
    ['denies a part', [allow('s3:*', '*'), deny(TAG, `${OBJECTS_ARN.slice(0, -1)}org/*`)], 'ExplicitlyDenied'],
    ['allows something else', allow('s3:GetObject', '*'), 'ImplicitlyDenied'],
    [
      'allows under a condition',
      allow(TAG, '*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
      'Unknown',
    ],
    [
      'denies what is not TLS',
      [allow(TAG, '*'), deny('*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
      'Allowed',
    ],
  ])('that %s', (_what, statement, expected) => {
    expect(decision(statement)).toBe(expected);
  });

  test('says which statement decides', () => {
    expect(ask(deny(TAG, '*', { Sid: 'NoTags' }))).toMatchObject({
      reason: `${TAG} on every ${OBJECTS_ARN} is denied by statement "NoTags" of the identity policy given.`,
    });
    expect(ask(allow(TAG, '*', { Condition: { StringEquals: { 'aws:SourceVpce': 'v' } } }))).toMatchObject({
      reason: expect.stringContaining('the condition StringEquals on aws:SourceVpce') as unknown,
    });
  });

  test.each([
    ['kms:Decrypt', KEY, 'the key policy'],
    ['sts:AssumeRole', ROLE, 'the trust policy'],
  ])('for %s takes %s for granted, and does not name it', (action, resource) => {
    expect(ask(allow(action, '*'), action, resource)).toEqual({
      ok: true,
      decision: 'Allowed',
      reason: `${action} on ${resource} is allowed by statement 1 of the identity policy given.`,
    });
    expect(decision(allow('s3:*', '*'), action, resource)).toBe('ImplicitlyDenied');
  });

  test('is not asked about a name that is not an action, even if it allows everything', () => {
    expect(ask(allow('s3:*', '*'), 's3:PutObjectTaging')).toEqual({
      ok: true,
      decision: 'Unknown',
      reason: expect.stringMatching(
        /not an action of AWS.* 20\d\d-.* s3:PutObjectTagging was probably meant\.$/,
      ) as unknown,
    });
  });
});

describe('a policy with principals', () => {
  test.each([
    ['everyone, nobody in particular', toWhom('*', TAG), TAG, OBJECTS_ARN, undefined, 'Allowed'],
    ['a role, nobody in particular', toWhom({ AWS: ROLE }, TAG), TAG, OBJECTS_ARN, undefined, 'Unknown'],
    ['a role, that role', toWhom({ AWS: ROLE }, TAG), TAG, OBJECTS_ARN, ROLE, 'Allowed'],
    ['a role, another one', toWhom({ AWS: ROLE }, TAG), TAG, OBJECTS_ARN, `${ROLE}2`, 'ImplicitlyDenied'],
    [
      'a role, its session',
      toWhom({ AWS: ROLE }, TAG),
      TAG,
      OBJECTS_ARN,
      'arn:aws:sts::111122223333:assumed-role/exporter/s',
      'Allowed',
    ],
    [
      'a key’s account, that account',
      toWhom({ AWS: '111122223333' }, 'kms:*'),
      'kms:Decrypt',
      KEY,
      '111122223333',
      'Allowed',
    ],
    ['a key’s account, a role in it', toWhom({ AWS: '111122223333' }, 'kms:*'), 'kms:Decrypt', KEY, ROLE, 'Allowed'],
    [
      'a key’s account, a role of another one',
      toWhom({ AWS: '111122223333' }, 'kms:*'),
      'kms:Decrypt',
      KEY,
      'arn:aws:iam::444455556666:role/exporter',
      'ImplicitlyDenied',
    ],
    ['a bucket’s account, a role in it', toWhom({ AWS: '111122223333' }, TAG), TAG, OBJECTS_ARN, ROLE, 'Allowed'],
    ['a trusted account, a role in it', ACCOUNT_TRUST, 'sts:AssumeRole', ROLE, `${ROLE}2`, 'Allowed'],
    [
      'a service',
      toWhom({ Service: 'logging.s3.amazonaws.com' }, 's3:PutObject'),
      's3:PutObject',
      OBJECTS_ARN,
      'logging.s3.amazonaws.com',
      'Allowed',
    ],
    [
      'trust without the external id known',
      GENESYS_TRUST,
      'sts:AssumeRole',
      ROLE,
      'arn:aws:iam::765628985471:root',
      'Unknown',
    ],
    ['trust, another account', GENESYS_TRUST, 'sts:AssumeRole', ROLE, '999999999999', 'ImplicitlyDenied'],
  ])('for %s', (_what, statement, action, resource, principal, expected) => {
    expect(decision(statement, action, resource, principal)).toBe(expected);
  });
});

describe('every sentence about a policy with principals is whole', () => {
  const reason = (statement: object, action: string, resource: string, principal: string): string => {
    const answer = askDocument({ document: JSON.stringify(statements(statement)), action, resource, principal });
    return answer.ok ? answer.reason : answer.message;
  };

  test.each([
    ['bucket', toWhom({ AWS: ROLE }, TAG), TAG, OBJECTS_ARN],
    ['key', toWhom({ AWS: ROLE }, 'kms:Decrypt'), 'kms:Decrypt', KEY],
    ['trust', ACCOUNT_TRUST, 'sts:AssumeRole', ROLE],
  ])('a %s policy that does not allow the principal', (kind, statement, action, resource) => {
    const words = reason(statement, action, resource, 'arn:aws:iam::444455556666:role/other');
    expect(words).toMatch(new RegExp(`is not allowed: no statement of the ${kind} policy allows it\\.$`));
  });

  test('a policy that names the account only says that the account decides', () => {
    const words = reason(toWhom({ AWS: '111122223333' }, 'kms:*'), 'kms:Decrypt', KEY, ROLE);
    expect(words).toContain('the policies of the principal have to allow it, too');
    expect(reason(toWhom({ AWS: ROLE }, 'kms:*'), 'kms:Decrypt', KEY, ROLE)).not.toContain('names the account');
  });
});

describe('what nobody can work with is named', () => {
  const good = { document: JSON.stringify(statements(allow(TAG, '*'))), action: TAG, resource: OBJECTS_ARN };

  test.each([
    ['no JSON', { document: 'Allow' }, 'document', 'not JSON'],
    ['no policy', { document: '{"Statement":{"Effect":"allow"}}' }, 'document', 'Effect is "Allow" or "Deny"'],
    ['a pattern of actions', { action: 's3:Put*' }, 'action', '"s3:Put*" is not one action'],
    ['an action without service', { action: 'PutObject' }, 'action', 'service:Action'],
    ['the name of a bucket', { resource: 'recordings' }, 'resource', 'is not an ARN'],
    ['a name for a principal', { principal: 'exporter' }, 'principal', 'is not a principal that can be asked about'],
    [
      'another kind of ARN',
      { principal: 'arn:aws:iam::111122223333:group/g' },
      'principal',
      'is not a principal that can be asked about',
    ],
  ])('%s', (_what, change, fault, words) => {
    const answer = askDocument({ ...good, ...change });
    expect(answer).toMatchObject({ ok: false, fault });
    expect(answer.ok ? '' : answer.message).toContain(words);
  });
});

describe('asks nothing that no request asks', () => {
  const ask = (Resource: string, action: string, resource: string) =>
    askDocument({
      document: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource } }),
      action,
      resource,
    });

  test('an action of objects on the ARN of a bucket', () => {
    expect(ask('arn:aws:s3:::recordings', 's3:PutObjectTagging', 'arn:aws:s3:::recordings')).toMatchObject({
      decision: 'ImplicitlyDenied',
      reason: expect.stringContaining('arn:aws:s3:::recordings/*') as string,
    });
  });

  test('an action of the bucket on the ARN of objects', () => {
    expect(ask('*', 's3:GetBucketLocation', 'arn:aws:s3:::recordings/a.wav')).toMatchObject({
      decision: 'ImplicitlyDenied',
    });
  });
});

test('conditions on the principal that was given are decided', () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::recordings/*',
      Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
    },
  });
  const question = { document, action: 's3:PutObject', resource: 'arn:aws:s3:::recordings/*' };
  expect(askDocument({ ...question, principal: 'arn:aws:iam::111122223333:role/exporter' })).toMatchObject({
    decision: 'Allowed',
  });
  expect(askDocument({ ...question, principal: 'arn:aws:iam::444455556666:role/exporter' })).toMatchObject({
    decision: 'ImplicitlyDenied',
  });
});
