/** One resource, as terraform keeps it: refreshed and planned in one process, planned again and applied in the next. */
import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../../src/plugin';
import type { Driver, Obj } from '../framework/support/driver';

/** What a run of terraform was told. */
export interface Told {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** A refresh and a plan. */
export interface Planned extends Told {
  /** State before the refresh, and after it. */
  readonly before: Obj | null;
  readonly refreshed: Obj | null;
  /** What is planned; null where the plan failed. */
  readonly planned: Obj | null;
  readonly changes: boolean;
  /** It is planned to be replaced. */
  readonly replaces: boolean;
}

/** What a backend keeps of a resource. */
interface Saved {
  readonly state: Obj | null;
  readonly private: Uint8Array;
}

/** State of one resource over the year. */
export class KeptResource {
  state: Obj | null = null;
  private private: Uint8Array = new Uint8Array();

  /** A copy of the state, to be put back when the machine that has written a newer one is lost. */
  saved(): Saved {
    return { state: this.state, private: this.private };
  }

  restore(saved: Saved): void {
    this.state = saved.state;
    this.private = saved.private;
  }

  /** What `terraform plan` does. The refreshed state is kept, as an apply keeps it. */
  async plan(driver: Driver, config: Obj): Promise<Planned> {
    const read: string[][] = [[], []];
    const before = this.state;
    if (this.state !== null) {
      const seen = await driver.read(this.state, this.private);
      sort(seen.diagnostics, read);
      if (seen.state !== null) this.state = seen.state;
      this.private = seen.private ?? new Uint8Array();
    }
    const plan = await driver.plan(this.state, config, this.private);
    sort(plan.diagnostics, read);
    const [errors = [], warnings = []] = read;
    return {
      errors,
      warnings,
      before,
      refreshed: this.state,
      planned: plan.planned,
      changes: !isDeepStrictEqual(plan.planned, this.state),
      replaces: (plan.requiresReplace?.length ?? 0) > 0,
    };
  }

  /** What `terraform apply` does about a planned change, now that what others have made is known. */
  async apply(driver: Driver, config: Obj): Promise<Told> {
    const told: string[][] = [[], []];
    const plan = await driver.plan(this.state, config, this.private);
    sort(plan.diagnostics, told);
    if (told[0]?.length === 0) {
      const done = await driver.apply(this.state, config, plan.planned, plan.plannedPrivate);
      sort(done.diagnostics, told);
      this.state = done.state;
      this.private = done.private ?? new Uint8Array();
    }
    const [errors = [], warnings = []] = told;
    return { errors, warnings };
  }

  /** What `terraform destroy` does: the errors of a plan that is refused, else what the apply says. */
  async destroy(driver: Driver): Promise<Told> {
    const told: string[][] = [[], []];
    const seen = await driver.read(this.state, this.private);
    sort(seen.diagnostics, told);
    if (seen.state !== null) this.state = seen.state;
    this.private = seen.private ?? new Uint8Array();
    const plan = await driver.plan(this.state, null, this.private);
    sort(plan.diagnostics, told);
    if (told[0]?.length === 0) {
      const done = await driver.apply(this.state, null, null, plan.plannedPrivate);
      sort(done.diagnostics, told);
      this.state = done.state;
      this.private = done.private ?? new Uint8Array();
    }
    const [errors = [], warnings = []] = told;
    return { errors, warnings };
  }
}

function sort(diagnostics: readonly Diagnostic[], [errors, warnings]: string[][]): void {
  for (const { severity, summary, detail = '' } of diagnostics) {
    (severity === 1 ? errors : warnings)?.push(`${summary}: ${detail}`);
  }
}
