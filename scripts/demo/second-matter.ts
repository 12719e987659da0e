/** A second matter over the recordings of the first, in a state of its own, and its release. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Simulator } from '../../src/simulator';
import { StepFailed, type Children, type Ended } from './run';

/** Runs beside the other steps: who releases waits until every machine can know of it. */
export class SecondMatter {
  private releasing: Promise<Ended> | undefined;

  constructor(
    private readonly folder: string,
    private readonly children: Children,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Holds what that export covers. */
  async hold(exportId: string): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(`${this.folder}/main.tf`, configuration(exportId));
    await this.terraform(['init', '-input=false', '-no-color']);
    await this.terraform(['apply', '-auto-approve', '-input=false', '-no-color']);
  }

  /** Begins its release. A failure is told by {@link released}. */
  release(): void {
    this.releasing = this.terraform(['destroy', '-auto-approve', '-input=false', '-no-color']);
    this.releasing.catch(() => undefined);
  }

  /** Waits for the release. Answers what terraform said of it. */
  async released({
    simulator,
    held,
  }: {
    readonly simulator: Simulator;
    readonly held: number;
  }): Promise<readonly string[]> {
    if (this.releasing === undefined) throw new StepFailed('The second matter is not being released.');
    const { output } = await this.releasing;
    const left = simulator.state().protected.length;
    if (left !== held) throw new StepFailed(`${left} conversations are held where ${held} should be.`);
    const lines = output.split('\n').map((line) => line.replace(/^[│\s]+/, '').trim());
    const from = lines.findIndex((line) => line.includes('Conversations were released'));
    return lines.slice(from, lines.indexOf('', from + 2)).filter((line) => line !== '');
  }

  private terraform(args: readonly string[]): Promise<Ended> {
    return this.children.expect([0], 'terraform', args, { cwd: this.folder, env: this.env });
  }
}

function configuration(exportId: string): string {
  return `terraform {
  required_providers {
    genesyscloud = { source = "terraform.local/genesyscloud/compliance" }
  }
}

resource "genesyscloud_compliance_legalhold" "second" {
  name               = "Contoso v. Example"
  export_job_id      = "${exportId}"
  release_on_destroy = true
  release_reason     = "Settled out of court."
}
`;
}
