import { NotAPlan } from './not-a-plan';
import { whyNoPlan, type PlanJson } from './plan-json';
import { JsonParts } from './reading/json-parts';
import { NotJson } from './reading/json-scanner';
import { planParts } from './reading/plan-parts';
import { PlanText } from './reading/plan-text';
import { MOST_LEVELS, TooDeep } from './reading/too-deep';

/**
 * Reads what `terraform show -json PLANFILE` printed, piece by piece, in UTF-8 or UTF-16, of any size. Keeps what
 * {@link PlanJson} is asked for, and never the whole text.
 */
export class PlanReader {
  private plan: unknown;
  private readonly text: PlanText;

  constructor() {
    const plan = (this.plan = {});
    this.text = new PlanText(new JsonParts(planParts(plan, (instead) => (this.plan = instead))));
  }

  /** Takes the next bytes. Throws {@link NotAPlan} as soon as it is clear that this is none. */
  push(bytes: Uint8Array): void {
    reading(() => this.text.push(bytes));
  }

  /** No more bytes come. Throws {@link NotAPlan}. */
  end(): PlanJson {
    reading(() => this.text.end());
    const why = whyNoPlan(this.plan);
    if (why !== null) throw new NotAPlan(`Not a Terraform plan: ${why}.`);
    return this.plan as PlanJson;
  }
}

/** Reads a plan that is there as a text. Throws {@link NotAPlan}. */
export function parsePlan(text: string): PlanJson {
  const reader = new PlanReader();
  reader.push(Buffer.from(text));
  return reader.end();
}

/** Reads a plan as it comes. Throws {@link NotAPlan}, and what `pieces` throw. */
export async function readPlan(pieces: AsyncIterable<Uint8Array>): Promise<PlanJson> {
  const reader = new PlanReader();
  for await (const piece of pieces) reader.push(piece);
  return reader.end();
}

function reading(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof NotJson) {
      throw new NotAPlan(
        'Not a Terraform plan: the file is not JSON. Make a plan readable with "terraform show -json PLANFILE > plan.json".',
      );
    }
    if (!(error instanceof TooDeep)) throw error;
    throw new NotAPlan(
      `The plan cannot be read: a value in it is nested more than ${MOST_LEVELS} levels deep. Look for a jsondecode() of a file that is not what it should be.`,
    );
  }
}
