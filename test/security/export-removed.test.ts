/**
 * The policy of the role that Genesys Cloud writes exports with, judged by the rules, since nothing but Genesys Cloud uses it:
 * without any one action a rule says so and names it.
 */
import { awsPolicies } from '../../scripts/docs/aws-policies';
import { checkRules } from '../../src/rules';
import { bucket, estate, policyFact, role, seen, statements, TAGGING, trust, GENESYS_TRUST } from '../rules/estate';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/your-key-id';
const BUCKET = 'arn:aws:s3:::your-recordings';
const ACCOUNT = seen('111122223333');
const POLICY = awsPolicies().find(({ title }) => title === 'The role that Genesys Cloud writes exports with')!;
const ACTIONS = POLICY.statements.flatMap(({ Action }) => Action);

/** What the rules find about the role without one action, as far as it is no pass; each by its rule and action. */
function problemsWithout(action: string): readonly string[] {
  const document = statements(
    ...POLICY.statements
      .map((statement) => ({ ...statement, Action: [statement.Action].flat().filter((one) => one !== action) }))
      .filter(({ Action }) => Action.length > 0),
  );
  const facts = estate({
    roles: [
      role({
        arn: seen('arn:aws:iam::111122223333:role/exporter'),
        accountId: ACCOUNT,
        identityPolicies: [policyFact('aws_iam_role_policy.export', document), TAGGING],
        trustPolicy: trust(GENESYS_TRUST),
      }),
    ],
    buckets: [
      bucket({
        arn: seen(BUCKET),
        encryption: seen({ algorithm: 'aws:kms' as const, kmsKey: KEY, keyAddress: 'aws_kms_key.k' }),
      }),
    ],
    keys: [
      {
        address: 'aws_kms_key.k',
        arn: seen(KEY),
        accountId: ACCOUNT,
        policy: policyFact(
          'aws_kms_key.k',
          statements({
            Effect: 'Allow',
            Action: 'kms:*',
            Resource: '*',
            Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          }),
        ),
      },
    ],
  });
  return checkRules(facts)
    .findings.filter(
      ({ rule, status }) => ['iam/export-actions', 's3/large-objects'].includes(rule) && status !== 'pass',
    )
    .map(({ rule, status, message, detail }) => `${rule} ${status}: ${message} ${detail ?? ''}`);
}

test('the policy is enough', () => {
  expect(problemsWithout('nothing')).toEqual([]);
});

test.each(ACTIONS)('taken away: %s is found, and named', (action) => {
  const problems = problemsWithout(action);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.filter((text) => !text.includes(action))).toEqual([]);
  expect(problems.filter((text) => / unknown: /.test(text))).toEqual([]);
});
