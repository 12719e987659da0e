import { whyNoPlan, type PlanJson } from './plan-json';

/** Why a text is no plan, with what to do. */
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
      'This is no plan: it is no JSON. A plan is made readable with "terraform show -json PLANFILE > plan.json".',
    );
  }
  const why = whyNoPlan(value);
  if (why !== null) throw new NotAPlan(`This is no plan: ${why}.`);
  return value as PlanJson;
}
