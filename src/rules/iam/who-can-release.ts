import type { BucketFact, Facts, PrincipalsFact } from '../../facts';
import { counted, enumerated } from '../../words';
import { bucketArn } from '../assignments';
import { heldBuckets, releasePaths, stepsInWords, type ReleasePath } from '../release';
import type { Answered, Evidence, Rule } from '../rule';
import { undecided } from '../undecided';
import { placeOf } from '../wording';

/** Everybody who can lift a hold or rewrite what prevents it is named. */
export const whoCanRelease: Rule<'iam/who-can-release'> = {
  id: 'iam/who-can-release',
  severity: 'warn',
  moments: ['plan', 'live'],
  title: 'nobody but release roles can lift a hold, or rewrite what prevents it',
  looksAt: [
    'Every role and user that can be seen, and every principal that the bucket policy, the key policy or a trust policy names, for each bucket in which objects are held. A plan shows the roles and users that it manages. A live check shows the roles that are named to it, and those that their trust policies and the bucket policy name.',
    {
      table: [
        ['what', 'actions'],
        [
          'the hold itself',
          '`s3:PutObjectLegalHold` to take it **off**, `s3:BypassGovernanceRetention`, `s3:DeleteObjectVersion`',
        ],
        [
          'what prevents a release',
          '`s3:PutBucketPolicy`, `s3:DeleteBucketPolicy`, `s3:PutBucketObjectLockConfiguration`, `s3:PutLifecycleConfiguration`, `s3:PutBucketVersioning`, and on the key `kms:ScheduleKeyDeletion`, `kms:PutKeyPolicy`',
        ],
        ['taking on who can', '`sts:AssumeRole`, where the trust policy of the role agrees, over any number of roles'],
        [
          'rewriting who can',
          '`iam:PutRolePolicy`, `iam:AttachRolePolicy`, `iam:UpdateAssumeRolePolicy`, `iam:CreatePolicyVersion`; for a user `iam:PutUserPolicy`, `iam:AttachUserPolicy`, `iam:CreateAccessKey`',
        ],
        ['handing who can to a service', '`iam:PassRole`, where the role trusts a service'],
      ],
    },
    'A release role, and those whom its trust policy names one by one, are there for releasing: they are named, and are not a finding. Everybody else is. A principal is listed once, with its shortest sure path.',
  ],
  why: [
    'A legal hold protects from everybody but those who can take it off. Who that is does not stand in one policy: a deployment role that may assume the release role, or may write its policies, can release as well. The answer to "who could have let this go" is this list.',
    'The account of a plan has more principals than the plan manages. What is not seen is never taken for harmless: the answer is then unknown, and says what is missing.',
  ],
  remedy: [
    'Take the step out of the policy that allows it, for each path that is not meant. What nobody should do whatever their own policies say, deny in the bucket policy, with an exception for the release role alone.',
  ],
  compliant: [
    {
      language: 'cdktf',
      caption:
        'The bucket policy denies a release to everybody but this role, and the role trusts one principal by name.',
      text: `
        const releaser = new ReleaseRole(this, 'release-role', {
          bucket,
          assumedBy: ['arn:aws:iam::111122223333:role/legal-counsel'],
        });`,
    },
    {
      language: 'hcl',
      caption: 'A hold is put on with this statement, and not taken off.',
      text: `
        resource "aws_iam_role_policy" "hold" {
          name = "hold"
          role = aws_iam_role.holder.name
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect    = "Allow"
              Action    = "s3:PutObjectLegalHold"
              Resource  = "arn:aws:s3:::acme-recordings/*"
              Condition = { StringEquals = { "s3:object-lock-legal-hold" = "ON" } }
            }]
          })
        }`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'Whoever deploys can release: the role may take on the release role.',
      text: `
        resource "aws_iam_role_policy" "deploy" {
          name = "deploy"
          role = aws_iam_role.deployer.name
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect   = "Allow"
              Action   = "sts:AssumeRole"
              Resource = "*"
            }]
          })
        }`,
    },
  ],
  sources: [
    {
      title: 'Managing Object Lock: who can remove a legal hold',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html',
    },
    {
      title: 'Granting a user permissions to pass a role to an AWS service',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    },
  ],
  check: (facts) => {
    const { principals } = facts;
    if (principals === undefined) return [];
    return heldBuckets(facts).flatMap((bucket) => check(facts, bucket, principals));
  },
};

const VISIBLE =
  'Make these policies visible: name the roles to genesyscloud-compliance preflight, or give the plans that manage them.';

function check(facts: Facts, bucket: BucketFact, { others }: PrincipalsFact): readonly Answered[] {
  const subject = placeOf(bucket);
  const what = `can lift holds of ${bucket.address}, or rewrite what prevents that`;
  const unknown = (message: string, evidence: readonly Evidence[]): Answered => ({
    status: 'unknown',
    subject,
    message,
    evidence,
    remedy: VISIBLE,
  });
  if (bucketArn(bucket) === null) {
    return [unknown(`Unknown who ${what}: name and ARN of ${bucket.address} are not known.`, [])];
  }
  const paths = releasePaths(facts, bucket);
  const sure = paths.filter(({ isSure, isDeclared }) => isSure && !isDeclared);
  const open = paths.filter(({ isSure, isDeclared }) => !isSure && !isDeclared);
  const declared = paths.filter(({ isDeclared }) => isDeclared);
  const meant = declared.length === 0 ? '' : ` There for releasing: ${listed(declared)}.`;
  const perhaps = open.length === 0 ? '' : ` Unknown: ${listed(open)}.`;
  const rest = others === null ? '' : ` Not looked at: ${others.why}.`;
  if (sure.length > 0) {
    const message = `${counted(sure.length, 'principal')} beside the release role ${what}: ${listed(sure)}.${perhaps}${meant}${rest}`;
    return [{ status: 'fail', subject, message, evidence: evidenceOf(sure), remedy: sure.map(remedyFor).join('\n') }];
  }
  if (open.length > 0) {
    const blockers = open.flatMap((path) => path.blockers);
    return [
      {
        subject,
        ...undecided(facts.moment, {
          whether: `${listed(open)} ${what}`,
          blockers,
          more: `${meant}${rest}`,
          evidence: evidenceOf(open),
          remedy: VISIBLE,
        }),
      },
    ];
  }
  if (others !== null) {
    return [
      {
        status: 'unknown',
        subject,
        detail: OTHERS,
        ...(facts.moment === 'plan' ? { beyondPlans: true as const } : {}),
        message: `Unknown who else ${what}: ${others.why}.${meant}`,
        evidence: [],
        remedy:
          'Ask for the account: genesyscloud-compliance preflight looks at the roles that are named to it, and at those whom their trust policies name.',
      },
    ];
  }
  const message = declared.length === 0 ? `Nobody ${what}.` : `Nobody but release roles ${what}.${meant}`;
  return [{ status: 'pass', subject, message, evidence: [], remedy: '' }];
}

/** Tells the answer about those who were not looked at from that about those who were. */
const OTHERS = 'others';

/** More are counted: a list that nobody reads to its end warns nobody. */
const MOST_LISTED = 50;

function listed(paths: readonly ReleasePath[]): string {
  return enumerated(paths.map(pathInWords), MOST_LISTED);
}

/** `aws_iam_role.deploy (assumes aws_iam_role.release, which can take holds off)`. */
function pathInWords(path: ReleasePath): string {
  return `${path.principal} (${stepsInWords(path)})`;
}

function evidenceOf(paths: readonly ReleasePath[]): readonly Evidence[] {
  const all = paths.flatMap(({ evidence }) => evidence);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function remedyFor({ principal, steps, targets }: ReleasePath): string {
  const [step] = steps;
  if (step !== undefined)
    return `Take ${step.action} on ${step.to} from ${principal}, unless it is there for releasing.`;
  const actions = enumerated(targets.map(({ action }) => action));
  return `Take ${actions} from ${principal}, or deny them to it in the bucket policy, unless it is there for releasing.`;
}
