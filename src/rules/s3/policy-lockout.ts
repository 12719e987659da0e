import { type Answer, type PolicySource, UNKNOWN_CONTEXT, evaluate, nameGrounds } from '../../iam';
import type { Duty, Facts, PolicyFact } from '../../facts';
import { type Assignment, assignmentsOf, bucketArn, objectsArn } from '../assignments';
import { EVERYTHING } from '../permission';
import { knownExpressions, policySource } from '../policy-sources';
import { GENESYS_NETWORK, requestOf } from '../request';
import { requestFor } from '../request-keys';
import { needsAgainst } from '../needs';
import type { Answered, Rule } from '../rule';
import { exceptRoles } from '../statement-exceptions';
import { undecided } from '../undecided';
import { placeOf } from '../wording';

/** What is asked of the bucket policy for each duty. */
const ACTIONS: Readonly<Partial<Record<Duty, readonly (readonly [action: string, level: 'bucket' | 'objects'])[]>>> = {
  export: [
    ['s3:PutObject', 'objects'],
    ['s3:GetBucketLocation', 'bucket'],
  ],
  tag: [['s3:PutObjectTagging', 'objects']],
};

const WHO = { export: 'the exporter', tag: 'the role that tags', hold: 'the holder', release: 'the releaser' } as const;

/** No statement of the bucket policy denies the exporter or the tagger. */
export const policyLockout: Rule<'s3/policy-lockout'> = {
  id: 's3/policy-lockout',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  title: 'no bucket-policy statement denies the exporter or the tagger',
  looksAt: [
    'The Deny statements of the bucket policy, as they meet the role that exports (`s3:PutObject`, `s3:GetBucketLocation`) and the role that tags (`s3:PutObjectTagging`). What the roles are allowed does not matter here.',
    'Genesys Cloud does not come from your VPCs and VPC endpoints. The addresses that it comes from are not known, so a statement on `aws:SourceIp` makes the answer `unknown`.',
  ],
  why: [
    'A Deny in the bucket policy wins over everything that the role is allowed. Statements that admit only your own network are good practice, and lock Genesys Cloud out. So does a `NotPrincipal` that lists administrators only.',
  ],
  remedy: [
    'Except the role for the action that it needs, as the finding prints it. A statement denies only where all of its conditions hold, so one more condition makes it deny less.',
  ],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "aws_s3_bucket_policy" "recordings" {
          bucket = aws_s3_bucket.recordings.bucket
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Sid       = "OnlyOurNetwork"
              Effect    = "Deny"
              Principal = "*"
              Action    = ["s3:PutObject", "s3:GetObject"]
              Resource  = "arn:aws:s3:::acme-recordings/*"
              Condition = {
                StringNotEquals = { "aws:SourceVpce" = "vpce-0a1b2c3d" }
                ArnNotEquals    = { "aws:PrincipalArn" = aws_iam_role.exporter.arn }
              }
            }]
          })
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new S3BucketPolicy(this, 'only-our-network', {
          bucket: bucket.bucketName,
          policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: {
              Sid: 'OnlyOurNetwork',
              Effect: 'Deny',
              Principal: '*',
              Action: ['s3:PutObject', 's3:GetObject'],
              Resource: bucket.objectsArn,
              Condition: {
                StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' },
                ArnNotEquals: { 'aws:PrincipalArn': role.roleArn },
              },
            },
          }),
        });`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      text: `
        resource "aws_s3_bucket_policy" "recordings" {
          bucket = aws_s3_bucket.recordings.bucket
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Sid       = "OnlyOurNetwork"
              Effect    = "Deny"
              Principal = "*"
              Action    = ["s3:PutObject", "s3:GetObject"]
              Resource  = "arn:aws:s3:::acme-recordings/*"
              Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-0a1b2c3d" } }
            }]
          })
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new S3BucketPolicy(this, 'only-our-network', {
          bucket: bucket.bucketName,
          policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: {
              Sid: 'OnlyOurNetwork',
              Effect: 'Deny',
              Principal: '*',
              Action: ['s3:PutObject', 's3:GetObject'],
              Resource: bucket.objectsArn,
              Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } },
            },
          }),
        });`,
    },
  ],
  sources: [
    {
      title: 'Policy evaluation logic of IAM',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
    },
    {
      title: 'AWS global condition context keys',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    },
  ],
  check: (facts) => {
    const looked = (['export', 'tag'] as const).flatMap((duty) =>
      assignmentsOf(facts, duty).seen.map((assignment) => look(facts, assignment, duty)),
    );
    return looked.map((one) => answer(facts, one));
  },
};

interface Looked {
  readonly assignment: Assignment;
  readonly duty: 'export' | 'tag';
  readonly sources: readonly { readonly fact: PolicyFact; readonly source: PolicySource }[];
  /** Empty where the bucket's name is not known. */
  readonly results: readonly { readonly action: string; readonly answer: Answer }[];
  readonly named: boolean;
}

function look(facts: Facts, assignment: Assignment, duty: Looked['duty']): Looked {
  const { role, bucket } = assignment;
  const [onBucket, onObjects] = [bucketArn(bucket), objectsArn(assignment)];
  if (onBucket === null || onObjects === null) return { assignment, duty, sources: [], results: [], named: false };
  const valueOf = knownExpressions(facts);
  const sources = bucket.policies.map((fact) => ({ fact, source: policySource(fact, 'bucket', valueOf) }));
  const results = (ACTIONS[duty] ?? []).map(([action, level]) => {
    const resource = level === 'bucket' ? { exactly: onBucket } : { every: onObjects };
    const network = duty === 'export' ? GENESYS_NETWORK : undefined;
    const request = requestOf(role, valueOf, network);
    const context = requestFor(action, request.context ?? UNKNOWN_CONTEXT);
    const question = { action, resource, ...request, context };
    return { action, answer: evaluate([EVERYTHING, ...sources.map(({ source }) => source)], question) };
  });
  return { assignment, duty, sources, results, named: true };
}

function answer(facts: Facts, { assignment, duty, sources, results, named }: Looked): Answered {
  const { moment } = facts;
  const { role, bucket } = assignment;
  const about = {
    subject: placeOf(bucket),
    detail: [duty, role.address, assignment.duty.prefix].filter((part) => part !== '').join(' '),
  };
  const who = `${WHO[duty]} ${role.address}`;
  if (!named) {
    const message = `Unknown whether the bucket policy of ${bucket.address} locks out ${who}: name and ARN of ${bucket.address} are not known.`;
    return { ...about, status: 'unknown', message, evidence: [], remedy: `Give ${bucket.address} a literal name.` };
  }
  const worst = ['ExplicitlyDenied', 'Unknown'].flatMap((decision) =>
    results.filter((one) => one.answer.decision === decision),
  )[0];
  if (worst === undefined) {
    return {
      ...about,
      status: 'pass',
      message: `The bucket policy of ${bucket.address} denies ${who} nothing it needs.`,
      evidence: [],
      remedy: '',
    };
  }
  const { action, answer: decided } = worst;
  const evidence = decided.grounds.flatMap((grounds) => {
    const fact = sources.find(({ source }) => source === grounds.policy)?.fact;
    if (!fact) return [];
    const text = grounds.statement === null ? {} : { text: JSON.stringify(grounds.statement.raw) };
    return [{ origin: fact.origin, what: nameGrounds(grounds), ...text }];
  });
  const decides = evidence[0]?.what ?? 'the bucket policy';
  const denials = evidence.length > 0 ? evidence : [{ what: decides, origin: about.subject }];
  const remedy = denials.map((one) => exceptRoles(facts, one, needsAgainst(facts, one, { role, action }))).join('\n');
  if (decided.decision === 'ExplicitlyDenied') {
    const message = `The bucket policy of ${bucket.address} locks out ${who}: ${decides} denies ${action}, and a Deny wins over every Allow.`;
    return { ...about, status: 'fail', message, evidence, remedy };
  }
  const seen = evidence.some(({ text }) => text !== undefined);
  return {
    ...about,
    ...undecided(moment, {
      whether: `the bucket policy of ${bucket.address} locks out ${who} from ${action}`,
      blockers: decided.blockers,
      evidence,
      remedy: seen
        ? remedy
        : 'Make the bucket policy visible, or check the accounts themselves with genesyscloud-compliance preflight.',
    }),
  };
}
