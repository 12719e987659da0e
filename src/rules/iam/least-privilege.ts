import type { Facts, RoleFact } from '../../facts';
import {
  type Assignment,
  GENESYS_NETWORK,
  assignmentsOf,
  bucketArn,
  grantedByItself,
  mayDoSomewhere,
} from '../permission';
import { narrowed } from '../policy-remedies';
import type { Answered, Rule } from '../rule';
import { bucketDetail, placeOf, unseenDuty } from '../wording';

/** What the export role must not be able to do, and what it would mean. */
const ON_OBJECTS: readonly (readonly [action: string, means: string])[] = [
  ['s3:DeleteObject', 'hide exported files'],
  ['s3:DeleteObjectVersion', 'delete exported files for good'],
  ['s3:PutObjectLegalHold', 'release holds'],
  ['s3:PutObjectRetention', 'change retention'],
  ['s3:BypassGovernanceRetention', 'bypass retention'],
];
const ON_BUCKET: readonly (readonly [action: string, means: string])[] = [
  ['s3:PutBucketPolicy', 'give itself any right'],
  ['s3:DeleteBucketPolicy', 'take away what the bucket policy denies'],
  ['s3:PutBucketVersioning', 'turn off versioning'],
  ['s3:PutReplicationConfiguration', 'copy recordings elsewhere'],
  ['s3:PutLifecycleConfiguration', 'have files expire'],
  ['s3:PutBucketObjectLockConfiguration', 'set retention for everything'],
];

/** On anything at all: keys that recordings are encrypted with, and rights of roles. */
const ON_ANYTHING: readonly (readonly [action: string, means: string])[] = [
  ['kms:ScheduleKeyDeletion', 'make recordings unreadable'],
  ['kms:DisableKey', 'make recordings unreadable for a time'],
  ['kms:PutKeyPolicy', 'decide who reads recordings'],
  ['iam:PutRolePolicy', 'give roles any right'],
  ['iam:AttachRolePolicy', 'give roles any right'],
  ['iam:CreatePolicyVersion', 'rewrite policies of roles'],
  ['iam:UpdateAssumeRolePolicy', 'decide who takes roles on'],
];

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

/** The export role cannot delete, release or bypass. */
export const leastPrivilege: Rule<'iam/least-privilege'> = {
  id: 'iam/least-privilege',
  severity: 'warn',
  moments: ['synth', 'plan', 'live'],
  title: 'the export role cannot delete, release, bypass, or rewrite what stops it',
  looksAt: [
    'What the role that Genesys Cloud assumes can do on **any** object of the bucket, on the bucket itself, on any key and on any role:',
    {
      table: [
        ['on', 'actions'],
        [
          'objects',
          '`s3:DeleteObject`, `s3:DeleteObjectVersion`, `s3:PutObjectLegalHold`, `s3:PutObjectRetention`, `s3:BypassGovernanceRetention`',
        ],
        [
          'the bucket',
          '`s3:PutBucketPolicy`, `s3:DeleteBucketPolicy`, `s3:PutBucketVersioning`, `s3:PutReplicationConfiguration`, `s3:PutLifecycleConfiguration`, `s3:PutBucketObjectLockConfiguration`',
        ],
        ['keys', '`kms:ScheduleKeyDeletion`, `kms:DisableKey`, `kms:PutKeyPolicy`'],
        [
          'roles',
          '`iam:PutRolePolicy`, `iam:AttachRolePolicy`, `iam:CreatePolicyVersion`, `iam:UpdateAssumeRolePolicy`',
        ],
      ],
    },
    'Here an Allow counts as soon as it meets one object, and a Deny only where it covers all that is allowed.',
  ],
  why: [
    'The role is used from outside your account. Whoever writes evidence must not be able to delete it, to release its hold, or to change the rules that protect it. S3 has one action for placing and for releasing a legal hold, so the only protection against a release is who has that action.',
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
          { Sid: 'Everything', Effect: 'Allow', Action: ['s3:*'], Resource: bucket.objectsArn },
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
  check: (facts) => {
    const { seen, unseen } = assignmentsOf(facts, 'export');
    return [
      ...seen.map((assignment) => check(facts, assignment)),
      ...unseen.map(({ duty, why }) => unseenDuty(duty, why, 'the export role can delete or release')),
    ];
  },
};

function check(facts: Facts, { role, bucket, duty }: Assignment): Answered {
  const about = { subject: placeOf(role), detail: bucketDetail(bucket, duty) };
  const arn = bucketArn(bucket);
  if (arn === null)
    return {
      ...unseenDuty(duty, `name and ARN of ${bucket.address} are not known`, 'the export role can delete or release'),
      ...about,
    };
  const results = [
    ...ON_OBJECTS.map(([action, means]) => ({ action, means, every: `${arn}/*` })),
    ...ON_BUCKET.map(([action, means]) => ({ action, means, every: arn })),
  ].map((asked) => ({
    ...asked,
    permission: mayDoSomewhere(facts, {
      role,
      bucket,
      action: asked.action,
      resource: { every: asked.every },
      context: GENESYS_NETWORK,
    }),
  }));
  const elsewhere = ON_ANYTHING.map(([action, means]) => ({
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
      message: `The role that Genesys Cloud exports with, ${role.address}, can ${what}.`,
      evidence: evidenceOf(able),
      remedy: evidenceOf(able)
        .map((one) => narrowed(one, { able: able.map(({ action }) => action), needed: neededBy(facts, role) }))
        .join('\n'),
    };
  }
  if (open.length > 0) {
    const blockers = [...new Set(open.map(({ permission }) => permission.blockedBy))].join('; and ');
    return {
      ...about,
      status: 'unknown',
      message: `Unknown whether the role that Genesys Cloud exports with, ${role.address}, can delete, release or bypass because of ${blockers}.`,
      evidence: evidenceOf(open),
      remedy: 'Make its policies visible, or check the accounts themselves with genesyscloud-compliance preflight.',
    };
  }
  const message = `The role that Genesys Cloud exports with, ${role.address}, cannot delete, release or bypass.`;
  return { ...about, status: 'pass', message, evidence: [], remedy: '' };
}

/** The actions that have to stay. */
function neededBy({ duties }: Facts, { address }: RoleFact): readonly string[] {
  const tags = duties.some(({ duty, role }) => duty === 'tag' && role.known && role.value === address);
  return tags ? [...WRITING, ...TAGGING] : WRITING;
}
