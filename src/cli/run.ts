import { redact } from '../secrets';
import { CommandError, helpOf, readOptions, type Command, type Terminal } from './command';
import { drift } from './drift';
import { explain } from './explain';
import { install } from './install';
import { packageInfo } from './package-root';
import { preflight } from './preflight';
import { review } from './review';
import { simulate } from './simulate';
import { status } from './status';

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [install, simulate, preflight, review, drift, status, explain];

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length)) + 2;
  return [
    'genesyscloud-compliance: recording export and legal hold for Genesys Cloud, as infrastructure code',
    '',
    'Commands',
    ...COMMANDS.map((command) => `  ${command.name.padEnd(width)}${command.summary}`),
    '',
    '"genesyscloud-compliance COMMAND --help" tells more. --version prints the version.',
    '',
  ].join('\n');
}

/** Runs one command line and resolves with the exit code: 0 done, 1 could not, others as the command says. */
export async function runCli(words: readonly string[], outside: Terminal): Promise<number> {
  const terminal = covering(outside);
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === 'help') {
    terminal.out(overview());
    return 0;
  }
  if (name === '--version') {
    terminal.out(`${packageInfo().version}\n`);
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    terminal.err(`There is no command "${name}".\n\n${overview()}`);
    return 1;
  }
  if (rest.includes('--help')) {
    terminal.out(helpOf(command));
    return 0;
  }
  try {
    return await command.run(readOptions(command, rest), command.printsCredentials === true ? outside : terminal);
  } catch (error) {
    terminal.err(`${error instanceof CommandError ? error.message : unexpected(command, error)}\n`);
    return 1;
  }
}

/** Nothing is written that was not looked through for secrets. */
function covering(outside: Terminal): Terminal {
  return {
    out: (text) => outside.out(redact(text)),
    err: (text) => outside.err(redact(text)),
    get signal() {
      return outside.signal;
    },
  };
}

function unexpected(command: Command, error: unknown): string {
  const cause = error instanceof Error ? error.message : String(error);
  return `genesyscloud-compliance ${command.name} failed: ${cause}`;
}
