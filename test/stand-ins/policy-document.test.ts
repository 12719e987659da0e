import { policyDocument } from './aws/data/policy-document';
import { samePolicy } from './aws/policy-text';

type Config = Parameters<typeof policyDocument.read>[0]['config'];

const statement = (more: Partial<Config['statement'][number]> = {}): Config['statement'][number] => ({
  sid: null,
  effect: 'Allow',
  actions: ['s3:GetObject'],
  not_actions: null,
  resources: ['*'],
  not_resources: null,
  principals: [],
  not_principals: [],
  condition: [],
  ...more,
});

async function document(config: Partial<Config>): Promise<unknown> {
  const whole: Config = {
    id: null,
    json: null,
    minified_json: null,
    policy_id: null,
    version: '2012-10-17',
    source_policy_documents: null,
    override_policy_documents: null,
    statement: [],
    ...config,
  };
  const { json } = await policyDocument.read({ config: whole } as Parameters<typeof policyDocument.read>[0]);
  return JSON.parse(json ?? '');
}

describe('aws_iam_policy_document', () => {
  test('writes single values alone, several sorted, and leaves out what is not given', async () => {
    const written = await document({
      statement: [statement({ sid: 'Write', actions: ['s3:PutObject', 's3:AbortMultipartUpload'] })],
    });

    expect(written).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Write', Effect: 'Allow', Action: ['s3:AbortMultipartUpload', 's3:PutObject'], Resource: '*' },
      ],
    });
  });

  test('groups conditions by operator and principals by type, and knows "everyone"', async () => {
    const written = await document({
      statement: [
        statement({
          principals: [
            { type: 'AWS', identifiers: ['123456789012'] },
            { type: 'Service', identifiers: ['s3.amazonaws.com'] },
          ],
          condition: [
            { test: 'StringEquals', variable: 'sts:ExternalId', values: ['org'] },
            { test: 'StringEquals', variable: 'aws:username', values: ['&{aws:username}', 'b'] },
          ],
        }),
        statement({ principals: [{ type: '*', identifiers: ['*'] }] }),
      ],
    });

    expect(written).toMatchObject({
      Statement: [
        {
          Principal: { AWS: '123456789012', Service: 's3.amazonaws.com' },
          Condition: { StringEquals: { 'sts:ExternalId': 'org', 'aws:username': ['${aws:username}', 'b'] } },
        },
        { Principal: '*' },
      ],
    });
  });

  test('overrides statements of the same Sid in place, and adds the others', async () => {
    const written = await document({
      source_policy_documents: ['{"Statement":{"Sid":"A","Effect":"Deny","Action":"s3:*","Resource":"*"}}'],
      statement: [statement({ sid: 'B' })],
      override_policy_documents: [
        '{"Statement":[{"Sid":"A","Effect":"Allow","Action":"s3:Get*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*"}]}',
      ],
    });

    expect(written).toMatchObject({
      Statement: [{ Sid: 'A', Effect: 'Allow' }, { Sid: 'B' }, { Effect: 'Deny' }],
    });
  });

  test('says which document to merge is not JSON', async () => {
    await expect(document({ source_policy_documents: ['{}', 'not json'] })).rejects.toMatchObject({
      path: ['source_policy_documents', 1],
    });
  });
});

describe('two policy documents', () => {
  const one = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['a:B', 'a:A'], Principal: '*' }] };

  test.each([
    ['another order', { ...one, Statement: [{ ...one.Statement[0], Action: ['a:A', 'a:B'] }] }],
    ['a statement out of its list', { ...one, Statement: one.Statement[0] }],
    ['everyone as AWS *', { ...one, Statement: [{ ...one.Statement[0], Principal: { AWS: '*' } }] }],
  ])('with %s are the same', (_, other) => {
    expect(samePolicy(JSON.stringify(one), JSON.stringify(other, undefined, 2))).toBe(true);
  });

  test.each([
    ['an action less', { ...one, Statement: [{ ...one.Statement[0], Action: ['a:A'] }] }],
    ['another effect', { ...one, Statement: [{ ...one.Statement[0], Effect: 'Deny' }] }],
    ['everyone in one service', { ...one, Statement: [{ ...one.Statement[0], Principal: { Service: '*' } }] }],
  ])('with %s differ', (_, other) => {
    expect(samePolicy(JSON.stringify(one), JSON.stringify(other))).toBe(false);
  });
});
