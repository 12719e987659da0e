import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { connectS3, connectSts, fetchBucket, fetchCallerIdentity, type LiveBucket } from '../aws';
import { CAUSE_NAMES, resourcesOf, writePack, type MatterLook, type PackWritten, type RunFact } from '../evidence';
import { redact } from '../secrets';
import { counted, number } from '../words';
import { CommandError, textOf, type Command, type GivenOptions, type Terminal } from './command';
import { signerOf } from './evidence-keys';
import { accountsAreThere, looking, LOOK_OPTIONS, openLook } from './evidence-look';
import { ACCEPT_OPTION, acceptedCauses, exitCodeOf } from './evidence-reconcile';
import { packageInfo } from './package-root';
import { progressLine } from './progress-line';

/** `genesyscloud-compliance evidence collect` */
export const evidenceCollect: Command = {
  name: 'evidence collect',
  summary: 'write an evidence pack of a matter: report, manifest, differences, register, settings, signature',
  details:
    'Looks as "evidence reconcile" does and writes a folder: report.html for counsel, the manifest of all files of the matter\n' +
    '(JSON lines, CSV, a Concordance load file), conversations, differences, the entries of the register, the settings in\n' +
    'force, a description of the process, SHA-256 of everything, and an attestation signed with an Ed25519 key (DSSE, in-toto).\n' +
    '--key is a PEM file (its passphrase in GENESYSCLOUD_COMPLIANCE_KEY_PASSPHRASE) or awskms:/// with an id, ARN or alias of a\n' +
    'key of the kind ECC_NIST_EDWARDS25519. "openssl genpkey -algorithm ed25519 -out key.pem" makes one. What the pack holds and\n' +
    'how it is checked without this product: docs/evidence.md.\n' +
    'Exit code: 0 written, and nothing differs; 2 written, and something differs that is not accepted; 1 not written, or\n' +
    'written and something could not be looked at or is unknown.',
  examples: [
    'evidence collect --matter MATTER-2026-0017 --dir matters/acme --out pack --key key.pem',
    'evidence collect --matter MATTER-2026-0017 --cdktf-out cdktf.out --out pack --key awskms:///alias/evidence --hash-contents',
  ],
  options: [
    ...LOOK_OPTIONS,
    { name: 'out', value: 'DIR', required: true, description: 'a folder that is not there yet, or is empty' },
    { name: 'key', value: 'KEY', description: 'what signs: a PEM file, or awskms:///KEY' },
    { name: 'unsigned', description: 'write a pack that nobody vouches for' },
    { name: 'hash-contents', description: 'read every file of the matter and compute its SHA-256' },
    ACCEPT_OPTION,
    { name: 'json', description: 'what was written, as JSON' },
  ],
  async run(options, terminal) {
    const accepted = acceptedCauses(options);
    const out = emptyFolder(textOf(options, 'out') ?? '');
    const key = textOf(options, 'key');
    if ((key === undefined) === (options['unsigned'] !== true)) {
      throw new CommandError('evidence collect needs either --key KEY or --unsigned.');
    }
    const signer = key === undefined ? null : await signerOf(key, terminal.signal);
    const line = progressLine('evidence collect', terminal);
    const contents = options['hash-contents'] === true;
    try {
      return await looking(terminal, async () => {
        const opened = await openLook(options, contents ? 'all' : 'stored', terminal, line.progress);
        const { look, register, begun } = opened;
        await mkdir(out, { recursive: true, mode: 0o700 });
        const buckets = await bucketsOf(look, terminal.signal);
        const management = (await opened.records?.management(look.range, resourcesOf(buckets))) ?? null;
        const written = await writePack(
          out,
          {
            look,
            register,
            buckets,
            management,
            run: await runFact(look, options, terminal.signal),
            lookedFrom: new Date(begun).toISOString(),
            lookedUntil: () => new Date().toISOString(),
            hashing: contents ? 'contents' : 's3',
            signer,
          },
          terminal.signal,
        );
        line.end();
        await opened.discard();
        if (options['json'] === true) {
          const told = { version: 1, pack: out, keyId: signer?.keyId ?? null, ...written };
          terminal.out(`${JSON.stringify(told, null, 2)}\n`);
        } else say(out, written, signer?.keyId, terminal);
        return exitCodeOf(written.totals, accepted, written.notLookedAt);
      });
    } finally {
      line.end();
    }
  },
};

function emptyFolder(folder: string): string {
  const path = resolve(folder);
  if (existsSync(path) && readdirSync(path).length > 0) {
    throw new CommandError(`${folder} is not empty. A pack gets a folder of its own: name one that is not there yet.`);
  }
  return path;
}

async function bucketsOf({ places }: MatterLook, signal: AbortSignal): Promise<readonly LiveBucket[]> {
  const names = [...new Set(places.map(({ bucket }) => bucket))];
  const s3 = await connectS3({});
  const buckets: LiveBucket[] = [];
  for (const name of names) buckets.push(await fetchBucket(s3, name, signal));
  return buckets;
}

async function runFact(look: MatterLook, options: GivenOptions, signal: AbortSignal): Promise<RunFact> {
  const { registerSurroundings } = await import('../provider');
  const aws = accountsAreThere(look) ? await fetchCallerIdentity(await connectSts({}), signal) : undefined;
  const identity =
    aws === undefined ? 'not asked: no place in S3 is known' : aws.known ? aws.value.arn : `unknown: ${aws.why}`;
  return {
    by: registerSurroundings('').actor,
    awsIdentity: identity,
    genesysOrganization: look.organizationId,
    software: [
      { name: 'genesyscloud-compliance', version: packageInfo().version },
      { name: 'Node.js', version: process.version },
      { name: 'OpenSSL of Node.js', version: process.versions.openssl },
      { name: 'Operating system', version: `${process.platform} ${process.arch}` },
    ],
    command: redact(commandLine(options)),
  };
}

function commandLine(options: GivenOptions): string {
  const words = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    return (typeof value === 'string' ? [value] : value).map((one) => `--${name} ${one}`);
  });
  return ['genesyscloud-compliance evidence collect', ...words].join(' ');
}

function say(
  out: string,
  { totals, merkleRoot, files, notLookedAt }: PackWritten,
  keyId: string | undefined,
  terminal: Terminal,
): void {
  const counts = CAUSE_NAMES.filter((cause) => (totals.differences[cause] ?? 0) > 0);
  terminal.out(
    [
      `Evidence pack ${out}`,
      `  ${counted(totals.conversations, 'conversation')}, ${number(totals.held)} held; ${counted(totals.recordings, 'recording')}, ${number(totals.exported)} exported; ${counted(totals.files, 'version')} of files, ${number(totals.filesHeld)} held`,
      counts.length === 0
        ? '  No differences found in what was looked at.'
        : `  Differences: ${counts.map((cause) => `${number(totals.differences[cause] ?? 0)} ${cause}`).join(', ')}`,
      ...notLookedAt.map(({ what, why }) => `  Not looked at: ${what}: ${why.replaceAll('\n', '\n    ')}`),
      `  ${counted(files.length, 'file')}; begin with report.html`,
      `  Merkle root of the manifest  ${merkleRoot}`,
      keyId === undefined ? '  Not signed: nobody vouches for this pack.' : `  Signed with the key          ${keyId}`,
      '',
    ].join('\n'),
  );
}
