/**
 * Lists of all the policies that a role keeps: `aws_iam_role_policies_exclusive` and `aws_iam_role_policy_attachments_exclusive`.
 * What they do not list, they take away from the role when they are applied.
 */
import type { Element, PlanView } from '../../plan';
import { Holders, type Holder } from './holders';
import { valueOf } from './values';

/** The lists of all plans. */
export class ExclusiveLists {
  private readonly inlineLists: Holders;
  private readonly attachedLists: Holders;

  constructor(views: readonly PlanView[]) {
    const lists = (type: string) => new Holders(views, type, 'role_name', 'aws_iam_role');
    this.inlineLists = lists('aws_iam_role_policies_exclusive');
    this.attachedLists = lists('aws_iam_role_policy_attachments_exclusive');
  }

  /** Names of the inline policies that a role keeps; undefined: no list says so, or its content is unknown. */
  inline(role: Holder): ReadonlySet<unknown> | undefined {
    return this.kept(role, this.inlineLists, 'policy_names')?.names;
  }

  /** ARNs of the managed policies that a role keeps; undefined: no list says so, or its content is unknown. */
  attached(role: Holder): ReadonlySet<unknown> | undefined {
    return this.kept(role, this.attachedLists, 'policy_arns')?.names;
  }

  /**
   * Why it is unknown whether a role keeps what a resource gives it: a list takes it away, and which of the two is applied last is
   * unknown. Null: nothing takes it away.
   */
  whyRemoved(role: Holder, { type, after }: Element): string | null {
    const [lists, argument, name] =
      type === 'aws_iam_role_policy'
        ? ([this.inlineLists, 'policy_names', after?.['name']] as const)
        : ([this.attachedLists, 'policy_arns', after?.['policy_arn']] as const);
    if (type === 'aws_iam_role_policy_attachments_exclusive' || typeof name !== 'string') return null;
    const kept = this.kept(role, lists, argument);
    return kept === undefined || kept.names.has(name)
      ? null
      : `is not in ${argument} of ${kept.by}, which takes away from the role what it does not list`;
  }

  private kept(
    { element }: Holder,
    lists: Holders,
    argument: string,
  ): { readonly names: ReadonlySet<unknown>; readonly by: string } | undefined {
    const [list] = lists.of(element, element.after?.['name']);
    if (list === undefined) return undefined;
    const value = valueOf(list.view, list.element, argument, []);
    if (!value.known || !Array.isArray(value.value)) return undefined;
    return { names: new Set(value.value), by: list.element.subject.address };
  }
}
