import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compareLive, PUBLIC_KEY, verifyPack, type LiveChecked, type PackChecked } from '../evidence';
import { counted, number } from '../words';
import { CommandError, textOf, type Command, type GivenOptions, type Terminal } from './command';
import { publicKeyIn } from './evidence-keys';
import { liveAccounts, looking } from './evidence-look';
import { progressLine } from './progress-line';
import { REGISTER_OPTION } from './register-place';

/** Sentences that are printed; JSON has all. */
const PRINTED = 30;

/** `genesyscloud-compliance evidence verify` */
export const evidenceVerify: Command = {
  name: 'evidence verify',
  summary: 'check an evidence pack: signature, every file, every row; with --live against the accounts',
  details:
    'Checks the signature over the attestation, the SHA-256 of each file, the Merkle root over the rows of the manifest, and the\n' +
    'chain of the register, from the files alone: no account and no network is needed. Names each file that was changed, removed,\n' +
    'added or replaced, and each row that was changed, removed, added or moved. --public-key is the key of whoever made the pack,\n' +
    'as you know it from elsewhere. Without it the key inside the pack is used, which whoever makes another pack can replace.\n' +
    '--live asks S3 about each file, the hold API of each claim about what it held, and the register whether it is the same or\n' +
    "a continuation of the pack's, and whether claims were released since.\n" +
    'Exit code: 0 everything is as it was signed; 2 something is not; 1 nothing is wrong that was looked at, and who signed is\n' +
    'unknown (no --public-key) or something could not be looked at.',
  examples: ['evidence verify pack --public-key public.pem', 'evidence verify pack --public-key public.pem --live'],
  argument: 'pack',
  options: [
    { name: 'pack', value: 'DIR', required: true, description: 'the folder of the pack; may stand alone' },
    { name: 'public-key', value: 'FILE', description: 'PEM of the key that must have signed' },
    { name: 'live', description: 'look into the accounts, too' },
    REGISTER_OPTION,
    { name: 'json', description: 'the same as JSON' },
  ],
  async run(options, terminal) {
    const folder = textOf(options, 'pack') ?? '';
    if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new CommandError(`There is no folder ${folder}.`);
    const given = textOf(options, 'public-key');
    const own = join(folder, PUBLIC_KEY);
    if (given === undefined && !existsSync(own)) {
      throw new CommandError(
        `${folder} has no ${PUBLIC_KEY}: it is not a signed evidence pack, or the key was removed. Name the key with --public-key.`,
      );
    }
    const key = await publicKeyIn(given ?? own);
    const checked = await verifyPack(folder, key);
    const isSound = checked.tampering.length === 0;
    const live = options['live'] === true && isSound ? await look(folder, options, terminal) : undefined;
    terminal.out(
      options['json'] === true
        ? `${JSON.stringify({ version: 1, trusted: given !== undefined, ...checked, live: live ?? null }, null, 2)}\n`
        : words(folder, checked, given !== undefined, live),
    );
    if (!isSound || (live?.changes.length ?? 0) > 0) return 2;
    return given === undefined || (live?.notLookedAt.length ?? 0) > 0 ? 1 : 0;
  },
};

async function look(folder: string, options: GivenOptions, terminal: Terminal): Promise<LiveChecked> {
  const line = progressLine('evidence verify', terminal);
  try {
    return await looking(terminal, async () =>
      compareLive(folder, await liveAccounts(options, terminal.signal), terminal.signal, line.progress),
    );
  } finally {
    line.end();
  }
}

function words(folder: string, checked: PackChecked, isTrusted: boolean, live: LiveChecked | undefined): string {
  const { tampering, predicate, keyId } = checked;
  if (tampering.length > 0) {
    const lines = tampering.map(({ file, what }) => `  ${file}: ${what}`);
    return [`${folder} is NOT as it was signed: ${counted(tampering.length, 'finding')}`, ...cut(lines), ''].join('\n');
  }
  return [
    `${folder} is as it was signed.`,
    `  Matter       ${predicate?.matter ?? ''}`,
    `  Looked at    ${predicate?.lookedFrom ?? ''} to ${predicate?.lookedUntil ?? ''}`,
    `  Signed with  ${keyId ?? ''}`,
    `  Merkle root  ${predicate?.manifest.merkleRoot ?? ''} over ${counted(checked.rows, 'row')}`,
    `  ${counted(checked.files, 'file')} checked, ${counted(predicate?.differences ?? 0, 'difference')} recorded, ${counted(predicate?.notLookedAt ?? 0, 'thing')} not looked at when it was made`,
    ...(isTrusted
      ? []
      : [
          '  The key is the one in the pack, so that who signed is unknown. Get the key from whoever made the pack, and name it with --public-key.',
        ]),
    ...(live === undefined ? [] : liveWords(live)),
    '',
  ].join('\n');
}

function liveWords({ changes, notLookedAt, files, conversations, register }: LiveChecked): readonly string[] {
  const looked = `${counted(files, 'version')} of files and ${counted(conversations, 'conversation')} were looked at`;
  const log =
    register === null
      ? []
      : register.since === 0
        ? ['  The register ends with the entry that the pack ends with.']
        : [`  The register continues that of the pack by ${counted(register.since, 'entry', 'entries')}.`];
  return [
    changes.length === 0
      ? `  Live: ${looked}; what was looked at is as the pack says.`
      : `  Live: ${counted(changes.length, 'change')} since the pack was made; ${looked}`,
    ...log,
    ...cut(changes.map((one) => `    ${one}`)),
    ...notLookedAt.map(({ what, why }) => `  Not looked at: ${what}: ${why.replaceAll('\n', '\n    ')}`),
  ];
}

function cut(lines: readonly string[]): readonly string[] {
  if (lines.length <= PRINTED) return lines;
  return [...lines.slice(0, PRINTED), `  and ${number(lines.length - PRINTED)} more (--json has all)`];
}
