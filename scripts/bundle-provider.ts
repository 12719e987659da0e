/**
 * Makes dist/provider: the provider as a few files that start fast.
 *
 * Terraform starts a provider three to five times per command and most starts only answer the schema, so the two big
 * SDKs stay out of the main file and are read when the first request is made; so is the table of AWS's actions when the
 * first name is looked up.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build as esbuild, type BuildOptions, type BuildResult, type Plugin } from 'esbuild';
import { genesysSdk, SDK, withoutUnused } from './genesys-sdk-bundle';

const ROOT = resolve(__dirname, '..');

/** Packages that went into what was built in this process: their folders below node_modules. */
export const bundledPackages = new Set<string>();

async function build(options: BuildOptions): Promise<BuildResult> {
  const result = await esbuild({ ...options, absWorkingDir: ROOT, metafile: true });
  for (const { inputs } of Object.values(result.metafile?.outputs ?? {})) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const found = /^(?:[^:]+:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
      if (found !== undefined && bytesInOutput > 0) bundledPackages.add(found);
    }
  }
  return result;
}

/** Own modules that get a file of their own as well: as they are imported -> source. */
const OWN: Readonly<Record<string, string>> = {
  './served': 'src/provider/served.ts',
  './aws-actions': 'src/iam/aws-actions.ts',
  './aws-managed-policies': 'src/iam/aws-managed-policies.ts',
};

/** What gets a file of its own, loaded by `require` at first use: as it is imported -> file. */
const LATE: Readonly<Record<string, string>> = {
  './served': 'compliance.cjs',
  './aws-actions': 'aws-actions.cjs',
  './aws-managed-policies': 'aws-managed-policies.cjs',
  'purecloud-platform-client-v2': 'genesys-sdk.cjs',
  '@aws-sdk/client-cloudtrail': 'aws-cloudtrail.cjs',
  '@aws-sdk/client-s3': 'aws-s3.cjs',
  '@aws-sdk/client-s3-control': 'aws-s3-control.cjs',
  '@aws-sdk/client-iam': 'aws-iam.cjs',
  '@aws-sdk/client-kms': 'aws-kms.cjs',
  '@aws-sdk/client-sts': 'aws-sts.cjs',
};

/** Leaves late parts to `require`, which finds them in `folder`: as it stands before their names. */
function lateApart(folder: string): Plugin {
  return {
    name: 'keep-late-parts-apart',
    setup(builder) {
      builder.onResolve({ filter: /.*/ }, ({ path, kind }) => {
        const file = LATE[path];
        if (file === undefined || kind === 'entry-point') return undefined;
        return { path: `${folder}${file}`, external: true };
      });
    },
  };
}

const keepLateApart = lateApart('./');

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

/** The file that Terraform starts. */
export const EXECUTABLE = 'terraform-provider-compliance';

const LAUNCH = join(ROOT, 'scripts', 'launch');

/** Where the parts of a provider are when it runs: beside it, or in it. */
type Home = 'files' | 'assets';

/** A line that makes `require` find the late parts; see launch/parts.ts. */
async function requireBanner(home: Home): Promise<string> {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [join(LAUNCH, `over-${home}.ts`)],
    format: 'iife',
    globalName: 'parts',
    write: false,
  });
  const [file] = outputFiles ?? [];
  if (file === undefined) throw new Error('esbuild made nothing.');
  return `${file.text.trim()}require=parts.over(require,__dirname);`;
}

/** The file that shakes hands and calls for the other parts. */
export async function bundleHandshake(home: Home, outfile: string): Promise<void> {
  await build({
    ...shared,
    entryPoints: [join(ROOT, 'src', 'provider', 'main.ts')],
    outfile,
    banner: { js: await requireBanner(home) },
    plugins: [keepLateApart],
  });
}

/** The parts that are loaded late, each a file of `outDir`. Answers their names. */
export async function bundleParts(outDir: string): Promise<readonly string[]> {
  for (const [name, file] of Object.entries(LATE)) {
    if (name === SDK) {
      await build({ ...shared, stdin: genesysSdk(ROOT), outfile: join(outDir, file), plugins: [withoutUnused] });
      continue;
    }
    const own = OWN[name];
    const entry = own === undefined ? require.resolve(name, { paths: [ROOT] }) : join(ROOT, own);
    await build({ ...shared, entryPoints: [entry], outfile: join(outDir, file), plugins: [keepLateApart] });
  }
  for (const file of Object.values(LATE)) checkAscii(join(outDir, file));
  return Object.values(LATE);
}

/** Parts are read byte by byte, which is faster; esbuild escapes everything but what is in regular expressions. */
function checkAscii(file: string): void {
  const other = /[\u0080-\uffff]/.exec(readFileSync(file, 'utf8'));
  if (other !== null) throw new Error(`${file} has "${other[0]}" in it: write it as an escape in the source.`);
}

/**
 * Builds the provider that runs on the machine's node into `outDir`, and answers the path of what Terraform starts.
 * Whatever package.json lies above its files, Node takes them for what they are.
 */
export async function bundleProvider(outDir: string = join(ROOT, 'dist', 'provider')): Promise<string> {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const executable = join(outDir, EXECUTABLE);
  copyFileSync(join(LAUNCH, 'launch.sh'), executable);
  copyFileSync(join(LAUNCH, 'start.cjs'), join(outDir, 'start.cjs'));
  // Node looks for the nearest one whatever the files end in, and does not start where that one is damaged.
  writeFileSync(join(outDir, 'package.json'), '{ "type": "commonjs" }\n');
  await bundleHandshake('files', join(outDir, 'handshake.cjs'));
  await bundleParts(outDir);
  chmodSync(executable, 0o755);
  return executable;
}

/**
 * Builds the commands into one file that shares the provider's late parts. So an installed package needs no other one: the SDKs,
 * of which most is never used, would be a hundred times as large.
 */
export async function bundleCommands(outfile: string = join(ROOT, 'dist', 'cli', 'main.cjs')): Promise<string> {
  await build({
    ...shared,
    entryPoints: [join(ROOT, 'src', 'cli', 'main.ts')],
    outfile,
    plugins: [lateApart('../provider/')],
  });
  chmodSync(outfile, 0o755);
  return outfile;
}

if (require.main === module) {
  Promise.all([bundleProvider(), bundleCommands()]).then(
    (built) => console.log(`Built ${built.join(' and ')}`),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
