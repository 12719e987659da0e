import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a terraform command did. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, without colours and boxes, white space folded: for looking up sentences that Terraform wraps. */
  readonly text: string;
}

const HEADER = `
terraform {
  required_providers {
    genesyscloud = { source = "terraform.local/genesyscloud/compliance" }
  }
}
`;

/** A folder with a configuration, and the real terraform, attached to a provider in this process. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'gcc-e2e-'));

  private constructor(
    cliConfig: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    writeFileSync(join(this.folder, 'cli.tfrc'), `disable_checkpoint = true\n${cliConfig}`);
  }

  /** With the provider that runs in this process; `reattach` is the value of TF_REATTACH_PROVIDERS. */
  static attached(reattach: string): Workspace {
    return new Workspace('', { TF_REATTACH_PROVIDERS: reattach });
  }

  /** With the provider's executable in this folder, which Terraform starts itself. */
  static launching(folder: string, env: Readonly<Record<string, string>>): Workspace {
    const override = `dev_overrides { "terraform.local/genesyscloud/compliance" = "${folder}" }`;
    return new Workspace(`provider_installation {\n ${override}\n direct {}\n}\n`, env);
  }

  /** The configuration, without its `terraform` block. */
  write(hcl: string): void {
    this.writeWhole(HEADER + hcl);
  }

  /** The configuration as it stands. */
  writeWhole(hcl: string): void {
    writeFileSync(join(this.folder, 'main.tf'), hcl);
  }

  /** Values of input variables. */
  writeVariables(values: Readonly<Record<string, unknown>>): void {
    writeFileSync(join(this.folder, 'terraform.tfvars.json'), JSON.stringify(values));
  }

  /** Runs terraform to its end. */
  run(args: readonly string[]): Promise<Run> {
    return this.start(args).ended;
  }

  /** Starts terraform and leaves it running. */
  start(args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Run> } {
    const child = spawn('terraform', [args[0] ?? '', ...plainOptions(args[0]), ...args.slice(1)], {
      cwd: this.folder,
      env: {
        PATH: process.env['PATH'],
        TMPDIR: tmpdir(),
        HOME: this.folder,
        CHECKPOINT_DISABLE: '1',
        TF_CLI_CONFIG_FILE: join(this.folder, 'cli.tfrc'),
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    const ended = new Promise<Run>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        const text = `${stdout}\n${stderr}`.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ');
        resolve({ code: code ?? -1, stdout, stderr, text });
      });
    });
    return { child, ended };
  }

  async apply(...args: readonly string[]): Promise<Run> {
    const run = await this.run(['apply', '-auto-approve', ...args]);
    if (run.code !== 0) throw new Error(`terraform apply failed:\n${run.stdout}\n${run.stderr}`);
    return run;
  }

  /** Exit code 0: nothing to do, 2: something to do, 1: error. */
  plan(...args: readonly string[]): Promise<Run> {
    return this.run(['plan', '-detailed-exitcode', ...args]);
  }

  /** What a plan would do: address to actions. */
  async actions(...args: readonly string[]): Promise<Readonly<Record<string, string>>> {
    await this.run(['plan', '-out=tfplan', ...args]);
    const shown = await this.run(['show', '-json', 'tfplan']);
    const plan = JSON.parse(shown.stdout) as {
      readonly resource_changes?: readonly {
        readonly address: string;
        readonly change: { readonly actions: string[] };
      }[];
    };
    return Object.fromEntries(
      (plan.resource_changes ?? []).map((each) => [each.address, each.change.actions.join('+')]),
    );
  }

  /** The attributes of a resource in state. */
  async attributes(address: string): Promise<Readonly<Record<string, unknown>>> {
    const shown = await this.run(['show', '-json']);
    const state = JSON.parse(shown.stdout) as {
      readonly values?: {
        readonly root_module: { readonly resources?: readonly { address: string; values: object }[] };
      };
    };
    const found = state.values?.root_module.resources?.find((each) => each.address === address);
    if (found === undefined) throw new Error(`${address} is not in the state`);
    return found.values as Readonly<Record<string, unknown>>;
  }

  /** The state file as it lies there. */
  stateText(): string {
    return readFileSync(join(this.folder, 'terraform.tfstate'), 'utf8');
  }

  /** As somebody who edits it by hand, or brings one from elsewhere. */
  editState(edit: (text: string) => string): void {
    writeFileSync(join(this.folder, 'terraform.tfstate'), edit(this.stateText()));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Options that keep output plain and runs quick, where the command knows them. */
function plainOptions(command: string | undefined): readonly string[] {
  if (command === 'plan' || command === 'apply' || command === 'destroy' || command === 'import') {
    return ['-no-color', '-input=false'];
  }
  return command === 'validate' ? ['-no-color'] : [];
}

/** How many errors terraform printed. */
export function errorsIn(run: Run): readonly string[] {
  return run.stderr.split(/^[│ ]*Error: /m).slice(1);
}
