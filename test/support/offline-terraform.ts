/** A terraform with both providers in this process: for configurations that are only looked at, never applied. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createProviderServer, startServer } from '../../src/framework';
import { FakeGenesys } from '../provider/fake-genesys';
import { attach } from '../provider/attached';
import { standInAws } from '../stand-ins/aws/provider';

/** What a module has to say to use both providers. */
export const PROVIDERS = `terraform {
  required_providers {
    genesyscloud = { source = "terraform.local/genesyscloud/compliance" }
    aws          = { source = "hashicorp/aws" }
  }
}
`;

/** What terraform says of a configuration, as far as it is wrong. */
export interface Wrong {
  readonly summary: string;
  readonly detail: string;
  /** The file and line, `m-3/main.tf:12`. */
  readonly place: string;
}

export class OfflineTerraform {
  readonly folder = mkdtempSync(join(tmpdir(), 'offline-terraform-'));

  private constructor(
    private readonly reattach: string,
    private readonly closeAll: () => Promise<void>,
  ) {}

  static async start(): Promise<OfflineTerraform> {
    const attached = await attach({ genesys: new FakeGenesys() });
    const aws = await startServer(
      createProviderServer(
        standInAws(() => {
          throw new Error('nothing is connected here');
        }),
      ),
      { address: 'registry.terraform.io/hashicorp/aws' },
    );
    const reattach = JSON.stringify({ ...JSON.parse(attached.reattach), ...JSON.parse(aws.reattach) });
    return new OfflineTerraform(reattach, async () => {
      await aws.close();
      await attached.close();
    });
  }

  /** Validates one configuration: files by their path. Answers the errors. */
  async validate(name: string, files: ReadonlyMap<string, string>): Promise<readonly Wrong[]> {
    const home = join(this.folder, name);
    for (const [file, text] of files) {
      mkdirSync(dirname(join(home, file)), { recursive: true });
      writeFileSync(join(home, file), text);
    }
    const got = await this.run(home, 'get');
    if (got.code !== 0) return [{ summary: 'terraform get failed', detail: got.output, place: '' }];
    const { output } = await this.run(home, 'validate', '-json');
    const { diagnostics } = JSON.parse(output) as {
      readonly diagnostics: readonly {
        readonly severity: string;
        readonly summary: string;
        readonly detail?: string;
        readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
      }[];
    };
    return diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ summary, detail = '', range }) => ({
        summary,
        detail,
        place: range === undefined ? '' : `${range.filename}:${range.start.line}`,
      }));
  }

  async close(): Promise<void> {
    await this.closeAll();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(cwd: string, ...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
    const env = {
      PATH: process.env['PATH'],
      TMPDIR: tmpdir(),
      HOME: this.folder,
      CHECKPOINT_DISABLE: '1',
      TF_REATTACH_PROVIDERS: this.reattach,
    };
    return new Promise((done) => {
      execFile('terraform', args, { cwd, env, maxBuffer: 64_000_000 }, (error, stdout, stderr) =>
        done({
          code: error === null ? 0 : Number(error.code),
          output: error === null || stderr === '' ? stdout : stderr,
        }),
      );
    });
  }
}
