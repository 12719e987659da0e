import { FunctionFailure, type FunctionDefinition } from '../../framework';
import { askDocument, type DocumentQuestion } from '../../rules';

/** The decisions as users read them. */
const DECISIONS = {
  Allowed: 'allowed',
  ExplicitlyDenied: 'denied',
  ImplicitlyDenied: 'not_allowed',
  Unknown: 'unknown',
} as const;

/** Positions of the arguments, for errors. */
const ARGUMENTS: readonly (keyof DocumentQuestion)[] = ['document', 'action', 'resource', 'principal'];

/** `provider::…::policy_allows(policy, action, resource, principal…)`: what a policy document says, and why. */
export const policyAllowsFunction: FunctionDefinition = {
  name: 'policy_allows',
  summary: 'Whether a policy document allows an action on a resource, and why',
  description: [
    'Evaluates one policy document as AWS does and answers an object: `allowed` (bool), `decision` and `reason` (a sentence that names the statement). For preconditions, so that a policy is right before anything relies on it. A `check` block only warns, and the apply goes through.',
    '',
    '`allowed` is true only when the decision is `allowed`. The others are `denied` (a Deny applies, which nothing overrides), `not_allowed` (nothing allows it) and `unknown` (it depends on what cannot be known here, such as a condition on the address of the request): **unknown is never a yes**. Test for `allowed`, or list the decisions that are good: `decision != "denied"` lets `unknown` through.',
    '',
    'A resource with `*` or `?` asks about every resource that it describes: `arn:aws:s3:::recordings/*` is allowed only if each object of the bucket is.',
    '',
    'Only this document is asked. Whether a boundary, a service control policy or a bucket policy takes away what it grants is told by `genesyscloud_compliance_preflight`. Where AWS asks two policies, the other one is taken to agree: for an identity policy the key policy of a KMS action; for a policy of a bucket, a key or a role that names an account, the policies of that account, which `reason` then says. Requests are taken to come over TLS.',
  ].join('\n'),
  parameters: [
    {
      name: 'policy',
      type: 'string',
      description: 'The policy document in JSON: `jsonencode(…)`, or the `json` of `aws_iam_policy_document`.',
    },
    { name: 'action', type: 'string', description: 'One action such as `s3:PutObjectTagging`, in any case.' },
    { name: 'resource', type: 'string', description: 'ARN, or a pattern of ARNs, all of which must be allowed.' },
  ],
  variadic: {
    name: 'principal',
    type: 'string',
    description:
      'For a document with principals (of a bucket, a key, a role’s trust): who asks, as the ARN of a role, a user or a session, an account, or a service. At most one. Without it, statements for named principals leave the answer unknown.',
  },
  returns: ['object', { allowed: 'bool', decision: 'string', reason: 'string' }],
  call: (document, action, resource, ...principals) => {
    if (principals.length > 1) throw new FunctionFailure('At most one principal can be asked about.', 4);
    const [principal] = principals;
    const answer = askDocument({
      document: String(document),
      action: String(action),
      resource: String(resource),
      ...(principal === undefined ? {} : { principal: String(principal) }),
    });
    if (!answer.ok) throw new FunctionFailure(answer.message, ARGUMENTS.indexOf(answer.fault));
    const { decision, reason } = answer;
    return { allowed: decision === 'Allowed', decision: DECISIONS[decision], reason };
  },
};
