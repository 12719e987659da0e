import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProviderServer, startServer, type ServerOptions } from '../../../src/framework';
import { toyProvider, type World } from './toy';

const ADDRESS = 'terraform.local/test/toy';

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** A working directory of the real terraform, attached to a toy provider that runs in this process. */
export interface Workspace {
  write(hcl: string): void;
  run(...args: readonly string[]): Promise<Outcome>;
  start(...args: readonly string[]): { readonly child: ChildProcess; readonly done: Promise<Outcome> };
  close(): Promise<void>;
}

const HEAD = `terraform {
  required_providers {
    toy = { source = "${ADDRESS}" }
  }
}
`;

export async function openWorkspace(world: World, options: ServerOptions = {}): Promise<Workspace> {
  const folder = mkdtempSync(join(tmpdir(), 'framework-'));
  writeFileSync(join(folder, 'terraform.rc'), '');
  const server = await startServer(createProviderServer(toyProvider(world), options), { address: ADDRESS });
  const env = {
    ...process.env,
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: join(folder, 'terraform.rc'),
    TF_REATTACH_PROVIDERS: server.reattach,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
  };
  const start: Workspace['start'] = (...args) => {
    const child = spawn('terraform', [...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const done = new Promise<Outcome>((resolve, reject) => {
      child.on('error', reject);
      // Terraform breaks and indents messages to the terminal's width; tests compare words.
      child.on('close', (code) => resolve({ code, output: output.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ') }));
    });
    return { child, done };
  };
  return {
    write: (hcl) => writeFileSync(join(folder, 'main.tf'), `${HEAD}${hcl}`),
    start,
    run: (...args) => start(...args).done,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
