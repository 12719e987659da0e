import { evaluate, parseDocument, readPolicy, type Caller, type PolicyKind, type PolicySource } from '../../src/iam';
import { allow, bucket, deny, identity, OBJECTS, policy } from './cases/case';

const PUT = 's3:PutObject';
const FULL = identity(allow('s3:*', '*'));
const CALLER: Caller = { kind: 'role', arn: 'arn:aws:iam::111122223333:role/svc/exporter', account: '111122223333' };

const decide = (policies: readonly PolicySource[], caller: Caller = CALLER): string =>
  evaluate(policies, { action: PUT, resource: { every: OBJECTS }, caller }).decision;

describe('what cannot be read is never negated into a yes', () => {
  test.each([
    ['NumericNotEquals', { NumericNotEquals: { 's3:max-keys': 'abc' } }, { 's3:max-keys': '5' }],
    ['ArnNotLike', { ArnNotLike: { 'aws:PrincipalArn': 'arn:*' } }, { 'aws:PrincipalArn': 'arn:aws:iam::1:role/x' }],
    ['NotIpAddress', { NotIpAddress: { 'aws:SourceIp': 'bogus' } }, { 'aws:SourceIp': '192.0.2.1' }],
  ])('%s on a value that cannot be read', (_, Condition, values) => {
    const answer = evaluate([identity(allow(PUT, '*', { Condition }))], {
      action: PUT,
      resource: { every: OBJECTS },
      context: { values, others: 'unknown' },
    });
    expect(answer.decision).toBe('Unknown');
  });

  test('NotResource with a variable that the request does not have', () => {
    const statement = { Effect: 'Allow', Action: PUT, NotResource: 'arn:aws:s3:::${aws:username}/*' };
    const answer = evaluate([identity(statement)], {
      action: PUT,
      resource: { every: OBJECTS },
      context: { values: {}, others: 'absent' },
    });
    expect(answer.decision).not.toBe('Allowed');
  });

  test('ForAnyValue with IfExists where the key is absent', () => {
    const Condition = { 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': 'a' } };
    const answer = evaluate([identity(allow(PUT, '*', { Condition }))], {
      action: PUT,
      resource: { every: OBJECTS },
      context: { values: {}, others: 'absent' },
    });
    expect(answer.decision).toBe('Unknown');
  });
});

describe('principals', () => {
  test.each(['${local.account_arn}:root', '11112222${var.rest}'])('a Deny for %s may mean the account', (AWS) => {
    expect(decide([FULL, bucket(deny(PUT, OBJECTS, { Principal: { AWS } }))])).toBe('Unknown');
  });

  test('a session is its role, whatever the path of that', () => {
    const session: Caller = {
      kind: 'role',
      arn: 'arn:aws:iam::111122223333:role/exporter',
      account: '111122223333',
      session: 'arn:aws:sts::111122223333:assumed-role/exporter/job1',
    };
    const Principal = { AWS: 'arn:aws:iam::111122223333:role/svc/exporter' };
    expect(decide([FULL, bucket(deny(PUT, OBJECTS, { Principal }))], session)).toBe('ExplicitlyDenied');
  });

  test('a Deny with NotPrincipal always applies to a role with a permissions boundary', () => {
    const all = ['arn:aws:iam::111122223333:role/svc/exporter', '111122223333'];
    const statement = { Effect: 'Deny', NotPrincipal: { AWS: all }, Action: PUT, Resource: OBJECTS };
    const boundary = policy('boundary', allow('*', '*'));
    expect(decide([FULL, bucket(statement), boundary])).toBe('ExplicitlyDenied');
    expect(decide([FULL, bucket(statement)])).toBe('Unknown');
  });
});

test('identity and bucket policy may each allow one half', () => {
  const half = identity({ Effect: 'Allow', Action: PUT, NotResource: 'arn:aws:s3:::recordings/b*' });
  const halves = [identity(allow(PUT, 'arn:aws:s3:::recordings/a*')), half];
  const Principal = { AWS: CALLER.arn };
  const other = bucket(allow(PUT, 'arn:aws:s3:::recordings/*', { Principal }));
  expect(decide([halves[0]!, other])).toBe('Allowed');
  expect(decide([half, bucket(allow(PUT, 'arn:aws:s3:::recordings/b*', { Principal }))])).not.toBe('ImplicitlyDenied');
});

describe('what AWS refuses is said, not used as it stands', () => {
  const problemsOf = (Statement: unknown, kind: PolicyKind = 'identity'): string => {
    const read = readPolicy({ name: 'p', kind, document: { Version: '2012-10-17', Statement } as object });
    return read.seen ? '' : read.why;
  };
  const one = { Effect: 'Allow', Action: PUT, Resource: OBJECTS };

  test.each([
    [
      'a Sid that stands twice',
      [
        { Sid: 'A', ...one },
        { Sid: 'A', ...one },
      ],
      'stands twice',
    ],
    ['a Sid with a hyphen in a role policy', [{ Sid: 'a-b', ...one }], 'letters and digits'],
    ['NotPrincipal with Allow', [{ ...one, NotPrincipal: '*' }], 'NotPrincipal'],
    ['a resource that is not an ARN', [{ ...one, Resource: 'recordings/*' }], 'not a resource'],
    [
      'a condition key in two spellings',
      [{ ...one, Condition: { StringEquals: { 'aws:SourceIp': 'a', 'AWS:SourceIP': 'b' } } }],
      'without regard to case',
    ],
  ])('%s', (_, statements, why) => expect(problemsOf(statements)).toContain(why));

  const toAll = { ...one, Principal: '*' };
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole' };
  const kinds: readonly (readonly [string, PolicyKind, object, string])[] = [
    ['a principal that is none', 'bucket', { ...one, Principal: { AWS: 'user/anna' } }, 'is not a principal'],
    ['a bucket for a principal', 'bucket', { ...one, Principal: { AWS: 'arn:aws:s3:::b' } }, 'is not a principal'],
    [
      'a group for a principal',
      'trust',
      { ...trust, Principal: { AWS: 'arn:aws:iam::111122223333:group/g' } },
      'is not',
    ],
    ['a principal with a wildcard', 'trust', { ...trust, Principal: { AWS: 'arn:aws:iam::*:root' } }, 'wildcard'],
    ['nobody', 'bucket', { ...one, Principal: {} }, 'names nobody'],
    ['an action of KMS in a bucket policy', 'bucket', { ...toAll, Action: 'kms:Decrypt' }, 'of s3 only'],
    ['an action of S3 in a trust policy', 'trust', { ...trust, Action: PUT, Principal: '*' }, 'of sts only'],
    ['a Sid with a space in a trust policy', 'trust', { ...trust, Sid: 'a b', Principal: '*' }, 'letters and digits'],
    [
      'an action of objects on the bucket only, in a bucket policy',
      'bucket',
      { ...toAll, Resource: 'arn:aws:s3:::recordings' },
      'applies to none of the resources',
    ],
    [
      'an action of buckets on objects only, in a bucket policy',
      'bucket',
      { ...toAll, Action: ['s3:ListBucket', PUT] },
      's3:ListBucket applies to none',
    ],
  ];
  test.each(kinds)('%s', (_, kind, statement, why) => {
    expect(problemsOf(statement, kind)).toContain(why);
    const source = { name: 'p', kind, document: { Version: '2012-10-17', Statement: statement } };
    const action = kind === 'trust' ? 'sts:AssumeRole' : PUT;
    const { decision, blockers } = evaluate([FULL, source], { action, resource: { every: OBJECTS }, caller: CALLER });
    expect({ decision, refused: blockers.some((blocker) => blocker.kind === 'policy' && blocker.refused) }).toEqual({
      decision: 'Unknown',
      refused: true,
    });
  });

  test.each<readonly [string, PolicyKind, object]>([
    ['the id that stands for a deleted role', 'bucket', { ...one, Principal: { AWS: 'AROAEXAMPLEEXAMPLE123' } }],
    ['a session', 'bucket', { ...one, Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/r/s' } }],
    ['an expression', 'bucket', { ...one, Principal: { AWS: '${aws_iam_role.r.arn}' } }],
    ['a Sid with spaces, in a bucket policy', 'bucket', { ...toAll, Sid: 'Allow all of them' }],
    [
      'bucket and objects together',
      'bucket',
      { ...toAll, Action: ['s3:ListBucket', PUT], Resource: [OBJECTS, 'arn:aws:s3:::recordings'] },
    ],
    ['an action of objects on an expression', 'bucket', { ...toAll, Resource: '${var.arn}' }],
  ])('taken: %s', (_, kind, statement) => expect(problemsOf(statement, kind)).toBe(''));

  test('a JSON key that stands twice', () => {
    const text =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}';
    const parsed = parseDocument(text);
    expect(parsed.ok ? [] : parsed.problems.map(({ message }) => message)).toEqual([
      'The key "Effect" stands twice in one object.',
    ]);
  });

  test('keys of different objects may be the same', () => {
    const text =
      '{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"b","Effect":"Allow","Action":"*","Resource":"*"}]}';
    expect(parseDocument(text).ok).toBe(true);
  });
});
