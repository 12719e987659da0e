import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { bundleProvider } from '../../scripts/bundle-provider';
import { installProvider } from '../../src/cli';
import { installStandIns } from '../stand-ins/install';

const ROOT = resolve(__dirname, '../..');
const BIN = join(ROOT, 'node_modules', '.bin');

/** What a command did. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  /** Both outputs, without colours and boxes, white space folded: for looking up sentences that Terraform wraps. */
  readonly text: string;
}

/** One resource in a plan. */
export interface Change {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly before: unknown; readonly after: unknown };
}

/** What `terraform show -json` says about a plan. */
export interface Plan {
  readonly resource_changes?: readonly Change[];
  readonly resource_drift?: readonly Change[];
}

/**
 * Stacks of a program, deployed by the real cdktf and terraform with the two providers from a mirror: this package's own,
 * built, and the stand-in for AWS. Nothing outside of this machine is asked.
 */
export class Stacks {
  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** `env` is where the simulator is, and settings of the program. */
  static async install(env: Readonly<Record<string, string>>): Promise<Stacks> {
    const folder = mkdtempSync(join(tmpdir(), 'stacks-'));
    try {
      const mirror = join(folder, 'mirror');
      const executable = await bundleProvider(join(folder, 'provider'));
      installProvider(mirror, resolve(executable, '..'));
      const { cliConfig } = await installStandIns(mirror);
      return new Stacks(folder, {
        PATH: process.env['PATH'],
        TMPDIR: tmpdir(),
        HOME: folder,
        TF_CLI_CONFIG_FILE: cliConfig,
        TERRAFORM_STATE_DIR: folder,
        CHECKPOINT_DISABLE: '1',
        CI: '1',
        NO_COLOR: '1',
        ...env,
      });
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Runs a program as `cdktf synth` does, without its three seconds. */
  synth(program: string): Promise<Run> {
    return this.run(join(BIN, 'tsx'), [program], ROOT, { CDKTF_OUTDIR: this.out });
  }

  /** `cdktf deploy` of main.ts, one stack after the other. */
  cdktfDeploy(...stacks: readonly string[]): Promise<Run> {
    const options = ['--auto-approve', '--skip-provider-lock', '--no-color', '--parallelism', '1'];
    return this.run(join(BIN, 'cdktf'), ['deploy', ...stacks, ...options, '--output', this.out], ROOT);
  }

  /** terraform in the folder of a synthesised stack. */
  terraform(stack: string, command: string, ...args: readonly string[]): Promise<Run> {
    return this.run('terraform', [command, ...args], join(this.out, 'stacks', stack));
  }

  /** `terraform plan`: its exit code (0: nothing to do, 2: something), its words, and what it would do. */
  async plan(stack: string, ...args: readonly string[]): Promise<Run & { readonly plan: Plan }> {
    const planned = await this.terraform(stack, 'plan', '-detailed-exitcode', '-input=false', '-out=tfplan', ...args);
    const shown = await this.terraform(stack, 'show', '-json', 'tfplan');
    return { ...planned, plan: shown.code === 0 ? (JSON.parse(shown.stdout) as Plan) : {} };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get out(): string {
    return join(this.folder, 'out');
  }

  private run(command: string, args: readonly string[], cwd: string, more: NodeJS.ProcessEnv = {}): Promise<Run> {
    return new Promise((done, reject) => {
      const child = spawn(command, args, { cwd, env: { ...this.env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
      child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
      child.once('error', reject);
      child.once('close', (code) => {
        const text = stripVTControlCharacters(`${stdout}\n${stderr}`).replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ');
        done({ code: code ?? -1, stdout, text });
      });
    });
  }
}

/** Resource type to actions, without what stays as it is. */
export function changesIn({ resource_changes: changes = [] }: Plan): Readonly<Record<string, string>> {
  const real = changes.filter(({ change }) => !['no-op', 'read'].includes(change.actions.join('+')));
  return Object.fromEntries(real.map(({ type, change }) => [type, change.actions.join('+')]));
}
