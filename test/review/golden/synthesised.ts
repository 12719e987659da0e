/** Stacks that a CDKTF program makes, as files for terraform. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { ComplianceProvider } from '../../../src/constructs';
import type { Files } from './record';

/** The synthesised stack, without its backend: that would name a folder of this machine. */
export function synthesised(build: (stack: TerraformStack) => void): Files {
  const outdir = mkdtempSync(join(tmpdir(), 'gcc-golden-'));
  try {
    const app = new App({ outdir, skipValidation: true });
    const stack = new TerraformStack(app, 'compliance');
    new ComplianceProvider(stack, 'genesyscloud', {});
    build(stack);
    app.synth();
    const written = readFileSync(join(outdir, 'stacks', 'compliance', 'cdk.tf.json'), 'utf8');
    const tree = JSON.parse(written) as { terraform: { backend?: unknown } };
    delete tree.terraform.backend;
    return { 'cdk.tf.json': `${JSON.stringify(tree, null, 1)}\n` };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
