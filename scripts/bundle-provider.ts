/**
 * Makes dist/provider: the provider as a few files that start fast.
 *
 * Terraform starts a provider three to five times per command and most starts only answer the schema, so the two big
 * SDKs stay out of the main file and are read when the first request is made.
 */
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

const ROOT = resolve(__dirname, '..');

/** Packages that get a file of their own, loaded by `require` at first use. */
const LATE: Readonly<Record<string, string>> = {
  'purecloud-platform-client-v2': 'genesys-sdk.js',
  '@aws-sdk/client-s3': 'aws-s3.js',
};

const keepLate: Plugin = {
  name: 'keep-late-packages-apart',
  setup(builder) {
    builder.onResolve({ filter: /^[^.]/ }, ({ path, kind }) => {
      const file = LATE[path];
      if (file === undefined || kind === 'entry-point') return undefined;
      return { path: `./${file}`, external: true };
    });
  },
};

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const;

/** Builds into `outDir` and answers the executable's path. */
export async function bundleProvider(outDir: string = join(ROOT, 'dist', 'provider')): Promise<string> {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const executable = join(outDir, 'terraform-provider-compliance');
  await build({
    ...shared,
    entryPoints: [join(ROOT, 'src', 'provider', 'main.ts')],
    outfile: executable,
    banner: { js: '#!/usr/bin/env node' },
    plugins: [keepLate],
  });
  for (const [name, file] of Object.entries(LATE)) {
    await build({ ...shared, entryPoints: [require.resolve(name, { paths: [ROOT] })], outfile: join(outDir, file) });
  }
  chmodSync(executable, 0o755);
  return executable;
}

if (require.main === module) {
  bundleProvider().then(
    (executable) => console.log(`Built ${executable}`),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
