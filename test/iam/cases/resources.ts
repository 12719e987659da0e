import { BUCKET, type Case, OBJECTS, allow, deny, identity, one, tagEvery } from './case';

const CASE = 'Resources are compared with regard to case.';
const WILD =
  'In a resource `*` stands for any run of characters, slashes and colons included, and `?` for exactly one.';
const EVERY = 'To be allowed on every object, each must be allowed: the pattern must contain all of them.';
const SOME = 'A Deny of some objects denies the question about all of them.';
const NOT_RESOURCE = 'NotResource speaks of every resource but those listed.';

const onOne = (name: string, rule: string, resource: unknown, key: string, answer: Case['answer']): Case => ({
  name,
  rule,
  policies: [identity(allow('s3:PutObjectTagging', resource))],
  question: one('s3:PutObjectTagging', `${BUCKET}/${key}`),
  answer,
});

const onEvery = (name: string, resource: unknown, answer: Case['answer'], every = OBJECTS, rule = EVERY): Case => ({
  name,
  rule,
  policies: [identity(allow('s3:PutObjectTagging', resource))],
  question: tagEvery({ resource: { every } }),
  answer,
});

const denied = (name: string, rule: string, resource: unknown, answer: Case['answer'], every = OBJECTS): Case => ({
  name,
  rule,
  policies: [identity(allow('s3:*', '*'), deny('s3:PutObjectTagging', resource, { Sid: 'No' }))],
  question: tagEvery({ resource: { every } }),
  answer,
  ...(answer === 'ExplicitlyDenied' ? { because: 'No' } : {}),
});

/** Which resources a statement speaks of: one object, and every object under a prefix. */
export const resources: readonly Case[] = [
  onOne('the exact key', 'An Allow names the resource.', `${BUCKET}/a.wav`, 'a.wav', 'Allowed'),
  onOne('another key', 'What no policy allows is denied.', `${BUCKET}/b.wav`, 'a.wav', 'ImplicitlyDenied'),
  onOne('another case', CASE, `${BUCKET}/A.WAV`, 'a.wav', 'ImplicitlyDenied'),
  onOne('everything', WILD, '*', 'a.wav', 'Allowed'),
  onOne('the bucket with a star', WILD, OBJECTS, 'org/year=2026/month=1/a.wav', 'Allowed'),
  onOne('a star spans slashes in the middle', WILD, `${BUCKET}/org/*/a.wav`, 'org/year=2026/month=1/a.wav', 'Allowed'),
  onOne('a star stands for nothing too', WILD, `${BUCKET}/a*.wav`, 'a.wav', 'Allowed'),
  onOne('a question mark', WILD, `${BUCKET}/?.wav`, 'a.wav', 'Allowed'),
  onOne('a question mark is a slash too', WILD, `${BUCKET}/org?a.wav`, 'org/a.wav', 'Allowed'),
  onOne('a question mark is not nothing', WILD, `${BUCKET}/a?.wav`, 'a.wav', 'ImplicitlyDenied'),
  onOne('a star spans the bucket name', WILD, 'arn:aws:s3:::*', 'a.wav', 'Allowed'),
  onOne('a star in the bucket name', WILD, 'arn:aws:s3:::rec*/*', 'a.wav', 'Allowed'),
  onOne('a bucket whose name is a prefix', WILD, 'arn:aws:s3:::record/*', 'a.wav', 'ImplicitlyDenied'),
  onOne(
    'the bucket itself is not its objects',
    'Objects have ARNs of their own: bucket ARN, slash, key.',
    BUCKET,
    'a.wav',
    'ImplicitlyDenied',
  ),
  onOne('a key with a literal star is matched by a star', WILD, `${BUCKET}/a*`, 'a*b', 'Allowed'),
  onOne('a key with a literal star is a single object', WILD, `${BUCKET}/abc`, 'a*', 'ImplicitlyDenied'),
  onOne(
    'one of a list',
    'A list of resources speaks of each of them.',
    ['arn:aws:s3:::x/*', OBJECTS],
    'a.wav',
    'Allowed',
  ),
  onOne(
    'another partition',
    'The partition is part of the ARN.',
    'arn:aws-us-gov:s3:::recordings/*',
    'a.wav',
    'ImplicitlyDenied',
  ),

  onEvery('all objects', OBJECTS, 'Allowed'),
  onEvery('all of everything', '*', 'Allowed'),
  onEvery('all buckets', 'arn:aws:s3:::*', 'Allowed'),
  onEvery('all objects of all buckets', 'arn:aws:s3:::*/*', 'Allowed'),
  onEvery('a wider bucket pattern', 'arn:aws:s3:::rec*', 'Allowed'),
  onEvery('one prefix is not all', `${BUCKET}/org/*`, 'ImplicitlyDenied'),
  onEvery('one ending is not all', `${BUCKET}/*.wav`, 'ImplicitlyDenied'),
  onEvery('keys of at least one character are not quite all patterns', `${BUCKET}/?*`, 'ImplicitlyDenied'),
  onEvery('the bucket alone', BUCKET, 'ImplicitlyDenied'),
  onEvery('another bucket', 'arn:aws:s3:::other/*', 'ImplicitlyDenied'),
  onEvery('the prefix asked for', `${BUCKET}/org/*`, 'Allowed', `${BUCKET}/org/*`),
  onEvery('a wider prefix', `${BUCKET}/o*`, 'Allowed', `${BUCKET}/org/*`),
  onEvery('a narrower prefix', `${BUCKET}/org/2026/*`, 'ImplicitlyDenied', `${BUCKET}/org/*`),
  onEvery('a sibling prefix', `${BUCKET}/organ/*`, 'ImplicitlyDenied', `${BUCKET}/org/*`),
  onEvery('stars inside both', `${BUCKET}/*/x/*`, 'Allowed', `${BUCKET}/org/x/*`),
  onEvery('stars that do not line up', `${BUCKET}/*/x/*`, 'ImplicitlyDenied', `${BUCKET}/org/*`),
  onEvery('question marks cover as many characters', `${BUCKET}/???/*`, 'Allowed', `${BUCKET}/org/*`),
  onEvery('question marks do not cover a star', `${BUCKET}/???`, 'ImplicitlyDenied', `${BUCKET}/*`),
  onEvery(
    'two patterns that together are everything',
    [`${BUCKET}/?*`, `${BUCKET}/`],
    'Allowed',
    OBJECTS,
    'The resources of a statement are alternatives: each object needs one of them.',
  ),
  onEvery('two patterns with a gap', [`${BUCKET}/a*`, `${BUCKET}/b*`], 'ImplicitlyDenied'),
  {
    name: 'two statements that together are everything',
    rule: 'Each object needs one Allow; it may be another one for each.',
    policies: [identity(allow('s3:PutObjectTagging', `${BUCKET}/?*`), allow('s3:Put*', `${BUCKET}/`))],
    question: tagEvery(),
    answer: 'Allowed',
  },
  {
    name: 'two policies that leave a gap',
    rule: EVERY,
    policies: [
      identity(allow('s3:PutObjectTagging', `${BUCKET}/org/a*`)),
      identity(allow('s3:PutObjectTagging', `${BUCKET}/org/b*`)),
    ],
    question: tagEvery({ resource: { every: `${BUCKET}/org/*` } }),
    answer: 'ImplicitlyDenied',
  },

  denied('a Deny of all', 'An explicit Deny wins over every Allow.', OBJECTS, 'ExplicitlyDenied'),
  denied('a Deny of one prefix', SOME, `${BUCKET}/org/*`, 'ExplicitlyDenied'),
  denied('a Deny of one object', SOME, `${BUCKET}/a.wav`, 'ExplicitlyDenied'),
  denied('a Deny of an ending', SOME, `${BUCKET}/*.json`, 'ExplicitlyDenied', `${BUCKET}/org/*`),
  denied(
    'a Deny of another prefix',
    'A Deny that meets none of the objects does not matter.',
    `${BUCKET}/b/*`,
    'Allowed',
    `${BUCKET}/a/*`,
  ),
  denied('a Deny of the bucket only', 'Objects have ARNs of their own.', BUCKET, 'Allowed'),
  denied(
    'a Deny of another bucket',
    'A Deny that meets none of the objects does not matter.',
    'arn:aws:s3:::other/*',
    'Allowed',
  ),
  denied('a Deny of everything', 'An explicit Deny wins over every Allow.', '*', 'ExplicitlyDenied'),

  {
    name: 'NotResource of another bucket',
    rule: NOT_RESOURCE,
    policies: [identity({ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::other/*' })],
    question: tagEvery(),
    answer: 'Allowed',
  },
  {
    name: 'NotResource of the bucket',
    rule: NOT_RESOURCE,
    policies: [identity({ Effect: 'Allow', Action: 's3:*', NotResource: OBJECTS })],
    question: tagEvery(),
    answer: 'ImplicitlyDenied',
  },
  {
    name: 'NotResource of a part of what is asked',
    rule: EVERY,
    policies: [identity({ Effect: 'Allow', Action: 's3:*', NotResource: `${BUCKET}/private/*` })],
    question: tagEvery(),
    answer: 'ImplicitlyDenied',
  },
  {
    name: 'NotResource and the rest in another statement',
    rule: 'Each object needs one Allow. Whether statements with NotResource only together cover all is left open.',
    policies: [
      identity(
        { Effect: 'Allow', Action: 's3:*', NotResource: `${BUCKET}/private/*` },
        allow('s3:*', `${BUCKET}/private/*`),
      ),
    ],
    question: tagEvery(),
    answer: 'Unknown',
  },
  {
    name: 'Deny with NotResource of the bucket',
    rule: 'A Deny with NotResource denies every resource but those listed.',
    policies: [identity(allow('s3:*', '*'), { Effect: 'Deny', Action: 's3:*', NotResource: [BUCKET, OBJECTS] })],
    question: tagEvery(),
    answer: 'Allowed',
  },
  {
    name: 'Deny with NotResource of a prefix',
    rule: 'A Deny with NotResource denies every resource but those listed.',
    policies: [
      identity(allow('s3:*', '*'), { Effect: 'Deny', Action: 's3:*', NotResource: `${BUCKET}/org/*`, Sid: 'No' }),
    ],
    question: tagEvery(),
    answer: 'ExplicitlyDenied',
    because: 'No',
  },
];
