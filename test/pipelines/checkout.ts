/** A checkout as a pipeline finds it, over a simulator, with the commands of a recipe run in it by a real shell. */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { bundleCommands, bundleProvider } from '../../scripts/bundle-provider';
import { conversationIds, Estate } from '../drift/estate';

const ROOT = resolve(__dirname, '../..');

/** What a command did. */
export interface Ran {
  readonly code: number;
  /** Both outputs. */
  readonly text: string;
}

/** A recipe of examples/pipelines, parsed. */
export function recipe<T>(file: string): T {
  return parse(readFileSync(join(ROOT, 'examples/pipelines', file), 'utf8')) as T;
}

const MATTER = conversationIds(17, 4);

export const HOLD = 'genesyscloud_compliance_legalhold.acme';

/** A hold on four conversations, as HCL; consent is given, so that a release can be planned. */
export const hold = (more = ''): string => `resource "genesyscloud_compliance_legalhold" "acme" {
  name               = "Acme v. Example"
  conversation_ids   = ${JSON.stringify(MATTER)}
  release_on_destroy = true
  release_reason     = "settled"
  ${more}
}`;

/** The same as a CDKTF program; `released` leaves the hold out. */
const PROGRAM = `
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { ComplianceProvider, GenesyscloudComplianceLegalhold } from '${ROOT}/src/constructs';
const app = new App();
const stack = new TerraformStack(app, 'compliance');
new LocalBackend(stack, { path: process.cwd() + '/compliance.tfstate' });
new ComplianceProvider(stack, 'genesyscloud', {});
if (process.env.WITHOUT_HOLD === undefined) {
  const hold = { name: 'Acme v. Example', conversationIds: ${JSON.stringify(MATTER)}, releaseOnDestroy: true, releaseReason: 'settled' };
  new GenesyscloudComplianceLegalhold(stack, 'acme', hold).overrideLogicalId('acme');
}
app.synth();
`;

export class Checkout {
  readonly folder: string;
  private readonly bin: string;

  private constructor(
    readonly estate: Estate,
    commands: string,
  ) {
    this.folder = join(estate.folder, 'checkout');
    this.bin = join(estate.folder, 'bin');
    for (const folder of [this.folder, this.bin]) mkdirSync(folder);
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    this.write('main.ts', PROGRAM);
    this.write('tsconfig.json', readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
    this.write('package.json', '{ "name": "infrastructure", "private": true }\n');
    this.write(
      'cdktf.json',
      JSON.stringify({ language: 'typescript', app: 'node_modules/.bin/tsx main.ts', projectId: 'x' }),
    );
    // What npm would have installed. The rest of the commands is real.
    this.tool('npm', 'if [ -n "$NO_INSTALL" ]; then exit 3; fi');
    this.tool(
      'npx',
      `if [ "$1" = --no-install ]; then shift; fi
name=$1; shift
if [ "$name" = genesyscloud-compliance ]; then exec ${process.execPath} ${commands} "$@"; fi
exec ${ROOT}/node_modules/.bin/"$name" "$@"`,
    );
  }

  static async start(): Promise<Checkout> {
    const conversations = MATTER.map((id) => ({ id, start: '2026-01-10T12:00:00Z' }));
    const estate = await Estate.start({ seed: { conversations } });
    // The package as it would be installed: built once, since a recipe starts the commands a dozen times.
    const installed = join(estate.folder, 'installed');
    await bundleProvider(join(installed, 'dist/provider'));
    copyFileSync(join(ROOT, 'package.json'), join(installed, 'package.json'));
    return new Checkout(estate, await bundleCommands(join(installed, 'dist/cli/main.cjs')));
  }

  /** Puts a command on the PATH. */
  tool(name: string, script: string): void {
    const file = join(this.bin, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  /** A file of the checkout; empty when it is not there. */
  read(name: string): string {
    const file = join(this.folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** Runs commands as a runner does: one shell, that stops at the first that fails. It is a POSIX one, as images without bash have. */
  run(script: string, env: Readonly<Record<string, string>> = {}, cwd = this.folder): Promise<Ran> {
    return new Promise((done, reject) => {
      const child = spawn('sh', ['-e', '-c', script], {
        cwd,
        env: {
          ...this.estate.env,
          ...env,
          PATH: `${this.bin}:${process.env['PATH'] ?? ''}`,
          CI: '1',
          GENESYSCLOUD_COMPLIANCE_REGISTER: join(this.folder, '..', 'register'),
          NO_COLOR: '1',
          NODE_NO_WARNINGS: '1',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let text = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (text += data.toString()));
      child.once('error', reject);
      child.once('close', (code) => done({ code: code ?? -1, text }));
    });
  }

  stop(): Promise<void> {
    return this.estate.stop();
  }
}
