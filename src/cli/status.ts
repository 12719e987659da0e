import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from '../terraform';
import { readStatus, statusLines, type Status } from '../review';
import { systemClock } from '../time';
import { CommandError, textOf, wholeNumber, type Command, type GivenOptions, type Terminal } from './command';
import { asCommandError, openFor, REGISTER_OPTION, registerAddress } from './register-place';
import { formatOptions, outputsOf, PLAIN_FORMATS, writeOutputs } from './report-outputs';
import { STACK_OPTIONS, stackFolders } from './stack-folders';
import { stateOf } from './stack-state';
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
    const told: Told[] = [];
    for (const folder of folders) {
      told.push(await read(folder, textOf(options, 'terraform') ?? 'terraform', terminal.signal));
    }
    if (terminal.signal.aborted) throw new CommandError('status was interrupted: nothing was printed.');
    await writeOutputs(outputs, (format) => (format === 'json' ? json(told) : told.map(words).join('\n')), terminal);
    return exitCodeOf(told);
  },
};

/** Follows the register. */
async function watch(options: GivenOptions, terminal: Terminal): Promise<number> {
  const everyMs = wholeNumber('every', textOf(options, 'every') ?? '5', 1, 3600) * 1000;
  const register = await openFor(await registerAddress(options), terminal.signal);
  const say = (line: string): void => terminal.out(`${line}\n`);
  const watching = { matter: textOf(options, 'matter'), everyMs, clock: systemClock, say };
  return (await asCommandError(() => watchRegister(register, watching, terminal.signal))) ? 1 : 0;
}

/** What is missing wins over what could not be read: it stays true, whatever the rest holds. */
function exitCodeOf(told: readonly Told[]): 0 | 1 | 2 {
  const states = told.flatMap((one) => ('problem' in one ? [] : one.entries.map(({ state }) => state)));
  if (states.includes('open')) return 2;
  return states.includes('unknown') || told.some((one) => 'problem' in one || !one.hasState) ? 1 : 0;
}

async function read(folder: Folder, program: string, signal: AbortSignal): Promise<Told> {
  const isCdktf = existsSync(join(folder.path, 'cdk.tf.json'));
  const shown = await stateOf(folder, program, signal, readStatus);
  return { name: folder.name, isCdktf, ...('problem' in shown ? shown : shown.state) };
}

function words(told: Told): string {
  if ('problem' in told) return `${told.name}\n  Could not be read: ${told.problem.replace(/\n/g, '\n  ')}\n`;
  return [told.name, ...statusLines(told, told.isCdktf ? 'cdktf' : 'hcl'), ''].join('\n');
}

/** The entries as they are, with `kind` and `text` as a line for people. */
function json(told: readonly Told[]): string {
  const stacks = told.map(({ name, ...one }) =>
    'problem' in one
      ? { name, problem: one.problem }
      : {
          name,
          hasState: one.hasState,
          entries: one.entries.map(({ subject, title, words: text, ...entry }) => ({
            ...entry,
            kind: subject,
            text: `${title}: ${text}`,
          })),
        },
  );
  return `${JSON.stringify({ version: 1, stacks }, null, 2)}\n`;
}
