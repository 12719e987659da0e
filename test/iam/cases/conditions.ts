import { BUCKET, type Case, OBJECTS, allow, deny, identity, one, tagEvery } from './case';

const OBJECT = `${BUCKET}/a.wav`;
type Values = Record<string, string | string[]>;

const row = (
  name: string,
  rule: string,
  condition: Readonly<Record<string, unknown>>,
  values: Values,
  answer: Case['answer'],
): Case => ({
  name,
  rule,
  policies: [identity(allow('s3:PutObjectTagging', OBJECTS, { Condition: condition }))],
  question: one('s3:PutObjectTagging', OBJECT, values),
  answer,
});

const yes = (name: string, rule: string, condition: Readonly<Record<string, unknown>>, values: Values = {}): Case =>
  row(name, rule, condition, values, 'Allowed');
const no = (name: string, rule: string, condition: Readonly<Record<string, unknown>>, values: Values = {}): Case =>
  row(name, rule, condition, values, 'ImplicitlyDenied');

const open = (name: string, rule: string, condition: Readonly<Record<string, unknown>>, because: string): Case => ({
  name,
  rule,
  policies: [identity(allow('s3:PutObjectTagging', OBJECTS, { Condition: condition }))],
  question: tagEvery(),
  answer: 'Unknown',
  because,
});

const ABSENT = 'A plain operator fails where the key is absent.';
const NEGATED = 'A negated operator holds where the key is absent.';
const EXISTS = '...IfExists holds where the key is absent.';
const ALL = 'ForAllValues: every value of the key must match; it holds where there is none.';
const ANY = 'ForAnyValue: at least one value of the key must match; it fails where there is none.';
const EQUALS = 'StringEquals compares the whole text with regard to case; wildcards are plain characters.';
const LIKE = 'StringLike takes `*` and `?` as wildcards.';
const BOTH = 'Every operator and every key of a condition must hold.';
const ALTERNATIVES = 'The values of one key are alternatives; for a negated operator none may match.';
const ARN = 'ARN operators compare part by part; a wildcard does not reach over a colon.';
const UNKNOWN = 'Whether a condition holds on a key that is not known is not known.';

/** When the conditions of a statement hold. */
export const conditions: readonly Case[] = [
  yes(
    'StringEquals',
    EQUALS,
    { StringEquals: { 'aws:PrincipalTag/team': 'legal' } },
    { 'aws:PrincipalTag/team': 'legal' },
  ),
  no(
    'StringEquals with another text',
    EQUALS,
    { StringEquals: { 'aws:PrincipalTag/team': 'legal' } },
    { 'aws:PrincipalTag/team': 'sales' },
  ),
  no('StringEquals with another case', EQUALS, { StringEquals: { k: 'Legal' } }, { k: 'legal' }),
  no('StringEquals does not know wildcards', EQUALS, { StringEquals: { k: 'le*' } }, { k: 'legal' }),
  no('StringEquals on an absent key', ABSENT, { StringEquals: { k: 'x' } }),
  yes(
    'keys in another case',
    'Names of context keys are compared without regard to case.',
    { StringEquals: { 'AWS:principaltag/team': 'legal' } },
    { 'aws:PrincipalTag/team': 'legal' },
  ),
  yes('one of several values', ALTERNATIVES, { StringEquals: { k: ['a', 'b'] } }, { k: 'b' }),
  no('StringNotEquals with one of several values', ALTERNATIVES, { StringNotEquals: { k: ['a', 'b'] } }, { k: 'b' }),
  yes('StringNotEquals with none of several values', ALTERNATIVES, { StringNotEquals: { k: ['a', 'b'] } }, { k: 'c' }),
  yes('StringNotEquals on an absent key', NEGATED, { StringNotEquals: { k: 'x' } }),
  yes(
    'StringEqualsIgnoreCase',
    'IgnoreCase compares without regard to case.',
    { StringEqualsIgnoreCase: { k: 'LEGAL' } },
    { k: 'legal' },
  ),
  no(
    'StringNotEqualsIgnoreCase',
    'IgnoreCase compares without regard to case.',
    { StringNotEqualsIgnoreCase: { k: 'LEGAL' } },
    { k: 'legal' },
  ),
  yes('StringLike with a star', LIKE, { StringLike: { k: 'le*' } }, { k: 'legal' }),
  yes('StringLike with a question mark', LIKE, { StringLike: { k: 'le?al' } }, { k: 'legal' }),
  no('StringLike that does not fit', LIKE, { StringLike: { k: 'le?' } }, { k: 'legal' }),
  no('StringLike on an absent key', ABSENT, { StringLike: { k: '*' } }),
  no('StringNotLike', LIKE, { StringNotLike: { k: 'le*' } }, { k: 'legal' }),
  yes('StringNotLike on an absent key', NEGATED, { StringNotLike: { k: '*' } }),
  yes('two operators', BOTH, { StringEquals: { a: '1' }, StringLike: { b: '2*' } }, { a: '1', b: '22' }),
  no('two operators, one fails', BOTH, { StringEquals: { a: '1' }, StringLike: { b: '2*' } }, { a: '1', b: '3' }),
  no('two keys, one fails', BOTH, { StringEquals: { a: '1', b: '2' } }, { a: '1', b: '3' }),
  yes('an empty condition', 'A statement without conditions always applies.', {}, {}),
  yes(
    'a value with a variable',
    'Variables may stand in values of string conditions.',
    { StringEquals: { k: '${aws:username}' } },
    { k: 'anna', 'aws:username': 'anna' },
  ),

  yes(
    'NumericLessThan',
    'Numbers are compared as numbers.',
    { NumericLessThan: { 's3:max-keys': '100' } },
    { 's3:max-keys': '20' },
  ),
  no(
    'NumericLessThan with an equal number',
    'Numbers are compared as numbers.',
    { NumericLessThan: { k: '20' } },
    { k: '20' },
  ),
  yes('NumericLessThanEquals', 'Numbers are compared as numbers.', { NumericLessThanEquals: { k: 20 } }, { k: '20' }),
  yes('NumericGreaterThan', 'Numbers are compared as numbers.', { NumericGreaterThan: { k: '9' } }, { k: '10' }),
  yes(
    'NumericGreaterThanEquals',
    'Numbers are compared as numbers.',
    { NumericGreaterThanEquals: { k: '10' } },
    { k: '10.0' },
  ),
  yes('NumericEquals', 'Numbers are compared as numbers.', { NumericEquals: { k: '1' } }, { k: '1.0' }),
  no(
    'NumericEquals with a text',
    'What is not a number matches no number.',
    { NumericEquals: { k: '1' } },
    { k: 'one' },
  ),
  yes('NumericNotEquals', 'Numbers are compared as numbers.', { NumericNotEquals: { k: '1' } }, { k: '2' }),

  yes(
    'DateLessThan',
    'Dates are ISO-8601 or seconds since 1970.',
    { DateLessThan: { 'aws:CurrentTime': '2026-12-31T00:00:00Z' } },
    { 'aws:CurrentTime': '2026-11-23T08:00:00Z' },
  ),
  no(
    'DateLessThan, later',
    'Dates are ISO-8601 or seconds since 1970.',
    { DateLessThan: { k: '2026-01-01T00:00:00Z' } },
    { k: '2026-11-23T08:00:00Z' },
  ),
  yes(
    'DateGreaterThan in seconds',
    'Dates are ISO-8601 or seconds since 1970.',
    { DateGreaterThan: { k: '0' } },
    { k: '2026-11-23T08:00:00Z' },
  ),
  yes(
    'DateEquals over time zones',
    'Dates are compared as instants.',
    { DateEquals: { k: '2026-01-01T01:00:00+01:00' } },
    { k: '2026-01-01T00:00:00Z' },
  ),
  yes('DateNotEquals', 'Dates are compared as instants.', { DateNotEquals: { k: '2026-01-01' } }, { k: '2026-01-02' }),
  no(
    'DateGreaterThanEquals with a text',
    'What is not a date matches no date.',
    { DateGreaterThanEquals: { k: 'soon' } },
    { k: '2026-01-02' },
  ),

  yes(
    'Bool',
    'Bool compares true and false in any case.',
    { Bool: { 'aws:SecureTransport': 'true' } },
    { 'aws:SecureTransport': 'true' },
  ),
  yes(
    'Bool given as a boolean',
    'JSON booleans are read as their text.',
    { Bool: { 'aws:SecureTransport': true } },
    { 'aws:SecureTransport': 'true' },
  ),
  no(
    'Bool that differs',
    'Bool compares true and false.',
    { Bool: { 'aws:SecureTransport': 'false' } },
    { 'aws:SecureTransport': 'true' },
  ),
  no('Bool on an absent key', ABSENT, { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }),
  yes(
    'BinaryEquals',
    'BinaryEquals compares base64 texts byte for byte.',
    { BinaryEquals: { k: 'QmluYXJ5' } },
    { k: 'QmluYXJ5' },
  ),
  no(
    'BinaryEquals that differs',
    'BinaryEquals compares base64 texts byte for byte.',
    { BinaryEquals: { k: 'QmluYXJ5' } },
    { k: 'qmluYXJ5' },
  ),

  yes(
    'IpAddress in a range',
    'An address matches a CIDR block that contains it.',
    { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    { 'aws:SourceIp': '203.0.113.7' },
  ),
  no(
    'IpAddress outside',
    'An address matches a CIDR block that contains it.',
    { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    { 'aws:SourceIp': '198.51.100.7' },
  ),
  yes(
    'IpAddress without a length',
    'An address without length is that address.',
    { IpAddress: { k: '203.0.113.7' } },
    { k: '203.0.113.7' },
  ),
  yes(
    'IpAddress of version 6',
    'Blocks of version 6 work alike.',
    { IpAddress: { k: '2001:db8::/32' } },
    { k: '2001:db8:1::7' },
  ),
  no(
    'IpAddress of the other version',
    'Blocks of version 4 contain no addresses of version 6.',
    { IpAddress: { k: '0.0.0.0/0' } },
    { k: '2001:db8::7' },
  ),
  yes(
    'NotIpAddress',
    'NotIpAddress holds outside all ranges.',
    { NotIpAddress: { k: ['203.0.113.0/24', '192.0.2.0/24'] } },
    { k: '198.51.100.7' },
  ),

  yes(
    'ArnLike',
    ARN,
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::rec*' } },
    { 'aws:SourceArn': 'arn:aws:s3:::recordings' },
  ),
  yes(
    'ArnEquals knows wildcards too',
    'ArnEquals and ArnLike behave alike.',
    { ArnEquals: { k: 'arn:aws:iam::*:role/exporter' } },
    { k: 'arn:aws:iam::111122223333:role/exporter' },
  ),
  no(
    'a wildcard does not reach over a colon',
    ARN,
    { ArnLike: { k: 'arn:aws:*:role/exporter' } },
    { k: 'arn:aws:iam::111122223333:role/exporter' },
  ),
  no(
    'ArnNotLike',
    ARN,
    { ArnNotLike: { k: 'arn:aws:iam::*:role/*' } },
    { k: 'arn:aws:iam::111122223333:role/exporter' },
  ),
  yes(
    'ArnNotEquals',
    ARN,
    { ArnNotEquals: { k: 'arn:aws:iam::*:user/*' } },
    { k: 'arn:aws:iam::111122223333:role/exporter' },
  ),

  yes('Null true, key absent', 'Null asks whether the key is absent.', { Null: { k: 'true' } }),
  no('Null true, key present', 'Null asks whether the key is absent.', { Null: { k: 'true' } }, { k: 'x' }),
  yes('Null false, key present', 'Null asks whether the key is absent.', { Null: { k: 'false' } }, { k: 'x' }),
  no('Null false, key absent', 'Null asks whether the key is absent.', { Null: { k: 'false' } }),

  yes('IfExists, key absent', EXISTS, { StringEqualsIfExists: { k: 'x' } }),
  no(
    'IfExists, key present and other',
    'IfExists compares where the key is present.',
    { StringEqualsIfExists: { k: 'x' } },
    { k: 'y' },
  ),
  yes('BoolIfExists, key absent', EXISTS, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }),

  yes(
    'ForAllValues, all match',
    ALL,
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
    { 'aws:TagKeys': ['a', 'b'] },
  ),
  no(
    'ForAllValues, one does not',
    ALL,
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } },
    { 'aws:TagKeys': ['a', 'b'] },
  ),
  yes('ForAllValues, key absent', ALL, { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }),
  yes(
    'ForAnyValue, one matches',
    ANY,
    { 'ForAnyValue:StringLike': { 'aws:TagKeys': 'leg*' } },
    { 'aws:TagKeys': ['a', 'legal'] },
  ),
  no(
    'ForAnyValue, none matches',
    ANY,
    { 'ForAnyValue:StringLike': { 'aws:TagKeys': 'leg*' } },
    { 'aws:TagKeys': ['a', 'b'] },
  ),
  no('ForAnyValue, key absent', ANY, { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }),
  no(
    'ForAllValues negated, one matches',
    'Negated: no value may be one of those.',
    { 'ForAllValues:StringNotEquals': { k: ['a'] } },
    { k: ['a', 'b'] },
  ),
  yes(
    'ForAnyValue negated, one differs',
    'Negated: some value is none of those.',
    { 'ForAnyValue:StringNotEquals': { k: ['a'] } },
    { k: ['a', 'b'] },
  ),
  row(
    'several values without a quantifier',
    'Keys with several values need ForAllValues or ForAnyValue; what happens without is not specified.',
    { StringEquals: { k: 'a' } },
    { k: ['a', 'b'] },
    'Unknown',
  ),

  open(
    'a key that is not known',
    UNKNOWN,
    { StringEquals: { 's3:RequestObjectTag/hold': 'on' } },
    's3:RequestObjectTag/hold',
  ),
  open(
    'a negated operator on a key that is not known',
    UNKNOWN,
    { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
    'aws:SourceVpce',
  ),
  open(
    'IfExists on a key that is not known',
    UNKNOWN,
    { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } },
    'aws:SourceVpc',
  ),
  open('Null on a key that is not known', UNKNOWN, { Null: { 'aws:TokenIssueTime': 'true' } }, 'aws:TokenIssueTime'),
  {
    name: 'a pattern that takes every text, if the key exists',
    rule: 'StringLikeIfExists "*" holds with the key and without it.',
    policies: [identity(allow('s3:*', '*', { Condition: { StringLikeIfExists: { 'aws:SourceVpc': '*' } } }))],
    question: tagEvery(),
    answer: 'Allowed',
  },
  {
    name: 'a Deny on a key that is not known',
    rule: 'An explicit Deny wins; one that may apply leaves the answer open.',
    policies: [
      identity(
        allow('s3:*', '*'),
        deny('s3:*', '*', { Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }),
      ),
    ],
    question: tagEvery(),
    answer: 'Unknown',
    because: 'aws:SourceIp',
  },
  {
    name: 'a Deny whose condition surely fails',
    rule: 'A statement whose condition does not hold does not apply.',
    policies: [
      identity(allow('s3:*', '*'), deny('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })),
    ],
    question: tagEvery({ context: { values: { 'aws:SecureTransport': 'true' }, others: 'unknown' } }),
    answer: 'Allowed',
  },
  {
    name: 'one clause fails, another is not known',
    rule: BOTH,
    policies: [identity(allow('s3:*', '*', { Condition: { StringEquals: { a: '1', b: '2' } } }))],
    question: tagEvery({ context: { values: { a: '9' }, others: 'unknown' } }),
    answer: 'ImplicitlyDenied',
  },
  {
    name: 'a value that is an expression',
    rule: 'The value of an expression is not known before apply.',
    policies: [
      identity(allow('s3:*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': '${var.team}' } } })),
    ],
    question: tagEvery({ context: { values: { 'aws:PrincipalTag/team': 'legal' }, others: 'unknown' } }),
    answer: 'Unknown',
    because: '${var.team}',
  },
  {
    name: 'a value that is the same expression',
    rule: 'An expression is equal to itself, whatever its value.',
    policies: [identity(allow('s3:*', '*', { Condition: { StringEquals: { k: '${var.org}' } } }))],
    question: tagEvery({ context: { values: { k: '${var.org}' }, others: 'unknown' } }),
    answer: 'Allowed',
  },
];
