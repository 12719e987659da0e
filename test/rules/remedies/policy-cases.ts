/** Mistakes in policies. Their remedies are statements and conditions to paste. */
import type { BucketFact, Facts, KeyFact, PolicyFact, RoleFact } from '../../../src/facts';
import type { RuleId } from '../../../src/rules';
import {
  allow,
  bucket,
  BUCKET_ARN,
  deny,
  duty,
  estate,
  EXPORT_ACTIONS,
  GENESYS_TRUST,
  OBJECTS_ARN,
  policyFact,
  role,
  seen,
  statements,
  TAGGING,
  trust,
} from '../estate';
import { followPolicies } from './follow-policies';
import type { RemedyCase } from './remedy-case';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/5f0e1d2c';
const ROLE_ARN = 'arn:aws:iam::111122223333:role/exporter';

const withPolicies = (...identityPolicies: readonly PolicyFact[]): Facts =>
  estate({ roles: [role({ identityPolicies })] });
const withRole = (change: Partial<RoleFact>): Facts => estate({ roles: [role(change)] });
const withBucketPolicy = (...all: readonly object[]): Facts =>
  estate({ buckets: [bucket({ policies: [policyFact('aws_s3_bucket_policy.guard', statements(...all))] })] });
/** The same for a role whose ARN is known. */
const guarded = (...all: readonly object[]): Facts => ({
  ...withBucketPolicy(...all),
  roles: [role({ arn: seen(ROLE_ARN), accountId: seen('111122223333') })],
});
/** The role as it should be, with a policy more. */
const more = (...all: readonly object[]): Facts =>
  withPolicies(EXPORT_ACTIONS, TAGGING, policyFact('aws_iam_role_policy.more', statements(...all)));

const encrypted = (identity: readonly PolicyFact[], keyPolicy: object): Facts => {
  const encryption: BucketFact['encryption'] = seen({
    algorithm: 'aws:kms',
    kmsKey: KEY,
    keyAddress: 'aws_kms_key.recordings',
  });
  const key: KeyFact = {
    address: 'aws_kms_key.recordings',
    arn: seen(KEY),
    accountId: seen('111122223333'),
    policy: policyFact('aws_kms_key.recordings', statements(keyPolicy)),
  };
  return estate({
    roles: [role({ identityPolicies: identity, arn: seen(ROLE_ARN), accountId: seen('111122223333') })],
    buckets: [bucket({ encryption })],
    keys: [key],
  });
};
const FOR_ADMINISTRATORS = allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::111122223333:role/admin' } });
const FOR_THE_ACCOUNT = allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } });

/** The same, written in HCL. */
const inHcl = (facts: Facts): Facts =>
  JSON.parse(JSON.stringify(facts, (key, value: unknown) => (key === 'constructPath' ? undefined : value))) as Facts;

const elsewhere = estate({
  roles: [role({ identityPolicies: [EXPORT_ACTIONS], arn: seen(ROLE_ARN), accountId: seen('111122223333') })],
  buckets: [
    bucket({
      accountId: seen('444455556666'),
      policies: [
        policyFact(
          'aws_s3_bucket_policy.guard',
          statements(
            allow(
              ['s3:PutObject', 's3:PutObjectAcl', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
              OBJECTS_ARN,
              {
                Principal: { AWS: ROLE_ARN },
              },
            ),
          ),
        ),
      ],
    }),
  ],
});

/** A tagger of its own that may do everything in S3, and what the bucket denies to all but the role that holds. */
const HOLDER = 'arn:aws:iam::111122223333:role/holder';
const TAGGER_ARN = 'arn:aws:iam::111122223333:role/tagger';
const ALL_BUT_HOLDER = { Principal: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': HOLDER } } };
const GUARDED = ['s3:PutObjectTagging', 's3:PutObjectLegalHold', 's3:DeleteObjectVersion', 's3:PutBucketPolicy'];
const ON_ALL = [BUCKET_ARN, OBJECTS_ARN];
const tagger = (...all: readonly object[]): Facts => ({
  ...withBucketPolicy(...all),
  roles: [
    role({ arn: seen(ROLE_ARN), accountId: seen('111122223333') }),
    role({
      address: 'aws_iam_role.tagger',
      name: seen('tagger'),
      arn: seen(TAGGER_ARN),
      accountId: seen('111122223333'),
      identityPolicies: [policyFact('aws_iam_role_policy.tagger', statements(allow('s3:*', '*')))],
    }),
  ],
  duties: [duty('export'), duty('tag', { role: seen('aws_iam_role.tagger') })],
});

const cases: readonly (readonly [rule: RuleId, mistake: string, facts: Facts])[] = [
  ['iam/put-object-tagging', 'nothing allows it', withPolicies(EXPORT_ACTIONS)],
  ['iam/put-object-tagging', 'neither role nor bucket of another account allow it', elsewhere],
  [
    'iam/put-object-tagging',
    'the permissions boundary allows only to write',
    withRole({
      permissionsBoundary: policyFact('aws_iam_policy.boundary', statements(allow('s3:PutObject', OBJECTS_ARN))),
    }),
  ],
  [
    'iam/put-object-tagging',
    'its own policy denies it by name, among others',
    more(deny(['s3:PutObjectTagging', 's3:DeleteObject'], '*', { Sid: 'Guard' })),
  ],
  ['iam/put-object-tagging', 'its own policy denies it alone', more(deny('s3:PutObjectTagging', '*'))],
  ['iam/put-object-tagging', 'its own policy denies all tags', more(deny('s3:*Tagging', '*', { Sid: 'NoTags' }))],
  [
    'iam/put-object-tagging',
    'two statements of the bucket deny it',
    guarded(
      deny('s3:PutObjectTagging', OBJECTS_ARN, { Sid: 'One', Principal: '*' }),
      deny('s3:*', OBJECTS_ARN, {
        Sid: 'Two',
        Principal: '*',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/a' } },
      }),
    ),
  ],
  [
    'iam/put-object-tagging',
    'one statement guards tags and holds for all but one role',
    tagger(deny(GUARDED, ON_ALL, { Sid: 'Guard', ...ALL_BUT_HOLDER })),
  ],
  [
    'iam/put-object-tagging',
    'the Sid that a split takes is there already',
    tagger(
      deny(GUARDED, ON_ALL, { Sid: 'Guard', ...ALL_BUT_HOLDER }),
      deny('s3:DeleteObject', OBJECTS_ARN, { Sid: 'GuardPutObjectTagging', Principal: '*' }),
    ),
  ],
  [
    'iam/put-object-tagging',
    'a wildcard guards everything for all but one role',
    tagger(deny('s3:*', ON_ALL, { Sid: 'Guard', ...ALL_BUT_HOLDER })),
  ],
  [
    'iam/put-object-tagging',
    'a shorter wildcard guards all that writes',
    tagger(deny(['s3:Put*', 's3:Delete*'], ON_ALL, ALL_BUT_HOLDER)),
  ],
  [
    'iam/put-object-tagging',
    'everything but reading is guarded',
    tagger(
      { Effect: 'Deny', NotAction: ['s3:Get*', 's3:List*', 's3:PutObject*'], Resource: ON_ALL, ...ALL_BUT_HOLDER },
      deny('s3:PutObjectT*', OBJECTS_ARN, ALL_BUT_HOLDER),
    ),
  ],
  [
    'iam/put-object-tagging',
    'a statement names the role that is let through as NotPrincipal',
    tagger({
      Sid: 'Guard',
      Effect: 'Deny',
      NotPrincipal: { AWS: [HOLDER, 'arn:aws:iam::111122223333:root', ROLE_ARN] },
      Action: GUARDED,
      Resource: ON_ALL,
    }),
  ],
  [
    'iam/put-object-tagging',
    'roles are let through by a pattern of their ARN',
    tagger(
      deny(GUARDED, ON_ALL, {
        Sid: 'Guard',
        Principal: '*',
        Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/hold*' } },
      }),
    ),
  ],
  [
    'iam/put-object-tagging',
    'all resources but others are guarded',
    tagger({
      Sid: 'Guard',
      Effect: 'Deny',
      Action: GUARDED,
      NotResource: 'arn:aws:s3:::recordings/public/*',
      ...ALL_BUT_HOLDER,
    }),
  ],
  [
    's3/policy-lockout',
    'one statement guards tags and holds for all but one role',
    tagger(deny(GUARDED, ON_ALL, { Sid: 'Guard', ...ALL_BUT_HOLDER })),
  ],
  ['iam/export-actions', 'a role without any grant', withPolicies()],
  ['iam/put-object-tagging', 'a role without any grant, in HCL', inHcl(withPolicies())],
  ['iam/put-object-tagging', 'a role without any grant, in an account', { ...withPolicies(), moment: 'live' }],
  ['s3/large-objects', 'a role without any grant', withPolicies()],
  [
    'iam/put-object-tagging',
    'a role that is not made yet is denied',
    inHcl({
      ...tagger(deny(GUARDED, ON_ALL, { Sid: 'Guard', ...ALL_BUT_HOLDER })),
      moment: 'plan',
      roles: [role({ arn: seen('${aws_iam_role.exporter.arn}'), name: seen('exporter'), path: '/service/' })],
      duties: [duty('export'), duty('tag')],
    }),
  ],
  ['iam/export-actions', 'it may only tag', withPolicies(TAGGING)],
  ['iam/export-actions', 'the key lets only administrators', encrypted([EXPORT_ACTIONS, TAGGING], FOR_ADMINISTRATORS)],
  ['iam/export-actions', 'its own policy leaves the key out', encrypted([EXPORT_ACTIONS, TAGGING], FOR_THE_ACCOUNT)],
  [
    'iam/export-actions',
    'the bucket’s actions are granted on its objects',
    more(allow('s3:GetBucketLocation', OBJECTS_ARN, { Sid: 'Where' })),
  ],
  [
    'iam/export-actions',
    'the objects’ actions are granted on the bucket',
    more(allow(['s3:PutObject', 's3:GetBucketLocation'], BUCKET_ARN)),
  ],
  [
    'iam/export-actions',
    'a statement grants what its resources do not take',
    more(allow(['s3:PutObject', 's3:PutObjectAcl'], BUCKET_ARN)),
  ],
  ['iam/export-actions', 'writing is denied', more(deny('s3:Put*', OBJECTS_ARN))],
  [
    'iam/external-id',
    'no external id is compared',
    withRole({ trustPolicy: trust({ ...GENESYS_TRUST, Condition: {} }) }),
  ],
  ['iam/external-id', 'anybody is trusted', withRole({ trustPolicy: trust({ ...GENESYS_TRUST, Principal: '*' }) })],
  [
    'iam/least-privilege',
    'everything in S3 on bucket and objects',
    withPolicies(policyFact('aws_iam_role_policy.export', statements(allow('s3:*', [BUCKET_ARN, OBJECTS_ARN])))),
  ],
  [
    'iam/least-privilege',
    'everything but one action',
    more({ Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: OBJECTS_ARN }),
  ],
  [
    'iam/least-privilege',
    'deleting by name, among others',
    more(allow(['s3:DeleteObject', 's3:GetObject'], OBJECTS_ARN, { Sid: 'Tidy' })),
  ],
  ['iam/least-privilege', 'deleting alone', more(allow('s3:DeleteObject', OBJECTS_ARN, { Sid: 'Tidy' }))],
  ['iam/action-names', 'a name is misspelt', more(allow('s3:PutObjectTaging', OBJECTS_ARN))],
  [
    's3/policy-lockout',
    'only one network is admitted',
    withBucketPolicy(
      deny('s3:*', [BUCKET_ARN, OBJECTS_ARN], {
        Sid: 'OnlyOurVpc',
        Principal: '*',
        Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
      }),
    ),
  ],
  [
    's3/policy-lockout',
    'others are excepted already',
    withBucketPolicy(
      deny('s3:PutObject*', OBJECTS_ARN, {
        Principal: '*',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/a'] } },
      }),
    ),
  ],
  [
    's3/large-objects',
    'parts cannot be written',
    withPolicies(TAGGING, policyFact('aws_iam_role_policy.export', statements(allow('s3:PutObject', OBJECTS_ARN)))),
  ],
  [
    's3/large-objects',
    'the key cannot be used to read parts',
    encrypted([EXPORT_ACTIONS, TAGGING], FOR_ADMINISTRATORS),
  ],
  ['s3/large-objects', 'parts are denied', more(deny('s3:AbortMultipartUpload', OBJECTS_ARN))],
];

export const POLICY_CASES: readonly RemedyCase[] = cases.map(([rule, mistake, facts]) => ({
  rule,
  mistake,
  facts,
  follow: followPolicies,
}));
