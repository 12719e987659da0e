import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from '../terraform';
import type { Register } from '../register';
import { ageInWords, readStatus, statusLines, type Status, type StatusEntry } from '../review';
import { systemClock } from '../time';
import { CommandError, textOf, wholeNumber, type Command, type GivenOptions, type Terminal } from './command';
import { asCommandError, openFor, REGISTER_OPTION, registerAddress } from './register-place';
import { formatOptions, outputsOf, PLAIN_FORMATS, writeOutputs } from './report-outputs';
import { STACK_OPTIONS, stackFolders } from './stack-folders';
import { stateOf } from './stack-state';
import { claimNote, type ClaimNote } from './status-register';
import { watchRegister } from './status-watch';

/** What the state of one stack says, or why it cannot be read. */
type Told = { readonly name: string; readonly isCdktf: boolean } & (Status | { readonly problem: string });

/** `genesyscloud-compliance status` */
export const status: Command = {
  name: 'status',
  summary: 'say what is exported and held according to the state, and what is missing',
  details:
    'Reads the state of each stack with "terraform show -json" and says in words what is exported and held, every gap with\n' +
    'its number and examples, and the accepted_gaps block that accepts exactly these gaps. Asks neither Genesys Cloud nor AWS\n' +
    'and changes nothing: it shows how things were when Terraform last looked. "drift" looks now.\n' +
    '--watch follows the register instead, and needs no folder: what is claimed, held, being released, and released, as it is written\n' +
    'there. It ends with 0 when what was under way has ended, and with 1 when it is interrupted before.\n' +
    'The folders must be initialized (terraform init). What the states and gaps mean: docs/states.md.\n' +
    'Exit code: 0 all is exported and held, or accepted as it is; 2 something is missing that was not accepted;\n' +
    '1 nothing is known to be missing, and there is no state, it could not be read, or a number in it is unknown.',
  plainWord: 'dir',
  examples: [
    'status --dir matters/acme',
    'status --cdktf-out cdktf.out --json',
    'status --watch --matter MATTER-2026-0017',
  ],
  options: [
    ...STACK_OPTIONS,
    ...formatOptions(PLAIN_FORMATS),
    { name: 'watch', description: 'follow a running apply or release by the register, until it has ended' },
    { name: 'matter', value: 'NAME', description: 'with --watch: only this matter' },
    { name: 'every', value: 'SECONDS', description: 'with --watch: between two looks', default: '5' },
    REGISTER_OPTION,
  ],
  async run(options, terminal) {
    if (options['watch'] === true) return watch(options, terminal);
    const folders = await stackFolders(options);
    if (folders.length === 0) throw new CommandError('status needs --dir DIR or --cdktf-out DIR.');
    const outputs = outputsOf(options, PLAIN_FORMATS);
    const register = textOf(options, 'register') === undefined ? undefined : await registerOf(options, terminal);
    const told: Told[] = [];
    for (const folder of folders) {
      told.push(await read(folder, textOf(options, 'terraform') ?? 'terraform', terminal.signal));
    }
    if (terminal.signal.aborted) throw new CommandError('status was interrupted: nothing was printed.');
    const telling = new Telling(systemClock.now(), register, lookAgain(options));
    await writeOutputs(outputs, (format) => (format === 'json' ? telling.json(told) : telling.words(told)), terminal);
    return exitCodeOf(told, telling);
  },
};

/** The register that the command line names; what keeps it from being read is told, and keeps nothing of the state from being said. */
async function registerOf(
  options: GivenOptions,
  { signal }: Terminal,
): Promise<Register | { readonly problem: string }> {
  try {
    return await openFor(await registerAddress(options), signal);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { problem: error.message };
  }
}

/** The command that looks now at the same stacks. */
function lookAgain(options: GivenOptions): string {
  const named = ['dir', 'cdktf-out'].flatMap((name) => {
    const given = options[name];
    const all = Array.isArray(given) ? given : typeof given === 'string' ? [given] : [];
    return all.map((one) => ` --${name} ${/^[\w./~-]+$/.test(one) ? one : JSON.stringify(one)}`);
  });
  return `genesyscloud-compliance drift${named.join('')}`;
}

/** Follows the register. */
async function watch(options: GivenOptions, terminal: Terminal): Promise<number> {
  const everyMs = wholeNumber('every', textOf(options, 'every') ?? '5', 1, 3600) * 1000;
  const register = await openFor(await registerAddress(options), terminal.signal);
  const say = (line: string): void => terminal.out(`${line}\n`);
  say(
    `Following ${register.place}. It has what applies and releases write down; "genesyscloud-compliance drift" looks at Genesys Cloud and S3.`,
  );
  const watching = { matter: textOf(options, 'matter'), everyMs, clock: systemClock, say };
  return (await asCommandError(() => watchRegister(register, watching, terminal.signal))) ? 1 : 0;
}

/** What is missing wins over what could not be read: it stays true, whatever the rest holds. */
function exitCodeOf(told: readonly Told[], telling: Telling): 0 | 1 | 2 {
  const entries = told.flatMap((one) => ('problem' in one ? [] : one.entries));
  const verdicts = entries.map((entry) => telling.noteOf(entry)?.verdict);
  if (entries.some(({ state }) => state === 'open') || verdicts.includes('contradicts')) return 2;
  const isUnknown = entries.some(({ state }) => state === 'unknown') || verdicts.includes('unknown');
  const isUnread = telling.problem !== undefined || told.some((one) => 'problem' in one || !one.hasState);
  return isUnknown || isUnread ? 1 : 0;
}

async function read(folder: Folder, program: string, signal: AbortSignal): Promise<Told> {
  const isCdktf = existsSync(join(folder.path, 'cdk.tf.json'));
  const shown = await stateOf(folder, program, signal, readStatus);
  return { name: folder.name, isCdktf, ...('problem' in shown ? shown : shown.state) };
}

/** What is printed, all of one moment. */
class Telling {
  /** Why the register that was named could not be read. */
  readonly problem: string | undefined;
  private readonly register: Register | undefined;

  constructor(
    private readonly now: number,
    register: Register | { readonly problem: string } | undefined,
    private readonly lookAgain: string,
  ) {
    this.problem = register !== undefined && 'problem' in register ? register.problem : undefined;
    this.register = register !== undefined && !('problem' in register) ? register : undefined;
  }

  noteOf(entry: StatusEntry): ClaimNote | undefined {
    return this.register === undefined ? undefined : claimNote(this.register, entry);
  }

  words(told: readonly Told[]): string {
    const ends = [
      'This is what state files say. A plan or refresh that has seen something else since did not have to write it down.',
      ...(this.problem === undefined ? [] : [`The register was not read: ${this.problem.replace(/\n/g, '\n  ')}`]),
      `To look at Genesys Cloud and S3 now: ${this.lookAgain}`,
    ];
    return [...told.map((one) => this.stack(one)), `${ends.join('\n')}\n`].join('\n');
  }

  /** The entries as they are, with `kind` and `text` as a line for people. */
  json(told: readonly Told[]): string {
    const stacks = told.map(({ name, ...one }) =>
      'problem' in one
        ? { name, problem: one.problem }
        : { name, hasState: one.hasState, entries: one.entries.map((entry) => this.entry(entry)) },
    );
    const asked = new Date(this.now).toISOString();
    return `${JSON.stringify(
      {
        version: 1,
        source: 'state',
        askedAt: asked,
        lookAgain: this.lookAgain,
        registerProblem: this.problem ?? null,
        stacks,
      },
      null,
      2,
    )}\n`;
  }

  private stack(told: Told): string {
    if ('problem' in told) return `${told.name}\n  Could not be read: ${told.problem.replace(/\n/g, '\n  ')}\n`;
    const telling = {
      now: this.now,
      language: told.isCdktf ? ('cdktf' as const) : ('hcl' as const),
      note: (entry: StatusEntry) => this.noteOf(entry)?.text,
    };
    return [told.name, ...statusLines(told, telling), ''].join('\n');
  }

  private entry({ subject, title, words: text, ...entry }: StatusEntry): object {
    const seenAgo = entry.seenAt === null ? null : ageInWords(entry.seenAt, this.now);
    const seconds = entry.seenAt === null ? Number.NaN : Math.floor((this.now - Date.parse(entry.seenAt)) / 1000);
    return {
      ...entry,
      kind: subject,
      text: `${title}: ${text}`,
      seenAgo,
      ageSeconds: Number.isNaN(seconds) ? null : seconds,
      register: this.noteOf({ ...entry, subject, title, words: text }) ?? null,
    };
  }
}
