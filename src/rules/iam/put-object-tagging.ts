import type { Facts } from '../../facts';
import { type Assignment, assignmentsOf, objectsArn } from '../assignments';
import { mayDo } from '../permission';
import { addStatements } from '../policy-remedies';
import { makeKnown } from '../sight';
import { stopDenying } from '../statement-exceptions';
import type { Answered, Rule } from '../rule';
import { undecided } from '../undecided';
import { bucketDetail, lackingInWords, placeOf, unseenDuty } from '../wording';

const ACTION = 's3:PutObjectTagging';

/** The role that tags exported objects may do so on every one of them. */
export const putObjectTagging: Rule<'iam/put-object-tagging'> = {
  id: 'iam/put-object-tagging',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  title: 'the role that tags may `s3:PutObjectTagging` on every exported object',
  looksAt: [
    'Every policy that says what the role that tags may do: inline and attached policies, the permissions boundary, service control policies (live only), and the bucket policy.',
    'The question is whether `s3:PutObjectTagging` is allowed on **every** object under the exported prefix. An Allow counts only if it covers all of them. A Deny counts as soon as it meets one.',
  ],
  why: [
    'Tags label exported files as held. Genesys Cloud does not set them. The role that does needs `s3:PutObjectTagging` on every exported object, or tagging fails with AccessDenied, after the data has moved.',
    'Genesys Cloud itself does not need this permission. The export succeeds without it, and so the mistake shows late.',
  ],
  remedy: [
    'Add the statement that the finding prints to the policy that it names. Where a Deny decides, remove the action from it or except the role: no Allow wins over a Deny.',
    'If the answer is `unknown`, the finding says why: a managed policy that is attached by ARN, an expression that stands for another bucket, a condition on a key whose value is not known. Build ARNs from the name of the bucket, and keep the policies of the role in the same configuration.',
  ],
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
              Sid      = "TagExportedFiles"
              Effect   = "Allow"
              Action   = ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"]
              Resource = "arn:aws:s3:::acme-recordings/*"
            }]
          })
        }`,
    },
    { language: 'cdktf', text: 'bucket.grantTagging(role);' },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'This is the ARN of the bucket. Tags belong to objects, so it grants nothing.',
      text: `
        resource "aws_iam_role_policy" "tagging" {
          name = "tagging"
          role = aws_iam_role.exporter.name
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Sid      = "TagExportedFiles"
              Effect   = "Allow"
              Action   = ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"]
              Resource = "arn:aws:s3:::acme-recordings"
            }]
          })
        }`,
    },
    {
      language: 'cdktf',
      text: `
        const role = new ExportRole(this, 'role', { bucket, organizationId, tagging: false });
        new LegalHoldExport(this, 'sms', { integrationId, interval, channel: Channel.sms(), bucket, role, hold });`,
    },
  ],
  sources: [
    {
      title: 'Actions, resources, and condition keys for Amazon S3',
      url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
    },
    {
      title: 'Policy evaluation logic of IAM',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
    },
  ],
  check: (facts) => {
    const { seen, unseen } = assignmentsOf(facts, 'tag');
    return [
      ...seen.map((assignment) => check(facts, assignment)),
      ...unseen.map(({ duty, why }) => unseenDuty(duty, why, 'exported objects can be tagged')),
    ];
  },
};

function check(facts: Facts, assignment: Assignment): Answered {
  const { role, bucket, duty } = assignment;
  const objects = objectsArn(assignment);
  const about = { subject: placeOf(role), detail: bucketDetail(bucket, duty) };
  if (objects === null) {
    const why = bucket.name.known ? '' : bucket.name.why;
    const message = `Unknown whether exported objects can be tagged: the name of the bucket ${bucket.address} ${why}.`;
    return {
      ...about,
      status: 'unknown',
      message,
      evidence: [],
      remedy: `Give the bucket ${bucket.address} a literal name.`,
    };
  }
  const asked = { role, bucket, action: ACTION, resource: { every: objects } };
  const permission = mayDo(facts, asked);
  const { answer, evidence } = permission;
  const who = `The role that tags exported objects, ${role.address},`;
  const grant = { sid: 'TagExportedObjects', actions: [ACTION], resource: objects };
  switch (answer.decision) {
    case 'Allowed':
      return {
        ...about,
        status: 'pass',
        message: `${who} is allowed ${ACTION} on every ${objects}.`,
        evidence,
        remedy: '',
      };
    case 'ExplicitlyDenied':
      return {
        ...about,
        status: 'fail',
        message: `${who} is denied ${ACTION} on ${objects}: ${evidence[0]?.what ?? 'a statement'} denies it, and a Deny wins over every Allow.`,
        evidence,
        remedy: stopDenying(facts, asked, evidence),
      };
    case 'ImplicitlyDenied':
      return {
        ...about,
        status: 'fail',
        message: `${who} is not allowed ${ACTION} on every ${objects}: ${lackingInWords(answer.lacking)}.`,
        evidence,
        remedy: addStatements(facts, answer.lacking, asked, grant),
      };
    case 'Unknown':
      return {
        ...about,
        ...undecided(facts.moment, {
          whether: `${role.address}, the role that tags exported objects, is allowed ${ACTION} on every ${objects}`,
          blockers: answer.blockers,
          evidence,
          remedy: makeKnown(facts, asked, grant, permission),
        }),
      };
  }
}
