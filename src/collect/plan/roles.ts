import type { Origin, PolicyFact, PrincipalFact, RoleFact } from '../../facts';
import { awsManagedPolicy } from '../../iam';
import { accountOf } from './accounts';
import { originOf, type Element } from '../../plan';
import { ExclusiveLists } from './exclusive-lists';
import { Holders, type Holder } from './holders';
import { isMarked, isRow, markOf, rows } from '../../plan';
import type { PlanView } from '../../plan';
import { policiesOf } from './policies';
import { textOf, valueOf } from './values';

const ROLE_ARN = /^arn:[a-z-]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

const ELSEWHERE = 'is made under another provider, whose account is perhaps not that of this role';

/** One way to attach policies to roles. */
interface Attachment {
  readonly holders: Holders;
  readonly read: (view: PlanView, holder: Element) => readonly PolicyFact[];
}

/** Roles with every policy that the plans attach to them. */
export class Roles {
  private readonly facts = new Map<string, RoleFact>();
  private readonly identities = new Map<Element, readonly PolicyFact[]>();
  private known?: readonly Attachment[];
  private ownInline?: ReadonlySet<unknown>;
  private ownAttached?: ReadonlyMap<unknown, ReadonlySet<unknown>>;
  private exclusiveLists?: ExclusiveLists;
  private managedByArn?: ReadonlyMap<unknown, Holder>;

  constructor(private readonly views: readonly PlanView[]) {}

  collected(): readonly RoleFact[] {
    return [...this.facts.values()];
  }

  /** Every policy that decides what a role may do by itself, without the rest of its fact. */
  identityOf(role: Holder): readonly PolicyFact[] {
    const known = this.identities.get(role.element);
    if (known !== undefined) return known;
    const { view, element } = role;
    const policies = [
      ...inlinePolicies(view, element),
      ...this.inlineElsewhere(role),
      ...this.listed(view, element, 'managed_policy_arns'),
      ...this.managedElsewhere(role),
      ...this.attached(role),
    ];
    this.identities.set(element, policies);
    return policies;
  }

  /** Makes the fact of a role one of those that are looked at; answers its address. */
  collect(role: Holder): string {
    const { address } = role.element.subject;
    if (!this.facts.has(address)) this.facts.set(address, this.fact(role));
    return address;
  }

  /** Every role of the plans, whatever its task is. */
  all(): readonly PrincipalFact[] {
    return this.views.flatMap((view) =>
      view
        .ofType('aws_iam_role')
        .filter(({ after }) => after !== null)
        .map((element): PrincipalFact => {
          const known = this.facts.get(element.subject.address);
          return { ...(known ?? this.fact({ view, element })), kind: 'role' };
        }),
    );
  }

  private fact({ view, element }: Holder): RoleFact {
    const at = (argument: string) => originOf(element, argument);
    const address = element.subject.address;
    const arn = arnOf(view, element);
    const account = ROLE_ARN.exec(arn ?? '')?.[1];
    const boundary = valueOf(view, element, 'permissions_boundary', null);
    const boundaryGiven = !boundary.known || (boundary.value !== null && boundary.value !== '');
    return {
      ...element.subject,
      name: textOf(view, element, 'name', ''),
      ...pathOf(element),
      arn: { known: true, value: arn ?? `\${${address}.arn}`, origin: at('arn') },
      accountId:
        account === undefined
          ? { known: false, why: 'is only known after the apply', origin: at('arn') }
          : { known: true, value: account, origin: at('arn') },
      identityPolicies: this.identityOf({ view, element }),
      permissionsBoundary: boundaryGiven ? (this.byArn(view, element, 'permissions_boundary')[0] ?? null) : null,
      trustPolicy: trustOf({ view, element }),
      serviceControlPolicies: [],
    };
  }

  /** Inline policies that the refresh found on the role and that no resource of the plans makes. */
  private inlineElsewhere({ view, element }: Holder): readonly PolicyFact[] {
    if ('inline_policy' in view.configuration.expressions(element.module, element.reference)) return [];
    const mark = markOf(element.afterUnknown, 'inline_policy');
    // Computed as a whole where it is not given.
    if (mark === true) return [];
    const at = originOf(element, 'inline_policy');
    const kept = this.exclusive().inline({ view, element });
    return rows(element.after?.['inline_policy']).flatMap(({ name, policy }, index): readonly PolicyFact[] => {
      if (typeof name === 'string' && (this.inlineNames().has(name) || kept?.has(name) === false)) return [];
      if (typeof policy === 'string' && policy !== '') {
        return [{ name: String(name), origin: at, document: { known: true, value: policy, origin: at } }];
      }
      // A `dynamic` block is in no configuration of a plan; of what it makes a part may be unknown.
      const isOpen = Array.isArray(mark) && isMarked(mark[index]);
      return isOpen ? [unseenPolicy(String(name ?? 'inline_policy'), 'is only known after the apply', at)] : [];
    });
  }

  /** Managed policies that the refresh found on the role and that no resource of the plans attaches, or did attach. */
  private managedElsewhere(role: Holder): readonly PolicyFact[] {
    const { view, element } = role;
    if ('managed_policy_arns' in view.configuration.expressions(element.module, element.reference)) return [];
    const found: unknown = element.after?.['managed_policy_arns'];
    if (!Array.isArray(found) || found.length === 0) return [];
    if (isMarked(markOf(element.afterUnknown, 'managed_policy_arns'))) return [];
    const origin = originOf(element, 'managed_policy_arns');
    const own = this.attachedArns().get(element.after?.['name']);
    const kept = this.exclusive().attached(role);
    return (found as readonly unknown[])
      .filter((arn) => own?.has(arn) !== true && kept?.has(arn) !== false)
      .flatMap((arn) => this.managed(String(arn), origin));
  }

  /** By the name of a role, the ARNs that resources of the plans attach to it, or did. */
  private attachedArns(): ReadonlyMap<unknown, ReadonlySet<unknown>> {
    if (this.ownAttached !== undefined) return this.ownAttached;
    const found = new Map<unknown, Set<unknown>>();
    const types = [
      'aws_iam_role_policy_attachment',
      'aws_iam_policy_attachment',
      'aws_iam_role_policy_attachments_exclusive',
    ];
    for (const row of this.views
      .flatMap((view) => types.flatMap((type) => view.ofType(type)))
      .flatMap(({ before, after }) => [before, after])) {
      for (const name of [row?.['role'] ?? row?.['roles'] ?? row?.['role_name']].flat() as readonly unknown[]) {
        const arns = found.get(name) ?? new Set();
        found.set(name, arns);
        for (const arn of [row?.['policy_arn'] ?? row?.['policy_arns']].flat() as readonly unknown[]) arns.add(arn);
      }
    }
    return (this.ownAttached = found);
  }

  private exclusive(): ExclusiveLists {
    return (this.exclusiveLists ??= new ExclusiveLists(this.views));
  }

  /** Names of the inline policies that resources of the plans make. */
  private inlineNames(): ReadonlySet<unknown> {
    return (this.ownInline ??= new Set(
      this.views
        .flatMap((one) => one.ofType('aws_iam_role_policy'))
        .flatMap(({ before, after }) => [before?.['name'], after?.['name']]),
    ));
  }

  /** What resources of their own attach to a role. */
  private attached(role: Holder): readonly PolicyFact[] {
    return this.attachments().flatMap(({ holders, read }) => [
      ...holders.of(role.element, role.element.after?.['name']).flatMap((holder) => {
        const { view, element } = holder;
        const elsewhere = isElsewhere(role, holder);
        if (elsewhere === null) return [];
        if (elsewhere) return [perhaps(element, holders.argument, ELSEWHERE)];
        const removed = this.exclusive().whyRemoved(role, element);
        return removed === null ? read(view, element) : [perhaps(element, holders.argument, removed)];
      }),
      ...holders
        .perhaps(role)
        .map(({ element, why }) =>
          perhaps(element, holders.argument, `may be attached to this role: its ${holders.argument} ${why}`),
        ),
    ]);
  }

  private attachments(): readonly Attachment[] {
    const by = (type: string, argument: string, read: Attachment['read']): Attachment => ({
      holders: new Holders(this.views, type, argument, 'aws_iam_role'),
      read,
    });
    this.known ??= [
      by('aws_iam_role_policy', 'role', (view, holder) => policiesOf(view, holder, 'policy')),
      by('aws_iam_role_policy_attachment', 'role', (view, holder) => this.byArn(view, holder, 'policy_arn')),
      by('aws_iam_policy_attachment', 'roles', (view, holder) => this.byArn(view, holder, 'policy_arn')),
      by('aws_iam_role_policy_attachments_exclusive', 'role_name', (view, holder) =>
        this.listed(view, holder, 'policy_arns'),
      ),
    ];
    return this.known;
  }

  /** The managed policy that an argument names. */
  byArn(view: PlanView, holder: Element, argument: string): readonly PolicyFact[] {
    const arn = valueOf(view, holder, argument, null);
    if (arn.known) return typeof arn.value === 'string' ? this.managed(arn.value, arn.origin) : [];
    const referred = view.referredBy(holder, argument).filter(({ to }) => to.type === 'aws_iam_policy');
    if (referred.length === 1) return policiesOf(view, referred[0]!.to, 'policy');
    return [unseenPolicy(holder.subject.address, arn.why, arn.origin)];
  }

  /** Managed policies that an argument lists. */
  private listed(view: PlanView, holder: Element, argument: string): readonly PolicyFact[] {
    const arns = valueOf(view, holder, argument, null);
    if (!arns.known) {
      // Computed where it is not given: attachments of their own tell what is in it.
      if (!(argument in view.configuration.expressions(holder.module, holder.reference))) return [];
      return [unseenPolicy(`${holder.subject.address}.${argument}`, arns.why, arns.origin)];
    }
    if (!(argument in view.configuration.expressions(holder.module, holder.reference))) return [];
    return Array.isArray(arns.value) ? arns.value.flatMap((arn) => this.managed(String(arn), arns.origin)) : [];
  }

  private managed(arn: string, origin: Origin): readonly PolicyFact[] {
    this.managedByArn ??= byAttribute(this.views, 'aws_iam_policy', 'arn');
    const found = this.managedByArn.get(arn);
    if (found !== undefined) return policiesOf(found.view, found.element, 'policy');
    const document = awsManagedPolicy(arn);
    if (document !== null) return [{ name: arn, origin, document: { known: true, value: document, origin } }];
    return [unseenPolicy(arn, `is attached as ${arn}, which none of the given plans manages`, origin)];
  }
}

/** Resources of a type by one attribute that is known; the first one where several have the same. */
export function byAttribute(views: readonly PlanView[], type: string, attribute: string): ReadonlyMap<unknown, Holder> {
  const found = new Map<unknown, Holder>();
  for (const view of views) {
    for (const element of view.ofType(type)) {
      const value = element.after?.[attribute];
      if (typeof value === 'string' && !found.has(value)) found.set(value, { view, element });
    }
  }
  return found;
}

/** The trust policy of a role; null where none is given. */
export function trustOf({ view, element }: Holder): PolicyFact | null {
  return policiesOf(view, element, 'assume_role_policy')[0] ?? null;
}

function pathOf({ after, afterUnknown }: Element): { readonly path?: string } {
  if (isMarked(markOf(afterUnknown, 'path'))) return {};
  const path: unknown = after?.['path'] ?? '/';
  return typeof path === 'string' ? { path } : {};
}

/** The ARN of a role: of a new one it is put together, where name and account are known. */
function arnOf(view: PlanView, element: Element): string | undefined {
  const { arn, name, path } = element.after ?? {};
  if (typeof arn === 'string') return arn;
  const account = accountOf(view, element);
  if (account === undefined || typeof name !== 'string') return undefined;
  return `arn:${account.partition}:iam::${account.id}:role${typeof path === 'string' ? path : '/'}${name}`;
}

function inlinePolicies(view: PlanView, element: Element): readonly PolicyFact[] {
  const given = view.configuration.expressions(element.module, element.reference);
  // Computed where it is not given: it then repeats what the policy resources say.
  if (!('inline_policy' in given)) return [];
  const origin = originOf(element, 'inline_policy');
  const blocks = valueOf(view, element, 'inline_policy', null);
  if (!blocks.known) return [unseenPolicy('inline_policy', blocks.why, origin)];
  return rows(blocks.value).flatMap((block, index): readonly PolicyFact[] => {
    const { name, policy } = block;
    if (typeof policy !== 'string') return [];
    const at = originOf(element, `inline_policy.${index}.policy`);
    return [
      {
        name: typeof name === 'string' ? name : 'inline_policy',
        origin: at,
        document: { known: true, value: policy, origin: at },
      },
    ];
  });
}

/**
 * Whether something that names a role is perhaps made in another account: its provider block has other credentials. A name
 * alone then means the role of that name there. Null: it surely is, since both accounts are known.
 */
function isElsewhere(role: Holder, holder: Holder): boolean | null {
  const [own, other] = [role, holder].map(({ view, element }) => accountOf(view, element)?.id);
  if (own !== undefined && other !== undefined) return own === other ? false : null;
  return credentialsOf(role) !== credentialsOf(holder);
}

/** Arguments of a provider block that take it to another account, as they are written. */
const CREDENTIALS = ['access_key', 'allowed_account_ids', 'assume_role', 'assume_role_with_web_identity', 'profile'];

function credentialsOf({ view, element }: Holder): string {
  const block = view.providerOf(element);
  const given = block === undefined ? undefined : view.json.configuration?.provider_config?.[block]?.expressions;
  return JSON.stringify(CREDENTIALS.map((name) => given?.[name] ?? null));
}

function perhaps(holder: Element, argument: string, why: string): PolicyFact {
  return unseenPolicy(holder.subject.address, why, originOf(holder, argument));
}

function unseenPolicy(name: string, why: string, origin: Origin): PolicyFact {
  return { name, origin, document: { known: false, why, origin } };
}

/** The text of a policy fact as far as it is known, for looking up names in it. */
export function knownText({ document }: PolicyFact): string {
  if (!document.known) return '';
  return isRow(document.value) ? JSON.stringify(document.value) : String(document.value);
}
