/** Rights by which a role that exports could delete recordings or rewrite what protects them. */
import * as e from './estate';
import { table, type Case } from './table';

const own = (...statements: readonly object[]) =>
  e.kept(e.ROLE_POLICY, e.rolePolicy(...statements), {
    given: { name: e.constant('export'), role: e.refers(`${e.ROLE}.id`, e.ROLE), policy: {} },
  });

const POWER: e.Expected = { 'iam/least-privilege': 'warn', others: '' };
const powers: readonly Case[] = [
  ...[
    's3:DeleteObject',
    's3:DeleteObjectVersion',
    's3:PutObjectLegalHold',
    's3:PutObjectRetention',
    's3:BypassGovernanceRetention',
    's3:Delete*',
    's3:*',
    '*',
    's3:PutObject*',
    's3:DELETEOBJECT',
    's3:Delete?bject',
  ].map((action): Case => [action, [own(...e.GRANTS, e.allow(action, e.OBJECTS))], POWER]),
  ...[
    's3:PutBucketPolicy',
    's3:DeleteBucketPolicy',
    's3:PutBucketVersioning',
    's3:PutLifecycleConfiguration',
    's3:PutReplicationConfiguration',
    's3:PutBucketObjectLockConfiguration',
    's3:PutBucketPublicAccessBlock',
    's3:DeleteBucket',
    's3:PutBucket*',
  ].map((action): Case => [action, [own(...e.GRANTS, e.allow(action, e.ARN))], POWER]),
  ...[
    'kms:ScheduleKeyDeletion',
    'kms:PutKeyPolicy',
    'kms:DisableKey',
    'kms:*',
    'iam:PutRolePolicy',
    'iam:AttachRolePolicy',
    'iam:CreatePolicyVersion',
    'iam:*',
    'iam:PassRole',
    'sts:AssumeRole',
    'kms:CreateGrant',
    's3:PutAccountPublicAccessBlock',
    's3:PutAccessPointPolicy',
    's3:CreateJob',
  ].map((action): Case => [
    action,
    [own(...e.GRANTS, e.allow(action, '*'))],
    { 'iam/least-privilege': 'warn|clean', others: '' },
  ]),
  ['on one object only', [own(...e.GRANTS, e.allow('s3:DeleteObjectVersion', `${e.ARN}/a/b.wav`))], POWER],
  ['on every bucket', [own(...e.GRANTS, e.allow('s3:DeleteObject', 'arn:aws:s3:::*/*'))], POWER],
  ['on buckets that begin so', [own(...e.GRANTS, e.allow('s3:DeleteObject', 'arn:aws:s3:::acme-*/*'))], POWER],
  ['NotAction', [own(...e.GRANTS, { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })], POWER],
  ['NotResource', [own(...e.GRANTS, { Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::web/*' })], POWER],
  [
    'NotResource within the bucket',
    [own(...e.GRANTS, { Effect: 'Allow', Action: 's3:DeleteObject', NotResource: `${e.ARN}/hold/*` })],
    POWER,
  ],
  [
    'a Deny of a part',
    [
      own(...e.GRANTS, e.allow('s3:DeleteObject', e.OBJECTS), {
        Effect: 'Deny',
        Action: 's3:DeleteObject',
        Resource: `${e.ARN}/hold/*`,
      }),
    ],
    POWER,
  ],
  [
    'on another bucket',
    [own(...e.GRANTS, e.allow('s3:Delete*', 'arn:aws:s3:::web/*'))],
    { others: '', 'iam/least-privilege': 'clean' },
  ],
  [
    'denied as a whole',
    [own(...e.GRANTS, e.allow('s3:DeleteObject*', e.OBJECTS), { Effect: 'Deny', Action: 's3:Delete*', Resource: '*' })],
    { others: '', 'iam/least-privilege': 'clean' },
  ],
];

table('too much:', powers);
