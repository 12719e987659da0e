/**
 * May this caller do this? Allowed, denied or unknown, with the statement that decides or what stands in the way.
 *
 * Facts (IAM user guide, "Policy evaluation logic", "Cross-account policy evaluation logic", "Permissions boundaries"; KMS
 * developer guide, "Key policies"):
 * - An explicit Deny anywhere wins.
 * - In one account an Allow of the identity or of the resource policy is enough; across accounts both are needed.
 * - Boundary, session policy and every level of service control policies must allow as well. What a boundary leaves out does
 *   not limit a grant of a resource policy to a user or to a role's session, but does limit one to a role; what a session
 *   policy leaves out limits all but a grant to the session itself.
 * - A resource policy that names the account only delegates: the identity policy must allow too.
 * - A KMS key and a role's trust cannot be used unless their own policy allows it, in the same account too. Their policies
 *   speak of themselves only, whatever action they name: `*` in a key policy opens no bucket.
 */
import { type Grounds, type Layer, type Ruling, denial, grant, readLayer } from './layer';
import { isResourceKind, kindInWords, readPolicy } from './policy-kinds';
import type { PolicyKind, PolicySource, Question } from './question';
import { type PrincipalMatch } from './principal';
import { actionMatches } from './statement';
import { type Blocker, type Truth, NO, YES, and, blockersOf, distinct, or, unknown } from './truth';

export type Decision = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied' | 'Unknown';

/** An answer with its reasons. */
export interface Answer {
  readonly decision: Decision;
  /**
   * The statements it rests on. Allowed: those that allow. ExplicitlyDenied: the one that denies. Unknown: those that might
   * decide. ImplicitlyDenied: empty, see `lacking`.
   */
  readonly grounds: readonly Grounds[];
  /** For Unknown: everything that stands in the way of a decision. */
  readonly blockers: readonly Blocker[];
  /** For ImplicitlyDenied: the kinds of policies that would have to allow and do not. */
  readonly lacking: readonly PolicyKind[];
}

/** Answers a question from all policies that bear on it. Pure; never throws, a malformed policy is one that cannot be read. */
export function evaluate(policies: readonly PolicySource[], question: Question): Answer {
  return evaluateOver(policies, question, true);
}

/** The same answer as if no statement denied anything: what Allows alone come to. */
export function evaluateGrants(policies: readonly PolicySource[], question: Question): Answer {
  return evaluateOver(policies, question, false);
}

function evaluateOver(all: readonly PolicySource[], asked: Question, withDenials: boolean): Answer {
  const own = resourceKindFor(asked.action);
  // Policies of a resource have a say only about what is done with it.
  const policies = all.filter(({ kind }) => kind === own || !isResourceKind(kind));
  const question = withBoundary(asked, policies);
  if (question.accounts !== 'unknown') return evaluateIn(policies, question, question.accounts ?? 'same', withDenials);
  const same = evaluateIn(policies, question, 'same', withDenials);
  const cross = evaluateIn(policies, question, 'cross', withDenials);
  if (isNo(same) && isNo(cross)) return same;
  if (same.decision === cross.decision) return cross;
  const text = 'whether caller and resource are in the same account, which is not known';
  const blockers = distinct([{ kind: 'other', text }, ...same.blockers, ...cross.blockers]);
  return { decision: 'Unknown', grounds: same.grounds, blockers, lacking: [] };
}

/** One caller object for each caller: what is known of a statement is kept with it. */
const BOUNDED = new WeakMap<object, NonNullable<Question['caller']>>();

/** The question of a caller with a boundary says so: statements with NotPrincipal depend on it. */
function withBoundary(question: Question, policies: readonly PolicySource[]): Question {
  const { caller } = question;
  if (caller?.kind !== 'role' && caller?.kind !== 'user') return question;
  if (!policies.some(({ kind }) => kind === 'boundary')) return question;
  const bounded = BOUNDED.get(caller) ?? { ...caller, bounded: true };
  BOUNDED.set(caller, bounded);
  return { ...question, caller: bounded };
}

/** The kind of resource that an action is done with. */
function resourceKindFor(action: string): PolicyKind {
  const service = action.slice(0, 4).toLowerCase();
  return service === 'kms:' ? 'key' : service === 'sts:' ? 'trust' : 'bucket';
}

function isNo(answer: Answer): boolean {
  return answer.decision === 'ImplicitlyDenied' || answer.decision === 'ExplicitlyDenied';
}

/** One requirement that an Allow must meet, and the kinds of policy that could meet it. */
interface Requirement extends Ruling {
  readonly kinds: readonly PolicyKind[];
}

function evaluateIn(
  policies: readonly PolicySource[],
  question: Question,
  accounts: 'same' | 'cross',
  withDenials: boolean,
): Answer {
  const layers = new Map<PolicyKind, Layer>();
  const layerOf = (kind: PolicyKind): Layer => {
    const layer = layers.get(kind) ?? readLayer(of(policies, kind), question);
    layers.set(kind, layer);
    return layer;
  };
  const kinds = withDenials ? [...new Set(policies.map((policy) => policy.kind))] : [];
  const denials = kinds.map((kind) => denial(layerOf(kind), question));
  const sure = denials.find((ruling) => ruling.truth.is === 'yes');
  if (sure) return { decision: 'ExplicitlyDenied', grounds: sure.grounds, blockers: [], lacking: [] };
  if (accounts === 'same' && isAllowedNowhere(policies, question.action)) return ALLOWED_NOWHERE;

  const requirements = [grants(policies, question, accounts, layerOf), ...levels(policies, question)];
  const failed = requirements.filter((requirement) => requirement.truth.is === 'no');
  if (failed.length > 0) {
    const lacking = [...new Set(failed.flatMap((requirement) => requirement.kinds))];
    return { decision: 'ImplicitlyDenied', grounds: [], blockers: [], lacking };
  }
  const all = [...denials, ...requirements];
  const open = all.filter((ruling) => ruling.truth.is === 'unknown');
  if (open.length > 0) {
    const blockers = distinct(open.flatMap((ruling) => blockersOf(ruling.truth)));
    return { decision: 'Unknown', grounds: open.flatMap((ruling) => ruling.grounds), blockers, lacking: [] };
  }
  return { decision: 'Allowed', grounds: requirements.flatMap((r) => r.grounds), blockers: [], lacking: [] };
}

/** What requirements come to when nobody allows the action. */
const ALLOWED_NOWHERE: Answer = { decision: 'ImplicitlyDenied', grounds: [], blockers: [], lacking: ['identity'] };

/**
 * Whether no statement allows the action, on whatever resource, where an identity or a bucket policy would be enough to allow
 * it: so it is with most questions of least privilege.
 */
export function isAllowedNowhere(policies: readonly PolicySource[], action: string): boolean {
  return requiredKind(action) === null && policies.every((policy) => allowsNothing(policy, action));
}

/**
 * The actions among these that some statement of these policies allows, on whatever resource, or that nobody can rule out: of a
 * policy that cannot be read, all. What is not in it, none of these policies grants.
 */
export function actionsPerhapsAllowed(
  policies: readonly PolicySource[],
  actions: readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const policy of policies) {
    const read = readPolicy(policy);
    if (!read.seen) return new Set(actions);
    for (const statement of read.document.statements) {
      if (statement.effect !== 'Allow') continue;
      for (const action of actions) {
        if (!found.has(action) && actionMatches(statement, action).is !== 'no') found.add(action);
      }
    }
  }
  return found;
}

function allowsNothing(policy: PolicySource, action: string): boolean {
  if (policy.kind === 'boundary' || policy.kind === 'session' || policy.kind === 'scp') return false;
  const read = readPolicy(policy);
  if (!read.seen) return false;
  for (const statement of read.document.statements) {
    if (statement.effect === 'Allow' && actionMatches(statement, action).is !== 'no') return false;
  }
  return true;
}

function of(policies: readonly PolicySource[], kind: PolicyKind): readonly PolicySource[] {
  return policies.filter((policy) => policy.kind === kind);
}

const direct = (match: PrincipalMatch): Truth => match.direct;
const personal = (match: PrincipalMatch): Truth => match.personal;
const delegated = (match: PrincipalMatch): Truth => match.account;

/** What identity, resource, boundary and session policies come to together. */
function grants(
  policies: readonly PolicySource[],
  question: Question,
  accounts: 'same' | 'cross',
  layerOf: (kind: PolicyKind) => Layer,
): Requirement {
  const limits = (['boundary', 'session'] as const)
    .filter((kind) => policies.some((policy) => policy.kind === kind))
    .map((kind) => ({ kind, ruling: grant(layerOf(kind), question, direct) }));
  const identity = grant(layerOf('identity'), question, direct);
  const own = requiredKind(question.action);
  const resourceKinds: readonly PolicyKind[] = own ? [own] : ['bucket', 'key', 'trust'].filter(isPresent(policies));
  const onlyIdentity = own === null && accounts === 'same' && limits.length === 0;
  if (onlyIdentity && resourceKinds.every((kind) => layerOf(kind).allows.length === 0)) {
    // Nearly always: nothing else could allow it or limit it, so all of the ways below come to this one.
    return { ...identity, kinds: identity.truth.is === 'no' ? ['identity'] : [] };
  }
  const limit = all(...limits.map(({ ruling }) => ruling));
  const byWay = new Map<(match: PrincipalMatch) => Truth, Ruling>();
  const resource = (way: (match: PrincipalMatch) => Truth): Ruling => {
    const ruling = byWay.get(way) ?? any(...resourceKinds.map((kind) => grant(layerOf(kind), question, way)));
    byWay.set(way, ruling);
    return ruling;
  };

  const bySession = all(...limits.filter(({ kind }) => kind === 'session').map(({ ruling }) => ruling));
  const byName = question.caller?.kind === 'user' ? all(resource(personal), bySession) : resource(personal);
  const byIdentity = all(identity, limit);
  const toAccount = all(resource(delegated), byIdentity);
  const toCaller = any(all(resource(direct), limit), byName);
  const ways: Ruling[] =
    accounts === 'cross'
      ? [all(any(resource(direct), resource(personal)), byIdentity), toAccount]
      : [toCaller, toAccount];
  if (accounts === 'same' && own === null) {
    // Identity and resource policy may each allow a part of what is asked for.
    const allows = [...layerOf('identity').allows, ...resourceKinds.flatMap((kind) => layerOf(kind).allows)];
    ways.unshift(byIdentity, all(grant({ allows, denies: [] }, question, direct), limit));
  }

  const ruling = any(...ways);
  const lacking = new Set<PolicyKind>();
  if (identity.truth.is === 'no') lacking.add('identity');
  for (const { kind, ruling: one } of limits) if (one.truth.is === 'no') lacking.add(kind);
  const demanded = own !== null || accounts === 'cross';
  if (demanded && any(resource(direct), resource(personal), resource(delegated)).truth.is === 'no') {
    for (const kind of resourceKinds.length > 0 ? resourceKinds : (['bucket'] as const)) lacking.add(kind);
  }
  if (own !== null && !policies.some((policy) => policy.kind === own)) {
    const blocker: Blocker = { kind: 'policy', name: `the ${kindInWords(own)}`, why: 'it was not given' };
    return { truth: unknown(blocker), grounds: [], kinds: [] };
  }
  return { ...ruling, kinds: [...lacking] };
}

/** The kind of resource policy without which an action is never allowed. */
function requiredKind(action: string): PolicyKind | null {
  const name = action.toLowerCase();
  if (name.startsWith('kms:')) return 'key';
  return /^sts:(assumerole|tagsession|setsourceidentity)/.test(name) ? 'trust' : null;
}

function isPresent(policies: readonly PolicySource[]): (kind: string) => kind is PolicyKind {
  return (kind): kind is PolicyKind =>
    isResourceKind(kind as PolicyKind) && policies.some((policy) => policy.kind === kind);
}

/** Each level of service control policies must allow by itself. */
function levels(policies: readonly PolicySource[], question: Question): readonly Requirement[] {
  const byLevel = new Map<string, PolicySource[]>();
  for (const policy of of(policies, 'scp')) {
    const level = policy.level ?? '';
    byLevel.set(level, [...(byLevel.get(level) ?? []), policy]);
  }
  return [...byLevel.values()].map((level) => ({
    ...grant(readLayer(level, question), question, direct),
    kinds: ['scp'],
  }));
}

function all(...rulings: readonly Ruling[]): Ruling {
  const truth = and(...rulings.map((ruling) => ruling.truth));
  return { truth, grounds: groundsFor(rulings, truth) };
}

/** The first ruling that says yes decides by itself; its statements alone are the reason. */
function any(...rulings: readonly Ruling[]): Ruling {
  const first = rulings.find((ruling) => ruling.truth.is === 'yes');
  if (first) return first;
  const truth = or(...rulings.map((ruling) => ruling.truth));
  return { truth, grounds: groundsFor(rulings, truth) };
}

function groundsFor(rulings: readonly Ruling[], truth: Truth): readonly Grounds[] {
  if (truth.is === NO.is) return [];
  const relevant = truth.is === YES.is ? rulings : rulings.filter((ruling) => ruling.truth.is === 'unknown');
  return relevant.flatMap((ruling) => ruling.grounds);
}
