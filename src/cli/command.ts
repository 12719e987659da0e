import { parseArgs, type ParseArgsConfig } from 'node:util';
import { didYouMean } from './nearest';

/** One option of a command, as `--help` shows it. */
export interface OptionSpec {
  readonly name: string;
  /** The word that stands for the value in help; left out for a switch. */
  readonly value?: string;
  readonly description: string;
  readonly default?: string;
  readonly required?: true;
  /** May be given several times; its value is then a list. */
  readonly repeated?: true;
}

/** Where a command writes and how it hears of Ctrl-C. Injected, so that tests see every byte. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /**
   * Whether a person watches: only then progress is shown.
   * @default false
   */
  readonly isInteractive?: boolean;
  /** Aborted on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

/** The options a user gave: switches are booleans, repeated ones lists of text, the rest text. */
export type GivenOptions = { readonly [name: string]: string | boolean | readonly string[] | undefined };

/** One command of `genesyscloud-compliance`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What it does and what to do with what it prints. */
  readonly details: string;
  readonly options: readonly OptionSpec[];
  /** What it prints are credentials, made up for whoever asked: they are not covered. */
  readonly printsCredentials?: true;
  /** The option whose value may be given as a plain word. */
  readonly argument?: string;
  /** Takes a command line of the user's behind `--`, which is given to it as the option `program`. */
  readonly takesProgram?: true;
  /** The option that a plain word was probably meant for, where none is taken. */
  readonly plainWord?: string;
  /** Command lines to copy, without the program's name. */
  readonly examples?: readonly string[];
  /** Resolves with the exit code. */
  run(options: GivenOptions, terminal: Terminal): Promise<number>;
}

/** A message for the user that ends the command: what was tried, why it failed, what to do. Exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Options that every command has. */
const COMMON: readonly OptionSpec[] = [
  { name: 'debug', description: 'print where an unexpected error came from' },
  { name: 'help', description: 'print this text; also -h' },
];

/** Whether the words ask for the help of a command. */
export function wantsHelp(command: Command, given: readonly string[]): boolean {
  const { options } = command;
  const [words] = atDashes(command, given);
  const valued = new Set(options.filter(({ value }) => value !== undefined).map(({ name }) => `--${name}`));
  return words.some((word, index) => (word === '--help' || word === '-h') && !valued.has(words[index - 1] ?? ''));
}

/** The words that are for the command, and those behind `--`, which are for the program that it runs. */
function atDashes(
  { takesProgram }: Command,
  words: readonly string[],
): [readonly string[], readonly string[] | undefined] {
  const at = takesProgram ? words.indexOf('--') : -1;
  return at < 0 ? [words, undefined] : [words.slice(0, at), words.slice(at + 1)];
}

/** Reads the words behind a command. Throws a CommandError that names the option at fault. */
export function readOptions(command: Command, given: readonly string[]): GivenOptions {
  const [words, program] = atDashes(command, given);
  if (program?.length === 0) throw new CommandError(`Behind "--" stands the program to run.\n${seeHelp(command)}`);
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const { name, value, repeated } of [...command.options, ...COMMON]) {
    options[name] = { type: value === undefined ? 'boolean' : 'string', ...(repeated ? { multiple: true } : {}) };
  }
  let values: Record<string, unknown>;
  const { argument } = command;
  try {
    const parsed = parseArgs({ args: [...words], options, allowPositionals: true });
    const [word, ...more] = parsed.positionals;
    if (word !== undefined && argument === undefined) throw new CommandError(strayWord(command, word));
    if (more.length > 0) throw new CommandError(`One ${argument} at a time, please: "${more[0]}" is another.`);
    values = word === undefined || argument === undefined ? parsed.values : { ...parsed.values, [argument]: word };
  } catch (error) {
    throw new CommandError(`${mistake(command, error)}\n${seeHelp(command)}`);
  }
  const missing = command.options.filter((spec) => spec.required && values[spec.name] === undefined);
  if (missing.length > 0) {
    throw new CommandError(
      `${command.name} needs ${missing.map((spec) => `--${spec.name} ${spec.value ?? ''}`.trim()).join(' and ')}.\n${seeHelp(command)}`,
    );
  }
  return { ...values, ...(program === undefined ? {} : { program }) } as GivenOptions;
}

function seeHelp({ name }: Command): string {
  return `See "genesyscloud-compliance ${name} --help".`;
}

function strayWord({ name, plainWord }: Command, word: string): string {
  const meant = plainWord === undefined ? '' : ` Did you mean "--${plainWord} ${word}"?`;
  return `${name} takes options only, and "${word}" is not one.${meant}`;
}

/** What Node says about a wrong option, in our words. */
function mistake({ options }: Command, error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message: string };
  const [, given = ''] = /'--?([^' <]+)/.exec(message) ?? [];
  const names = [...options, ...COMMON].map(({ name }) => name);
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `Unknown option '--${given}'.${didYouMean(given, names, '--')}`;
  const spec = options.find(({ name }) => name === given);
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && spec !== undefined) {
    return spec.value === undefined
      ? `--${given} is a switch and takes no value.`
      : `--${given} needs a value: --${given} ${spec.value}.`;
  }
  return message;
}

/** The text of an option; undefined when it was not given. */
export function textOf(options: GivenOptions, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of an option that may be given several times, as they are; none when it was not given. */
export function valuesOf(options: GivenOptions, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** The values of an option that may be given several times, or as one text with commas. */
export function listOf(options: GivenOptions, name: string): readonly string[] {
  return valuesOf(options, name)
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** One of the words an option takes. Throws a CommandError that names the option. */
export function oneWord<Word extends string>(
  options: GivenOptions,
  name: string,
  words: readonly [Word, ...Word[]],
): Word {
  const value = textOf(options, name) ?? words[0];
  const word = words.find((known) => known === value);
  if (word === undefined)
    throw new CommandError(`--${name} takes ${words.join(' or ')}; "${value}" is neither.${didYouMean(value, words)}`);
  return word;
}

/** Reads a whole number in a range. Throws a CommandError that names the option. */
export function wholeNumber(name: string, text: string, from: number, to: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= from && value <= to)) {
    throw new CommandError(`--${name} takes a whole number from ${from} to ${to}; "${text}" is not one.`);
  }
  return value;
}

/** The help text of one command. */
export function helpOf(command: Command): string {
  const rows = [...command.options, ...COMMON].map((spec) => {
    const left = `  --${spec.name}${spec.value === undefined ? '' : ` ${spec.value}`}`;
    const fallback = spec.default === undefined ? '' : ` (default: ${spec.default})`;
    const again = spec.repeated ? ' (may be repeated)' : '';
    const gap = left.length < 26 ? left.padEnd(26) : `${left}\n${' '.repeat(26)}`;
    return `${gap}${spec.description}${again}${fallback}`;
  });
  const { examples = [] } = command;
  return [
    `genesyscloud-compliance ${command.name}: ${command.summary}`,
    '',
    command.details,
    '',
    'Options',
    ...rows,
    '',
    ...(examples.length === 0
      ? []
      : ['Examples', ...examples.map((words) => `  genesyscloud-compliance ${words}`), '']),
  ].join('\n');
}
