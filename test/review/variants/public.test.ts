/** What opens recordings to everybody, what only looks like it, and what stops keeping them closed. */
import * as e from './estate';
import { table, type Case } from './table';

const PUBLIC = 's3/public';
const everybody = (more: object = {}, action: unknown = 's3:GetObject', resource: unknown = e.OBJECTS) =>
  e.allow(action, resource, { Sid: 'Open', Principal: '*', ...more });
const policy = (...statements: readonly object[]) =>
  e.made(e.POLICY, e.bucketPolicy(...statements), { given: { bucket: e.refers(e.BUCKET), policy: {} } });
const under = (Condition: object) => [policy(everybody({ Condition }))];
const OPEN: e.Expected = { [PUBLIC]: 'error', others: '', removes: 'lets everybody' };
const CLOSED: e.Expected = { removes: '' };
const UNKNOWN: e.Expected = { [PUBLIC]: 'unknown|error', others: '' };

const opened: readonly Case[] = [
  ['everybody', [policy(everybody())], OPEN],
  ['AWS *', [policy(everybody({ Principal: { AWS: '*' } }))], OPEN],
  ['AWS list with *', [policy(everybody({ Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } }))], OPEN],
  ['action in another case', [policy(everybody({}, 's3:getobject'))], OPEN],
  ['s3:Get*', [policy(everybody({}, 's3:Get*'))], OPEN],
  ['s3:*', [policy(everybody({}, 's3:*'))], OPEN],
  ['*', [policy(everybody({}, '*'))], OPEN],
  ['a ? in the action', [policy(everybody({}, 's3:GetObjec?'))], OPEN],
  [
    'NotAction',
    [policy({ Effect: 'Allow', Principal: '*', NotAction: 's3:DeleteBucket', Resource: [e.ARN, e.OBJECTS] })],
    OPEN,
  ],
  [
    'NotResource',
    [policy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', NotResource: `${e.ARN}/private/*` })],
    OPEN,
  ],
  ['one prefix only', [policy(everybody({}, 's3:GetObject', `${e.ARN}/shared/*`))], OPEN],
  ['versions only', [policy(everybody({}, 's3:GetObjectVersion'))], OPEN],
  ['deletion only', [policy(everybody({}, 's3:DeleteObject'))], OPEN],
  ['deletion of versions', [policy(everybody({}, ['s3:DeleteObjectVersion']))], OPEN],
  ['writing', [policy(everybody({}, 's3:PutObject'))], OPEN],
  ['listing', [policy(everybody({}, 's3:ListBucket', e.ARN))], OPEN],
  ['listing of versions', [policy(everybody({}, 's3:ListBucketVersions', e.ARN))], OPEN],
  ['tags', [policy(everybody({}, 's3:PutObjectTagging'))], OPEN],
  ['s3:*Tagging', [policy(everybody({}, 's3:*Tagging'))], OPEN],
  ['s3:PutBucketPolicy', [policy(everybody({}, 's3:PutBucketPolicy', e.ARN))], OPEN],
  ['s3:PutLifecycleConfiguration', [policy(everybody({}, 's3:PutLifecycleConfiguration', e.ARN))], OPEN],
  ['retention', [policy(everybody({}, 's3:PutObjectRetention'))], OPEN],
  ['lists of objects', [policy(everybody({}, 's3:PutObjectAcl'))], OPEN],
  ['over TLS only', under({ Bool: { 'aws:SecureTransport': 'true' } }), OPEN],
  ['every address', under({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }), OPEN],
  ['every address of both kinds', under({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] } }), OPEN],
  ['a referer', under({ StringLike: { 'aws:Referer': 'https://acme.example/*' } }), UNKNOWN],
  ['a user agent', under({ StringEquals: { 'aws:UserAgent': 'secret' } }), UNKNOWN],
  ['any account but one', under({ StringNotEquals: { 'aws:PrincipalAccount': '999999999999' } }), OPEN],
  ['any ARN', under({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:*' } }), UNKNOWN],
  ['any organization', under({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }), OPEN],
  ['an organization, if there is one', under({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-acme' } }), UNKNOWN],
  ['a list of keys, if there is one', under({ Null: { 'aws:PrincipalOrgID': 'true' } }), UNKNOWN],
  ['with a Deny for one prefix', [policy(everybody(), e.deny('s3:GetObject', `${e.ARN}/private/*`))], OPEN],
];

const closed: readonly Case[] = [
  [
    'a role by name',
    [policy(e.allow('s3:GetObject', e.OBJECTS, { Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' } }))],
    CLOSED,
  ],
  [
    'CloudFront with its distribution',
    [
      policy(
        e.allow('s3:GetObject', e.OBJECTS, {
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E1' } },
        }),
      ),
    ],
    CLOSED,
  ],
  [
    'an origin access identity',
    [
      policy(
        e.allow('s3:GetObject', e.OBJECTS, {
          Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2QWRUHAPOMQZL' },
        }),
      ),
    ],
    CLOSED,
  ],
  [
    'a canonical user',
    [
      policy(
        e.allow('s3:GetObject', e.OBJECTS, {
          Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
        }),
      ),
    ],
    CLOSED,
  ],
  ['the own organization', under({ StringEquals: { 'aws:PrincipalOrgID': 'o-acme' } }), CLOSED],
  ['the own account', under({ StringEquals: { 'aws:PrincipalAccount': e.ACCOUNT } }), CLOSED],
  [
    'units of the own organization',
    under({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-acme/*'] } }),
    { removes: '', [PUBLIC]: 'clean|unknown' },
  ],
  ['a role by ARN', under({ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/reader' } }), CLOSED],
  ['roles of the own account', under({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }), CLOSED],
  [
    'an endpoint',
    under({ StringEquals: { 'aws:SourceVpce': 'vpce-0a1b' } }),
    { removes: '', [PUBLIC]: 'clean|unknown' },
  ],
  [
    'addresses of the own network',
    under({ IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }),
    { removes: '', [PUBLIC]: 'clean|unknown' },
  ],
  [
    'access points of the own account',
    under({ StringEquals: { 's3:DataAccessPointAccount': e.ACCOUNT } }),
    { removes: '', [PUBLIC]: 'clean|unknown' },
  ],
  [
    'a Deny that outweighs it',
    [
      policy(
        everybody(),
        e.deny('s3:*', [e.ARN, e.OBJECTS], { Condition: { StringNotEquals: { 'aws:PrincipalAccount': e.ACCOUNT } } }),
      ),
    ],
    CLOSED,
  ],
  [
    'another bucket is no concern',
    [
      e.made('aws_s3_bucket_policy.web', {
        bucket: 'web',
        policy: e.document(e.allow('s3:GetObject', 'arn:aws:s3:::web/*', { Principal: '*' })),
      }),
    ],
    CLOSED,
  ],
  ['only the location', [policy(everybody({}, 's3:GetBucketLocation', e.ARN))], CLOSED],
];

const block = 'aws_s3_bucket_public_access_block.recordings';
const flag = (name: string) => ({ ...e.blockOn(true), [name]: false });
const blocks: readonly Case[] = [
  [
    'all four off',
    [e.changed(block, e.blockOn(true), e.blockOn(false))],
    { 'hold/release-guard': 'error', removes: 'turns off' },
  ],
  ...['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].map((name): Case => [
    `${name} off`,
    [e.changed(block, e.blockOn(true), flag(name))],
    { 'hold/release-guard': 'error', removes: name },
  ]),
  ['destroyed', [e.gone(block, e.blockOn(true))], { 'hold/release-guard': 'error', removes: 'public access block' }],
  [
    'destroyed in a module with keys',
    [e.gone(`module.b["a/b.c"].${block}[0]`, e.blockOn(true))],
    { 'hold/release-guard': 'error', removes: 'public access block' },
  ],
  [
    'left out of the configuration',
    [e.changed(block, e.blockOn(true), { ...e.blockOn(true), restrict_public_buckets: null })],
    { 'hold/release-guard': 'error', removes: 'restrict_public_buckets' },
  ],
  [
    'unknown',
    [
      e.changed(
        block,
        e.blockOn(true),
        { ...e.blockOn(true), restrict_public_buckets: undefined },
        { unknown: { restrict_public_buckets: true }, given: { restrict_public_buckets: e.refers('var.x') } },
      ),
    ],
    { 'hold/release-guard': 'unknown', others: '' },
  ],
  ['forgotten', [{ ...e.gone(block, e.blockOn(true)), actions: ['forget'] }], { removes: '' }],
  [
    'of the whole account, off',
    [
      e.changed(
        'aws_s3_account_public_access_block.this',
        { account_id: e.ACCOUNT, ...e.blockOn(true), bucket: undefined },
        { account_id: e.ACCOUNT, ...e.blockOn(false), bucket: undefined },
      ),
    ],
    { 'hold/release-guard': 'error', removes: 'turns off' },
  ],
  [
    'of the whole account, destroyed',
    [
      e.gone('aws_s3_account_public_access_block.this', {
        account_id: e.ACCOUNT,
        ...e.blockOn(true),
        bucket: undefined,
      }),
    ],
    { 'hold/release-guard': 'error', removes: 'public access block' },
  ],
  [
    'of another bucket',
    [
      e.changed(
        'aws_s3_bucket_public_access_block.web',
        { ...e.blockOn(true), bucket: 'web' },
        { ...e.blockOn(false), bucket: 'web' },
      ),
    ],
    { removes: '' },
  ],
  ['made', [e.made(block, e.blockOn(true))], { removes: '' }],
  ['turned on', [e.changed(block, e.blockOn(false), e.blockOn(true))], { removes: '' }],
  [
    'a public policy behind it',
    [e.kept(block, e.blockOn(true)), policy(everybody())],
    { [PUBLIC]: 'warn', others: '' },
  ],
];

const acl = 'aws_s3_bucket_acl.recordings';
const grant = (uri: string, permission: string) => ({
  acl: null,
  access_control_policy: [{ grant: [{ grantee: [{ uri, type: 'Group' }], permission }] }],
});
const ALL = 'http://acs.amazonaws.com/groups/global/AllUsers';
const lists: readonly Case[] = [
  ['public-read, made', [e.made(acl, { bucket: e.NAME, acl: 'public-read' })], OPEN],
  [
    'public-read, changed',
    [e.changed(acl, { bucket: e.NAME, acl: 'private' }, { bucket: e.NAME, acl: 'public-read' })],
    OPEN,
  ],
  [
    'public-read-write',
    [e.changed(acl, { bucket: e.NAME, acl: 'private' }, { bucket: e.NAME, acl: 'public-read-write' })],
    OPEN,
  ],
  [
    'authenticated-read',
    [e.made(acl, { bucket: e.NAME, acl: 'authenticated-read' })],
    { ...OPEN, removes: 'recordings' },
  ],
  ['a grant', [e.made(acl, { bucket: e.NAME, ...grant(ALL, 'READ') })], OPEN],
  [
    'a grant of WRITE_ACP to every account',
    [e.made(acl, { bucket: e.NAME, ...grant(ALL.replace('AllUsers', 'AuthenticatedUsers'), 'WRITE_ACP') })],
    { ...OPEN, removes: 'recordings' },
  ],
  [
    'log delivery',
    [e.made(acl, { bucket: e.NAME, ...grant('http://acs.amazonaws.com/groups/s3/LogDelivery', 'WRITE') })],
    CLOSED,
  ],
  ['private', [e.made(acl, { bucket: e.NAME, acl: 'private' })], CLOSED],
  [
    'in the bucket',
    [
      e.changed(e.BUCKET, e.bucket({ acl: 'private' }), e.bucket({ acl: 'public-read' }), {
        given: { acl: e.constant('public-read') },
      }),
    ],
    OPEN,
  ],
  [
    'grant in the bucket',
    [
      e.changed(
        e.BUCKET,
        e.bucket(),
        e.bucket({ grant: [{ id: '', type: 'Group', uri: ALL, permissions: ['READ'] }] }),
        { given: { grant: [{}] } },
      ),
    ],
    OPEN,
  ],
  [
    'found at the refresh',
    [e.kept(e.BUCKET, e.bucket({ grant: [{ id: '', type: 'Group', uri: ALL, permissions: ['READ'] }] }))],
    { [PUBLIC]: 'error', removes: '' },
  ],
  [
    'lists that are off',
    [
      e.made(acl, { bucket: e.NAME, acl: 'public-read' }),
      e.kept('aws_s3_bucket_ownership_controls.r', {
        bucket: e.NAME,
        rule: [{ object_ownership: 'BucketOwnerEnforced' }],
      }),
    ],
    CLOSED,
  ],
];

table('a policy that opens', opened);
table('a policy that does not', closed);
table('a public access block', blocks);
table('an access control list', lists);
