import { deadGrants, levelOf, replaceExpressions, withKnownExpressions } from '../../src/iam';
import { BUCKET, KEY, OBJECTS, allow, deny, identity } from './cases/case';

const dead = (...statements: readonly Readonly<Record<string, unknown>>[]): string[] =>
  deadGrants(identity(...statements)).map(({ action, takes }) => `${action} ${takes}`);

describe('grants that can never take effect', () => {
  test.each([
    ['a bucket action on objects', allow('s3:GetBucketLocation', OBJECTS), ['s3:GetBucketLocation bucket']],
    ['a bucket action on all objects there are', allow('s3:ListBucket', 'arn:aws:s3:::*/*'), ['s3:ListBucket bucket']],
    ['an object action on the bucket', allow('s3:PutObject', BUCKET), ['s3:PutObject object']],
    [
      'an object action on a bucket by expression',
      allow('s3:PutObject', '${aws_s3_bucket.b.arn}'),
      ['s3:PutObject object'],
    ],
    [
      'an object action on a bucket by name',
      allow('s3:PutObject', 'arn:aws:s3:::${aws_s3_bucket.b.id}'),
      ['s3:PutObject object'],
    ],
    [
      'a bucket action on objects by expression',
      allow('s3:GetBucketLocation', '${aws_s3_bucket.b.arn}/*'),
      ['s3:GetBucketLocation bucket'],
    ],
    ['a key’s action on a bucket', allow('kms:Decrypt', BUCKET), ['kms:Decrypt key']],
    ['an object action on a key', allow('s3:PutObject', KEY), ['s3:PutObject object']],
    ['one of two actions', allow(['s3:PutObject', 's3:GetBucketLocation'], OBJECTS), ['s3:GetBucketLocation bucket']],
    ['an action in another case', allow('S3:getbucketlocation', OBJECTS), ['s3:GetBucketLocation bucket']],
  ])('%s', (_name, statement, expected) => {
    expect(dead(statement)).toEqual(expected);
  });

  test.each([
    ['both levels in one statement', allow(['s3:PutObject', 's3:GetBucketLocation'], [BUCKET, OBJECTS])],
    ['everything', allow(['s3:PutObject', 's3:GetBucketLocation'], '*')],
    ['a star that reaches over the slash', allow('s3:PutObject', 'arn:aws:s3:::rec*')],
    ['an expression that may be anything', allow('s3:PutObject', '${var.resource}')],
    ['a name that may hold a slash', allow('s3:PutObject', 'arn:aws:s3:::${var.bucket}')],
    ['actions with wildcards', allow('s3:*', OBJECTS)],
    ['a Deny', deny('s3:GetBucketLocation', OBJECTS)],
    ['an action that is not listed', allow('s3:GetBucketWebsite', OBJECTS)],
    ['an action of another verb', allow('s3:PutObject', OBJECTS)],
  ])('not: %s', (_name, statement) => {
    expect(dead(statement)).toEqual([]);
  });

  test('a policy that cannot be read has none', () => {
    expect(deadGrants({ name: 'p', kind: 'identity', document: { unseen: 'hidden' } })).toEqual([]);
  });
});

test('levels of actions are found in any case', () => {
  expect(levelOf('S3:PUTOBJECTTAGGING')).toBe('object');
  expect(levelOf('s3:NoSuchThing')).toBeNull();
});

describe('known expressions', () => {
  const valueOf = (expression: string) => (expression === 'aws_s3_bucket.b.arn' ? BUCKET : undefined);

  test('are replaced in texts, the others stay', () => {
    expect(replaceExpressions('${aws_s3_bucket.b.arn}/${var.x}/${ aws_s3_bucket.b.arn }', valueOf)).toBe(
      `${BUCKET}/\${var.x}/${BUCKET}`,
    );
  });

  test('are replaced in documents and in documents as text', () => {
    const document = { Version: '2012-10-17', Statement: allow('s3:*', ['${aws_s3_bucket.b.arn}/*']) };
    const expected = { Version: '2012-10-17', Statement: allow('s3:*', [OBJECTS]) };
    expect(withKnownExpressions(document, valueOf)).toEqual(expected);
    expect(withKnownExpressions(JSON.stringify(document), valueOf)).toEqual(expected);
  });

  test('do not touch what is no document', () => {
    expect(withKnownExpressions('${aws_s3_bucket.b.arn}', valueOf)).toBe('${aws_s3_bucket.b.arn}');
    expect(withKnownExpressions('[1]', valueOf)).toBe('[1]');
  });
});
