/** Decides what a principal may do, through the policy evaluation of `iam/`. */
import { evaluate, type Answer, type Caller, type PolicySource, type Question } from '../../../iam';
import { ACCOUNT_ID } from './account';
import type { IdentityStore, Principal, Role } from './identity-store';

/** The policy of the resource itself, if it has one. */
export interface ResourcePolicy {
  readonly kind: 'bucket' | 'key' | 'trust';
  readonly name: string;
  /** JSON text. */
  readonly document: string;
}

export interface Ask {
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly resourcePolicy?: ResourcePolicy;
  /** Condition keys of this request; whatever is not here is not in the request. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

const ADMIN_POLICY: PolicySource = {
  name: 'AdministratorAccess',
  kind: 'identity',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};
/** Parsed documents by their text: the same few are asked thousands of times a second. */
const MOST_PARSED = 1000;

export class Authority {
  private readonly parsed = new Map<string, object | string>();

  constructor(private readonly identities: IdentityStore) {}

  /** True when policies allow it. An explicit denial in a resource's policy counts for the administrator too. */
  allows(principal: Principal, ask: Ask): boolean {
    if (principal.kind === 'admin' && ask.resourcePolicy === undefined) return true;
    return this.answer(principal, ask).decision === 'Allowed';
  }

  answer(principal: Principal, ask: Ask): Answer {
    const policies = [...this.policiesOf(principal), ...this.resourcePolicies(ask)];
    return evaluate(policies, questionOf(principal, ask));
  }

  /** Identity policies, boundary and session policy. */
  policiesOf(principal: Principal): readonly PolicySource[] {
    if (principal.kind === 'admin') return [ADMIN_POLICY];
    const own = this.policiesOfRole(principal.role);
    if (principal.sessionPolicy === undefined) return own;
    return [...own, { name: 'session policy', kind: 'session', document: this.parse(principal.sessionPolicy) }];
  }

  policiesOfRole(role: Role): readonly PolicySource[] {
    const inline = [...role.inline].map(([name, document]) => this.source(name, 'identity', document));
    const attached = [...role.attached].map((arn) =>
      this.source(arn, 'identity', this.identities.documentInForce(arn) ?? '{}'),
    );
    if (role.boundary === undefined) return [...inline, ...attached];
    const boundary = this.identities.documentInForce(role.boundary) ?? '{"Statement":[]}';
    return [...inline, ...attached, this.source(role.boundary, 'boundary', boundary)];
  }

  private resourcePolicies({ resourcePolicy }: Ask): readonly PolicySource[] {
    if (resourcePolicy === undefined) return [];
    return [this.source(resourcePolicy.name, resourcePolicy.kind, resourcePolicy.document)];
  }

  private source(name: string, kind: PolicySource['kind'], document: string): PolicySource {
    return { name, kind, document: this.parse(document) };
  }

  private parse(document: string): object | string {
    const known = this.parsed.get(document);
    if (known !== undefined) return known;
    if (this.parsed.size >= MOST_PARSED) this.parsed.clear();
    const parsed = parseOrKeep(document);
    this.parsed.set(document, parsed);
    return parsed;
  }
}

function parseOrKeep(text: string): object | string {
  try {
    return JSON.parse(text) as object;
  } catch {
    return text;
  }
}

function questionOf(principal: Principal, ask: Ask): Question {
  return {
    action: ask.action,
    resource: { exactly: ask.resource },
    caller: callerOf(principal),
    context: { values: { ...identityContext(principal), ...ask.context }, others: 'absent' },
  };
}

/** A principal as `iam/` calls it. */
export function callerOf(principal: Principal): Caller {
  if (principal.kind === 'admin') return { kind: 'user', arn: principal.arn, account: ACCOUNT_ID };
  return { kind: 'role', arn: principal.role.arn, account: ACCOUNT_ID, session: principal.arn };
}

/** Condition keys that say who asks. */
export function identityContext(principal: Principal): Record<string, string> {
  const common = { 'aws:PrincipalAccount': ACCOUNT_ID, 'aws:userid': principal.userId };
  if (principal.kind === 'admin') {
    const userName = principal.arn.split('/').at(-1) ?? '';
    return { ...common, 'aws:PrincipalArn': principal.arn, 'aws:PrincipalType': 'User', 'aws:username': userName };
  }
  const tags = [...principal.role.tags].map(([key, value]) => [`aws:PrincipalTag/${key}`, value]);
  return {
    ...common,
    'aws:PrincipalArn': principal.role.arn,
    'aws:PrincipalType': 'AssumedRole',
    ...Object.fromEntries(tags),
  };
}
