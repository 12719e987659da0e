/** The keys that buckets are encrypted with, by whatever name a bucket calls them, and who may use them. */
import type { KeyFact, Known, PolicyFact } from '../../facts';
import { originOf, type Element, type PlanView } from '../../plan';
import { accountNear } from './accounts';
import type { Holder } from './holders';
import { policiesOf } from './policies';
import { textOf } from './values';

/** Types of resources that are a key of the customer's. */
export const KEY_TYPES = ['aws_kms_key', 'aws_kms_external_key', 'aws_kms_replica_key', 'aws_kms_replica_external_key'];
const ALIAS = 'aws_kms_alias';

const KEY_ACCOUNT = /^arn:[a-z-]+:kms:[^:]*:(\d{12}):/;

/** Keys of all plans. */
export class Keys {
  private readonly facts = new Map<string, KeyFact>();

  constructor(private readonly views: readonly PlanView[]) {}

  collected(): readonly KeyFact[] {
    return [...this.facts.values()];
  }

  /** The key that an argument means, by reference or by its id, ARN or alias; undefined: none of the plans'. */
  meant({ view, element }: Holder, argument: string, id: unknown): Holder | undefined {
    for (const { to } of view.referredBy(element, argument)) {
      if (KEY_TYPES.includes(to.type)) return { view, element: to };
      if (to.type === ALIAS) return this.behindAlias({ view, element: to });
    }
    return this.named(id);
  }

  private named(id: unknown): Holder | undefined {
    if (typeof id !== 'string') return undefined;
    const key = this.find(KEY_TYPES, (row) => row?.['arn'] === id || row?.['key_id'] === id);
    if (key !== undefined) return key;
    const alias = this.find([ALIAS], (row) => row?.['arn'] === id || row?.['name'] === id);
    return alias === undefined ? undefined : this.behindAlias(alias);
  }

  private behindAlias({ view, element }: Holder): Holder | undefined {
    const [referred] = view.referredBy(element, 'target_key_id').filter(({ to }) => KEY_TYPES.includes(to.type));
    if (referred !== undefined) return { view, element: referred.to };
    const { target_key_id: id, target_key_arn: arn } = element.after ?? {};
    return this.find(KEY_TYPES, (row) => row !== null && (row['key_id'] === id || row['arn'] === (arn ?? id)));
  }

  private find(types: readonly string[], isIt: (row: Element['after']) => boolean): Holder | undefined {
    for (const view of this.views) {
      const element = types.flatMap((type) => view.ofType(type)).find(({ after }) => isIt(after));
      if (element !== undefined) return { view, element };
    }
    return undefined;
  }

  collect({ view, element }: Holder): string {
    const { address } = element.subject;
    const arn = textOf(view, element, 'arn', '');
    const account = arn.known ? KEY_ACCOUNT.exec(arn.value)?.[1] : undefined;
    this.facts.set(address, {
      ...element.subject,
      arn:
        arn.known && arn.value !== ''
          ? arn
          : { known: true, value: `\${${address}.arn}`, origin: originOf(element, 'arn') },
      accountId:
        account === undefined
          ? { known: false, why: 'is only known after the apply', origin: originOf(element, 'arn') }
          : { known: true, value: account, origin: originOf(element, 'arn') },
      policy: this.policyOf({ view, element }),
    });
    return address;
  }

  /** The policy of a resource of its own takes the place of the one in the key. */
  private policyOf({ view, element }: Holder): PolicyFact {
    const separate = this.views
      .flatMap((one) => one.ofType('aws_kms_key_policy').map((holder) => ({ view: one, element: holder })))
      .find((holder) => holder.element.after !== null && this.isAbout(holder, element));
    const parts = separate === undefined ? [] : policiesOf(separate.view, separate.element, 'policy');
    const isGiven = 'policy' in view.configuration.expressions(element.module, element.reference);
    const isThere = typeof element.after?.['policy'] === 'string' && element.after['policy'] !== '';
    const own = parts.length > 0 ? parts : isGiven || isThere ? policiesOf(view, element, 'policy') : [];
    // A part that cannot be read may say anything.
    const written = own.find(({ document }) => !document.known) ?? own[0];
    const origin = originOf(element, 'policy');
    return written ?? { name: 'default key policy', origin, document: defaultPolicy(view, element) };
  }

  private isAbout({ view, element }: Holder, key: Element): boolean {
    if (view.referredBy(element, 'key_id').some(({ to }) => to === key)) return true;
    const id: unknown = element.after?.['key_id'];
    return typeof id === 'string' && (id === key.after?.['key_id'] || id === key.after?.['arn']);
  }
}

/**
 * The policy that AWS gives to a key that is made without one: it leaves the decision to the policies of the account (KMS
 * developer guide, "Default key policy").
 */
function defaultPolicy(view: PlanView, element: Element): Known<string | object> {
  const origin = originOf(element, 'policy');
  const account = accountNear(view, element);
  if (account === undefined) {
    const why =
      'is not written, so it is the default of AWS, for the account of credentials that the plan does not show';
    return { known: false, why, origin };
  }
  const root = `arn:${account.partition}:iam::${account.id}:root`;
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: root },
    Action: 'kms:*',
    Resource: '*',
  };
  return { known: true, value: { Version: '2012-10-17', Statement: [statement] }, origin };
}
