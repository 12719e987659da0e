/** A policy that AWS refuses is an error in every rule that meets it, and one cause with all that it leaves open. */
import { causesOf, checkRules, type Finding, type RuleId } from '../../src/rules';
import type { Facts } from '../../src/facts';
import {
  BUCKET_ARN,
  GENESYS_TRUST,
  OBJECTS_ARN,
  allow,
  bucket,
  estate,
  liveEstate,
  policyFact,
  role,
  seen,
  statements,
} from './estate';

/** Documents of a role that IAM does not take. */
const OF_ROLE: Readonly<Record<string, object | string>> = {
  'JSON that is cut off': '{"Statement":',
  'a Sid that stands twice': statements(
    allow('s3:PutObject', OBJECTS_ARN, { Sid: 'A' }),
    allow('s3:PutObjectAcl', OBJECTS_ARN, { Sid: 'A' }),
  ),
  'a Sid with a hyphen': statements(allow('s3:*', '*', { Sid: 'a-b' })),
  'NotPrincipal with Allow': statements(allow('s3:*', '*', { NotPrincipal: '*' })),
  'a key that stands twice':
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Effect":"Allow","Action":"*","Resource":"*"}}',
  'condition keys that differ by case only': statements(
    allow('s3:*', '*', { Condition: { StringEquals: { 'aws:SourceIp': 'a', 'AWS:SourceIP': 'b' } } }),
  ),
  'a resource that is not an ARN': statements(allow('s3:*', 'recordings/*')),
};

const REFUSED = 'aws_iam_role_policy.refused';
const ofRole = (document: object | string): Partial<Facts> => ({
  roles: [role({ identityPolicies: [policyFact(REFUSED, document)] })],
  principals: {
    seen: [{ ...role({ identityPolicies: [policyFact(REFUSED, document)] }), kind: 'role' }],
    others: null,
  },
});

const problemsOf = (facts: Facts): readonly Finding[] =>
  checkRules(facts).findings.filter(({ status }) => status !== 'pass');
const about = (facts: Facts): readonly Finding[] =>
  problemsOf(facts).filter(({ message }) => message.includes('refuse'));
const rulesOf = (findings: readonly Finding[]): readonly RuleId[] =>
  [...new Set(findings.map(({ rule }) => rule))].sort();

test.each(Object.entries(OF_ROLE))('a role policy with %s: an error of every rule about the role', (_, document) => {
  const found = about(estate({ ...ofRole(document), moment: 'plan' }));

  expect(rulesOf(found)).toEqual([
    'iam/export-actions',
    'iam/least-privilege',
    'iam/put-object-tagging',
    'iam/who-can-release',
    's3/large-objects',
  ]);
  expect(found.filter(({ status }) => status === 'unknown')).toEqual([]);
  expect(found.find(({ rule }) => rule === 'iam/export-actions')).toMatchObject({ status: 'fail', severity: 'error' });
});

test('given a bucket policy that AWS refuses, then the rules about the bucket fail too', () => {
  const document = statements({ ...allow('s3:GetObject', OBJECTS_ARN), Principal: { AWS: 'user/anna' } });
  const facts = estate({ moment: 'plan', buckets: [bucket({ policies: [policyFact(REFUSED, document)] })] });

  expect(rulesOf(about(facts))).toEqual(expect.arrayContaining(['s3/policy-lockout', 's3/public']));
  expect(about(facts).filter(({ status }) => status === 'unknown')).toEqual([]);
});

test('given a key policy that AWS refuses, then the key cannot be relied on', () => {
  const key = {
    address: 'aws_kms_key.recordings',
    arn: seen('arn:aws:kms:eu-central-1:111122223333:key/1'),
    accountId: seen('111122223333'),
    policy: policyFact('aws_kms_key.recordings', statements(allow('kms:*', '*'))),
  };
  const encryption = seen({ algorithm: 'aws:kms' as const, kmsKey: 'key', keyAddress: key.address });
  const facts = estate({ moment: 'plan', keys: [key], buckets: [bucket({ encryption })] });

  expect(about(facts).map(({ rule, status }) => `${rule} ${status}`)).toContain('iam/export-actions fail');
});

test('given a trust policy that AWS refuses, then whom the role trusts is an error that names the policy', () => {
  const document = statements({ ...GENESYS_TRUST, Sid: 'a b' });
  const facts = estate({
    moment: 'plan',
    roles: [role({ trustPolicy: policyFact('aws_iam_role.exporter', document) })],
  });
  const [finding] = about(facts).filter(({ rule }) => rule === 'iam/external-id');

  expect(finding).toMatchObject({ status: 'fail', subject: { address: 'aws_iam_role.exporter' } });
  expect(finding?.message).toContain('AWS refuses the policy aws_iam_role.exporter');
});

test('all that one refused policy leaves open is one cause, with what to correct as its remedy', () => {
  const causes = causesOf(about(estate({ ...ofRole(OF_ROLE['a Sid that stands twice']!), moment: 'plan' })));

  expect(causes).toHaveLength(1);
  expect(causes[0]?.headline).toContain(`AWS refuses the policy ${REFUSED}: it is malformed: `);
  expect(causes[0]?.remedy).toMatch(new RegExp(`^Correct the policy ${REFUSED}: .*stands twice`));
  expect(causes[0]?.consequences).toContain(
    `Unknown whether aws_iam_role.exporter, the role that Genesys Cloud exports with, is allowed s3:GetBucketLocation on ${BUCKET_ARN}`,
  );
});

test('live it is unknown: AWS has taken what it holds, so the reading is what fails', () => {
  const found = problemsOf(liveEstate(ofRole(OF_ROLE['a Sid with a hyphen']!)));

  expect(rulesOf(found)).toContain('iam/export-actions');
  expect([...new Set(found.map(({ status }) => status))]).toEqual(['unknown']);
});
