import {
  type MisnamedAction,
  type PolicyKind,
  actionsKnownUntil,
  misnamedActions,
  nameGrounds,
  readPolicy,
} from '../../iam';
import type { Facts, PolicyFact } from '../../facts';
import { knownExpressions, policySource } from '../policy-sources';
import type { Answered, Rule } from '../rule';

/** Every action that a policy names exists. */
export const actionNames: Rule<'iam/action-names'> = {
  id: 'iam/action-names',
  severity: 'warn',
  moments: ['synth', 'plan', 'live'],
  title: 'every action that a policy names exists',
  looksAt: [
    'The actions in every policy of the roles (attached, inline, boundary, trust), of the buckets and of their keys, in `Action` and in `NotAction`, for all services of AWS. A name with wildcards must match at least one action. Not judged: names that hold an expression, policies that AWS manages, service control policies, and documents that cannot be seen.',
    'The names are those of the service authorization reference on the day that the finding states. An action that AWS added later is reported although it exists. That is why the answer is a warning and not an error.',
  ],
  why: [
    'AWS accepts any well-formed name in a policy and does not warn. An Allow of `s3:PutObjectTaging` grants nothing, and the job that tags fails halfway. A Deny of `s3:PutObjectLegalHolds` protects nothing, and the mistake shows only when a hold is gone.',
    'The usual mistake is the name of the API operation where the permission has another name: there is no `s3:HeadObject` (`s3:GetObject`), no `s3:ListObjectsV2` (`s3:ListBucket`), no `s3:PutBucketEncryption` (`s3:PutEncryptionConfiguration`).',
  ],
  remedy: ['Write the name that the finding proposes, or look it up in the service authorization reference of AWS.'],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "aws_iam_role_policy" "tagging" {
          name = "tagging"
          role = aws_iam_role.exporter.name
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect   = "Allow"
              Action   = "s3:PutObjectTagging"
              Resource = "arn:aws:s3:::acme-recordings/*"
            }]
          })
        }`,
    },
    {
      language: 'cdktf',
      text: `
        role.grant('tags', [
          { Sid: 'Tag', Effect: 'Allow', Action: ['s3:PutObjectTagging'], Resource: bucket.objectsArn },
        ]);`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      text: `
        resource "aws_iam_role_policy" "tagging" {
          name = "tagging"
          role = aws_iam_role.exporter.name
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect   = "Allow"
              Action   = "s3:PutObjectTaging"
              Resource = "arn:aws:s3:::acme-recordings/*"
            }]
          })
        }`,
    },
    {
      language: 'cdktf',
      text: `
        role.grant('tags', [
          { Sid: 'Tag', Effect: 'Allow', Action: ['s3:PutObjectTaging'], Resource: bucket.objectsArn },
        ]);`,
    },
  ],
  sources: [
    {
      title: 'Actions, resources, and condition keys for AWS services',
      url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    },
  ],
  check: (facts) => policiesOf(facts).flatMap(([kind, fact]) => check(facts, kind, fact)),
};

/** Every policy once, however many roles it is attached to. Service control policies are not this product's to judge. */
function policiesOf({ roles, buckets, keys }: Facts): readonly (readonly [PolicyKind, PolicyFact])[] {
  const all = [
    ...roles.flatMap(({ identityPolicies, permissionsBoundary, trustPolicy }) => [
      ...identityPolicies.map((fact) => ['identity', fact] as const),
      ...(permissionsBoundary ? [['boundary', permissionsBoundary] as const] : []),
      ...(trustPolicy ? [['trust', trustPolicy] as const] : []),
    ]),
    ...buckets.flatMap(({ policies }) => policies.map((fact) => ['bucket', fact] as const)),
    ...keys.map(({ policy }) => ['key', policy] as const),
  ];
  const own = all.filter(([, { name, origin }]) => ![name, origin.address].some(isManagedByAws));
  return [...new Map(own.map((one) => [JSON.stringify([one[1].origin, one[1].name]), one])).values()];
}

/** AWS keeps names in its own policies that it has given up; nobody else can change them. */
function isManagedByAws(name: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//.test(name);
}

function check(facts: Facts, kind: PolicyKind, fact: PolicyFact): readonly Answered[] {
  const policy = policySource(fact, kind, knownExpressions(facts));
  const about = { subject: fact.origin, detail: fact.name, evidence: [] };
  // What cannot be seen is for the rules to tell that ask for a permission; a malformed document AWS refuses as a whole.
  if (!readPolicy(policy).seen) return [];
  const found = misnamedActions(policy);
  if (found.length === 0) {
    return [{ ...about, status: 'pass', message: `Every action that ${fact.name} names exists.`, remedy: '' }];
  }
  const of = (misnamed: MisnamedAction): string => nameGrounds({ policy, statement: misnamed.statement });
  const each = found.map((misnamed) => `${misnamed.action} in ${of(misnamed)} ${inWords(misnamed)}`);
  return [
    {
      ...about,
      status: 'fail',
      message: `${each.join('; ')}. Names of AWS are known up to ${actionsKnownUntil()}.`,
      evidence: found.map((misnamed) => ({
        origin: fact.origin,
        what: of(misnamed),
        text: JSON.stringify(misnamed.statement.raw),
      })),
      remedy: found.map(remedy).join('\n'),
    },
  ];
}

function inWords({ action, why, statement }: MisnamedAction): string {
  const what =
    why === 'service'
      ? 'belongs to no service'
      : /[*?]/.test(action)
        ? 'matches no action of AWS'
        : 'is not an action of AWS';
  if (statement.actions.negated) return `${what}, so it excepts nothing`;
  return `${what}, so it ${statement.effect === 'Allow' ? 'grants' : 'guards'} nothing`;
}

function remedy({ action, nearest }: MisnamedAction): string {
  return nearest === null
    ? `Look up what ${action} should be in the service authorization reference of AWS, or remove it.`
    : `Write ${nearest} instead of ${action}.`;
}
