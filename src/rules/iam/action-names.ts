import {
  type MisnamedAction,
  type PolicyKind,
  type PolicySource,
  actionsKnownUntil,
  misnamedActions,
  nameGrounds,
  readPolicy,
} from '../../iam';
import type { Facts, PolicyFact, Subject } from '../../facts';
import { knownExpressions, policySource } from '../policy-sources';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

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
  check: (facts) => {
    const looked = policiesOf(facts).map((one) => look(facts, one));
    return [...looked.flatMap(passed), ...broken(looked)];
  },
};

/** A policy, and whose it is. */
interface Owned {
  readonly kind: PolicyKind;
  readonly fact: PolicyFact;
  readonly owner: Subject;
}

/** Every policy once, however many roles it is attached to. Service control policies are not this product's to judge. */
function policiesOf({ roles, buckets, keys }: Facts): readonly Owned[] {
  const all: readonly Owned[] = [
    ...roles.flatMap((owner) => [
      ...owner.identityPolicies.map((fact) => ({ kind: 'identity', fact, owner }) as const),
      ...(owner.permissionsBoundary ? [{ kind: 'boundary', fact: owner.permissionsBoundary, owner } as const] : []),
      ...(owner.trustPolicy ? [{ kind: 'trust', fact: owner.trustPolicy, owner } as const] : []),
    ]),
    ...buckets.flatMap((owner) => owner.policies.map((fact) => ({ kind: 'bucket', fact, owner }) as const)),
    ...keys.map((owner) => ({ kind: 'key', fact: owner.policy, owner }) as const),
  ];
  const found = new Map<string, Owned>();
  for (const one of all) {
    const { name, origin } = one.fact;
    if ([name, origin.address].some(isManagedByAws)) continue;
    const key = JSON.stringify([origin, name]);
    const known = found.get(key);
    // Of several roles always the same one, whichever comes first.
    if (known === undefined || one.owner.address < known.owner.address) found.set(key, one);
  }
  return [...found.values()];
}

/** AWS keeps names in its own policies that it has given up; nobody else can change them. */
function isManagedByAws(name: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//.test(name);
}

/** What a policy names that does not exist. */
interface Looked extends Owned {
  readonly policy: PolicySource;
  readonly isSeen: boolean;
  readonly found: readonly MisnamedAction[];
}

function look(facts: Facts, owned: Owned): Looked {
  const policy = policySource(owned.fact, owned.kind, knownExpressions(facts));
  // What cannot be seen is for the rules to tell that ask for a permission; so is what AWS refuses as a whole.
  const isSeen = readPolicy(policy).seen;
  return { ...owned, policy, isSeen, found: isSeen ? misnamedActions(policy) : [] };
}

function passed({ fact, isSeen, found }: Looked): readonly Answered[] {
  if (!isSeen || found.length > 0) return [];
  const message = `Every action that ${fact.name} names exists.`;
  return [{ subject: fact.origin, detail: fact.name, status: 'pass', message, evidence: [], remedy: '' }];
}

/**
 * One answer for each role, bucket or key and each name that does not exist: a policy has an address in a configuration and
 * another name in the account, and the finding is to be the same.
 */
function broken(looked: readonly Looked[]): readonly Answered[] {
  const groups = new Map<string, { owner: Subject; all: { one: Looked; misnamed: MisnamedAction }[] }>();
  for (const one of looked) {
    for (const misnamed of one.found) {
      const key = JSON.stringify([one.owner.address, misnamed.action]);
      const group = groups.get(key) ?? { owner: one.owner, all: [] };
      groups.set(key, group);
      group.all.push({ one, misnamed });
    }
  }
  return [...groups.values()].map(({ owner, all }): Answered => {
    const each = all.map(({ one: { policy }, misnamed }) => {
      const where = nameGrounds({ policy, statement: misnamed.statement });
      return { where, text: `${misnamed.action} in ${where} ${inWords(misnamed)}` };
    });
    return {
      status: 'fail',
      subject: placeOf(owner),
      detail: all[0]!.misnamed.action,
      message: `${each.map(({ text }) => text).join('; ')}. Names of AWS are known up to ${actionsKnownUntil()}.`,
      evidence: all.map(({ one: { fact }, misnamed }, index) => ({
        origin: fact.origin,
        what: each[index]!.where,
        text: JSON.stringify(misnamed.statement.raw),
      })),
      remedy: remedy(all[0]!.misnamed),
    };
  });
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
