/** The policies of AWS on the page about least privilege: enough for every request, and nothing that destroys. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsPolicies } from '../../scripts/docs/aws-policies';
import { deadGrants, levelOf, misnamedActions, type PolicySource } from '../../src/iam';

const POLICIES = awsPolicies();
const policyOf = (title: string) => POLICIES.find((policy) => policy.title === title)!;
const actionsOf = ({ statements }: (typeof POLICIES)[number]): readonly string[] =>
  statements.flatMap(({ Action }) => Action);

/** Actions that messages of these files name as the right they need. */
function namedIn(folder: string): ReadonlySet<string> {
  const files = readdirSync(join(__dirname, '../..', folder), { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) =>
      readFileSync(join(__dirname, '../..', folder, file), 'utf8').replace(/^\s*(\/\*\*|\*|\/\/).*$/gm, ''),
    );
  return new Set(texts.flatMap((text) => text.match(/\b(?:s3|iam|kms|cloudtrail):[A-Z]\w+/g) ?? []));
}

test.each(POLICIES.map((policy) => [policy.title, policy] as const))(
  '%s: a policy that IAM takes as meant',
  (_, policy) => {
    const source: PolicySource = {
      name: policy.title,
      kind: 'identity',
      document: { Version: '2012-10-17', Statement: policy.statements },
    };
    expect(policy.statements.length).toBeGreaterThan(0);
    expect(deadGrants(source)).toEqual([]);
    expect(misnamedActions(source)).toEqual([]);
    // What the ARNs are judged by knows every action on buckets and files.
    const known = (action: string) => !action.startsWith('s3:') || levelOf(action) !== null;
    expect(actionsOf(policy).filter((action) => !known(action))).toEqual([]);
  },
);

test('none deletes, gets past a retention or changes policies, and none has wildcards in actions', () => {
  const all = POLICIES.flatMap(actionsOf);
  expect(all.filter((action) => /Delete|Bypass|Retention|PutBucket|PutRole|\*/.test(action))).toEqual([]);
});

test('holds are taken off by the identity that releases alone', () => {
  const able = POLICIES.filter(({ statements }) =>
    statements.some(({ Action, Condition }) => Action.includes('s3:PutObjectLegalHold') && Condition === undefined),
  );
  expect(able.map(({ title }) => title)).toEqual(['Releasing exported files']);
  expect(actionsOf(policyOf('Releasing exported files')).filter((action) => /Put/.test(action))).toEqual([
    's3:PutObjectLegalHold',
  ]);
});

test('who looks can write nothing', () => {
  expect(actionsOf(policyOf('Looking only')).filter((action) => !/:(Get|List|Describe|Simulate)/.test(action))).toEqual(
    [],
  );
});

test('who looks has every right that lookups name, and no other', () => {
  const named = [...namedIn('src/aws/policies')];
  expect(named.length).toBeGreaterThan(10);
  const looking = actionsOf(policyOf('Looking only'));
  expect(named.filter((action) => !looking.includes(action))).toEqual([]);
  const objects = [...namedIn('src/aws/object-hold'), 's3:ListBucket'];
  expect(looking.filter((action) => !named.includes(action) && !objects.includes(action))).toEqual([]);
});

test('who names actors reads records, has every right that their readers name, and no other', () => {
  const naming = actionsOf(policyOf('Naming who did it'));
  expect([...naming].sort()).toEqual([...namedIn('src/aws/trail')].sort());
});

test('every right that requests about files and jobs name is in the policies of those who make them', () => {
  const holding = actionsOf(policyOf('Tagging and holding exported files'));
  const jobs = actionsOf(policyOf('Starting jobs of S3 Batch Operations'));
  expect([...namedIn('src/aws/object-hold')].filter((action) => !holding.includes(action))).toEqual([]);
  expect([...namedIn('src/aws/batch-operations')].filter((action) => ![...holding, ...jobs].includes(action))).toEqual(
    [],
  );
});
