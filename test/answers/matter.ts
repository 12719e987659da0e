/** One matter over many applies: an export and its hold, as terraform keeps them, over a simulator in this process. */
import type { Transport } from '../../src/genesys/transport';
import type { SeedConversation } from '../../src/simulator';
import { DEFAULT_INTEGRATION } from '../../src/simulator/genesys/integrations';
import { Driver, type Obj } from '../framework/support/driver';
import { VirtualClock } from '../genesys/helpers';
import { InProcessCloud } from './in-process';
import { providerOver, registersOn } from './provider';

const EXPORT = 'genesyscloud_recording_export_job';
const HOLD = 'genesyscloud_compliance_legalhold';

/** What Terraform keeps of one resource. */
interface Kept {
  state: Obj | null;
  private: Uint8Array;
}

/** What one run said and did. */
export interface Run {
  /** Resources that were created or changed. */
  readonly changed: readonly string[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** The configuration, its state, and the organization. */
export class Matter {
  readonly clock = new VirtualClock();
  readonly cloud: InProcessCloud;
  readonly export: Kept = { state: null, private: new Uint8Array() };
  readonly hold: Kept = { state: null, private: new Uint8Array() };
  private readonly registers;
  private runs = 0;

  /** Its clock begins at `begin`, as long as nothing is asked. */
  constructor(conversations: readonly SeedConversation[], begin = '2026-02-01T00:00:00Z') {
    this.clock.time = Date.parse(begin);
    this.cloud = new InProcessCloud({ now: () => this.clock.now(), seed: { conversations } }, () => undefined);
    this.registers = registersOn(this.clock, 1);
  }

  /** The recording jobs that were executed. */
  get jobs(): number {
    return this.cloud.world.jobs.list().filter(({ state }) => state === 'FULFILLED').length;
  }

  /** Moves the clock, which never goes back. */
  at(instant: number): void {
    this.clock.time = Math.max(this.clock.time, instant);
  }

  /** A run of terraform apply in a process of its own: refresh, plan and apply of both, the export first. */
  async apply(scope: Obj, transport: Transport = this.cloud.transport()): Promise<Run> {
    this.runs += 1;
    const provider = providerOver(transport, this.clock, { seed: this.runs, registers: this.registers });
    // No time limit of a killed process goes off.
    const options = { after: () => () => undefined };
    const exports = await Driver.open(provider, EXPORT, options, { aws_region: 'us-east-1' });
    const holds = await exports.sibling(HOLD);
    const run = { changed: [] as string[], errors: [] as string[], warnings: [] as string[] };
    await this.converge(exports, this.export, { integration_id: DEFAULT_INTEGRATION.id, ...scope }, run);
    if (run.errors.length > 0) return run;
    const id = this.export.state?.['id'];
    await this.converge(holds, this.hold, { name: 'Acme v. Example', export_job_id: id ?? null }, run);
    return run;
  }

  private async converge(
    driver: Driver,
    kept: Kept,
    config: Obj,
    run: { readonly changed: string[]; readonly errors: string[]; readonly warnings: string[] },
  ): Promise<void> {
    const told = (
      diagnostics: readonly { readonly severity: number; readonly summary: string; readonly detail?: string }[],
    ): boolean => {
      for (const { severity, summary, detail = '' } of diagnostics) {
        (severity === 1 ? run.errors : run.warnings).push(`${summary}: ${detail}`);
      }
      return run.errors.length > 0;
    };
    if (kept.state !== null) {
      const seen = await driver.read(kept.state, kept.private);
      if (told(seen.diagnostics)) return;
      kept.state = seen.state;
      kept.private = seen.private ?? new Uint8Array();
    }
    const plan = await driver.plan(kept.state, config, kept.private);
    if (told(plan.diagnostics)) return;
    if ((plan.requiresReplace ?? []).length > 0) run.errors.push(`${driver.typeName} is planned to be replaced`);
    else if (JSON.stringify(plan.planned) !== JSON.stringify(kept.state)) {
      const done = await driver.apply(kept.state, config, plan.planned, plan.plannedPrivate);
      run.changed.push(driver.typeName);
      kept.state = done.state;
      kept.private = done.private ?? new Uint8Array();
      told(done.diagnostics);
    }
  }
}
