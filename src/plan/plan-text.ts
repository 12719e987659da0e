import { whyNoPlan, type PlanJson } from './plan-json';

/** Why a text is not a plan, with what to do. */
export class NotAPlan extends Error {
  override readonly name = 'NotAPlan';
}

/** Reads what `terraform show -json PLANFILE` printed. Throws {@link NotAPlan}. */
export function parsePlan(text: string): PlanJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NotAPlan(
      'Not a Terraform plan: the file is not JSON. Make a plan readable with "terraform show -json PLANFILE > plan.json".',
    );
  }
  const why = whyNoPlan(value);
  if (why !== null) throw new NotAPlan(`Not a Terraform plan: ${why}.`);
  return value as PlanJson;
}
