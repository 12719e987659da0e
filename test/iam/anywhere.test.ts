import { type AnywhereQuestion, type Decision, type PolicySource, evaluateAnywhere } from '../../src/iam';
import { BUCKET, OBJECTS, ROLE, allow, allowTo, bucket, deny, denyTo, identity, policy } from './cases/case';

const QUESTION: AnywhereQuestion = {
  action: 's3:DeleteObject',
  resource: { every: OBJECTS },
  caller: { kind: 'role', arn: ROLE, account: null },
};

const DELETE = 's3:DeleteObject';
const rows: readonly (readonly [string, readonly PolicySource[], Decision])[] = [
  ['nothing allows it', [identity(allow('s3:PutObject', '*'))], 'ImplicitlyDenied'],
  ['allowed everywhere', [identity(allow(DELETE, '*'))], 'Allowed'],
  ['allowed on one prefix', [identity(allow('s3:*', `${BUCKET}/tmp/*`))], 'Allowed'],
  ['allowed on another bucket', [identity(allow('s3:*', 'arn:aws:s3:::other/*'))], 'ImplicitlyDenied'],
  ['allowed by the bucket policy on one key', [bucket(allowTo({ AWS: ROLE }, DELETE, `${BUCKET}/a`))], 'Allowed'],
  ['denied everywhere', [identity(allow('s3:*', '*'), deny('s3:Delete*', '*'))], 'ExplicitlyDenied'],
  [
    'denied by the bucket policy',
    [identity(allow('s3:*', '*')), bucket(denyTo('*', DELETE, OBJECTS))],
    'ExplicitlyDenied',
  ],
  [
    'denied where it is allowed',
    [identity(allow(DELETE, `${BUCKET}/tmp/*`), deny(DELETE, `${BUCKET}/t*`))],
    'ExplicitlyDenied',
  ],
  ['denied on a part of what is allowed', [identity(allow('s3:*', '*'), deny(DELETE, `${BUCKET}/org/*`))], 'Allowed'],
  [
    'limited to a prefix by a boundary',
    [identity(allow('s3:*', '*')), policy('boundary', allow('*', `${BUCKET}/x/*`))],
    'Allowed',
  ],
  [
    'left out by a boundary',
    [identity(allow('s3:*', '*')), policy('boundary', allow('s3:Put*', '*'))],
    'ImplicitlyDenied',
  ],
  ['on patterns that overlap', [identity(allow(DELETE, 'arn:aws:s3:::*/private/*'))], 'Unknown'],
  ['on all but a part', [identity({ Effect: 'Allow', Action: 's3:*', NotResource: `${BUCKET}/org/*` })], 'Allowed'],
  [
    'on all but all of it',
    [identity({ Effect: 'Allow', Action: 's3:*', NotResource: `${BUCKET}/*` })],
    'ImplicitlyDenied',
  ],
  [
    'on all but a part, and denied on the rest',
    [identity({ Effect: 'Allow', Action: 's3:*', NotResource: `${BUCKET}/org/*` }, deny(DELETE, `${BUCKET}/*`))],
    'ExplicitlyDenied',
  ],
  [
    'on all but a part, and perhaps denied on the rest',
    [
      identity(
        { Effect: 'Allow', Action: 's3:*', NotResource: `${BUCKET}/org/*` },
        deny(DELETE, `${BUCKET}/*`, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': true } } }),
      ),
    ],
    'Unknown',
  ],
  [
    'denied on two parts that come to all',
    [identity(allow('s3:*', '*'), deny(DELETE, [`${BUCKET}/a*`, `${BUCKET}/*`]))],
    'ExplicitlyDenied',
  ],
  ['denied on what an expression says', [identity(allow('s3:*', '*'), deny(DELETE, '${var.where}'))], 'Unknown'],
  ['on an expression', [identity(allow(DELETE, '${var.where}'))], 'Unknown'],
  [
    'under a condition',
    [identity(allow(DELETE, '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': true } } }))],
    'Unknown',
  ],
  ['by an unseen policy', [{ name: 'managed', kind: 'identity', document: { unseen: 'by ARN' } }], 'Unknown'],
];

test.each(rows)('may delete somewhere, %s', (_name, policies, expected) => {
  const answer = evaluateAnywhere(policies, QUESTION);
  expect(answer.decision).toBe(expected);
  if (expected === 'Unknown') expect(answer.blockers).not.toEqual([]);
});
