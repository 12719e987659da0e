/** Asking the policy evaluator about a role, a bucket and its key, in the words of {@link Facts}. */
import {
  type Answer,
  type Grounds,
  type PolicyKind,
  type PolicySource,
  type Question,
  UNKNOWN_CONTEXT,
  actionsPerhapsAllowed,
  evaluate,
  evaluateAnywhere,
  nameGrounds,
  nearMisses,
} from '../iam';
import type { BucketFact, Facts, KeyFact, PolicyFact, RoleFact } from '../facts';
import { knownExpressions, policySource } from './policy-sources';
import { requestOf } from './request';
import { requestFor } from './request-keys';
import type { Evidence } from './rule';

/** An answer of the evaluator with everything a finding says about it. */
export interface Permission {
  readonly answer: Answer;
  /** The policies that were asked, for near misses. */
  readonly evidence: readonly Evidence[];
}

export interface Asked {
  readonly role: RoleFact;
  readonly bucket: BucketFact;
  /** The key, for actions of KMS. */
  readonly key?: KeyFact;
  readonly action: string;
  readonly resource: Question['resource'];
  /** What is known of the request beyond what always holds. */
  readonly context?: Readonly<Record<string, string>>;
}

/** May this role do this, on all of the resources? All of its policies count, and those of the resource. */
export function mayDo(facts: Facts, asked: Asked): Permission {
  return ask(facts, asked, evaluate);
}

/** Would this role be let do this if its own policies allowed everything? What is left is what some statement denies. */
export function wouldDo(facts: Facts, asked: Asked): Permission {
  return ask(facts, asked, (policies, question) => evaluate([EVERYTHING, ...policies], question));
}

/** Everything is allowed here, so that what remains is what policies deny. */
export const EVERYTHING: PolicySource = {
  name: 'everything',
  kind: 'identity',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};

/** May this role do this on at least one of the resources? */
export function mayDoSomewhere(
  facts: Facts,
  asked: Asked & { readonly resource: { readonly every: string } },
): Permission {
  return ask(facts, asked, (policies, question) =>
    evaluateAnywhere(policies, { ...question, resource: asked.resource }),
  );
}

function ask(
  facts: Facts,
  asked: Asked,
  answerTo: (policies: readonly PolicySource[], question: Question) => Answer,
): Permission {
  const origins = new Map<PolicySource, PolicyFact>();
  const valueOf = knownExpressions(facts);
  const source = (kind: PolicyKind) => (fact: PolicyFact) => {
    const made = policySource(fact, kind, valueOf);
    origins.set(made, fact);
    return made;
  };
  const { role, bucket, key } = asked;
  const resource = key ? [source('key')(key.policy)] : bucket.policies.map(source('bucket'));
  const policies = [
    ...role.identityPolicies.map(source('identity')),
    ...(role.permissionsBoundary ? [source('boundary')(role.permissionsBoundary)] : []),
    ...role.serviceControlPolicies.map(source('scp')),
    ...resource,
  ];
  const question = questionOf(asked, valueOf);
  const answer = answerTo(policies, question);
  const groundsOf = () =>
    answer.decision === 'ImplicitlyDenied'
      ? nearMisses(
          policies.filter(({ kind }) => answer.lacking.includes(kind)),
          question,
        )
      : answer.grounds;
  return permission(answer, () =>
    groundsOf().flatMap((one) => {
      const fact = origins.get(one.policy);
      return fact === undefined ? [] : [evidenceOf(one, fact)];
    }),
  );
}

/** The evidence is gathered when it is asked for: of most questions only the answer counts. */
function permission(answer: Answer, gather: () => readonly Evidence[]): Permission {
  let evidence: readonly Evidence[] | undefined;
  return {
    answer,
    get evidence() {
      return (evidence ??= distinct(gather()));
    },
  };
}

/** The policies of a role or a user that decide what it may do by itself. */
export function identitySources(facts: Facts, role: RoleFact): readonly PolicySource[] {
  const valueOf = knownExpressions(facts);
  return [
    ...role.identityPolicies.map((fact) => policySource(fact, 'identity', valueOf)),
    ...(role.permissionsBoundary === null ? [] : [policySource(role.permissionsBoundary, 'boundary', valueOf)]),
    ...role.serviceControlPolicies.map((fact) => policySource(fact, 'scp', valueOf)),
  ];
}

/** The account of nobody: stands for the role's own, whose keys delegate to its policies. */
const OWN_ACCOUNT = '000000000000';

/** A key and a role that leave the decision to the account's policies, as KMS and IAM write it where nobody else does. */
const DELEGATING: readonly PolicySource[] = [
  {
    name: 'a key that delegates to the account',
    kind: 'key',
    document: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: OWN_ACCOUNT }, Action: 'kms:*', Resource: '*' },
    },
  },
  {
    name: 'a role that trusts the account',
    kind: 'trust',
    document: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: OWN_ACCOUNT }, Action: 'sts:AssumeRole' },
    },
  },
];

/**
 * The actions among these that a role is perhaps allowed on something: what neither its own policies nor those of the bucket
 * name in an Allow needs no further question. Other kinds of policies only take away.
 */
export function perhapsAllowed(
  facts: Facts,
  { identityPolicies }: RoleFact,
  policiesOfBucket: readonly PolicyFact[],
  actions: readonly string[],
): ReadonlySet<string> {
  const valueOf = knownExpressions(facts);
  const policies = [
    ...identityPolicies.map((fact) => policySource(fact, 'identity', valueOf)),
    ...policiesOfBucket.map((fact) => policySource(fact, 'bucket', valueOf)),
  ];
  return actionsPerhapsAllowed(policies, actions);
}

/** What the policies of a role allow by themselves on at least one resource of its account, whichever that is. */
export function grantedByItself(facts: Facts, role: RoleFact, action: string): Permission {
  const valueOf = knownExpressions(facts);
  const facets = [
    ...role.identityPolicies.map((fact) => ({ fact, source: policySource(fact, 'identity', valueOf) })),
    ...(role.permissionsBoundary === null
      ? []
      : [{ fact: role.permissionsBoundary, source: policySource(role.permissionsBoundary, 'boundary', valueOf) }]),
    ...role.serviceControlPolicies.map((fact) => ({ fact, source: policySource(fact, 'scp', valueOf) })),
  ];
  const answer = evaluateAnywhere([...facets.map(({ source }) => source), ...DELEGATING], {
    action,
    resource: { every: '*' },
    caller: { kind: 'role', arn: `arn:aws:iam::${OWN_ACCOUNT}:role/own`, account: OWN_ACCOUNT },
    ignorePartition: true,
  });
  return permission(answer, () =>
    answer.grounds.flatMap((one) => {
      const fact = facets.find(({ source }) => source === one.policy)?.fact;
      return fact === undefined ? [] : [evidenceOf(one, fact)];
    }),
  );
}

function questionOf(asked: Asked, valueOf: (expression: string) => string | undefined): Question {
  const { role, key } = asked;
  const account = role.accountId.known ? role.accountId.value : null;
  const owner = key ? key.accountId : asked.bucket.accountId;
  const request = requestOf(role, valueOf, asked.context);
  return {
    action: asked.action,
    resource: asked.resource,
    ...request,
    context: requestFor(asked.action, request.context ?? UNKNOWN_CONTEXT),
    // A role that writes to a bucket of its own account is the rule; only two known accounts can say otherwise.
    accounts: account !== null && owner.known && owner.value !== account ? 'cross' : 'same',
  };
}

/** What a statement is asked about twice, for the request and for the caller, is still one piece of evidence. */
function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length < 2) return evidence;
  return [...new Map(evidence.map((one) => [JSON.stringify(one), one])).values()];
}

function evidenceOf(grounds: Grounds & { readonly lacks?: string }, fact: PolicyFact): Evidence {
  const lacks = grounds.lacks === undefined ? '' : `, which ${grounds.lacks}`;
  return {
    origin: fact.origin,
    what: nameGrounds(grounds) + lacks,
    ...(grounds.statement === null ? {} : { text: textOf(grounds.statement.raw) }),
  };
}

/** Statements as they are written: each stands for many answers. */
const TEXTS = new WeakMap<object, string>();

function textOf(raw: object): string {
  const text = TEXTS.get(raw) ?? JSON.stringify(raw);
  TEXTS.set(raw, text);
  return text;
}
