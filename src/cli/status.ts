import { NotAState, readStatus, runProcess, type Folder, type StatusEntry } from '../review';
import { CommandError, textOf, type Command } from './command';
import { STACK_OPTIONS, stackFolders } from './stack-folders';

const TIMEOUT_MS = 300_000;

/** What the state of one stack says, or why it cannot be read. */
type Told =
  | { readonly name: string; readonly entries: readonly StatusEntry[] }
  | { readonly name: string; readonly problem: string };

/** `genesyscloud-compliance status` */
export const status: Command = {
  name: 'status',
  summary: 'say what is exported and held, by the state',
  details:
    'Reads the state of each stack with "terraform show -json" and says in words what is exported and held. Asks neither\n' +
    'Genesys Cloud nor AWS and changes nothing: it tells how things were when Terraform last looked. "drift" looks now.\n' +
    'The folders must be initialised (terraform init). Exit code: 0, or 1 when a state could not be read.',
  options: [
    ...STACK_OPTIONS,
    { name: 'json', description: 'print one JSON document: stacks with their entries or problem' },
    { name: 'help', description: 'print this text' },
  ],
  async run(options, terminal) {
    const folders = await stackFolders(options);
    if (folders.length === 0) throw new CommandError('status needs --dir DIR or --cdktf-out DIR.');
    const told: Told[] = [];
    for (const folder of folders) {
      told.push(await read(folder, textOf(options, 'terraform') ?? 'terraform', terminal.signal));
    }
    terminal.out(
      options['json'] === true ? `${JSON.stringify({ stacks: told }, null, 2)}\n` : told.map(words).join('\n'),
    );
    return told.some((one) => 'problem' in one) ? 1 : 0;
  },
};

async function read({ name, path }: Folder, program: string, signal: AbortSignal): Promise<Told> {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
  try {
    const shown = await runProcess(program, ['show', '-json', '-no-color'], {
      cwd: path,
      env,
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    if (shown.code !== 0) {
      const why = shown.stopped === undefined ? shown.stderr.trim() : `stopped (${shown.stopped})`;
      return { name, problem: `"${program} show" in ${path} failed. Is the folder initialised?\n${why}` };
    }
    return { name, entries: readStatus(shown.stdout) };
  } catch (error) {
    if (error instanceof NotAState) return { name, problem: error.message };
    return { name, problem: `"${program} show" in ${path} could not be run: ${(error as Error).message}` };
  }
}

function words(told: Told): string {
  if ('problem' in told) return `${told.name}\n  could not be read: ${told.problem.replace(/\n/g, '\n  ')}\n`;
  if (told.entries.length === 0) return `${told.name}\n  nothing is exported or held here\n`;
  return `${told.name}\n${told.entries.map(({ state, text, address }) => `  ${state === 'done' ? ' ' : '!'} ${text} (${address})\n`).join('')}`;
}
