/** From one principal to a role: by taking it on, by rewriting it, by handing it to a service. */
import { type Blocker, type PolicySource, evaluate, readPolicy, replaceExpressions } from '../../iam';
import type { Facts, PrincipalFact } from '../../facts';
import { grantedByItself, identitySources, perhapsAllowed } from '../permission';
import { knownExpressions, policySource } from '../policy-sources';
import { requestOf, roleArn } from '../request';
import { admittedBy, trustedServices } from './named';

/** How somebody comes to what a role may do. */
export interface Way {
  readonly verb: 'assumes' | 'rewrites' | 'passes';
  /** The action that it takes. */
  readonly action: string;
  readonly isSure: boolean;
  /** What stands in the way of an answer; empty where it is sure. */
  readonly blockers: readonly Blocker[];
}

/** Rights over a role or a user that give everything it may do, or let it do anything. */
const REWRITES = {
  role: ['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'],
  user: ['iam:PutUserPolicy', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'],
} as const;
const REWRITES_POLICY = 'iam:CreatePolicyVersion';
const PASS = 'iam:PassRole';
const ASSUME = 'sts:AssumeRole';

const EVERY_STEP: readonly string[] = [...REWRITES.role, ...REWRITES.user, REWRITES_POLICY, PASS, ASSUME];

/** Everybody can do anything: the policies of an account that nobody has shown. */
export const EVERYTHING: PolicySource = {
  name: 'everything',
  kind: 'identity',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};

/** Answers which ways lead from a principal to another. Asked of many pairs, so what a principal never may is asked once. */
export class Ways {
  private readonly never = new Map<PrincipalFact, Map<string, boolean>>();
  private readonly climbers: ReadonlySet<PrincipalFact>;
  private readonly byArn = new Map<string, PrincipalFact[]>();
  private readonly toThemselves = new Map<PrincipalFact, readonly Way[]>();

  constructor(private readonly facts: Facts) {
    const seen = facts.principals?.seen ?? [];
    this.climbers = new Set(
      seen.filter((one) =>
        [...perhapsAllowed(facts, one, [], EVERY_STEP)].some((action) => !this.mayNever(one, action)),
      ),
    );
    for (const one of seen) {
      const arn = this.arnOf(one);
      const known = this.byArn.get(arn);
      if (known === undefined) this.byArn.set(arn, [one]);
      else known.push(one);
    }
  }

  /** Those from whom a way may lead to this one: who has such a right at all, and whom its trust policy names. */
  perhapsTo({ trustPolicy }: PrincipalFact): readonly PrincipalFact[] {
    const climbing = [...this.climbers];
    if (trustPolicy === null) return climbing;
    const trust = policySource(trustPolicy, 'trust', knownExpressions(this.facts));
    return [...climbing, ...this.namedIn(trust).filter((one) => !this.climbers.has(one))];
  }

  /** In the order of the facts, of whom a trust policy may name. */
  private namedIn(trust: PolicySource): readonly PrincipalFact[] {
    const seen = this.facts.principals?.seen ?? [];
    const named = namedBy(trust);
    if (named === 'perhaps everybody') return seen;
    const some = new Set(named.flatMap((arn) => this.byArn.get(arn) ?? []));
    return some.size === 0 ? [] : seen.filter((one) => some.has(one));
  }

  /** Those who may have rights over themselves. */
  get climbing(): ReadonlySet<PrincipalFact> {
    return this.climbers;
  }

  /** The ways of one to itself, which are the same for every bucket. */
  toItself(one: PrincipalFact): readonly Way[] {
    const known = this.toThemselves.get(one) ?? this.between(one, one);
    this.toThemselves.set(one, known);
    return known;
  }

  /** The ways from one to the other, sure ones first. To itself only rewriting leads anywhere. */
  between(from: PrincipalFact, to: PrincipalFact): readonly Way[] {
    const rewriting = [
      ...REWRITES[to.kind].map((action) => this.by(from, 'rewrites', action, this.arnOf(to))),
      ...managedPoliciesOf(to).map((arn) => this.by(from, 'rewrites', REWRITES_POLICY, arn)),
    ];
    const others = from === to || to.kind === 'user' ? [] : [this.assuming(from, to), this.passing(from, to)];
    const found = [...others, ...rewriting].filter((way) => way !== null);
    return [...found.filter(({ isSure }) => isSure), ...found.filter(({ isSure }) => !isSure)];
  }

  private by(from: PrincipalFact, verb: Way['verb'], action: string, arn: string): Way | null {
    if (this.mayNever(from, action)) return null;
    const valueOf = knownExpressions(this.facts);
    const answer = evaluate(identitySources(this.facts, from), {
      action,
      resource: { exactly: arn },
      ...requestOf(from, valueOf),
    });
    return wayOf(verb, action, answer);
  }

  private assuming(from: PrincipalFact, to: PrincipalFact): Way | null {
    const { trustPolicy } = to;
    if (trustPolicy === null) return null;
    const valueOf = knownExpressions(this.facts);
    const trust = policySource(trustPolicy, 'trust', valueOf);
    // Without a right of its own only a trust policy that names it lets it in.
    if (this.mayNever(from, ASSUME) && !names(trust, this.arnOf(from))) return null;
    const [own, other] = [from, to].map(({ accountId }) => (accountId.known ? accountId.value : null));
    const answer = evaluate([...identitySources(this.facts, from), trust], {
      action: ASSUME,
      resource: { exactly: this.arnOf(to) },
      ...requestOf(from, valueOf),
      accounts: typeof own === 'string' && typeof other === 'string' && own !== other ? 'cross' : 'same',
    });
    return wayOf('assumes', ASSUME, answer);
  }

  /** Handing a role to a service is of use where the role trusts one. */
  private passing(from: PrincipalFact, to: PrincipalFact): Way | null {
    const way = this.by(from, 'passes', PASS, this.arnOf(to));
    if (way === null || to.trustPolicy === null) return null;
    const trust = readPolicy(policySource(to.trustPolicy, 'trust', knownExpressions(this.facts)));
    if (!trust.seen)
      return { ...way, isSure: false, blockers: [{ kind: 'other', text: `the trust policy of ${to.address}` }] };
    return trustedServices(trust.document).length === 0 ? null : way;
  }

  private mayNever(from: PrincipalFact, action: string): boolean {
    const known = this.never.get(from) ?? new Map<string, boolean>();
    this.never.set(from, known);
    const decided = known.get(action);
    if (decided !== undefined) return decided;
    const { decision } = grantedByItself(this.facts, from, action).answer;
    const isNever = decision !== 'Allowed' && decision !== 'Unknown';
    known.set(action, isNever);
    return isNever;
  }

  private arnOf(principal: PrincipalFact): string {
    return replaceExpressions(roleArn(principal), knownExpressions(this.facts));
  }
}

function wayOf(verb: Way['verb'], action: string, { decision, blockers }: ReturnType<typeof evaluate>): Way | null {
  if (decision !== 'Allowed' && decision !== 'Unknown') return null;
  const isSure = decision === 'Allowed';
  return { verb, action, isSure, blockers: isSure ? [] : blockers };
}

/** ARNs of the customer's own managed policies that a principal has. */
function managedPoliciesOf({ identityPolicies }: PrincipalFact): readonly string[] {
  const arns = identityPolicies.flatMap(({ origin: { address } }) => {
    if (/^arn:[^:]+:iam::\d{12}:policy\//.test(address)) return [address];
    return /(?:^|\.)aws_iam_policy\.[^.]+$/.test(address) ? [`\${${address}.arn}`] : [];
  });
  return [...new Set(arns)];
}

/** Whom a trust policy names itself, in whatever statement. */
function namedBy(trust: PolicySource): readonly string[] | 'perhaps everybody' {
  const read = readPolicy(trust);
  if (!read.seen) return 'perhaps everybody';
  const names = admittedBy(read.document);
  return names.some((name) => name === '*' || name.includes('${')) ? 'perhaps everybody' : names;
}

/** Whether a trust policy may name this principal itself. */
function names(trust: PolicySource, arn: string): boolean {
  const named = namedBy(trust);
  return named === 'perhaps everybody' || named.includes(arn);
}
