import { whyPerhapsAbsent } from './perhaps-absent';
import type { IConstruct } from 'constructs';
import type { PolicyFact, RoleFact } from '../../facts';
import { awsManagedPolicy } from '../../iam';
import type { Policies } from './policies';
import type { Element, Tree } from './tree';
import { whyUnseen, type Values } from './values';

const ARN = /^arn:[a-z-]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/** A name alone means the role of that name in the account of the provider. */
const ELSEWHERE = 'is made under another provider, whose account is perhaps not that of this role';

/** Collects roles and every policy of the app that says something about them. */
export class Roles {
  private readonly facts = new Map<string, RoleFact>();

  constructor(
    private readonly tree: Tree,
    private readonly values: Values,
    private readonly policies: Policies,
  ) {}

  collected(): readonly RoleFact[] {
    return [...this.facts.values()];
  }

  /** The role behind an ARN, as written by `construct`; answers its address. */
  collect(arn: string, construct: IConstruct, stack: IConstruct): string {
    const target = this.values.target(arn, { construct, stack });
    const element = target?.element;
    if (element?.mode === 'resource' && element.type === 'aws_iam_role') {
      return this.keep(this.tree.address(element), () => this.ofElement(element));
    }
    const text = String(this.values.plain(arn, { construct, stack }));
    return this.keep(text, () => this.imported(text, construct));
  }

  private keep(address: string, make: () => RoleFact): string {
    if (!this.facts.has(address)) this.facts.set(address, make());
    return address;
  }

  private ofElement(element: Element): RoleFact {
    const at = (attribute: string) => this.tree.origin(element, attribute);
    const given = this.values.plain(element.attributes['name'], element);
    const name = typeof given === 'string' ? given : `\${${element.reference}.name}`;
    const boundary = element.attributes['permissions_boundary'];
    return {
      ...this.tree.subject(element),
      name: { known: true, value: name, origin: at('name') },
      arn: {
        known: true,
        value: (element.repeated ? undefined : this.values.roleArn(element)) ?? `\${${element.reference}.arn}`,
        origin: at('arn'),
      },
      accountId: {
        known: false,
        why: 'is the account of the AWS credentials, which synth does not have',
        origin: at('arn'),
      },
      identityPolicies: [
        ...this.inline(element),
        ...this.managed(element),
        ...this.attached((raw, holder) => this.names(raw, holder, element, name)),
      ],
      permissionsBoundary:
        boundary === undefined ? null : (this.byArn(boundary, element, 'permissions_boundary')[0] ?? null),
      trustPolicy: this.policies.ofAttribute(element, 'assume_role_policy')[0] ?? null,
      serviceControlPolicies: [],
    };
  }

  /** A role that is not made by this app: what the app attaches to it is seen, the rest is not. */
  private imported(arn: string, construct: IConstruct): RoleFact {
    const origin = { address: arn, constructPath: construct.node.path };
    const parsed = ARN.exec(arn);
    const name = parsed?.[2];
    const why = arn.startsWith('${') ? whyUnseen(arn) : 'belongs to a role that is not made by this app';
    const hidden = { name: 'policies of the imported role', origin, document: { known: false, why, origin } } as const;
    return {
      address: arn,
      constructPath: construct.node.path,
      name: name === undefined ? { known: false, why, origin } : { known: true, value: name, origin },
      arn: { known: true, value: arn, origin },
      accountId: parsed?.[1] === undefined ? { known: false, why, origin } : { known: true, value: parsed[1], origin },
      identityPolicies: [
        ...(name === undefined ? [] : this.attached((raw, holder) => this.values.plain(raw, holder) === name)),
        hidden,
      ],
      permissionsBoundary: { ...hidden, name: 'permissions boundary of the imported role' },
      trustPolicy: { ...hidden, name: 'trust policy of the imported role' },
      serviceControlPolicies: [],
    };
  }

  private inline(element: Element): readonly PolicyFact[] {
    const origin = this.tree.origin(element, 'inline_policy');
    const raw = element.attributes['inline_policy'];
    const isDynamic =
      typeof element.attributes['dynamic'] === 'object' && 'inline_policy' in (element.attributes['dynamic'] ?? {});
    const hidden = (why: string): PolicyFact => ({
      name: 'inline_policy',
      origin,
      document: { known: false, why, origin },
    });
    const dynamic = isDynamic ? [hidden('is made by a dynamic block')] : [];
    if (raw === undefined) return dynamic;
    if (!Array.isArray(raw)) return [...dynamic, hidden(whyUnseen(String(this.values.plain(raw, element))))];
    return raw.flatMap((item: unknown, index) => {
      if (typeof item !== 'object' || item === null) return [];
      const { name, policy } = item as { readonly name?: unknown; readonly policy?: unknown };
      if (policy === undefined) return [];
      const at = this.tree.origin(element, `inline_policy.${index}.policy`);
      return this.policies.facts(policy, element, at, String(this.values.plain(name, element) ?? 'inline_policy'));
    });
  }

  private managed(element: Element): readonly PolicyFact[] {
    const raw = element.attributes['managed_policy_arns'];
    return raw === undefined ? [] : this.allByArn(raw, element, 'managed_policy_arns');
  }

  /** Everything that attaches a policy to a role, for those holders whose role attribute matches. */
  private attached(matches: (raw: unknown, holder: Element) => boolean | string): readonly PolicyFact[] {
    const found: PolicyFact[] = [];
    const holders = (type: string, attribute: string, read: (holder: Element) => readonly PolicyFact[]) => {
      for (const holder of this.values.ofType(type)) {
        const raw = holder.attributes[attribute];
        const answers = (Array.isArray(raw) ? raw : [raw]).map((item: unknown) => matches(item, holder));
        const perhaps = answers.find((answer) => typeof answer === 'string');
        const absence = answers.includes(true) ? whyPerhapsAbsent(holder, this.values) : null;
        if (absence !== null) found.push(this.absent(holder, attribute, absence));
        else if (answers.includes(true)) found.push(...read(holder));
        else if (perhaps !== undefined) found.push(this.perhaps(holder, attribute, String(perhaps)));
      }
    };
    holders('aws_iam_role_policy', 'role', (holder) => this.policies.ofAttribute(holder, 'policy'));
    holders('aws_iam_role_policy_attachment', 'role', (holder) =>
      this.byArn(holder.attributes['policy_arn'], holder, 'policy_arn'),
    );
    holders('aws_iam_policy_attachment', 'roles', (holder) =>
      this.byArn(holder.attributes['policy_arn'], holder, 'policy_arn'),
    );
    holders('aws_iam_role_policy_attachments_exclusive', 'role_name', (holder) =>
      this.allByArn(holder.attributes['policy_arns'], holder, 'policy_arns'),
    );
    return found;
  }

  private perhaps(holder: Element, attribute: string, text: string): PolicyFact {
    const origin = this.tree.origin(holder, attribute);
    const why = text === ELSEWHERE ? text : `may be attached to this role: its ${attribute} ${whyUnseen(text)}`;
    return { name: this.tree.address(holder), origin, document: { known: false, why, origin } };
  }

  /** Attached to this role, if there is any of it. */
  private absent(holder: Element, attribute: string, absence: string): PolicyFact {
    const origin = this.tree.origin(holder, attribute);
    return { name: this.tree.address(holder), origin, document: { known: false, why: absence, origin } };
  }

  /** Whether a role attribute means this role; a text when that is unknown. */
  private names(raw: unknown, holder: Element, role: Element, name: string): boolean | string {
    const target = this.values.target(raw, holder);
    if (target?.element !== undefined) return target.element === role;
    const text = this.values.plain(raw, holder);
    if (text === name) return this.tree.isElsewhere(role, holder) ? ELSEWHERE : true;
    return typeof text === 'string' && text.includes('${') ? text : false;
  }

  private allByArn(raw: unknown, holder: Element, attribute: string): readonly PolicyFact[] {
    if (Array.isArray(raw) && !(typeof raw[0] === 'string' && raw[0].startsWith('#{TfToken['))) {
      return raw.flatMap((arn: unknown) => this.byArn(arn, holder, attribute));
    }
    const origin = this.tree.origin(holder, attribute);
    const why = whyUnseen(String(this.values.plain(raw, holder)));
    return [{ name: attribute, origin, document: { known: false, why, origin } }];
  }

  /** The managed policy of this ARN: of the app, else unseen. */
  private byArn(raw: unknown, holder: Element, attribute: string): readonly PolicyFact[] {
    const element = this.values.target(raw, holder)?.element;
    if (element?.mode === 'resource' && element.type === 'aws_iam_policy' && !element.repeated) {
      return this.policies.ofAttribute(element, 'policy');
    }
    const origin = this.tree.origin(holder, attribute);
    const text = String(this.values.plain(raw, holder));
    const managed = awsManagedPolicy(text);
    if (managed !== null) return [{ name: text, origin, document: { known: true, value: managed, origin } }];
    const why = text.startsWith('${') ? whyUnseen(text) : 'is a managed policy that is not made by this app';
    return [{ name: text, origin, document: { known: false, why, origin } }];
  }
}
