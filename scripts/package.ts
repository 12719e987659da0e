/**
 * `npm run package [-- --key KEY] [--scripts-only] [--out DIR]`: writes build/release (or DIR), everything that a registry, a mirror or a person
 * takes the provider from. Built twice from the same sources it is the same, byte for byte.
 *
 * Shape: what the Terraform registry asks for (one zip a platform, SHA256SUMS, its signature, a manifest), and ready trees for
 * `filesystem_mirror` and `network_mirror`.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { bundledPackages, bundleProvider, EXECUTABLE } from './bundle-provider';
import { bundleExecutable, NODE_VERSION, nodeOf, TARGETS } from './executable';
import { billOfMaterials, componentsIn, licenceTexts, nodeComponent, type Component } from './package/components';
import { zip, type ZipEntry } from './package/zip';

const ROOT = resolve(__dirname, '..');
const SOURCE = 'terraform.local/genesyscloud/compliance';
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };

/** Platforms on which the provider runs on the machine's own node. */
const SCRIPT_PLATFORMS = ['darwin_amd64', 'darwin_arm64', 'freebsd_amd64', 'linux_arm'] as const;

interface Archive {
  readonly platform: string;
  readonly file: string;
  readonly entries: readonly ZipEntry[];
}

async function main(words: readonly string[]): Promise<void> {
  const release = resolve(after(words, '--out') ?? join(ROOT, 'build', 'release'));
  rmSync(release, { recursive: true, force: true });
  mkdirSync(release, { recursive: true });
  const targets = words.includes('--scripts-only') ? [] : TARGETS;

  const script = join(release, 'script');
  await bundleProvider(script);
  const files = readdirSync(script).map((file) => ({ file, path: join(script, file) }));
  const packages = componentsIn(ROOT, bundledPackages);
  const archives: Archive[] = [
    ...(targets.length === 0 ? TARGETS.map(({ platform }) => platform) : []),
    ...SCRIPT_PLATFORMS,
  ].map((platform) => archiveOf(platform, packages, files));

  for (const target of targets) {
    const path = await bundleExecutable(target, join(ROOT, 'build', 'executables', target.platform));
    const node = nodeComponent(NODE_VERSION, nodeOf(target).licence);
    archives.push(archiveOf(target.platform, [...packages, node], [{ file: EXECUTABLE, path }]));
  }
  rmSync(script, { recursive: true });
  for (const { file, entries } of archives) writeFileSync(join(release, file), zip(entries));

  const stem = `terraform-provider-compliance_${version}`;
  const node = targets.map((target) => nodeComponent(NODE_VERSION, nodeOf(target).licence)).slice(0, 1);
  writeFileSync(join(release, `${stem}_manifest.json`), json({ version: 1, metadata: { protocol_versions: ['6.0'] } }));
  writeFileSync(join(release, `${stem}_sbom.cdx.json`), billOfMaterials(version, [...packages, ...node]));
  const sums = readdirSync(release)
    .sort()
    .map((file) => `${digest(join(release, file))}  ${file}\n`)
    .join('');
  writeFileSync(join(release, `${stem}_SHA256SUMS`), sums);
  sign(join(release, `${stem}_SHA256SUMS`), words);
  mirrors(release, archives);
  for (const file of readdirSync(release).sort()) console.log(file);
}

/** One archive in the registry's shape: the executable carries the version, and what belongs to it lies beside it. */
function archiveOf(
  platform: string,
  components: readonly Component[],
  files: readonly { readonly file: string; readonly path: string }[],
): Archive {
  const entries: ZipEntry[] = files.map(({ file, path }) =>
    file === EXECUTABLE
      ? { name: `${EXECUTABLE}_v${version}`, bytes: readFileSync(path), executable: true }
      : { name: file, bytes: readFileSync(path) },
  );
  entries.push(
    { name: 'LICENSE', bytes: readFileSync(join(ROOT, 'LICENSE')) },
    { name: 'THIRD-PARTY-LICENSES.txt', bytes: Buffer.from(licenceTexts(components), 'utf8') },
  );
  return { platform, file: `${EXECUTABLE}_${version}_${platform}.zip`, entries };
}

/** Ready trees: `filesystem-mirror/` for a folder or a web server of files, `network-mirror/` for a web server with https. */
function mirrors(release: string, archives: readonly Archive[]): void {
  const archiveJson = Object.fromEntries(
    archives.map(({ platform, file, entries }) => [
      platform,
      { url: file, hashes: [contentHash(entries), `zh:${digest(join(release, file))}`] },
    ]),
  );
  for (const kind of ['filesystem-mirror', 'network-mirror']) {
    const folder = join(release, kind, ...SOURCE.split('/'));
    mkdirSync(folder, { recursive: true });
    for (const { file } of archives) link(join(release, file), join(folder, file));
    if (kind === 'filesystem-mirror') continue;
    writeFileSync(join(folder, 'index.json'), json({ versions: { [version]: {} } }));
    writeFileSync(join(folder, `${version}.json`), json({ archives: archiveJson }));
  }
}

/** Terraform's `h1:` hash of a package. Source: golang.org/x/mod/sumdb/dirhash, Hash1. */
function contentHash(entries: readonly ZipEntry[]): string {
  const lines = [...entries]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, bytes }) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`;
}

/** With `--key KEY`: the detached signature that the registry asks for, made by gpg. */
function sign(file: string, words: readonly string[]): void {
  const key = after(words, '--key');
  if (key === undefined) return;
  execFileSync('gpg', ['--batch', '--yes', '--local-user', key, '--output', `${file}.sig`, '--detach-sign', file]);
}

/** The word after an option; undefined without the option. */
function after(words: readonly string[], option: string): string | undefined {
  const at = words.indexOf(option);
  if (at >= 0 && words[at + 1] === undefined) throw new Error(`${option} needs a value.`);
  return at < 0 ? undefined : words[at + 1];
}

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The archives are large: one copy serves the trees where the disk can do that. */
function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
