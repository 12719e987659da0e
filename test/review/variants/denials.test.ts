/** Bucket policies that lock roles out, that only look like it, and that stop denying what protects recordings. */
import * as e from './estate';
import { table, type Case } from './table';

const BOTH = [e.ARN, e.OBJECTS];
const policy = (...statements: readonly object[]) => [
  e.made(e.POLICY, e.bucketPolicy(...statements), { given: { bucket: e.refers(e.BUCKET), policy: {} } }),
];
const under = (Condition: object, more: object = {}) => policy(e.deny('s3:*', BOTH, { Condition, ...more }));
const OUT: e.Expected = { 's3/policy-lockout': 'error', 'iam/export-actions': 'error', others: '', exit: 2 };
const ADMITTED: e.Expected = { removes: '', exit: 0 };
const OPEN: e.Expected = { 's3/policy-lockout': 'unknown|error', others: '' };

const lockedOut: readonly Case[] = [
  ['another endpoint', under({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }), OUT],
  ['another network', under({ StringNotEquals: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } }), OUT],
  ['another endpoint, if there is one', under({ StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } }), OUT],
  ['another endpoint, ForAllValues', under({ 'ForAllValues:StringNotEquals': { 'aws:SourceVpce': ['vpce-1'] } }), OUT],
  ['key in another case', under({ StringNotEquals: { 'AWS:sourcevpce': 'vpce-1' } }), OUT],
  ['another account', under({ StringNotEquals: { 'aws:PrincipalAccount': '999999999999' } }), OUT],
  [
    'all but another role',
    under({ ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/admin' } }),
    OUT,
  ],
  [
    'all but roles of another name',
    under({
      ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/admin*', 'arn:aws:iam::*:role/ci-*'] },
    }),
    OUT,
  ],
  ['StringNotLike on the ARN', under({ StringNotLike: { 'aws:PrincipalArn': '*role/admin' } }), OUT],
  ['users only', under({ StringNotEquals: { 'aws:PrincipalType': 'User' } }), OUT],
  [
    'NotPrincipal without it',
    policy({
      Effect: 'Deny',
      NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/admin' },
      Action: 's3:*',
      Resource: BOTH,
    }),
    OUT,
  ],
  ['its account', policy(e.deny('s3:*', BOTH, { Principal: { AWS: e.ACCOUNT } })), OUT],
  [
    'its account by the root',
    policy(e.deny('s3:Put*', e.OBJECTS, { Principal: { AWS: `arn:aws:iam::${e.ACCOUNT}:root` } })),
    OUT,
  ],
  ['the role by name', policy(e.deny('s3:PutObject', e.OBJECTS, { Principal: { AWS: e.ROLE_ARN } })), OUT],
  ['an action in another case', policy(e.deny('s3:PUTOBJECT', e.OBJECTS)), OUT],
  ['s3:Put*', policy(e.deny('s3:Put*', e.OBJECTS)), OUT],
  ['s3:P?tObject', policy(e.deny('s3:P?tObject', e.OBJECTS)), OUT],
  [
    'NotAction',
    policy({ Effect: 'Deny', Principal: '*', NotAction: ['s3:GetObject', 's3:ListBucket'], Resource: BOTH }),
    OUT,
  ],
  [
    'NotResource',
    policy({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', NotResource: `${e.ARN}/public/*` }),
    OUT,
  ],
  ['one prefix', policy(e.deny('s3:PutObject', `${e.ARN}/5e0f1a2b*`)), OUT],
  ['requests without TLS are meant, all are written', under({ Bool: { 'aws:SecureTransport': 'true' } }), OUT],
  ['a Null that is always so', under({ Null: { 'aws:PrincipalArn': 'false' } }), OUT],
  ['a variable that is the caller', under({ StringEquals: { 'aws:PrincipalArn': '${aws:PrincipalArn}' } }), OUT],
];

const TAG_DENIED: e.Expected = { 'iam/put-object-tagging': 'error', others: '' };
table('a Deny of uploads that meets tagging, too:', [
  [
    'another encryption than KMS',
    policy(
      e.deny('s3:Put*', e.OBJECTS, {
        Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      }),
    ),
    TAG_DENIED,
  ],
  [
    'no hold asked for',
    policy(e.deny('s3:PutObject*', e.OBJECTS, { Condition: { Null: { 's3:object-lock-legal-hold': true } } })),
    TAG_DENIED,
  ],
]);

const open: readonly Case[] = [
  ['addresses of the own network', under({ NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }), OPEN],
  ['endpoints by pattern', under({ StringNotLike: { 'aws:SourceVpce': 'vpce-*' } }), OPEN],
  ['no endpoint', under({ Null: { 'aws:SourceVpce': 'true' } }), OPEN],
  ['another organization', under({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-acme' } }), OPEN],
  ['a tag of the role', under({ StringNotEquals: { 'aws:PrincipalTag/team': 'legal' } }), OPEN],
  [
    'no encryption asked for',
    policy(e.deny('s3:PutObject', e.OBJECTS, { Condition: { Null: { 's3:x-amz-server-side-encryption': 'true' } } })),
    OPEN,
  ],
  [
    'another encryption',
    policy(
      e.deny('s3:PutObject', e.OBJECTS, {
        Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      }),
    ),
    OPEN,
  ],
  [
    'a list of its own',
    policy(
      e.deny('s3:PutObject', e.OBJECTS, {
        Condition: { StringNotEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    ),
    OPEN,
  ],
  ['a time', under({ DateGreaterThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } }), OPEN],
  ['the id of the role', under({ StringNotLike: { 'aws:userId': ['AROAEXAMPLE:*', '111122223333'] } }), OPEN],
  [
    'NotPrincipal with role and account',
    policy({
      Effect: 'Deny',
      NotPrincipal: { AWS: [e.ROLE_ARN, `arn:aws:iam::${e.ACCOUNT}:root`] },
      Action: 's3:*',
      Resource: BOTH,
    }),
    OPEN,
  ],
  [
    'a policy that is only known after the apply',
    [
      e.made(
        e.POLICY,
        { bucket: e.NAME },
        {
          unknown: { policy: true },
          given: { bucket: e.refers(e.BUCKET), policy: e.refers('aws_iam_role.admin.arn') },
        },
      ),
    ],
    OPEN,
  ],
  [
    'a sensitive policy',
    [e.made(e.POLICY, e.bucketPolicy(e.deny('s3:*', BOTH)), { sensitive: { policy: true } })],
    OPEN,
  ],
];

const admitted: readonly Case[] = [
  ['requests without TLS', under({ Bool: { 'aws:SecureTransport': false } }), ADMITTED],
  ['requests without TLS, as texts', under({ Bool: { 'aws:SecureTransport': ['false'] } }), ADMITTED],
  ['BoolIfExists', under({ BoolIfExists: { 'aws:SecureTransport': 'false' } }), ADMITTED],
  ['StringEquals false', under({ StringEquals: { 'aws:SecureTransport': 'false' } }), ADMITTED],
  ['old TLS', under({ NumericLessThan: { 's3:TlsVersion': 1.2 } }), ADMITTED],
  [
    'the exporter is excepted',
    under({ ArnNotEquals: { 'aws:PrincipalArn': [e.ROLE_ARN, 'arn:aws:iam::111122223333:role/admin'] } }),
    ADMITTED,
  ],
  [
    'the exporter is excepted by pattern',
    under({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/exp*' } }),
    ADMITTED,
  ],
  [
    'StringNotLike with a pattern',
    under({ StringNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }),
    ADMITTED,
  ],
  [
    'StringNotEqualsIgnoreCase',
    under({ StringNotEqualsIgnoreCase: { 'aws:PrincipalArn': e.ROLE_ARN.toUpperCase() } }),
    ADMITTED,
  ],
  ['its own account is excepted', under({ StringNotEquals: { 'aws:PrincipalAccount': e.ACCOUNT } }), ADMITTED],
  [
    'another endpoint, and the role is excepted',
    under({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' }, ArnNotEquals: { 'aws:PrincipalArn': e.ROLE_ARN } }),
    ADMITTED,
  ],
  [
    'another endpoint, unless AWS itself calls',
    under({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' }, Bool: { 'aws:ViaAWSService': 'true' } }),
    ADMITTED,
  ],
  [
    'deletion only',
    policy(
      e.deny(['s3:DeleteObject*', 's3:PutObjectLegalHold'], e.OBJECTS, {
        Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/legal' } },
      }),
    ),
    ADMITTED,
  ],
  [
    'another role',
    policy(e.deny('s3:*', BOTH, { Principal: { AWS: 'arn:aws:iam::111122223333:role/guest' } })),
    ADMITTED,
  ],
  ['another account', policy(e.deny('s3:*', BOTH, { Principal: { AWS: '999999999999' } })), ADMITTED],
  ['another prefix of a bucket with slashes', policy(e.deny('s3:GetObject', `${e.ARN}/private/*`)), ADMITTED],
  [
    'a service',
    policy(e.deny('s3:PutObject', e.OBJECTS, { Principal: { Service: 'logging.s3.amazonaws.com' } })),
    ADMITTED,
  ],
  ['anonymous by Null', under({ Null: { 'aws:PrincipalArn': 'true' } }), ADMITTED],
];

const KEEP = e.deny(['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObjectLegalHold'], e.OBJECTS, {
  Sid: 'Keep',
  Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/legal' } },
});
const TLS = e.deny('s3:*', BOTH, { Sid: 'Tls', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
const from = (before: readonly object[], after: readonly object[]) => [
  e.changed(e.POLICY, e.bucketPolicy(...before), e.bucketPolicy(...after)),
];
const LOST: e.Expected = { 'hold/release-guard': 'error', removes: 'no longer denies' };
const perhaps: e.Expected = { 'hold/release-guard': 'unknown', others: '' };
const without = (Action: readonly string[]) => ({ ...KEEP, Action });
const removed: readonly Case[] = [
  ['the statement', from([KEEP, TLS], [TLS]), LOST],
  ['the policy', [e.gone(e.POLICY, e.bucketPolicy(KEEP))], LOST],
  ['the policy with a module', [e.gone(`module.store["eu"].${e.POLICY}`, e.bucketPolicy(KEEP))], LOST],
  [
    'replaced, deleted first',
    [{ address: e.POLICY, actions: ['delete', 'create'], before: e.bucketPolicy(KEEP), after: e.bucketPolicy(TLS) }],
    LOST,
  ],
  [
    'replaced, created first',
    [{ address: e.POLICY, actions: ['create', 'delete'], before: e.bucketPolicy(KEEP), after: e.bucketPolicy(TLS) }],
    LOST,
  ],
  [
    'one action',
    from([KEEP], [without(['s3:DeleteObject', 's3:PutObjectLegalHold'])]),
    { ...LOST, removes: 's3:DeleteObjectVersion' },
  ],
  ['from all to one prefix', from([KEEP], [{ ...KEEP, Resource: `${e.ARN}/tmp/*` }]), LOST],
  ['for a role only', from([KEEP], [{ ...KEEP, Principal: { AWS: 'arn:aws:iam::111122223333:role/guest' } }]), LOST],
  [
    'more who are excepted',
    from(
      [KEEP],
      [
        {
          ...KEEP,
          Condition: {
            ArnNotLike: {
              'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/legal', 'arn:aws:iam::111122223333:role/*'],
            },
          },
        },
      ],
    ),
    LOST,
  ],
  [
    'a further condition',
    from(
      [KEEP],
      [
        {
          ...KEEP,
          Condition: {
            ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/legal' },
            StringEquals: { 'aws:PrincipalTag/intern': 'yes' },
          },
        },
      ],
    ),
    LOST,
  ],
  [
    'made an Allow',
    from([KEEP], [{ ...KEEP, Effect: 'Allow' }]),
    { ...LOST, 's3/public': 'error|unknown', others: '' },
  ],
  [
    'NotAction that leaves them out',
    from([KEEP], [{ Effect: 'Deny', Principal: '*', NotAction: ['s3:*'], Resource: BOTH }]),
    { ...LOST, others: '' },
  ],
  [
    'in the bucket',
    [
      e.changed(e.BUCKET, e.bucket({ policy: e.document(KEEP) }), e.bucket({ policy: e.document(TLS) }), {
        given: { policy: {} },
      }),
    ],
    LOST,
  ],
  [
    'in the bucket, emptied',
    [e.changed(e.BUCKET, e.bucket({ policy: e.document(KEEP) }), e.bucket({ policy: '' }), { given: { policy: {} } })],
    LOST,
  ],
  [
    'unknown after',
    [
      e.changed(
        e.POLICY,
        e.bucketPolicy(KEEP),
        { id: e.NAME, bucket: e.NAME },
        { unknown: { policy: true }, given: { policy: e.refers('aws_iam_role.x.arn') } },
      ),
    ],
    perhaps,
  ],
  [
    'sensitive',
    [e.changed(e.POLICY, e.bucketPolicy(KEEP), e.bucketPolicy(TLS), { sensitive: { policy: true } })],
    perhaps,
  ],
];
const same: readonly Case[] = [
  ['in another order', from([KEEP, TLS], [TLS, KEEP]), ADMITTED],
  ['with another Sid', from([KEEP], [{ ...KEEP, Sid: 'Other' }]), ADMITTED],
  [
    'in two statements',
    from(
      [KEEP],
      [
        { ...without(['s3:DeleteObject', 's3:DeleteObjectVersion']), Sid: 'A' },
        { ...without(['s3:PutObjectLegalHold']), Sid: 'B' },
      ],
    ),
    ADMITTED,
  ],
  [
    'with a wildcard that means as much',
    from([KEEP], [without(['s3:DeleteObject*', 's3:PutObjectLegalHold'])]),
    ADMITTED,
  ],
  ['for everybody', from([KEEP], [{ ...KEEP, Condition: undefined }]), ADMITTED],
  ['TLS no longer asked for', from([KEEP, TLS], [KEEP]), ADMITTED],
  ['principal as AWS *', from([KEEP], [{ ...KEEP, Principal: { AWS: '*' } }]), ADMITTED],
  ['another bucket', [e.gone('aws_s3_bucket_policy.web', { bucket: 'web', policy: e.document(KEEP) })], ADMITTED],
];

table('denied by', lockedOut);
table('perhaps denied by', open);
table('not denied by', admitted);
table('a Deny that goes:', removed);
table('a Deny that stays:', same);
const policyIn = (address: string, ...statements: readonly object[]) => [
  e.gone(e.POLICY, e.bucketPolicy(KEEP)),
  e.made(address, e.bucketPolicy(...statements)),
];
table('a policy that goes on elsewhere', [
  ['at another address: the destruction may come last', policyIn('aws_s3_bucket_policy.other', KEEP), LOST],
  ['in a module', policyIn(`module.store.${e.POLICY}`, KEEP), LOST],
  ['with less', policyIn('aws_s3_bucket_policy.other', TLS), LOST],
  [
    'made in the place of one that somebody made by hand',
    [e.kept(e.BUCKET, e.bucket({ policy: e.document(KEEP) })), e.made(e.POLICY, e.bucketPolicy(TLS))],
    LOST,
  ],
  [
    'made with what somebody made by hand',
    [e.kept(e.BUCKET, e.bucket({ policy: e.document(KEEP) })), e.made(e.POLICY, e.bucketPolicy(TLS, KEEP))],
    ADMITTED,
  ],
  [
    'out of the bucket',
    [
      e.changed(e.BUCKET, e.bucket({ policy: e.document(KEEP) }), e.bucket({ policy: e.document(KEEP) })),
      e.made(e.POLICY, e.bucketPolicy(KEEP)),
    ],
    ADMITTED,
  ],
]);
