import { type Case, OBJECTS, allow, deny, identity, one, tagEvery } from './case';

const OBJECT = 'arn:aws:s3:::recordings/a.wav';
const row = (
  name: string,
  rule: string,
  statement: Readonly<Record<string, unknown>>,
  action: string,
  answer: Case['answer'],
  because?: string,
): Case => ({
  name,
  rule,
  policies: [identity(statement)],
  question: one(action, OBJECT),
  answer,
  ...(because === undefined ? {} : { because }),
});

const NAMES = 'Action names are compared without regard to case.';
const WILD = 'In an action `*` stands for any run of characters and `?` for exactly one.';
const NOT_ACTION = 'NotAction speaks of every action but those listed.';
const DEFAULT = 'What no policy allows is denied.';

/** Which actions a statement speaks of. */
export const actions: readonly Case[] = [
  row(
    'the exact action',
    'An Allow of the action on the resource allows it.',
    allow('s3:PutObjectTagging', OBJECTS),
    's3:PutObjectTagging',
    'Allowed',
  ),
  row('another action', DEFAULT, allow('s3:PutObject', OBJECTS), 's3:PutObjectTagging', 'ImplicitlyDenied'),
  row(
    'a prefix is not the action',
    'An action without wildcard is the whole name.',
    allow('s3:PutObject', OBJECTS),
    's3:PutObjectAcl',
    'ImplicitlyDenied',
  ),
  row('lower case in the policy', NAMES, allow('s3:putobjecttagging', OBJECTS), 's3:PutObjectTagging', 'Allowed'),
  row('upper case in the policy', NAMES, allow('S3:PUTOBJECTTAGGING', OBJECTS), 's3:PutObjectTagging', 'Allowed'),
  row('lower case in the request', NAMES, allow('s3:PutObjectTagging', OBJECTS), 's3:putobjecttagging', 'Allowed'),
  row('case does not matter with wildcards', NAMES, allow('S3:put*', OBJECTS), 's3:PutObjectTagging', 'Allowed'),
  row('every action', WILD, allow('*', OBJECTS), 's3:PutObjectTagging', 'Allowed'),
  row('every action of the service', WILD, allow('s3:*', OBJECTS), 's3:PutObjectTagging', 'Allowed'),
  row('every action of another service', WILD, allow('kms:*', OBJECTS), 's3:PutObjectTagging', 'ImplicitlyDenied'),
  row('a prefix with a star', WILD, allow('s3:Put*', OBJECTS), 's3:PutObjectTagging', 'Allowed'),
  row('a suffix with a star', WILD, allow('s3:*Tagging', OBJECTS), 's3:PutObjectTagging', 'Allowed'),
  row('a star in the middle', WILD, allow('s3:Put*Tagging', OBJECTS), 's3:PutObjectVersionTagging', 'Allowed'),
  row('a star stands for nothing too', WILD, allow('s3:PutObject*', OBJECTS), 's3:PutObject', 'Allowed'),
  row(
    'a star in the middle that does not fit',
    WILD,
    allow('s3:Get*Tagging', OBJECTS),
    's3:PutObjectTagging',
    'ImplicitlyDenied',
  ),
  row('question marks', WILD, allow('s3:???ObjectTagging', OBJECTS), 's3:PutObjectTagging', 'Allowed'),
  row(
    'one question mark too few',
    WILD,
    allow('s3:??ObjectTagging', OBJECTS),
    's3:PutObjectTagging',
    'ImplicitlyDenied',
  ),
  row(
    'a question mark is not nothing',
    WILD,
    allow('s3:PutObjectTagging?', OBJECTS),
    's3:PutObjectTagging',
    'ImplicitlyDenied',
  ),
  row(
    'one of a list',
    'A list of actions speaks of each of them.',
    allow(['s3:PutObject', 's3:PutObjectTagging'], OBJECTS),
    's3:PutObjectTagging',
    'Allowed',
  ),
  row(
    'none of a list',
    DEFAULT,
    allow(['s3:PutObject', 's3:PutObjectAcl'], OBJECTS),
    's3:PutObjectTagging',
    'ImplicitlyDenied',
  ),
  row(
    'a misspelt action',
    'A name that is not an action matches nothing.',
    allow('s3:PutObjectTaging', OBJECTS),
    's3:PutObjectTagging',
    'ImplicitlyDenied',
  ),
  row(
    'NotAction of another action',
    NOT_ACTION,
    { Effect: 'Allow', NotAction: 's3:DeleteObject', Resource: OBJECTS },
    's3:PutObjectTagging',
    'Allowed',
  ),
  row(
    'NotAction of the action',
    NOT_ACTION,
    { Effect: 'Allow', NotAction: 's3:PutObjectTagging', Resource: OBJECTS },
    's3:PutObjectTagging',
    'ImplicitlyDenied',
  ),
  row(
    'NotAction with a wildcard',
    NOT_ACTION,
    { Effect: 'Allow', NotAction: ['iam:*', 's3:*Tagging'], Resource: OBJECTS },
    's3:PutObjectTagging',
    'ImplicitlyDenied',
  ),
  {
    name: 'Deny with NotAction leaves only those listed',
    rule: 'A Deny with NotAction denies every action but those listed.',
    policies: [identity(allow('s3:*', '*'), { Sid: 'OnlyReads', Effect: 'Deny', NotAction: 's3:Get*', Resource: '*' })],
    question: tagEvery(),
    answer: 'ExplicitlyDenied',
    because: 'OnlyReads',
  },
  {
    name: 'Deny with NotAction spares those listed',
    rule: 'A Deny with NotAction denies every action but those listed.',
    policies: [identity(allow('s3:*', '*'), { Effect: 'Deny', NotAction: 's3:*', Resource: '*' })],
    question: tagEvery(),
    answer: 'Allowed',
  },
  {
    name: 'NotAction with an expression',
    rule: 'NotAction speaks of every action but those listed; one that is not known may be the one.',
    policies: [identity({ Effect: 'Allow', NotAction: '${var.forbidden}', Resource: '*' })],
    question: tagEvery(),
    answer: 'Unknown',
    because: '${var.forbidden}',
  },
  {
    name: 'an action that is an expression',
    rule: 'An action that is not known may be any.',
    policies: [identity(allow('${var.action}', '*'))],
    question: tagEvery(),
    answer: 'Unknown',
    because: '${var.action}',
  },
  {
    name: 'an action that begins with an expression',
    rule: 'An action that is not known may be any that ends like it.',
    policies: [identity(allow('${var.service}:GetObject', '*'))],
    question: tagEvery(),
    answer: 'ImplicitlyDenied',
  },
  {
    name: 'a Deny of an unknown action blocks an Allow',
    rule: 'An explicit Deny wins; one that may apply leaves the answer open.',
    policies: [identity(allow('s3:*', '*'), deny('s3:${var.action}', '*'))],
    question: tagEvery(),
    answer: 'Unknown',
    because: '${var.action}',
  },
];
