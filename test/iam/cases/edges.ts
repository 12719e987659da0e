import {
  type Case,
  KEY,
  OBJECTS,
  ROLE,
  allow,
  allowTo,
  bucket,
  deny,
  denyTo,
  identity,
  one,
  policy,
  tagEvery,
} from './case';

type Statement = Readonly<Record<string, unknown>>;

const TAG = 's3:PutObjectTagging';
const OBJECT = 'arn:aws:s3:::recordings/a.wav';
const ACCOUNT = '111122223333';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/exporter/genesys';
const USER = 'arn:aws:iam::111122223333:user/anna';
const AS_SESSION = { caller: { kind: 'role', arn: ROLE, account: ACCOUNT, session: SESSION } } as const;
const AS_USER = { caller: { kind: 'user', arn: USER, account: ACCOUNT } } as const;
const FULL = identity(allow('s3:*', '*'));
const READS = allow('s3:Get*', '*');
const notPrincipal = (...AWS: readonly string[]): Statement => ({
  Effect: 'Deny',
  NotPrincipal: { AWS },
  Action: 's3:*',
  Resource: OBJECTS,
});
const under = (Condition: Statement) => identity(allow(TAG, '*'), deny(TAG, '*', { Condition, Sid: 'D' }));
const denied = (
  name: string,
  rule: string,
  condition: Statement,
  answer: Case['answer'],
  values: Record<string, string | string[]> = {},
): Case => ({ name, rule, policies: [under(condition)], question: one(TAG, OBJECT, values), answer });

const NOT_PRINCIPAL = 'A Deny with NotPrincipal spares a role only if account, role and session are all listed.';
const SESSIONS = 'A principal that is a session is that session alone; a role calls through sessions.';
const BY_NAME =
  'A boundary does not limit what a resource policy grants to a user by ARN; a session policy limits it, for it is added before the session is made.';
const OWN = 'The policy of a key or of a role speaks of that key or role only.';
const TOKEN = 'The value of an expression is not known before apply.';
const NO_KEY = 'A negated operator holds where the key is absent, and so does ...IfExists.';
const WILD = 'A principal holds no wildcard but * by itself; AWS refuses other ones.';

/** What is easily got wrong: the cases that were looked for on purpose. */
export const edges: readonly Case[] = [
  {
    name: 'NotPrincipal that lists account and role, of a session that is not known',
    rule: NOT_PRINCIPAL,
    policies: [FULL, bucket(notPrincipal(ROLE, ACCOUNT))],
    question: tagEvery(),
    answer: 'Unknown',
    because: 'NotPrincipal',
  },
  {
    name: 'NotPrincipal that lists account, role and session',
    rule: NOT_PRINCIPAL,
    policies: [FULL, bucket(notPrincipal(ROLE, ACCOUNT, SESSION))],
    question: tagEvery(AS_SESSION),
    answer: 'Allowed',
  },
  {
    name: 'NotPrincipal that lists another session',
    rule: NOT_PRINCIPAL,
    policies: [FULL, bucket(notPrincipal(ROLE, ACCOUNT, `${SESSION}2`))],
    question: tagEvery(AS_SESSION),
    answer: 'Unknown',
  },
  {
    name: 'NotPrincipal with Allow, of somebody who is not listed',
    rule: 'AWS refuses NotPrincipal with Allow.',
    policies: [bucket({ Effect: 'Allow', NotPrincipal: { AWS: USER }, Action: TAG, Resource: OBJECTS })],
    question: tagEvery(),
    answer: 'Unknown',
    because: 'NotPrincipal',
  },
  {
    name: 'a Deny for a session of the role, the session not known',
    rule: SESSIONS,
    policies: [FULL, bucket(denyTo({ AWS: SESSION }, TAG, OBJECTS))],
    question: tagEvery(),
    answer: 'Unknown',
    because: 'session',
  },
  {
    name: 'a Deny for a session of a role with a path',
    rule: 'The ARN of a session leaves out the path of its role.',
    policies: [FULL, bucket(denyTo({ AWS: SESSION }, TAG, OBJECTS))],
    question: tagEvery({ caller: { kind: 'role', arn: ROLE.replace('role/', 'role/a/b/'), account: ACCOUNT } }),
    answer: 'Unknown',
  },
  {
    name: 'a Deny for a session of another role',
    rule: SESSIONS,
    policies: [FULL, bucket(denyTo({ AWS: SESSION.replace('exporter', 'admin') }, TAG, OBJECTS))],
    question: tagEvery(),
    answer: 'Allowed',
  },
  {
    name: 'a Deny for another session',
    rule: SESSIONS,
    policies: [FULL, bucket(denyTo({ AWS: `${SESSION}2` }, TAG, OBJECTS))],
    question: tagEvery(AS_SESSION),
    answer: 'Allowed',
  },
  {
    name: 'a Deny for a canonical user',
    rule: 'A canonical user stands for an account; its number does not tell which.',
    policies: [FULL, bucket(denyTo({ CanonicalUser: '79a59df900b949e5' }, TAG, OBJECTS))],
    question: tagEvery(),
    answer: 'Unknown',
    because: 'canonical user',
  },
  {
    name: 'an Allow for a canonical user',
    rule: 'A canonical user stands for an account, and naming an account only delegates.',
    policies: [bucket(allowTo({ CanonicalUser: '79a59df900b949e5' }, TAG, OBJECTS))],
    question: tagEvery(),
    answer: 'ImplicitlyDenied',
  },
  {
    name: 'a role in another case',
    rule: 'Principals are compared with regard to case.',
    policies: [bucket(allowTo({ AWS: ROLE.replace('exporter', 'Exporter') }, TAG, OBJECTS))],
    question: tagEvery(),
    answer: 'ImplicitlyDenied',
  },
  {
    name: 'a Deny for roles by wildcard',
    rule: WILD,
    policies: [FULL, bucket(denyTo({ AWS: 'arn:aws:iam::111122223333:role/*' }, TAG, OBJECTS))],
    question: tagEvery(),
    answer: 'Unknown',
    because: 'holds a wildcard',
  },

  {
    name: 'a bucket policy that names the user, beyond the boundary',
    rule: BY_NAME,
    policies: [bucket(allowTo({ AWS: USER }, TAG, OBJECTS)), policy('boundary', READS)],
    question: tagEvery(AS_USER),
    answer: 'Allowed',
  },
  {
    name: 'a bucket policy that names the user, beyond the session policy',
    rule: BY_NAME,
    policies: [bucket(allowTo({ AWS: USER }, TAG, OBJECTS)), policy('session', READS)],
    question: tagEvery(AS_USER),
    answer: 'ImplicitlyDenied',
    because: 'session',
  },
  {
    name: 'a bucket policy that names the role, beyond the session policy',
    rule: 'What a resource policy grants to a role is limited by the session policy.',
    policies: [bucket(allowTo({ AWS: ROLE }, TAG, OBJECTS)), policy('session', READS)],
    question: tagEvery(AS_SESSION),
    answer: 'ImplicitlyDenied',
  },
  {
    name: 'a bucket policy that names the session, beyond the session policy',
    rule: 'What a resource policy grants to a session by its ARN is added after the session policy.',
    policies: [bucket(allowTo({ AWS: SESSION }, TAG, OBJECTS)), policy('session', READS)],
    question: tagEvery(AS_SESSION),
    answer: 'Allowed',
  },
  {
    name: 'a session policy that denies what the bucket policy grants to the session',
    rule: 'An explicit Deny in any policy wins.',
    policies: [bucket(allowTo({ AWS: SESSION }, TAG, OBJECTS)), policy('session', deny(TAG, '*', { Sid: 'D' }))],
    question: tagEvery(AS_SESSION),
    answer: 'ExplicitlyDenied',
    because: 'D',
  },

  {
    name: 'a key policy that allows everything does not open the bucket',
    rule: OWN,
    policies: [policy('key', allowTo({ AWS: ROLE }, '*', '*'))],
    question: tagEvery(),
    answer: 'ImplicitlyDenied',
  },
  {
    name: 'a trust policy that denies everything does not shut the bucket',
    rule: OWN,
    policies: [FULL, policy('trust', { Effect: 'Deny', Principal: '*', Action: '*' })],
    question: tagEvery(),
    answer: 'Allowed',
  },
  {
    name: 'a bucket policy that allows everything does not open the key',
    rule: OWN,
    policies: [bucket(allowTo('*', '*', '*')), policy('key', allowTo({ AWS: ACCOUNT }, 'kms:*', '*'))],
    question: one('kms:Decrypt', KEY),
    answer: 'ImplicitlyDenied',
  },
  {
    name: 'a key of another account whose policy names the role, and no identity policy',
    rule: 'Across accounts the key policy and the identity policy must both allow.',
    policies: [policy('key', allowTo({ AWS: ROLE }, 'kms:Decrypt', '*'))],
    question: { ...one('kms:Decrypt', KEY), accounts: 'cross' },
    answer: 'ImplicitlyDenied',
    because: 'identity',
  },
  {
    name: 'a key of another account, both allow',
    rule: 'Across accounts the key policy and the identity policy must both allow.',
    policies: [identity(allow('kms:Decrypt', KEY)), policy('key', allowTo({ AWS: ACCOUNT }, 'kms:Decrypt', '*'))],
    question: { ...one('kms:Decrypt', KEY), accounts: 'cross' },
    answer: 'Allowed',
  },
  {
    name: 'service control policies without FullAWSAccess',
    rule: 'Service control policies must allow on every level; a Deny alone allows nothing.',
    policies: [FULL, policy('scp', deny('iam:*', '*'))],
    question: tagEvery(),
    answer: 'ImplicitlyDenied',
    because: 'scp',
  },
  {
    name: 'NotAction and NotResource in one Deny, both leave it out',
    rule: 'A statement applies only to actions and resources that it both speaks of.',
    policies: [FULL, identity({ Effect: 'Deny', NotAction: 's3:*', NotResource: OBJECTS })],
    question: tagEvery(),
    answer: 'Allowed',
  },
  {
    name: 'NotAction and NotResource in one Deny, neither leaves it out',
    rule: 'A statement applies only to actions and resources that it both speaks of.',
    policies: [FULL, identity({ Effect: 'Deny', NotAction: 's3:Get*', NotResource: 'arn:aws:s3:::other/*', Sid: 'D' })],
    question: tagEvery(),
    answer: 'ExplicitlyDenied',
    because: 'D',
  },

  denied(
    'ForAllValues in a Deny, key absent',
    'ForAllValues holds where the key is absent, in a Deny too.',
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } },
    'ExplicitlyDenied',
  ),
  denied(
    'a Deny unless of the organization, key absent',
    NO_KEY,
    { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    'ExplicitlyDenied',
  ),
  denied(
    'a Deny unless over an endpoint, over that one',
    NO_KEY,
    { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
    'Allowed',
    { 'aws:SourceVpce': 'vpce-1' },
  ),
  denied(
    'a Deny of what is not TLS by BoolIfExists, key absent',
    NO_KEY,
    { BoolIfExists: { 'aws:SecureTransport': 'false' } },
    'ExplicitlyDenied',
  ),
  denied(
    'a Deny of what is not TLS by Bool, key absent',
    'A plain operator fails where the key is absent.',
    { Bool: { 'aws:SecureTransport': 'false' } },
    'Allowed',
  ),
  denied('Null by an expression', TOKEN, { Null: { 'aws:TokenIssueTime': '${var.absent}' } }, 'Unknown'),
  denied('a key by an expression', TOKEN, { StringEquals: { 'aws:PrincipalTag/${var.tag}': 'x' } }, 'Unknown'),
  denied('a number by an expression', TOKEN, { NumericLessThan: { k: '${var.n}' } }, 'Unknown', { k: '1' }),
  denied(
    'a variable with a default, key absent',
    'A default stands in where the key of a variable is absent.',
    { StringEquals: { k: "${aws:username, 'nobody'}" } },
    'ExplicitlyDenied',
    { k: 'nobody' },
  ),
  denied(
    'a time without a zone',
    'Times are compared as instants; one without a zone is taken for UTC.',
    { DateGreaterThan: { k: '2026-01-01T00:00:00' } },
    'ExplicitlyDenied',
    { k: '2026-01-01T00:00:01Z' },
  ),
  denied(
    'the same time without a zone',
    'Times are compared as instants; one without a zone is taken for UTC.',
    { DateGreaterThan: { k: '2026-01-01T00:00:00' } },
    'Allowed',
    { k: '2026-01-01T00:00:00Z' },
  ),
  denied(
    'ArnLike with a star alone',
    'Each of six parts of an ARN is compared by itself; what a text without parts does is not said.',
    { ArnLike: { 'aws:PrincipalArn': '*' } },
    'Unknown',
    { 'aws:PrincipalArn': ROLE },
  ),
  {
    name: 'a question mark does not cover a star',
    rule: '`?` stands for one character; every object has keys of other lengths too.',
    policies: [identity(allow(TAG, 'arn:aws:s3:::recordings/?'))],
    question: tagEvery(),
    answer: 'ImplicitlyDenied',
  },
  {
    name: 'a Deny of keys of one character meets every object',
    rule: 'A Deny that meets a part of what is asked denies it.',
    policies: [FULL, identity(deny(TAG, 'arn:aws:s3:::recordings/?', { Sid: 'D' }))],
    question: tagEvery(),
    answer: 'ExplicitlyDenied',
    because: 'D',
  },
];
