import { redact } from '../secrets';
import { CommandError, helpOf, readOptions, wantsHelp, type Command, type Terminal } from './command';
import { approve } from './approve';
import { drift } from './drift';
import { EVIDENCE } from './evidence';
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
export const COMMANDS: readonly Command[] = [
  install,
  simulate,
  preflight,
  review,
  drift,
  status,
  holds,
  approve,
  ...EVIDENCE,
  explain,
];

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
  const [first, ...others] = isHelp && words.length > 1 ? [...words.slice(1), '--help'] : words;
  const { name, rest } = commandIn(first, others);
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
    const group = COMMANDS.filter((one) => one.name.startsWith(`${name} `));
    if (group.length > 0 && rest.some((word) => word === '--help' || word === '-h')) {
      terminal.out(group.map(helpOf).join('\n'));
      return 0;
    }
    terminal.err(`There is no command "${name}".${didYouMean(name, meantNames(name))}\n\n${overview()}`);
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

/** Some commands have two words. */
function commandIn(
  first: string | undefined,
  others: readonly string[],
): { readonly name: string | undefined; readonly rest: readonly string[] } {
  const isGroup = first !== undefined && COMMANDS.some(({ name }) => name.startsWith(`${first} `));
  const [second] = others;
  if (!isGroup || second === undefined || second.startsWith('-')) return { name: first, rest: others };
  return { name: `${first} ${second}`, rest: others.slice(1) };
}

/** Names to compare a mistaken one with: of its group where it has named one. */
function meantNames(name: string): readonly string[] {
  const names = COMMANDS.map((one) => one.name);
  const [group] = name.split(' ');
  const ofGroup = names.filter((one) => one.startsWith(`${group} `));
  return ofGroup.length > 0 ? ofGroup : [...names, ...new Set(names.map((one) => one.split(' ')[0] ?? one))];
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
