/** Asking the policy evaluator about a role, a bucket and its key, in the words of {@link Facts}. */
import {
  type Answer,
  type Grounds,
  type PolicyKind,
  type PolicySource,
  type Question,
  SOME_OTHER_VALUE,
  actionsPerhapsAllowed,
  describeBlocker,
  evaluate,
  evaluateAnywhere,
  nameGrounds,
  nearMisses,
  replaceExpressions,
  withKnownExpressions,
} from '../iam';
import type { BucketFact, Duty, DutyFact, Facts, KeyFact, PolicyFact, PrincipalFact, RoleFact } from '../facts';
import type { Evidence } from './rule';

/** A duty with what it is about. */
export interface Assignment {
  readonly duty: DutyFact;
  readonly role: RoleFact;
  readonly bucket: BucketFact;
}

/** Duties of one kind: those whose role and bucket are among the facts, and those where one of them cannot be seen. */
export function assignmentsOf(
  facts: Facts,
  kind: Duty,
): {
  readonly seen: readonly Assignment[];
  readonly unseen: readonly { readonly duty: DutyFact; readonly why: string }[];
} {
  const seen: Assignment[] = [];
  const unseen: { duty: DutyFact; why: string }[] = [];
  const duties = facts.duties.filter(({ duty }) => duty === kind);
  const roles = byAddress(facts.roles);
  const buckets = byAddress(facts.buckets);
  const same = groupedBy(duties, pairOf);
  for (const duty of duties) {
    if (same.get(pairOf(duty))!.some((other) => isWider(other, duty))) continue;
    const { role: roleAt, bucket: bucketAt } = duty;
    const role = roleAt.known ? roles.get(roleAt.value) : undefined;
    const bucket = bucketAt.known ? buckets.get(bucketAt.value) : undefined;
    if (role && bucket) seen.push({ duty, role, bucket });
    else if (!role)
      unseen.push({
        duty,
        why: roleAt.known ? `the role ${roleAt.value} is not among the facts` : `the role ${roleAt.why}`,
      });
    else
      unseen.push({
        duty,
        why: bucketAt.known ? `the bucket ${bucketAt.value} is not among the facts` : `the bucket ${bucketAt.why}`,
      });
  }
  return { seen, unseen };
}

/** The first of each address. */
function byAddress<F extends { readonly address: string }>(facts: readonly F[]): ReadonlyMap<string, F> {
  const found = new Map<string, F>();
  for (const fact of facts) if (!found.has(fact.address)) found.set(fact.address, fact);
  return found;
}

/** Only duties of the same role on the same bucket can be compared. */
function pairOf({ role, bucket }: DutyFact): string {
  return role.known && bucket.known ? JSON.stringify([role.value, bucket.value]) : '';
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

/** Whether another duty of the same role asks for the same and more; then the narrower one need not be asked. */
function isWider(other: DutyFact, duty: DutyFact): boolean {
  if (!other.role.known || !duty.role.known || !other.bucket.known || !duty.bucket.known) return false;
  const same = other.role.value === duty.role.value && other.bucket.value === duty.bucket.value;
  return same && other.prefix.length < duty.prefix.length && duty.prefix.startsWith(other.prefix);
}

/** The ARN of every object of an assignment: `arn:aws:s3:::recordings/org/*`. Null when the bucket's ARN is not known. */
export function objectsArn({ bucket, duty }: Assignment): string | null {
  const arn = bucketArn(bucket);
  return arn === null ? null : `${arn}/${duty.prefix}*`;
}

/** The ARN of a bucket, built from its name if need be; null when neither is known. */
export function bucketArn(bucket: BucketFact): string | null {
  if (bucket.arn.known) return bucket.arn.value;
  return bucket.name.known ? `arn:aws:s3:::${bucket.name.value}` : null;
}

/** An answer of the evaluator with everything a finding says about it. */
export interface Permission {
  readonly answer: Answer;
  /** The policies that were asked, for near misses. */
  readonly evidence: readonly Evidence[];
  /** For Unknown: what stands in the way, in words. */
  readonly blockedBy: string;
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
    get blockedBy() {
      return answer.blockers.map(describeBlocker).join('; and ');
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

/** What a statement is asked about twice, for the request and for the caller, is still one piece of evidence. */
function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length < 2) return evidence;
  return [...new Map(evidence.map((one) => [JSON.stringify(one), one])).values()];
}

function questionOf(asked: Asked, valueOf: (expression: string) => string | undefined): Question {
  const { role, key } = asked;
  const account = role.accountId.known ? role.accountId.value : null;
  const owner = key ? key.accountId : asked.bucket.accountId;
  return {
    action: asked.action,
    resource: asked.resource,
    ...requestOf(role, valueOf, asked.context),
    // A role that writes to a bucket of its own account is the rule; only two known accounts can say otherwise.
    accounts: account !== null && owner.known && owner.value !== account ? 'cross' : 'same',
  };
}

/** Stands for whatever network Genesys Cloud comes from: surely none of the customer's. */
export const GENESYS_NETWORK: Readonly<Record<string, string>> = {
  'aws:SourceVpc': SOME_OTHER_VALUE,
  'aws:SourceVpce': SOME_OTHER_VALUE,
};

type Request = Pick<Question, 'caller' | 'context' | 'ignorePartition'>;

/** Requests of a role differ in little else than action and resource. */
const REQUESTS = new WeakMap<ValueOf, WeakMap<RoleFact, WeakMap<object, Request>>>();
const NOTHING_MORE: Readonly<Record<string, string>> = {};

/** What holds for every request that a role makes for this product. */
export function requestOf(
  role: RoleFact,
  valueOf: ValueOf,
  more: Readonly<Record<string, string>> = NOTHING_MORE,
): Request {
  const byRole = REQUESTS.get(valueOf) ?? new WeakMap<RoleFact, WeakMap<object, Request>>();
  REQUESTS.set(valueOf, byRole);
  const byMore = byRole.get(role) ?? new WeakMap<object, Request>();
  byRole.set(role, byMore);
  const request = byMore.get(more) ?? madeRequest(role, valueOf, more);
  byMore.set(more, request);
  return request;
}

function madeRequest(
  role: RoleFact | PrincipalFact,
  valueOf: ValueOf,
  more: Readonly<Record<string, string>>,
): Request {
  const arn = replaceExpressions(roleArn(role), valueOf);
  const account = role.accountId.known ? role.accountId.value : null;
  const isUser = 'kind' in role && role.kind === 'user';
  return {
    caller: { kind: isUser ? 'user' : 'role', arn, account },
    context: {
      // Both Genesys Cloud and the AWS SDKs use TLS only, and neither acts through another AWS service.
      values: {
        'aws:SecureTransport': 'true',
        'aws:PrincipalType': isUser ? 'User' : 'AssumedRole',
        'aws:PrincipalArn': arn,
        'aws:PrincipalIsAWSService': 'false',
        'aws:ViaAWSService': 'false',
        ...(account === null ? {} : { 'aws:PrincipalAccount': account }),
        ...more,
      },
      absent: ['aws:PrincipalServiceName', 'aws:CalledVia'],
      others: 'unknown',
    },
    ignorePartition: true,
  };
}

/** The ARN of a role as a text; an expression where it is not known. */
export function roleArn({ arn, address }: RoleFact): string {
  return arn.known ? arn.value : `\${${address}.arn}`;
}

type ValueOf = (expression: string) => string | undefined;

/** Many questions are asked about the same policies; each is read once, since the evaluator knows those it has read. */
const SOURCES = new WeakMap<ValueOf, WeakMap<PolicyFact, Map<PolicyKind, PolicySource>>>();

/** A policy of the facts for the evaluator, with known expressions replaced. */
export function policySource(fact: PolicyFact, kind: PolicyKind, valueOf: ValueOf): PolicySource {
  const byFact = SOURCES.get(valueOf) ?? new WeakMap<PolicyFact, Map<PolicyKind, PolicySource>>();
  SOURCES.set(valueOf, byFact);
  const byKind = byFact.get(fact) ?? new Map<PolicyKind, PolicySource>();
  byFact.set(fact, byKind);
  const source = byKind.get(kind) ?? madeSource(fact, kind, valueOf);
  byKind.set(kind, source);
  return source;
}

function madeSource(fact: PolicyFact, kind: PolicyKind, valueOf: ValueOf): PolicySource {
  const document = fact.document.known
    ? withKnownExpressions(fact.document.value, valueOf)
    : { unseen: `it ${fact.document.why}` };
  return { name: fact.name, kind, document, ...(fact.level === undefined ? {} : { level: fact.level }) };
}

/** One table for all questions about the same facts: of a big plan there are thousands. */
const EXPRESSIONS = new WeakMap<Facts, ValueOf>();

/** Values of expressions that the facts tell: ARN and name of each bucket, ARN of each role and key. */
export function knownExpressions(facts: Facts): ValueOf {
  const known = EXPRESSIONS.get(facts);
  if (known !== undefined) return known;
  const values = expressionsIn(facts);
  const valueOf: ValueOf = (expression) => values.get(expression);
  EXPRESSIONS.set(facts, valueOf);
  return valueOf;
}

function expressionsIn(facts: Facts): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const bucket of facts.buckets) {
    const arn = bucketArn(bucket);
    if (arn !== null) values.set(`${bucket.address}.arn`, arn);
    if (bucket.name.known) {
      values.set(`${bucket.address}.id`, bucket.name.value);
      values.set(`${bucket.address}.bucket`, bucket.name.value);
    }
  }
  for (const { address, arn } of [...facts.roles, ...(facts.principals?.seen ?? []), ...facts.keys]) {
    if (arn.known) values.set(`${address}.arn`, arn.value);
  }
  for (const [name, value] of values) if (value === `\${${name}}`) values.delete(name);
  return values;
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
