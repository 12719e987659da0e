import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleCommands, bundleProvider } from '../../scripts/bundle-provider';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);

/** What `npm pack` takes besides the build, as package.json says. */
const SHIPPED = [
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'LICENSE',
  'docs',
  'examples',
  'main.ts',
];

/** Nothing of this machine's npm and modules. */
export function bareEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    TMPDIR: tmpdir(),
    HOME: folder,
    npm_config_cache: join(folder, 'npm'),
    CHECKPOINT_DISABLE: '1',
    NO_COLOR: '1',
  };
}

/**
 * What `npm pack` makes of this checkout, built again in `folder` (types are stripped, not checked). Resolves with the path of
 * the archive.
 */
export async function packPackage(folder: string): Promise<string> {
  const source = join(folder, 'source');
  mkdirSync(source, { recursive: true });
  for (const name of SHIPPED) cpSync(join(ROOT, name), join(source, name), { recursive: true });
  await bundleProvider(join(source, 'dist/provider'));
  await bundleCommands(join(source, 'dist/cli/main.cjs'));
  const src = join(ROOT, 'src');
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && statSync(join(src, file)).isFile(),
  );
  await build({
    entryPoints: sources.map((file) => join(src, file)),
    outdir: join(source, 'dist/lib'),
    format: 'cjs',
    platform: 'node',
    target: 'node20',
  });
  await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: source,
    env: bareEnvironment(folder),
  });
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { readonly version: string };
  return join(folder, `genesyscloud-compliance-${version}.tgz`);
}
