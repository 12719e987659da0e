import { buildSync } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Builds the tiny provider as one executable into a filesystem mirror under `folder`.
 *
 * @returns the path of the executable
 */
export function buildTinyProvider(folder: string): string {
  const platform = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const target = join(folder, 'terraform.local/example/tiny/1.0.0', platform);
  mkdirSync(target, { recursive: true });
  const outfile = join(target, 'terraform-provider-tiny_v1.0.0');
  buildSync({
    entryPoints: [join(__dirname, 'tiny-provider.ts')],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    banner: { js: `#!${process.execPath}` },
    outfile,
  });
  return outfile;
}
