/** Conditions, principals and patterns as people write them, each held against what AWS documents. */
import { evaluate, type Caller, type Decision, type RequestContext } from '../../../src/iam';
import { allow, bucket, deny, identity, OBJECTS, policy, ROLE } from '../cases/case';

const PUT = 's3:PutObject';
const CALLER: Caller = { kind: 'role', arn: ROLE, account: '111122223333' };
const Yes: Decision = 'Allowed';
const No: Decision = 'ImplicitlyDenied';
const Denied: Decision = 'ExplicitlyDenied';
const Open: Decision = 'Unknown';
type Values = RequestContext['values'];

const ask = (
  policies: Parameters<typeof evaluate>[0],
  values: Values,
  others: 'absent' | 'unknown' = 'absent',
  caller: Caller = CALLER,
) => evaluate(policies, { action: PUT, resource: { every: OBJECTS }, caller, context: { values, others } }).decision;

const MANY = { 'aws:TagKeys': ['a', 'b'] };
const conditions: readonly (readonly [condition: object, values: Values, decision: Decision])[] = [
  [{ StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } }, { 'aws:RequestedRegion': 'eu-central-1' }, Yes],
  [
    { StringEquals: { 'aws:requestedregion': ['us-east-1', 'eu-central-1'] } },
    { 'aws:RequestedRegion': 'eu-central-1' },
    Yes,
  ],
  [{ StringEquals: { 'aws:RequestedRegion': 'EU-central-1' } }, { 'aws:RequestedRegion': 'eu-central-1' }, No],
  [
    { StringEqualsIgnoreCase: { 'aws:RequestedRegion': 'EU-central-1' } },
    { 'aws:RequestedRegion': 'eu-central-1' },
    Yes,
  ],
  [{ StringLike: { 'aws:RequestedRegion': 'eu-*-?' } }, { 'aws:RequestedRegion': 'eu-central-1' }, Yes],
  [{ StringNotLike: { 'aws:RequestedRegion': ['us-*', 'ap-*'] } }, { 'aws:RequestedRegion': 'eu-central-1' }, Yes],
  [{ StringNotLike: { 'aws:RequestedRegion': ['us-*', 'eu-*'] } }, { 'aws:RequestedRegion': 'eu-central-1' }, No],
  [{ StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } }, {}, No],
  [{ StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } }, {}, Yes],
  [{ StringEqualsIfExists: { 'aws:RequestedRegion': 'eu-central-1' } }, {}, Yes],
  [{ StringEqualsIfExists: { 'aws:RequestedRegion': 'eu-central-1' } }, { 'aws:RequestedRegion': 'us-east-1' }, No],
  [{ Null: { 'aws:RequestedRegion': 'true' } }, {}, Yes],
  [{ Null: { 'aws:RequestedRegion': true } }, { 'aws:RequestedRegion': 'x' }, No],
  [{ Null: { 'aws:RequestedRegion': 'FALSE' } }, { 'aws:RequestedRegion': 'x' }, Yes],
  [{ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, {}, No],
  [{ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, {}, Yes],
  [{ Bool: { 'aws:MultiFactorAuthPresent': true } }, { 'aws:MultiFactorAuthPresent': 'true' }, Yes],
  [{ NumericLessThanEquals: { 's3:max-keys': 10 } }, { 's3:max-keys': '10' }, Yes],
  [
    { NumericGreaterThan: { 's3:object-lock-remaining-retention-days': '10' } },
    { 's3:object-lock-remaining-retention-days': '9' },
    No,
  ],
  [{ DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } }, { 'aws:CurrentTime': '2026-12-31T23:59:59Z' }, Yes],
  [{ DateGreaterThan: { 'aws:EpochTime': '1700000000' } }, { 'aws:EpochTime': '1800000000' }, Yes],
  [{ IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '2001:db8::/32'] } }, { 'aws:SourceIp': '2001:db8::1' }, Yes],
  [{ NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, { 'aws:SourceIp': '198.51.100.7' }, No],
  [{ NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, {}, Yes],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::acme-*' } }, { 'aws:SourceArn': 'arn:aws:s3:::acme-a' }, Yes],
  [{ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/exp*' } }, { 'aws:PrincipalArn': ROLE }, Yes],
  [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::1111*' } }, { 'aws:PrincipalArn': ROLE }, No],
  [
    { StringEquals: { 'aws:PrincipalTag/team': '${aws:RequestTag/team}' } },
    { 'aws:PrincipalTag/team': 'x', 'aws:RequestTag/team': 'x' },
    Yes,
  ],
  [
    { StringEquals: { 'aws:PrincipalTag/team': "${aws:RequestTag/team, 'none'}" } },
    { 'aws:PrincipalTag/team': 'none' },
    Yes,
  ],
  [{ StringEquals: { 'aws:PrincipalTag/team': '${aws:RequestTag/team}' } }, { 'aws:PrincipalTag/team': 'x' }, No],
  [{ StringLike: { 'aws:PrincipalTag/team': 'a${*}b' } }, { 'aws:PrincipalTag/team': 'axb' }, No],
  [{ StringLike: { 'aws:PrincipalTag/team': 'a${*}b' } }, { 'aws:PrincipalTag/team': 'a*b' }, Yes],
  [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b', 'c'] } }, MANY, Yes],
  [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }, MANY, No],
  [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }, {}, Yes],
  [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['b', 'z'] } }, MANY, Yes],
  [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['z'] } }, MANY, No],
  [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } }, {}, No],
  [{ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a'] } }, MANY, Yes],
  [{ 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['a'] } }, MANY, No],
  [{ StringEquals: { 'aws:TagKeys': 'a' } }, MANY, Open],
  [{ StringEquals: { a: '1' }, StringLike: { b: '2*' } }, { a: '1', b: '23' }, Yes],
  [{ StringEquals: { a: '1', b: '2' } }, { a: '1', b: '3' }, No],
  [{ BinaryEquals: { 's3:x': 'QmluYXJ5' } }, { 's3:x': 'QmluYXJ5' }, Yes],
];

describe('an Allow under a condition', () => {
  test.each(
    conditions.map(([condition, values, decision]) => ({
      name: `${JSON.stringify(condition)} for ${JSON.stringify(values)}: ${decision}`,
      condition,
      values,
      decision,
    })),
  )('$name', ({ condition, values, decision }) => {
    expect(ask([identity(allow(PUT, '*', { Condition: condition }))], values)).toBe(decision);
  });

  test.each(conditions.map(([condition]) => ({ name: JSON.stringify(condition), condition })))(
    '$name is no yes for a request of which nothing is known, as Allow or as Deny',
    ({ condition }) => {
      const asAllow = ask([identity(allow(PUT, '*', { Condition: condition }))], {}, 'unknown');
      const asDeny = ask(
        [identity(allow('*', '*')), identity(deny(PUT, '*', { Condition: condition }))],
        {},
        'unknown',
      );
      expect([asAllow, asDeny]).toEqual([Open, Open]);
    },
  );
});

const S = (statement: object): Readonly<Record<string, unknown>> => statement as Readonly<Record<string, unknown>>;
const FULL = identity(allow('s3:*', '*'));
const patterns: readonly (readonly [name: string, policies: Parameters<typeof evaluate>[0], decision: Decision])[] = [
  ['s3:Put*', [identity(allow('s3:Put*', OBJECTS))], Yes],
  ['s3:*Object', [identity(allow('s3:*Object', OBJECTS))], Yes],
  ['s3:?utObject', [identity(allow('s3:?utObject', OBJECTS))], Yes],
  ['S3:PUTOBJECT', [identity(allow('S3:PUTOBJECT', OBJECTS))], Yes],
  ['s3:PutObject with a blank', [identity(allow('s3:PutObject ', OBJECTS))], Open],
  ['*', [identity(allow('*', '*'))], Yes],
  ['NotAction s3:Get*', [identity(S({ Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }))], Yes],
  ['NotAction s3:p*', [identity(S({ Effect: 'Allow', NotAction: 's3:p*', Resource: '*' }))], No],
  [
    'NotResource of another bucket',
    [identity(S({ Effect: 'Allow', Action: PUT, NotResource: 'arn:aws:s3:::other/*' }))],
    Yes,
  ],
  [
    'NotResource of a part',
    [identity(S({ Effect: 'Allow', Action: PUT, NotResource: 'arn:aws:s3:::recordings/a/*' }))],
    No,
  ],
  ['every bucket', [identity(allow(PUT, 'arn:aws:s3:::*'))], Yes],
  ['a bucket by ?', [identity(allow(PUT, 'arn:aws:s3:::recording?/*'))], Yes],
  ['the bucket only', [identity(allow(PUT, 'arn:aws:s3:::recordings'))], No],
  ['a bucket in capitals', [identity(allow(PUT, 'arn:aws:s3:::RECORDINGS/*'))], No],
  ['another partition', [identity(allow(PUT, 'arn:aws-cn:s3:::recordings/*'))], No],
  ['two halves', [identity(allow(PUT, ['arn:aws:s3:::recordings/a*', 'arn:aws:s3:::recordings/*']))], Yes],
  ['a Deny of one file', [FULL, identity(deny(PUT, 'arn:aws:s3:::recordings/x'))], Denied],
  ['a Deny of another bucket', [FULL, identity(deny(PUT, 'arn:aws:s3:::other/*'))], Yes],
  ['a Deny by NotAction', [FULL, identity(S({ Effect: 'Deny', NotAction: ['s3:Get*'], Resource: '*' }))], Denied],
  [
    'a Deny by NotAction that leaves it out',
    [FULL, identity(S({ Effect: 'Deny', NotAction: ['s3:Put*'], Resource: '*' }))],
    Yes,
  ],
  [
    'a Deny by NotResource that leaves it out',
    [
      FULL,
      identity(
        S({ Effect: 'Deny', Action: '*', NotResource: ['arn:aws:s3:::recordings', 'arn:aws:s3:::recordings/*'] }),
      ),
    ],
    Yes,
  ],
  [
    'a Deny by NotResource',
    [FULL, identity(S({ Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::recordings' }))],
    Denied,
  ],
  ['a boundary without it', [FULL, policy('boundary', allow('s3:Get*', '*'))], No],
  ['a session policy without it', [FULL, policy('session', allow('s3:Get*', '*'))], No],
  ['a service control policy without it', [FULL, policy('scp', allow('ec2:*', '*'))], No],
  ['a service control policy that denies', [FULL, policy('scp', allow('*', '*'), deny(PUT, '*'))], Denied],
  ['a bucket policy for the role', [bucket(allow(PUT, OBJECTS, { Principal: { AWS: ROLE } }))], Yes],
  ['a bucket policy for the account', [bucket(allow(PUT, OBJECTS, { Principal: { AWS: '111122223333' } }))], No],
  ['a bucket policy for everybody', [bucket(allow(PUT, OBJECTS, { Principal: '*' }))], Yes],
  ['a bucket policy for a service', [bucket(allow(PUT, OBJECTS, { Principal: { Service: 's3.amazonaws.com' } }))], No],
  [
    'a bucket policy for a canonical user',
    [FULL, bucket(deny(PUT, OBJECTS, { Principal: { CanonicalUser: 'abc' } }))],
    Open,
  ],
  [
    'a bucket policy for an origin access identity',
    [
      FULL,
      bucket(
        deny(PUT, OBJECTS, { Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' } }),
      ),
    ],
    Yes,
  ],
  [
    'a principal with a wildcard, which AWS refuses',
    [FULL, bucket(deny(PUT, OBJECTS, { Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }))],
    Open,
  ],
  [
    'NotPrincipal of another role',
    [
      FULL,
      bucket(
        S({
          Effect: 'Deny',
          NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/other' },
          Action: PUT,
          Resource: OBJECTS,
        }),
      ),
    ],
    Denied,
  ],
  [
    'NotPrincipal of another account',
    [FULL, bucket(S({ Effect: 'Deny', NotPrincipal: { AWS: '999999999999' }, Action: PUT, Resource: OBJECTS }))],
    Denied,
  ],
  [
    'NotPrincipal of the role alone',
    [FULL, bucket(S({ Effect: 'Deny', NotPrincipal: { AWS: ROLE }, Action: PUT, Resource: OBJECTS }))],
    Open,
  ],
];
test.each(patterns)('%s', (_, policies, decision) => {
  expect(ask(policies, {})).toBe(decision);
});
