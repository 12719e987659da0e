import { isConversationId } from '../conversations';
import { holdersOfConversation, holdersOfObject, mattersOf, type ClaimView, type Register } from '../register';
import { counted } from '../words';
import { CommandError, oneWord, textOf, type Command, type GivenOptions, type Terminal } from './command';
import { copyTo } from './holds-copy';
import { listOfMatter } from './holds-list';
import { orphans } from './holds-orphans';
import { claimAsJson, claimLines, matterLines } from './holds-words';
import { asCommandError, openFor, REGISTER_OPTION, registerAddress } from './register-place';
import { formatOptions, outputsOf, PLAIN_FORMATS, writeOutputs } from './report-outputs';
import { STACK_OPTIONS } from './stack-folders';

/** `genesyscloud-compliance holds` */
export const holds: Command = {
  name: 'holds',
  summary: 'say which matter holds what, since when, by the register',
  details:
    'Reads the register of claims and changes nothing (--copy-to writes into another place). Without more options: all matters and\n' +
    'their claims, by name. A claim says what a matter needs; whether it is held now, "drift" looks.\n' +
    '--conversation and --object: who holds this one. --list: the list an auditor asks for, as CSV, or with --json as JSON lines.\n' +
    '--verify: reads every entry and set of the register, and says that nothing is missing or was changed, or what is.\n' +
    '--orphans: what is protected at Genesys Cloud and claimed by nobody, and, with --dir or --cdktf-out, claims that no state\n' +
    'has, with the import blocks that adopt them.\n' +
    'Exit code: 0 done, and for a question: somebody holds it; 2 nobody holds it, or there are orphans; 1 it is unknown.',
  examples: [
    'holds',
    'holds --conversation 00000017-0000-4000-8000-000000000001',
    'holds --object s3://acme-recordings/2026/01/02/call.opus',
    'holds --list conversations --matter MATTER-2026-0017',
    'holds --orphans --cdktf-out cdktf.out',
    'holds --verify',
    'holds --copy-to s3://compliance/register',
  ],
  options: [
    REGISTER_OPTION,
    { name: 'conversation', value: 'ID', description: 'who holds this conversation' },
    { name: 'object', value: 's3://BUCKET/KEY', description: 'who holds this file' },
    { name: 'list', value: 'WHAT', description: 'conversations or versions of one --matter' },
    { name: 'matter', value: 'NAME', description: 'the reference of a matter, else the name of its hold' },
    { name: 'orphans', description: 'what is protected or claimed with nobody behind it' },
    {
      name: 'copy-to',
      value: 'PLACE',
      description: 'copy the register into an empty place: s3://bucket/prefix or a folder',
    },
    {
      name: 'verify',
      description:
        'read every entry and set: the chain, the hashes, the approvals of releases and of changed approvers',
    },
    { name: 'all', description: 'released matters, too' },
    ...STACK_OPTIONS,
    ...formatOptions(PLAIN_FORMATS),
  ],
  async run(options, terminal) {
    refuseContradictions(options);
    const address = await registerAddress(options);
    const { signal } = terminal;
    const target = textOf(options, 'copy-to');
    if (target !== undefined) return copyTo(address, target, options, terminal);
    const register = await openFor(address, signal);
    if (textOf(options, 'list') !== undefined) {
      const what = oneWord(options, 'list', ['conversations', 'versions']);
      return asCommandError(() => listOfMatter(register, what, textOf(options, 'matter') ?? '', options, terminal));
    }
    if (options['verify'] === true) return asCommandError(() => verify(register, options, terminal));
    if (options['orphans'] === true) return asCommandError(() => orphans(register, options, terminal));
    return asCommandError(() => answer(register, options, terminal));
  },
};

/** Questions that exclude one another. */
const QUESTIONS = ['conversation', 'object', 'list', 'orphans', 'copy-to', 'verify'] as const;

function refuseContradictions(options: GivenOptions): void {
  const asked = QUESTIONS.filter((name) => options[name] !== undefined && options[name] !== false);
  if (asked.length > 1) {
    throw new CommandError(`holds answers one question at a time: ${asked.map((name) => `--${name}`).join(' and ')}.`);
  }
  if (options['list'] !== undefined && options['matter'] === undefined) {
    throw new CommandError('holds --list needs --matter NAME. "holds" without options names all matters.');
  }
}

/** Whether the register is as it was written; what is not is an error that says where. */
async function verify(register: Register, options: GivenOptions, terminal: Terminal): Promise<number> {
  const { view, approverChanges } = await register.verify(terminal.signal);
  const { head, id, place } = register;
  const approved = [...view.claims.values()].filter(({ approvals }) => approvals !== null).length;
  const json = {
    version: 1,
    register: { id, place },
    entries: view.last,
    head: head?.sha256 ?? null,
    approved,
    approverChanges,
  };
  const text = [
    `Register ${place} (id ${id ?? 'none'}): ${counted(view.last, 'entry', 'entries')}, each chained to the one before.`,
    `Last entry: SHA-256 ${head?.sha256 ?? 'none'}`,
    'Every set has its hash.',
    `Whatever takes approvals has them: ${counted(approved, 'release')}, ${counted(approverChanges, 'change')} of approvers.`,
    '',
  ].join('\n');
  await writeOutputs(
    outputsOf(options, PLAIN_FORMATS),
    (format) => (format === 'json' ? `${JSON.stringify(json, null, 2)}\n` : text),
    terminal,
  );
  return 0;
}

/** All matters, or who holds one thing. */
async function answer(register: Register, options: GivenOptions, terminal: Terminal): Promise<number> {
  const outputs = outputsOf(options, PLAIN_FORMATS);
  const question = await holders(register, options, terminal.signal);
  if (question !== undefined) {
    const { subject, claims } = question;
    const text =
      claims.length === 0
        ? `${subject}: no live claim covers it in the register at ${register.place}.\n`
        : [`${subject}: ${counted(claims.length, 'claim')}`, ...claims.flatMap(claimLines), ''].join('\n');
    await writeOutputs(
      outputs,
      (format) =>
        format === 'json'
          ? `${JSON.stringify({ version: 1, subject, claims: claims.map(claimAsJson) }, null, 2)}\n`
          : text,
      terminal,
    );
    return claims.length === 0 ? 2 : 0;
  }
  const named = textOf(options, 'matter');
  const matters = mattersOf(register, options['all'] === true).filter(
    ({ matter }) => named === undefined || matter === named,
  );
  const json = {
    version: 1,
    register: { id: register.id, place: register.place },
    matters: matters.map(({ organization, matter, claims }) => ({
      organizationId: organization,
      matter,
      claims: claims.map(claimAsJson),
    })),
  };
  const head = `Register ${register.place} (id ${register.id ?? 'none'}): ${counted(matters.length, 'matter')}`;
  await writeOutputs(
    outputs,
    (format) =>
      format === 'json'
        ? `${JSON.stringify(json, null, 2)}\n`
        : [head, ...matters.flatMap((matter) => ['', ...matterLines(matter)]), ''].join('\n'),
    terminal,
  );
  return named !== undefined && matters.length === 0 ? 2 : 0;
}

async function holders(
  register: Register,
  options: GivenOptions,
  signal: AbortSignal,
): Promise<{ readonly subject: string; readonly claims: readonly ClaimView[] } | undefined> {
  const conversation = textOf(options, 'conversation');
  if (conversation !== undefined) {
    if (!isConversationId(conversation)) throw new CommandError(`--conversation: "${conversation}" is not a UUID.`);
    const id = conversation.toLowerCase();
    return { subject: `Conversation ${id}`, claims: await holdersOfConversation(register, id, signal) };
  }
  const object = textOf(options, 'object');
  if (object === undefined) return undefined;
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(object) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new CommandError(`--object: "${object}" is not an object. Write s3://bucket/key.`);
  }
  return { subject: `Object ${object}`, claims: await holdersOfObject(register, bucket, key, signal) };
}
