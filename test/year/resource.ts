/** One resource, as terraform keeps it: refreshed, planned and applied through the provider's own code. */
import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../../src/plugin';
import type { Driver, Obj } from '../framework/support/driver';

/** What a run of terraform was told about a resource. */
export interface Told {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** A refresh and a plan. */
export interface Looked extends Told {
  /** Something is planned. */
  readonly changes: boolean;
  /** It is planned to be replaced. */
  readonly replaces: boolean;
}

/** State of one resource over the year. */
export class KeptResource {
  state: Obj | null = null;
  private private: Uint8Array = new Uint8Array();
  private tainted = false;

  /** What `terraform plan` shows. The refreshed state is kept, as an apply keeps it. */
  async look(driver: Driver, config: Obj): Promise<Looked> {
    return (await this.planned(driver, config)).looked;
  }

  /** What `terraform apply` does. */
  async apply(driver: Driver, config: Obj): Promise<Looked> {
    const { looked, plan } = await this.planned(driver, config);
    if (plan === undefined || looked.errors.length > 0 || !looked.changes || looked.replaces) return looked;
    const creates = this.state === null;
    const done = await driver.apply(this.state, config, plan.planned, plan.plannedPrivate);
    this.state = done.state;
    this.private = done.private ?? new Uint8Array();
    const told = toldBy(looked, done.diagnostics);
    this.tainted = creates && told.errors.length > 0 && done.state !== null;
    return { ...looked, ...told };
  }

  private async planned(driver: Driver, config: Obj) {
    let told: Told = { errors: [], warnings: [] };
    const ended = (changes: boolean, replaces = false): Looked => ({ ...told, changes, replaces });
    if (this.state !== null && !this.tainted) {
      const seen = await driver.read(this.state, this.private);
      told = toldBy(told, seen.diagnostics);
      if (told.errors.length > 0) return { looked: ended(false) };
      this.state = seen.state;
      this.private = seen.private ?? new Uint8Array();
    }
    if (this.tainted) {
      await driver.apply(this.state, null, null, this.private);
      this.state = null;
      this.private = new Uint8Array();
      this.tainted = false;
    }
    const plan = await driver.plan(this.state, config, this.private);
    told = toldBy(told, plan.diagnostics);
    const replaces = (plan.requiresReplace?.length ?? 0) > 0;
    return { looked: ended(!isDeepStrictEqual(plan.planned, this.state), replaces), plan };
  }
}

function toldBy({ errors, warnings }: Told, diagnostics: readonly Diagnostic[]): Told {
  const texts = (severity: number): readonly string[] =>
    diagnostics.filter((one) => one.severity === severity).map(({ summary, detail = '' }) => `${summary}: ${detail}`);
  return { errors: [...errors, ...texts(1)], warnings: [...warnings, ...texts(2)] };
}
