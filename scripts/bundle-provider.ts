/**
 * Makes dist/provider: the provider as a few files that start fast.
 *
 * Terraform starts a provider three to five times per command and most starts only answer the schema, so the two big
 * SDKs stay out of the main file and are read when the first request is made; so is the table of AWS's actions when the
 * first name is looked up.
 */
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { genesysSdk, SDK, withoutUnused } from './genesys-sdk-bundle';

const ROOT = resolve(__dirname, '..');

/** Own modules that get a file of their own as well: as they are imported -> source. */
const OWN: Readonly<Record<string, string>> = {
  './served': 'src/provider/served.ts',
  './aws-actions': 'src/iam/aws-actions.ts',
};

/** What gets a file of its own, loaded by `require` at first use: as it is imported -> file. */
const LATE: Readonly<Record<string, string>> = {
  './served': 'compliance.js',
  './aws-actions': 'aws-actions.js',
  'purecloud-platform-client-v2': 'genesys-sdk.js',
  '@aws-sdk/client-s3': 'aws-s3.js',
  '@aws-sdk/client-s3-control': 'aws-s3-control.js',
  '@aws-sdk/client-iam': 'aws-iam.js',
  '@aws-sdk/client-kms': 'aws-kms.js',
  '@aws-sdk/client-sts': 'aws-sts.js',
};

const keepLateApart: Plugin = {
  name: 'keep-late-parts-apart',
  setup(builder) {
    builder.onResolve({ filter: /.*/ }, ({ path, kind }) => {
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
  // Late parts come by `require`: `import()` would load Node's loader of ECMAScript modules first, and read them twice.
  supported: { 'dynamic-import': false },
  minifySyntax: true,
  minifyWhitespace: true,
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
    plugins: [keepLateApart],
  });
  for (const [name, file] of Object.entries(LATE)) {
    if (name === SDK) {
      await build({ ...shared, stdin: genesysSdk(ROOT), outfile: join(outDir, file), plugins: [withoutUnused] });
      continue;
    }
    const own = OWN[name];
    const entry = own === undefined ? require.resolve(name, { paths: [ROOT] }) : join(ROOT, own);
    await build({ ...shared, entryPoints: [entry], outfile: join(outDir, file), plugins: [keepLateApart] });
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
