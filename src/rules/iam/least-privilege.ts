import type { Duty, Facts } from '../../facts';
import { type Assignment, assignmentsOf, bucketArn } from '../assignments';
import { grantedByItself, mayDoSomewhere, perhapsAllowed } from '../permission';
import { GENESYS_NETWORK } from '../request';
import { narrowed, onlyPutsOn } from '../policy-remedies';
import type { Answered, Rule } from '../rule';
import { undecided } from '../undecided';
import { bucketDetail, placeOf, unseenDuty } from '../wording';

/** What roles that export, tag or hold must not be able to do, and what it would mean. */
const ON_OBJECTS: readonly (readonly [action: string, means: string])[] = [
  ['s3:DeleteObject', 'hide exported files'],
  ['s3:DeleteObjectVersion', 'delete exported files for good'],
  ['s3:PutObjectLegalHold', 'release holds'],
  ['s3:PutObjectRetention', 'change retention'],
  ['s3:BypassGovernanceRetention', 'bypass retention'],
];
const ON_BUCKET: readonly (readonly [action: string, means: string])[] = [
  ['s3:DeleteBucket', 'delete the bucket'],
  ['s3:PutBucketPolicy', 'give itself any right'],
  ['s3:DeleteBucketPolicy', 'take away what the bucket policy denies'],
  ['s3:PutBucketVersioning', 'turn off versioning'],
  ['s3:PutReplicationConfiguration', 'copy recordings elsewhere'],
  ['s3:PutLifecycleConfiguration', 'have files expire'],
  ['s3:PutBucketObjectLockConfiguration', 'set retention for everything'],
  ['s3:PutBucketPublicAccessBlock', 'let the public in'],
  ['s3:PutBucketAcl', 'give the bucket to others'],
];

/** On anything at all: keys that recordings are encrypted with, and rights of roles. */
const ON_ANYTHING: readonly (readonly [action: string, means: string])[] = [
  ['kms:ScheduleKeyDeletion', 'make recordings unreadable'],
  ['kms:DisableKey', 'make recordings unreadable for a time'],
  ['kms:DeleteImportedKeyMaterial', 'make recordings unreadable'],
  ['kms:PutKeyPolicy', 'decide who reads recordings'],
  ['iam:PutRolePolicy', 'give roles any right'],
  ['iam:AttachRolePolicy', 'give roles any right'],
  ['iam:CreatePolicyVersion', 'rewrite policies of roles'],
  ['iam:SetDefaultPolicyVersion', 'rewrite policies of roles'],
  ['iam:DeleteRolePolicy', 'take away what policies of roles deny'],
  ['iam:DetachRolePolicy', 'take away what policies of roles deny'],
  ['iam:DeleteRolePermissionsBoundary', 'take away the boundary of roles'],
  ['iam:UpdateAssumeRolePolicy', 'decide who takes roles on'],
];

const ACTIONS_HERE = [...ON_OBJECTS, ...ON_BUCKET].map(([action]) => action);
const ACTIONS_ANYWHERE = ON_ANYTHING.map(([action]) => action);

/** A role of the customer calls from wherever it runs. */
const ANY_NETWORK: Readonly<Record<string, string>> = {};

/** What writing recordings takes, large ones and a customer's key included. */
const WRITING = [
  's3:GetBucketLocation',
  's3:GetEncryptionConfiguration',
  's3:ListBucketMultipartUploads',
  's3:PutObject',
  's3:PutObjectAcl',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
  'kms:GenerateDataKey',
  'kms:Decrypt',
];
const TAGGING = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'];

const HOLDING = [
  's3:GetBucketObjectLockConfiguration',
  's3:GetBucketVersioning',
  's3:GetObjectLegalHold',
  's3:GetObjectVersion',
  's3:GetObjectVersionTagging',
  's3:ListBucketVersions',
  's3:PutObjectLegalHold',
];

/** Duties whose roles are judged, and how sentences call such a role. */
const WHO = {
  export: 'The role that Genesys Cloud exports with',
  tag: 'The role that tags',
  hold: 'The role that holds',
} as const;

/** Who may put holds on has the action that takes them off, too: only a condition on what is put tells them apart. */
const TAKING_OFF = { 's3:object-lock-legal-hold': 'OFF' };

/** Roles that export, tag or hold cannot delete, release or bypass. */
export const leastPrivilege: Rule<'iam/least-privilege'> = {
  id: 'iam/least-privilege',
  severity: 'warn',
  moments: ['synth', 'plan', 'live'],
  title: 'export, tag and hold roles cannot delete, release, bypass, or rewrite what stops them',
  looksAt: [
    'What the roles that export, tag and hold can do on **any** object of the bucket, on the bucket itself, on any key and on any role:',
    {
      table: [
        ['on', 'actions'],
        [
          'objects',
          '`s3:DeleteObject`, `s3:DeleteObjectVersion`, `s3:PutObjectLegalHold`, `s3:PutObjectRetention`, `s3:BypassGovernanceRetention`',
        ],
        [
          'the bucket',
          '`s3:DeleteBucket`, `s3:PutBucketPolicy`, `s3:DeleteBucketPolicy`, `s3:PutBucketVersioning`, `s3:PutReplicationConfiguration`, `s3:PutLifecycleConfiguration`, `s3:PutBucketObjectLockConfiguration`, `s3:PutBucketPublicAccessBlock`, `s3:PutBucketAcl`',
        ],
        ['keys', '`kms:ScheduleKeyDeletion`, `kms:DisableKey`, `kms:DeleteImportedKeyMaterial`, `kms:PutKeyPolicy`'],
        [
          'roles',
          '`iam:PutRolePolicy`, `iam:AttachRolePolicy`, `iam:DeleteRolePolicy`, `iam:DetachRolePolicy`, `iam:CreatePolicyVersion`, `iam:SetDefaultPolicyVersion`, `iam:DeleteRolePermissionsBoundary`, `iam:UpdateAssumeRolePolicy`',
        ],
      ],
    },
    'A role that holds needs `s3:PutObjectLegalHold`; it is asked whether it may take a hold **off**, which the condition key `s3:object-lock-legal-hold` decides. Here an Allow counts as soon as it meets one object, and a Deny only where it covers all that is allowed.',
  ],
  why: [
    'The export role is used from outside your account, and the others by machines every day. Whoever writes or holds evidence must not be able to delete it, to release its hold, or to change the rules that protect it. S3 has one action for placing and for releasing a legal hold, so the only protection against a release is who has that action.',
  ],
  remedy: [
    'Name the actions that writing takes instead of `s3:*` or `s3:Put*`. Give holding and releasing to roles of their own.',
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
    {
      language: 'cdktf',
      text: `
        const role = new ExportRole(this, 'role', { bucket, organizationId, tagging: false });
        const holdRole = new HoldRole(this, 'hold-role', { bucket, assumedBy: ['111122223333'] });`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      text: `
        resource "aws_iam_role_policy" "export" {
          name = "export"
          role = aws_iam_role.exporter.name
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect   = "Allow"
              Action   = "s3:*"
              Resource = ["arn:aws:s3:::acme-recordings", "arn:aws:s3:::acme-recordings/*"]
            }]
          })
        }`,
    },
    {
      language: 'cdktf',
      text: `
        const role = new ExportRole(this, 'role', { bucket, organizationId });
        role.grant('more', [
          { Sid: 'Roles', Effect: 'Allow', Action: ['iam:PutRolePolicy'], Resource: '*' },
        ]);`,
    },
  ],
  sources: [
    {
      title: 'Managing Object Lock: who can remove a legal hold',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html',
    },
    {
      title: 'Actions, resources, and condition keys for Amazon S3',
      url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
    },
  ],
  check: (facts) => [
    ...judged(facts).map(({ assignment, duties }) => check(facts, assignment, duties)),
    ...assignmentsOf(facts, 'export').unseen.map(({ duty, why }) =>
      unseenDuty(duty, why, 'the export role can delete or release'),
    ),
  ],
};

type Judged = keyof typeof WHO;

/** Each role once for a bucket, with all that it is there for. */
function judged(facts: Facts): readonly { readonly assignment: Assignment; readonly duties: ReadonlySet<Duty> }[] {
  const found = new Map<string, { assignment: Assignment; duties: Set<Duty> }>();
  for (const duty of Object.keys(WHO) as Judged[]) {
    for (const assignment of assignmentsOf(facts, duty).seen) {
      const key = JSON.stringify([assignment.role.address, assignment.bucket.address, assignment.duty.prefix]);
      const known = found.get(key);
      if (known === undefined) found.set(key, { assignment, duties: new Set([duty]) });
      else known.duties.add(duty);
    }
  }
  const releasers = assignmentsOf(facts, 'release').seen;
  for (const { assignment, duties } of found.values()) {
    const { role, bucket } = assignment;
    if (releasers.some((one) => one.role === role && one.bucket === bucket)) duties.add('release');
  }
  return [...found.values()];
}

function check(facts: Facts, { role, bucket, duty }: Assignment, duties: ReadonlySet<Duty>): Answered {
  const about = { subject: placeOf(role), detail: bucketDetail(bucket, duty) };
  const arn = bucketArn(bucket);
  const kind = (Object.keys(WHO) as Judged[]).find((one) => duties.has(one)) ?? 'export';
  const who = `${WHO[kind]}, ${role.address},`;
  if (arn === null)
    return {
      ...unseenDuty(duty, `name and ARN of ${bucket.address} are not known`, `the ${kind} role can delete or release`),
      ...about,
    };
  const network = duties.has('export') ? GENESYS_NETWORK : ANY_NETWORK;
  const here = perhapsAllowed(facts, role, bucket.policies, ACTIONS_HERE);
  const anywhere = perhapsAllowed(facts, role, [], ACTIONS_ANYWHERE);
  const onObjects = ON_OBJECTS.filter(
    ([action]) => here.has(action) && (action !== LEGAL_HOLD || !duties.has('release')),
  );
  const results = [
    ...onObjects.map(([action, means]) => ({ action, means, every: `${arn}/*` })),
    ...ON_BUCKET.filter(([action]) => here.has(action)).map(([action, means]) => ({ action, means, every: arn })),
  ].map((asked) => ({
    ...asked,
    permission: mayDoSomewhere(facts, {
      role,
      bucket,
      action: asked.action,
      resource: { every: asked.every },
      context: asked.action === LEGAL_HOLD ? { ...network, ...TAKING_OFF } : network,
    }),
  }));
  const elsewhere = ON_ANYTHING.filter(([action]) => anywhere.has(action)).map(([action, means]) => ({
    action,
    means,
    every: '*',
    permission: grantedByItself(facts, role, action),
  }));
  results.push(...elsewhere);
  const able = results.filter(({ permission }) => permission.answer.decision === 'Allowed');
  const open = results.filter(({ permission }) => permission.answer.decision === 'Unknown');
  const evidenceOf = (some: typeof results): Answered['evidence'] => [
    ...new Map(some.flatMap(({ permission }) => permission.evidence).map((one) => [JSON.stringify(one), one])).values(),
  ];
  if (able.length > 0) {
    const what = able.map(({ action, means }) => `${means} (${action})`).join(', ');
    return {
      ...about,
      status: 'fail',
      message: `${who} can ${what}.`,
      evidence: evidenceOf(able),
      remedy: evidenceOf(able)
        .map((one) => remedyFor(facts, one, able, duties))
        .join('\n'),
    };
  }
  if (open.length > 0) {
    return {
      ...about,
      ...undecided(facts.moment, {
        whether: `${who.replace('The', 'the')} can delete, release or bypass`,
        blockers: open.flatMap(({ permission }) => permission.answer.blockers),
        evidence: evidenceOf(open),
        remedy: 'Make its policies visible, or check the accounts themselves with genesyscloud-compliance preflight.',
      }),
    };
  }
  const message = `${who} cannot delete, release or bypass.`;
  return { ...about, status: 'pass', message, evidence: [], remedy: '' };
}

const LEGAL_HOLD = 's3:PutObjectLegalHold';

/** A statement that holds and releases is split: what holds gets the condition, so that nothing else changes. */
function remedyFor(
  facts: Facts,
  one: Answered['evidence'][number],
  able: readonly { readonly action: string }[],
  duties: ReadonlySet<Duty>,
): string {
  const actions = able.map(({ action }) => action);
  if (!duties.has('hold') || !actions.includes(LEGAL_HOLD))
    return narrowed(facts, one, { able: actions, needed: neededBy(duties) });
  return onlyPutsOn(facts, one, { able: actions.filter((action) => action !== LEGAL_HOLD), needed: neededBy(duties) });
}

/** The actions that have to stay. */
function neededBy(duties: ReadonlySet<Duty>): readonly string[] {
  return [
    ...(duties.has('export') ? WRITING : []),
    ...(duties.has('tag') || duties.has('hold') ? TAGGING : []),
    ...(duties.has('hold') ? HOLDING : []),
  ];
}
