import type { Known, Origin, PolicyFact, RoleFact } from '../../rules';
import { originOf, type Element } from './element';
import { isRow, rows } from './plan-json';
import type { PlanView } from './plan-view';
import { policiesOf } from './policies';
import { textOf, valueOf } from './values';

const ROLE_ARN = /^arn:[a-z-]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/** Whether something means this role: yes, no, or why that cannot be told. */
type Match = true | false | { readonly why: string };

/** Roles with every policy that the plans attach to them. */
export class Roles {
  private readonly facts = new Map<string, RoleFact>();

  constructor(private readonly views: readonly PlanView[]) {}

  collected(): readonly RoleFact[] {
    return [...this.facts.values()];
  }

  /** Makes the fact of a role that a plan manages; answers its address. */
  collect(view: PlanView, element: Element): string {
    const { address } = element.subject;
    if (!this.facts.has(address)) this.facts.set(address, this.fact(view, element));
    return address;
  }

  /** The role of an ARN: one that a plan manages, else one of which only the ARN is known. */
  collectArn(arn: string, origin: Origin): string {
    const name = ROLE_ARN.exec(arn)?.[2];
    for (const view of this.views) {
      for (const element of view.ofType('aws_iam_role')) {
        if (element.after?.['arn'] === arn || (name !== undefined && element.after?.['name'] === name)) {
          return this.collect(view, element);
        }
      }
    }
    if (!this.facts.has(arn)) this.facts.set(arn, this.elsewhere(arn, name, origin));
    return arn;
  }

  private fact(view: PlanView, element: Element): RoleFact {
    const at = (argument: string) => originOf(element, argument);
    const arn = textOf(view, element, 'arn', '');
    const address = element.subject.address;
    const account = arn.known ? ROLE_ARN.exec(arn.value)?.[1] : undefined;
    const boundary = valueOf(view, element, 'permissions_boundary', null);
    const boundaryGiven = !boundary.known || (boundary.value !== null && boundary.value !== '');
    return {
      ...element.subject,
      name: textOf(view, element, 'name', ''),
      arn: arn.known && arn.value !== '' ? arn : { known: true, value: `\${${address}.arn}`, origin: at('arn') },
      accountId:
        account === undefined
          ? { known: false, why: 'is only known after the apply', origin: at('arn') }
          : { known: true, value: account, origin: at('arn') },
      identityPolicies: [
        ...inlinePolicies(view, element),
        ...this.listed(view, element, 'managed_policy_arns'),
        ...this.attached((holderView, holder, argument) => meansRole(holderView, holder, argument, view, element)),
      ],
      permissionsBoundary: boundaryGiven ? (this.byArn(view, element, 'permissions_boundary')[0] ?? null) : null,
      trustPolicy: policiesOf(view, element, 'assume_role_policy')[0] ?? null,
      serviceControlPolicies: [],
    };
  }

  /** A role that no plan manages: what the plans attach to it is seen, the rest is not. */
  private elsewhere(arn: string, name: string | undefined, origin: Origin): RoleFact {
    const why = 'belongs to a role that none of the given plans manages';
    const hidden: PolicyFact = { name: `policies of ${arn}`, origin, document: { known: false, why, origin } };
    const told = (value: string | undefined): Known<string> =>
      value === undefined ? { known: false, why, origin } : { known: true, value, origin };
    return {
      address: arn,
      name: told(name),
      arn: { known: true, value: arn, origin },
      accountId: told(ROLE_ARN.exec(arn)?.[1]),
      identityPolicies: [
        ...this.attached((_, holder, argument) => name !== undefined && holder.after?.[argument] === name),
        hidden,
      ],
      permissionsBoundary: hidden,
      trustPolicy: hidden,
      serviceControlPolicies: [],
    };
  }

  private attached(matches: (view: PlanView, holder: Element, argument: string) => Match): readonly PolicyFact[] {
    const found: PolicyFact[] = [];
    const holders = (
      type: string,
      argument: string,
      read: (view: PlanView, holder: Element) => readonly PolicyFact[],
    ) => {
      for (const view of this.views) {
        for (const holder of view.ofType(type)) {
          if (holder.after === null) continue;
          const match = matches(view, holder, argument);
          if (match === true) found.push(...read(view, holder));
          else if (match !== false) found.push(perhaps(holder, argument, match.why));
        }
      }
    };
    holders('aws_iam_role_policy', 'role', (view, holder) => policiesOf(view, holder, 'policy'));
    holders('aws_iam_role_policy_attachment', 'role', (view, holder) => this.byArn(view, holder, 'policy_arn'));
    holders('aws_iam_policy_attachment', 'roles', (view, holder) => this.byArn(view, holder, 'policy_arn'));
    holders('aws_iam_role_policy_attachments_exclusive', 'role_name', (view, holder) =>
      this.listed(view, holder, 'policy_arns'),
    );
    return found;
  }

  /** The managed policy that an argument names. */
  private byArn(view: PlanView, holder: Element, argument: string): readonly PolicyFact[] {
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
    for (const view of this.views) {
      const element = view.ofType('aws_iam_policy').find(({ after }) => after?.['arn'] === arn);
      if (element !== undefined) return policiesOf(view, element, 'policy');
    }
    return [unseenPolicy(arn, `is attached as ${arn}, which none of the given plans manages`, origin)];
  }
}

/** Whether a holder's argument names this role. */
function meansRole(view: PlanView, holder: Element, argument: string, roleView: PlanView, role: Element): Match {
  const given = valueOf(view, holder, argument, null);
  const name: unknown = role.after?.['name'];
  if (given.known) {
    const values: readonly unknown[] = Array.isArray(given.value) ? given.value : [given.value];
    return typeof name === 'string' && values.includes(name);
  }
  const referred = view.referredBy(holder, argument);
  if (referred.some(({ to }) => view === roleView && to === role)) {
    const roles = referred.filter(({ to }) => to.type === 'aws_iam_role');
    return roles.length === 1 || argument === 'roles'
      ? true
      : { why: `may be attached to this role: its ${argument} ${given.why}` };
  }
  return referred.length === 0 && view === roleView
    ? { why: `may be attached to this role: its ${argument} ${given.why}` }
    : false;
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
