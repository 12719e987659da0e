import { type ArnLevel, type DeadGrant, deadGrants, statementName } from '../../iam';
import type { BucketFact, Facts, KeyFact, PolicyFact } from '../../facts';
import { type Assignment, assignmentsOf, bucketArn, objectsArn } from '../assignments';
import { type Asked, type Permission, mayDo } from '../permission';
import { knownExpressions, policySource } from '../policy-sources';
import { GENESYS_NETWORK } from '../request';
import { addStatements, revived } from '../policy-remedies';
import { makeKnown } from '../sight';
import { stopDenying } from '../statement-exceptions';
import type { Answered, Evidence, Rule } from '../rule';
import { undecided } from '../undecided';
import { bucketDetail, lackingInWords, placeOf, unseenDuty } from '../wording';

/** Actions that Genesys Cloud documents for the role of its integration. */
const ON_BUCKET = ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration'];
const ON_OBJECTS = ['s3:PutObject', 's3:PutObjectAcl'];

/** The export role has the documented actions, on the right ARN level. */
export const exportActions: Rule<'iam/export-actions'> = {
  id: 'iam/export-actions',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  title: 'the export role has the documented actions, on the right ARN level',
  looksAt: [
    'Every policy of the role that Genesys Cloud assumes, the bucket policy, and the key policy if the bucket is encrypted with a key of your own. There is one finding for each action that Genesys Cloud documents:',
    {
      table: [
        ['action', 'takes effect on'],
        ['`s3:GetBucketLocation`, `s3:GetEncryptionConfiguration`', '`arn:aws:s3:::bucket`'],
        ['`s3:PutObject`, `s3:PutObjectAcl`', '`arn:aws:s3:::bucket/*`'],
        ['`kms:GenerateDataKey`', 'the key'],
      ],
    },
    'Grants that can never take effect are a warning of their own: a bucket action on the ARN of objects, and the reverse. Names that are not actions are reported by `iam/action-names`.',
  ],
  why: [
    'Without one of the documented actions an export starts and then fails to write. The statement often looks right: `s3:GetBucketLocation` on `arn:aws:s3:::*/*` reads like more than enough and grants nothing, because S3 checks that action against the bucket.',
    'A key has a policy of its own. Unless the key policy names the role, or delegates to the account and the policies of the role allow it, the key cannot be used, whatever else is allowed.',
  ],
  remedy: [
    'Add the statements that the findings print. Move grants without effect to a statement with the ARN that their action takes.',
  ],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "aws_iam_role_policy" "export" {
          name = "export"
          role = aws_iam_role.exporter.name
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [
              {
                Sid      = "LookAtExportBucket"
                Effect   = "Allow"
                Action   = ["s3:GetBucketLocation", "s3:GetEncryptionConfiguration"]
                Resource = "arn:aws:s3:::acme-recordings"
              },
              {
                Sid      = "WriteExportedFiles"
                Effect   = "Allow"
                Action   = ["s3:PutObject", "s3:PutObjectAcl"]
                Resource = "arn:aws:s3:::acme-recordings/*"
              },
            ]
          })
        }`,
    },
    { language: 'cdktf', text: `const role = new ExportRole(this, 'role', { bucket, organizationId });` },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'The first two actions take the ARN of the bucket. Here they grant nothing.',
      text: `
        resource "aws_iam_role_policy" "export" {
          name = "export"
          role = aws_iam_role.exporter.name
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect = "Allow"
              Action = [
                "s3:GetBucketLocation",
                "s3:GetEncryptionConfiguration",
                "s3:PutObject",
                "s3:PutObjectAcl",
              ]
              Resource = "arn:aws:s3:::acme-recordings/*"
            }]
          })
        }`,
    },
    {
      language: 'cdktf',
      caption: 'This role is not given the actions by anything.',
      text: `
        const iamRole = new IamRole(this, 'iam-role', { name: 'recordings-exporter', assumeRolePolicy: genesysCloudOnly });
        const role = ExportRole.fromRoleArn(this, 'role', iamRole.arn);
        new LegalHoldExport(this, 'sms', { integrationId, interval, channel: Channel.sms(), bucket, role, hold });`,
    },
  ],
  sources: [
    {
      title: 'Create IAM resources for AWS S3 bucket (Genesys Cloud)',
      url: 'https://help.mypurecloud.com/articles/create-iam-resources-for-aws-s3-bucket/',
    },
    {
      title: 'Actions, resources, and condition keys for Amazon S3',
      url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
    },
  ],
  check: (facts) => {
    const { seen, unseen } = assignmentsOf(facts, 'export');
    return [
      ...seen.flatMap((assignment) => [...check(facts, assignment), ...dead(facts, assignment)]),
      ...unseen.map(({ duty, why }) => unseenDuty(duty, why, 'Genesys Cloud can write its exports')),
    ];
  },
};

function check(facts: Facts, assignment: Assignment): readonly Answered[] {
  const { role, bucket, duty } = assignment;
  const [onBucket, onObjects] = [bucketArn(bucket), objectsArn(assignment)];
  if (onBucket === null || onObjects === null) {
    return [unseenDuty(duty, `name and ARN of ${bucket.address} are not known`, 'Genesys Cloud can write its exports')];
  }
  const asked: Asked[] = [
    ...ON_BUCKET.map((action) => ({ role, bucket, action, resource: { exactly: onBucket } })),
    ...ON_OBJECTS.map((action) => ({ role, bucket, action, resource: { every: onObjects } })),
  ];
  const key = facts.keys.find(
    ({ address }) => bucket.encryption.known && address === bucket.encryption.value.keyAddress,
  );
  if (key?.arn.known) {
    asked.push({ role, bucket, key, action: 'kms:GenerateDataKey', resource: { exactly: key.arn.value } });
  }
  const results = asked.map((one) => ({ one, permission: mayDo(facts, { ...one, context: GENESYS_NETWORK }) }));
  return [
    ...results.map(({ one, permission }) => ({
      subject: placeOf(role),
      detail: `${bucketDetail(bucket, duty)} ${one.action}`,
      ...answer(facts, one, permission, lackingWith(one, results)),
    })),
    ...unseenKey(assignment, key),
  ];
}

/** Actions that are not allowed on the same resource: one statement grants them all, whichever finding is followed first. */
function lackingWith(
  { action, resource }: Asked,
  results: readonly { readonly one: Asked; readonly permission: Permission }[],
): readonly string[] {
  const same = results.filter(
    ({ one, permission }) =>
      resourceIn(one.resource) === resourceIn(resource) && permission.answer.decision === 'ImplicitlyDenied',
  );
  return same.length === 0 ? [action] : same.map(({ one }) => one.action);
}

const resourceIn = (resource: Asked['resource']): string => ('every' in resource ? resource.every : resource.exactly);

/** What a statement is about, for its Sid. */
function levelInWords({ action, resource }: Asked): string {
  if (action.startsWith('kms:')) return 'Key';
  return 'every' in resource ? 'Objects' : 'Bucket';
}

/** A customer's key that is not among the facts: whether the role may use it is not known. */
function unseenKey({ role, bucket, duty }: Assignment, key: KeyFact | undefined): readonly Answered[] {
  const { encryption } = bucket;
  if (key?.arn.known === true || !encryption.known || encryption.value.kmsKey === null) return [];
  return [
    {
      status: 'unknown',
      subject: placeOf(role),
      detail: `${bucketDetail(bucket, duty)} kms:GenerateDataKey`,
      message: `Unknown whether ${role.address}, the role that Genesys Cloud exports with, is allowed kms:GenerateDataKey: the policy of the key ${encryption.value.kmsKey} of ${bucket.address} is in none of the plans.`,
      evidence: [{ origin: encryption.origin, what: 'encryption' }],
      remedy:
        'Allow the role kms:GenerateDataKey and kms:Decrypt in its own policies and in the key policy. genesyscloud-compliance preflight looks at both.',
    },
  ];
}

function answer(
  facts: Facts,
  asked: Asked,
  permission: Permission,
  actions: readonly string[],
): Omit<Answered, 'subject' | 'detail'> {
  const { role, action, resource } = asked;
  const {
    answer: { decision, lacking, blockers },
    evidence,
  } = permission;
  const on = 'every' in resource ? `every ${resource.every}` : resource.exactly;
  const who = `The role that Genesys Cloud exports with, ${role.address},`;
  const grant = {
    sid: `GenesysCloudExport${levelInWords(asked)}`,
    actions: decision === 'ImplicitlyDenied' ? actions : [action],
    resource: resourceIn(resource),
  };
  switch (decision) {
    case 'Allowed':
      return { status: 'pass', message: `${who} is allowed ${action} on ${on}.`, evidence, remedy: '' };
    case 'ExplicitlyDenied': {
      const decides = evidence[0]?.what ?? 'a statement';
      const message = `${who} is denied ${action} on ${on}: ${decides} denies it, and a Deny wins over every Allow.`;
      return {
        status: 'fail',
        message,
        evidence,
        remedy: stopDenying(facts, asked, evidence),
      };
    }
    case 'ImplicitlyDenied': {
      const message = `${who} is not allowed ${action} on ${on}: ${lackingInWords(lacking)}.`;
      return {
        status: 'fail',
        message,
        evidence,
        remedy: addStatements(facts, lacking, asked, grant),
      };
    }
    case 'Unknown': {
      const whether = `${role.address}, the role that Genesys Cloud exports with, is allowed ${action} on ${on}`;
      const remedy = makeKnown(facts, asked, grant, permission);
      return undecided(facts.moment, { whether, blockers, evidence, remedy });
    }
  }
}

/** Grants of the role that can never take effect; a warning, since another statement may grant the same rightly. */
function dead(facts: Facts, { role, bucket, duty }: Assignment): readonly Answered[] {
  const found = role.identityPolicies.flatMap((fact) =>
    deadGrants(policySource(fact, 'identity', knownExpressions(facts))).map((grant) => ({ fact, grant })),
  );
  if (found.length === 0) return [];
  return [
    {
      status: 'warn',
      subject: placeOf(role),
      detail: `${bucketDetail(bucket, duty)} dead grants`,
      message: `The role ${role.address} has grants that can never take effect: ${found.map(({ grant }) => inWords(grant)).join('; ')}.`,
      evidence: found.map(({ fact, grant }) => evidence(fact, grant)),
      remedy: remedyFor(facts, found, bucket),
    },
  ];
}

const ARTICLE: Readonly<Record<ArnLevel, string>> = {
  bucket: 'a bucket (arn:aws:s3:::bucket)',
  object: 'objects (arn:aws:s3:::bucket/*)',
  job: 'a job',
  key: 'a key',
  role: 'a role',
  any: 'no resource (*)',
};

function inWords({ action, takes, resources }: DeadGrant): string {
  return `${action} takes the ARN of ${ARTICLE[takes]}, not ${resources.join(', ')}`;
}

function evidence(fact: PolicyFact, { statement }: DeadGrant): Evidence {
  return {
    origin: fact.origin,
    what: `${statementName(statement)} of the identity policy ${fact.name}`,
    text: JSON.stringify(statement.raw),
  };
}

/** What an action of a level is granted on, where this bucket tells. */
function levelArns(bucket: BucketFact): Readonly<Partial<Record<ArnLevel, string>>> {
  const arn = bucketArn(bucket);
  return { any: '*', ...(arn === null ? {} : { bucket: arn, object: `${arn}/*` }) };
}

/** What to write instead of each statement that has dead grants. */
function remedyFor(
  facts: Facts,
  found: readonly { readonly fact: PolicyFact; readonly grant: DeadGrant }[],
  bucket: BucketFact,
): string {
  const arns = levelArns(bucket);
  const byStatement = new Map<string, { readonly fact: PolicyFact; readonly grants: DeadGrant[] }>();
  for (const { fact, grant } of found) {
    const key = `${fact.name} ${grant.statement.index}`;
    const known = byStatement.get(key) ?? { fact, grants: [] };
    known.grants.push(grant);
    byStatement.set(key, known);
  }
  return [...byStatement.values()]
    .map(({ fact, grants }) =>
      revived(
        facts,
        evidence(fact, grants[0]!),
        grants.map(({ action, takes }) => ({
          action,
          resource: arns[takes] ?? null,
          otherwise: `Move ${action} to a statement whose Resource is the ARN of ${ARTICLE[takes]}.`,
        })),
      ),
    )
    .join('\n');
}
