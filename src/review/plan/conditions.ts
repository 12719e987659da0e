/** Terraform's own conditions: preconditions, postconditions, check blocks. */

import type { PlanView } from '../../plan';
import type { Item } from '../report';

interface CheckJson {
  readonly address?: { readonly to_display?: string; readonly kind?: string };
  readonly status?: string;
  readonly instances?: readonly {
    readonly address?: { readonly to_display?: string };
    readonly status?: string;
    readonly problems?: readonly { readonly message?: string }[];
  }[];
}

/** Conditions that fail, or could not be evaluated. Those that wait for the apply are left out: that is what they are for. */
export function conditionItems(view: PlanView): readonly Item[] {
  const checks = (view.json as { readonly checks?: unknown }).checks;
  return (Array.isArray(checks) ? (checks as readonly CheckJson[]) : []).flatMap((check) => {
    const name = check.address?.to_display ?? 'a condition';
    const instances = check.instances ?? [];
    const judged = instances.length > 0 ? instances : [{ status: check.status ?? 'unknown' }];
    return judged.flatMap((one) => {
      const { status, address, problems } = one as NonNullable<CheckJson['instances']>[number];
      if (status !== 'fail' && status !== 'error') return [];
      const messages = (problems ?? []).flatMap(({ message }) => (message === undefined ? [] : [message]));
      return [itemOf(view.name, address?.to_display ?? name, check.address?.kind ?? '', status, messages)];
    });
  });
}

function itemOf(
  target: string,
  address: string,
  kind: string,
  status: 'fail' | 'error',
  messages: readonly string[],
): Item {
  const isCheck = kind === 'check';
  const first = messages[0]?.split('\n')[0]?.replace(/\.$/, '');
  const what = isCheck ? `The check block ${address}` : `A condition of ${address}`;
  return {
    id: `terraform/condition ${address}`,
    rule: 'terraform/condition',
    level: status === 'error' ? 'unknown' : isCheck ? 'warn' : 'error',
    severity: isCheck ? 'warn' : 'error',
    target,
    place: { address },
    headline: `${what} ${status === 'fail' ? 'is not met' : 'could not be evaluated'}${first === undefined ? '' : `: ${first}`}`,
    text: messages.join('\n') === messages[0]?.split('\n')[0] ? '' : messages.join('\n'),
    evidence: [],
    remedy: isCheck
      ? 'See what the check says. Terraform does not stop at a failed check, so the apply would continue.'
      : 'Correct what the condition asks for and plan again. Terraform would not apply this plan.',
    help: 'npx --no-install genesyscloud-compliance explain terraform/condition',
  };
}
