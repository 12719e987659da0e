import { BUCKET, type Case, OBJECTS, allow, bucket, tagEvery } from './case';

const FORM =
  'A policy is a JSON object with Version and Statement; a single statement, action or resource needs no list.';
const REFUSED = 'AWS refuses a malformed document as a whole; what it would say is not known.';
const good = { Version: '2012-10-17', Statement: [allow('s3:PutObjectTagging', OBJECTS)] };

const row = (
  name: string,
  rule: string,
  document: string | object,
  answer: Case['answer'],
  because?: string,
): Case => ({
  name,
  rule,
  policies: [{ name: 'the-policy', kind: 'identity', document }],
  question: tagEvery(),
  answer,
  ...(because === undefined ? {} : { because }),
});

const broken = (name: string, document: string | object, because: string): Case =>
  row(name, REFUSED, document, 'Unknown', because);

const statement = (change: Readonly<Record<string, unknown>>): object => ({
  Version: '2012-10-17',
  Statement: { ...allow('s3:PutObjectTagging', OBJECTS), ...change },
});

/** The forms a document comes in, and what is wrong with those that are none. */
export const documents: readonly Case[] = [
  row('an object', FORM, good, 'Allowed'),
  row('JSON text', FORM, JSON.stringify(good), 'Allowed'),
  row('JSON text with line breaks', FORM, JSON.stringify(good, null, 2), 'Allowed'),
  row(
    'URL-encoded JSON text',
    'IAM’s Get calls answer documents URL-encoded.',
    encodeURIComponent(JSON.stringify(good)),
    'Allowed',
  ),
  row(
    'JSON text with percent signs',
    'Only a document that begins encoded is encoded.',
    JSON.stringify({ ...good, Id: '%7B' }),
    'Allowed',
  ),
  row('a single statement object', FORM, { Version: '2012-10-17', Statement: good.Statement[0] }, 'Allowed'),
  row('no version', 'The default version is 2008-10-17.', { Statement: good.Statement }, 'Allowed'),
  row(
    'no statements',
    'What no policy allows is denied.',
    { Version: '2012-10-17', Statement: [] },
    'ImplicitlyDenied',
  ),
  row(
    'JSON text with expressions inside',
    FORM,
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"${aws_s3_bucket.rec.arn}/*"}}',
    'Unknown',
    'aws_s3_bucket.rec.arn',
  ),
  broken('an empty text', '', 'empty'),
  broken('no JSON', 'Allow everything', 'not JSON'),
  broken('an expression', '${data.aws_iam_policy_document.doc.json}', 'expression'),
  broken('cut off', JSON.stringify(good).slice(0, -5), 'not JSON'),
  broken('badly encoded', '%7B%', 'decoded'),
  broken('a list', [good], 'JSON object'),
  broken('an unknown version', { ...good, Version: '2020-01-01' }, 'Version'),
  broken('no Statement', { Version: '2012-10-17' }, 'no Statement'),
  broken('a misspelt element', { Version: '2012-10-17', Statements: good.Statement }, 'Statements'),
  broken('an element in lower case', statement({ action: 's3:*' }), 'Did you mean Action'),
  broken('a wrong Effect', statement({ Effect: 'allow' }), 'Effect'),
  broken(
    'no action',
    { Version: '2012-10-17', Statement: { Effect: 'Allow', Resource: '*' } },
    'neither Action nor NotAction',
  ),
  broken('Action and NotAction', statement({ NotAction: 's3:*' }), 'both Action and NotAction'),
  broken('no resource', { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*' } }, 'Resource'),
  broken('a number for a resource', statement({ Resource: 7 }), 'string or a list'),
  broken('an action without a service', statement({ Action: 'PutObjectTagging' }), 'service:Action'),
  broken('an empty list of actions', statement({ Action: [] }), 'not empty'),
  broken('a principal in an identity policy', statement({ Principal: '*' }), 'no Principal'),
  broken('an unknown operator', statement({ Condition: { StringIs: { k: 'v' } } }), 'StringIs'),
  broken('NullIfExists', statement({ Condition: { NullIfExists: { k: 'true' } } }), 'NullIfExists'),
  broken('a condition that is a text', statement({ Condition: 'x' }), 'Condition'),
  broken(
    'a condition value that is an object',
    statement({ Condition: { StringEquals: { k: { a: 1 } } } }),
    'k is compared',
  ),
  {
    name: 'a bucket policy without a principal',
    rule: REFUSED,
    policies: [bucket(allow('s3:*', OBJECTS))],
    question: tagEvery(),
    answer: 'Unknown',
    because: 'names a Principal',
  },
  {
    name: 'a bucket policy with an unknown type of principal',
    rule: REFUSED,
    policies: [bucket(allow('s3:*', `${BUCKET}/*`, { Principal: { Aws: '*' } }))],
    question: tagEvery(),
    answer: 'Unknown',
    because: 'principal type Aws',
  },
];
