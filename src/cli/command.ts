import { parseArgs, type ParseArgsConfig } from 'node:util';

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
  /** Resolves with the exit code. */
  run(options: GivenOptions, terminal: Terminal): Promise<number>;
}

/** A message for the user that ends the command: what was tried, why it failed, what to do. Exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Reads the words behind a command. Throws a CommandError that names the option at fault. */
export function readOptions(command: Command, words: readonly string[]): GivenOptions {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const { name, value, repeated } of command.options) {
    options[name] = { type: value === undefined ? 'boolean' : 'string', ...(repeated ? { multiple: true } : {}) };
  }
  let values: Record<string, unknown>;
  const { argument } = command;
  try {
    const parsed = parseArgs({ args: [...words], options, allowPositionals: argument !== undefined });
    const [word, ...more] = parsed.positionals;
    if (more.length > 0) throw new Error(`One ${argument} at a time, please: "${more[0]}" is another.`);
    values = word === undefined || argument === undefined ? parsed.values : { ...parsed.values, [argument]: word };
  } catch (error) {
    throw new CommandError(
      `${error instanceof Error ? error.message : String(error)}\nSee "genesyscloud-compliance ${command.name} --help".`,
    );
  }
  const missing = command.options.filter((spec) => spec.required && values[spec.name] === undefined);
  if (missing.length > 0) {
    throw new CommandError(
      `${command.name} needs ${missing.map((spec) => `--${spec.name} ${spec.value ?? ''}`.trim()).join(' and ')}.\n` +
        `See "genesyscloud-compliance ${command.name} --help".`,
    );
  }
  return values as GivenOptions;
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
  if (word === undefined) throw new CommandError(`--${name} takes ${words.join(' or ')}; "${value}" is neither.`);
  return word;
}

/** Reads a whole number in a range. Throws a CommandError that names the option. */
export function wholeNumber(name: string, text: string, from: number, to: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= from && value <= to)) {
    throw new CommandError(`--${name} takes a whole number from ${from} to ${to}; "${text}" is none.`);
  }
  return value;
}

/** The help text of one command. */
export function helpOf(command: Command): string {
  const rows = command.options.map((spec) => {
    const left = `  --${spec.name}${spec.value === undefined ? '' : ` ${spec.value}`}`;
    const fallback = spec.default === undefined ? '' : ` (default: ${spec.default})`;
    const again = spec.repeated ? ' (may be repeated)' : '';
    const gap = left.length < 26 ? left.padEnd(26) : `${left}\n${' '.repeat(26)}`;
    return `${gap}${spec.description}${again}${fallback}`;
  });
  return [
    `genesyscloud-compliance ${command.name}: ${command.summary}`,
    '',
    command.details,
    '',
    'Options',
    ...rows,
    '',
  ].join('\n');
}
