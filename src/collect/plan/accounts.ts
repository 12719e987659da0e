import type { Element } from '../../plan';
import type { PlanView } from '../../plan';

/** An AWS account as a data source of the plan read it. */
export interface Account {
  readonly id: string;
  /** `aws`, `aws-us-gov`, `aws-cn`: of the ARN of whoever plans. */
  readonly partition: string;
}

/**
 * The account that a resource is made in, where the plan reads it: `data.aws_caller_identity` with the same provider
 * block. Undefined where it does not; the account is then that of credentials that a plan does not show.
 */
export function accountOf(view: PlanView, element: Element): Account | undefined {
  const block = view.providerOf(element);
  const identity = view
    .ofType('data.aws_caller_identity')
    .find((one) => one.module === element.module && view.providerOf(one) === block);
  const { account_id: id, arn } = identity?.after ?? {};
  if (typeof id !== 'string' || !/^\d{12}$/.test(id)) return undefined;
  return { id, partition: (typeof arn === 'string' && /^arn:(aws[\w-]*):/.exec(arn)?.[1]) || 'aws' };
}

/**
 * The account that a resource is made in: as a data source read it, else as the ARN of something tells that the same provider
 * block has made already.
 */
export function accountNear(view: PlanView, element: Element): Account | undefined {
  const read = accountOf(view, element);
  if (read !== undefined) return read;
  const block = view.providerOf(element);
  for (const one of WITH_ACCOUNT.flatMap((type) => view.ofType(type))) {
    const arn: unknown = one.before?.['arn'] ?? one.after?.['arn'];
    const [, partition, id] =
      /^arn:(aws[\w-]*):[a-z0-9-]+:[^:]*:(\d{12}):/.exec(typeof arn === 'string' ? arn : '') ?? [];
    if (partition !== undefined && id !== undefined && view.providerOf(one) === block) return { id, partition };
  }
  return undefined;
}

/** Types whose ARNs have the account. */
const WITH_ACCOUNT = ['aws_iam_role', 'aws_iam_policy', 'aws_kms_key', 'aws_iam_user'];
