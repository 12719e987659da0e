/** What is gained and lost between two policies; two spellings of the same are no difference. */
import { comparePolicies, compareLines, linesOf, saySame } from '../../src/iam';

const OBJECTS = 'arn:aws:s3:::recordings/*';
const ACCOUNT = '111122223333';
const document = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });
const allow = (Action: unknown, more: object = {}): object => ({ Effect: 'Allow', Action, Resource: OBJECTS, ...more });
const deny = (Action: unknown, more: object = {}): object => ({ ...allow(Action, more), Effect: 'Deny' });
const compared = (before: object | null, after: object | null, actions?: readonly string[]) =>
  comparePolicies(before, after, actions)!;

describe('two spellings of the same are the same', () => {
  const given = (Condition: object): object => document(deny('s3:*', { Principal: '*', Condition }));

  test.each([
    [
      'an account and the ARN of its root',
      document(allow('s3:GetObject', { Principal: { AWS: ACCOUNT } })),
      document(allow('s3:GetObject', { Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:root`] } })),
    ],
    [
      'everybody, as a text and as an object',
      document(deny('s3:*', { Principal: '*' })),
      document(deny('s3:*', { Principal: { AWS: '*' } })),
    ],
    [
      'true as a text and as itself',
      given({ Bool: { 'aws:SecureTransport': 'false' } }),
      given({ Bool: { 'aws:SecureTransport': false } }),
    ],
    [
      'numbers',
      given({ NumericLessThan: { 's3:TlsVersion': 1.2 } }),
      given({ NumericLessThan: { 's3:TlsVersion': ['1.20'] } }),
    ],
    [
      'a condition key in another case',
      given({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }),
      given({ StringEquals: { 'AWS:sourcevpce': ['vpce-1'] } }),
    ],
    [
      'an operator in another case',
      given({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }),
      given({ stringequals: { 'aws:SourceVpce': 'vpce-1' } }),
    ],
    [
      'the order of the values of a condition',
      given({ StringEquals: { 'aws:SourceVpce': ['a', 'b'] } }),
      given({ StringEquals: { 'aws:SourceVpce': ['b', 'a', 'a'] } }),
    ],
    [
      'ArnLike and ArnEquals',
      given({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/*' } }),
      given({ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/*' } }),
    ],
    [
      'one address, with its length and without',
      given({ IpAddress: { 'aws:SourceIp': '192.0.2.1' } }),
      given({ IpAddress: { 'aws:SourceIp': '192.0.2.1/32' } }),
    ],
    ['an action in another case', document(allow('s3:GetObject')), document(allow('S3:getobject'))],
    ['a text and a list of it', document(allow('s3:GetObject')), document(allow(['s3:GetObject', 's3:GetObject']))],
    [
      'the order of actions',
      document(allow(['s3:GetObject', 's3:PutObject'])),
      document(allow(['s3:PutObject', 's3:GetObject'])),
    ],
    [
      'one statement, and two',
      document(allow(['s3:GetObject', 's3:PutObject'])),
      document(allow('s3:PutObject'), allow('s3:GetObject')),
    ],
    [
      'a list without brackets, and another Sid',
      document(allow('s3:GetObject', { Sid: 'One' })),
      { Version: '2012-10-17', Statement: allow('s3:GetObject', { Sid: 'Other' }) },
    ],
    [
      'the order of what is excepted',
      document({ Effect: 'Allow', NotAction: ['iam:*', 's3:*'], Resource: '*' }),
      document({ Effect: 'Allow', NotAction: ['s3:*', 'iam:*'], Resource: '*' }),
    ],
    ['what a broader statement says as well', document(allow('s3:*')), document(allow('s3:*'), allow('s3:GetObject'))],
  ])('%s', (_, one, other) => {
    expect(saySame(one, other)).toBe(true);
    expect(saySame(other, one)).toBe(true);
  });

  test.each([
    [
      'a role and its account, which in an Allow only delegates',
      document(allow('s3:GetObject', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/r` } })),
      document(allow('s3:GetObject', { Principal: { AWS: ACCOUNT } })),
    ],
    [
      'a resource in another case',
      document(allow('s3:GetObject', { Resource: 'arn:aws:s3:::A/*' })),
      document(allow('s3:GetObject', { Resource: 'arn:aws:s3:::a/*' })),
    ],
    [
      'values in another case',
      given({ StringEquals: { 'aws:SourceVpce': 'A' } }),
      given({ StringEquals: { 'aws:SourceVpce': 'a' } }),
    ],
    [
      'a variable, and the same text in the old language that has none',
      document(allow('s3:GetObject', { Resource: 'arn:aws:s3:::r/${aws:username}/*' })),
      { Version: '2008-10-17', Statement: [allow('s3:GetObject', { Resource: 'arn:aws:s3:::r/${aws:username}/*' })] },
    ],
    [
      'a condition with one value less',
      given({ StringEquals: { 'aws:SourceVpce': ['a', 'b'] } }),
      given({ StringEquals: { 'aws:SourceVpce': ['a'] } }),
    ],
  ])('not the same: %s', (_, one, other) => expect(saySame(one, other)).toBe(false));

  test('a document that cannot be read is compared with nothing', () => {
    expect(saySame('{', document(allow('s3:GetObject')))).toBeUndefined();
    expect(comparePolicies(document(allow('s3:GetObject')), { Statement: { Effect: 'Perhaps' } })).toBeUndefined();
  });
});

describe('gained and lost', () => {
  test('nothing is lost to a statement that leaves out other actions only', () => {
    const before = document(allow(['s3:GetEncryptionConfiguration', 's3:PutObject', 's3:GetBucketLocation']));
    const after = document({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' });
    expect(compared(before, after)).toMatchObject({ lost: [], removed: [], gained: ['all but iam:*'] });
  });

  test('what such a statement leaves out is lost', () => {
    const after = document({ Effect: 'Allow', NotAction: ['iam:*', 's3:PutObject*'], Resource: '*' });
    expect(compared(document(allow(['s3:PutObjectTagging', 's3:GetObject'])), after).lost).toEqual([
      's3:PutObjectTagging',
    ]);
  });

  test('of a wildcard that is partly left, the actions are named that are gone', () => {
    const { lost } = compared(document(allow('s3:PutObject*')), document(allow(['s3:PutObject', 's3:PutObjectAcl'])));
    expect(lost).toContain('s3:PutObjectTagging');
    expect(lost).not.toContain('s3:PutObject');
    expect(lost).not.toContain('s3:PutObject*');
  });

  test('of everything, whole services are named', () => {
    const { lost } = compared(document(allow('*')), document(allow(['s3:*', 'kms:Decrypt'])));
    expect(lost).toContain('iam:*');
    expect(lost).toContain('kms:PutKeyPolicy');
    expect(lost).not.toContain('s3:*');
    expect(lost).not.toContain('kms:Decrypt');
  });

  test('resources of several statements count together', () => {
    const halves = document(
      allow('s3:GetObject', { Resource: 'arn:aws:s3:::recordings/?*' }),
      allow('s3:GetObject', { Resource: 'arn:aws:s3:::recordings/' }),
    );
    expect(compared(document(allow('s3:GetObject')), halves)).toMatchObject({ lost: [], removed: [] });
  });

  test('a condition more is a loss, one less a gain', () => {
    const Condition = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } };
    const [open, narrow] = [document(allow('s3:GetObject')), document(allow('s3:GetObject', { Condition }))];
    expect(compared(open, narrow)).toMatchObject({ lost: ['s3:GetObject'], gained: [] });
    expect(compared(narrow, open)).toMatchObject({ lost: [], gained: ['s3:GetObject'] });
  });

  test('one value more of a condition is a gain; of a negated one a loss', () => {
    const when = (operator: string, ...values: string[]) =>
      document(allow('s3:GetObject', { Condition: { [operator]: { 'aws:SourceVpce': values } } }));
    expect(compared(when('StringEquals', 'a'), when('StringEquals', 'a', 'b'))).toMatchObject({
      lost: [],
      gained: ['s3:GetObject'],
    });
    expect(compared(when('StringNotEquals', 'a'), when('StringNotEquals', 'a', 'b'))).toMatchObject({
      lost: ['s3:GetObject'],
      gained: [],
    });
  });

  test('principals are told one by one', () => {
    const of = (...AWS: string[]) => document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS } });
    const { removed, added } = compared(
      of('111122223333', '444455556666'),
      of('arn:aws:iam::111122223333:root', '777788889999'),
    );
    expect(removed).toEqual(['Allow sts:AssumeRole for AWS 444455556666']);
    expect(added).toEqual(['Allow sts:AssumeRole for AWS 777788889999']);
  });

  test('a Deny for an account reaches its roles: nothing is undenied', () => {
    const of = (AWS: string) => document(deny('s3:DeleteObject', { Principal: { AWS } }));
    expect(compared(of(`arn:aws:iam::${ACCOUNT}:role/r`), of(ACCOUNT)).undenied).toEqual([]);
    expect(compared(of(ACCOUNT), of(`arn:aws:iam::${ACCOUNT}:role/r`)).undenied).toEqual(['s3:DeleteObject']);
  });

  test('what is denied to everybody on the same side is neither lost nor gained', () => {
    const before = document(allow('s3:*'), deny('s3:DeleteObject*'));
    const after = document(allow(['s3:Get*', 's3:DeleteObject']), deny('s3:DeleteObject*'));
    const { lost } = compared(before, after);
    expect(lost).toContain('s3:PutObject');
    expect(lost).not.toContain('s3:DeleteObjectVersion');
    expect(
      compared(document(deny('s3:DeleteObject')), document(deny('s3:DeleteObject'), allow('s3:DeleteObject'))).gained,
    ).toEqual([]);
  });

  test('a removed Deny is undenied, a policy that goes loses all that it allowed', () => {
    expect(compared(document(deny(['s3:DeleteObject', 's3:PutBucketPolicy'])), null)).toMatchObject({
      undenied: ['s3:DeleteObject', 's3:PutBucketPolicy'],
      lost: [],
    });
    expect(compared(document(allow('s3:*')), null).lost).toEqual(['s3:*']);
  });

  test('asked about a set of actions, it names those and no others', () => {
    const difference = compared(
      document(allow('*', { Resource: '*' })),
      document({ Effect: 'Allow', NotAction: 's3:Delete*', Resource: '*' }),
      ['s3:DeleteObject', 's3:PutObject'],
    );
    expect(difference).toMatchObject({ lost: ['s3:DeleteObject'], gained: [] });
  });

  test('several policies of one holder count together', () => {
    const lines = (...statements: object[]) => linesOf(document(...statements))!;
    const [put, get] = [lines(allow('s3:PutObject')), lines(allow('s3:GetObject'))];
    expect(compareLines([...put, ...get], [...get, ...put])).toMatchObject({ removed: [], added: [] });
  });

  test('an expression may stand for the same: it is said that this is unsure', () => {
    const difference = compared(
      document(allow('s3:GetObject', { Resource: 'arn:aws:s3:::recordings/*' })),
      document(allow('s3:GetObject', { Resource: '${aws_s3_bucket.recordings.arn}/*' })),
    );
    expect(difference).toMatchObject({ lost: ['s3:GetObject'], unsure: ['s3:GetObject'] });
  });
});
