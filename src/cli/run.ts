import { redact } from '../secrets';
import { CommandError, helpOf, readOptions, wantsHelp, type Command, type Terminal } from './command';
import { drift } from './drift';
import { explain } from './explain';
import { holds } from './holds';
import { install } from './install';
import { didYouMean } from './nearest';
import { packageInfo } from './package-root';
import { preflight } from './preflight';
import { review } from './review';
import { simulate } from './simulate';
import { status } from './status';

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [install, simulate, preflight, review, drift, status, holds, explain];

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length)) + 2;
  return [
    'genesyscloud-compliance: recording export and legal hold for Genesys Cloud, as infrastructure code',
    '',
    'Commands',
    ...COMMANDS.map((command) => `  ${command.name.padEnd(width)}${command.summary}`),
    '',
    '"genesyscloud-compliance COMMAND --help" shows options, exit codes and examples. --version prints the version.',
    '',
  ].join('\n');
}

const VERSION_WORDS = ['--version', '-V', '-v', 'version'];

/** Runs one command line and resolves with the exit code: 0 done, 1 could not, others as the command says. */
export async function runCli(words: readonly string[], outside: Terminal): Promise<number> {
  const terminal = covering(outside);
  const isHelp = words[0] === 'help' || words[0] === '--help' || words[0] === '-h';
  const [name, ...rest] = isHelp && words.length > 1 ? [words[1] ?? '', '--help'] : words;
  if (name === undefined || (isHelp && words.length === 1)) {
    terminal.out(overview());
    return 0;
  }
  if (VERSION_WORDS.includes(name)) {
    terminal.out(`${packageInfo().version}\n`);
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = COMMANDS.map((one) => one.name);
    terminal.err(`There is no command "${name}".${didYouMean(name, names)}\n\n${overview()}`);
    return 1;
  }
  if (wantsHelp(command, rest)) {
    terminal.out(helpOf(command));
    return 0;
  }
  if (rest.includes('--version') && !rest.includes('--')) {
    terminal.out(`${packageInfo().version}\n`);
    return 0;
  }
  try {
    return await command.run(readOptions(command, rest), command.printsCredentials === true ? outside : terminal);
  } catch (error) {
    terminal.err(`${error instanceof CommandError ? error.message : unexpected(command, error, rest)}\n`);
    return 1;
  }
}

/** Nothing is written that was not looked through for secrets. */
function covering(outside: Terminal): Terminal {
  return {
    out: (text) => outside.out(redact(text)),
    err: (text) => outside.err(redact(text)),
    isInteractive: outside.isInteractive === true,
    get signal() {
      return outside.signal;
    },
  };
}

/** Nobody but us can do anything with a stack trace: it is printed for a report of the fault, when it is asked for. */
function unexpected(command: Command, error: unknown, words: readonly string[]): string {
  const cause = error instanceof Error ? error.message : String(error);
  const said = `genesyscloud-compliance ${command.name} failed: ${cause}`;
  if (!words.includes('--debug')) return `${said}\nRun it again with --debug to see where.`;
  return error instanceof Error && error.stack !== undefined ? `${said}\n${error.stack}` : said;
}
