import { FORMATS, render, type Format, type ReviewReport } from '../review';
import { redact, redactValue } from '../secrets';
import { CommandError, valuesOf, type GivenOptions, type OptionSpec, type Terminal } from './command';
import { didYouMean } from './nearest';
import { writePrivately } from './private-file';
import { runLink } from './run-link';

/** Where one form of what a command says goes. */
export interface Output<Form extends string> {
  readonly format: Form;
  /** Null: the terminal. */
  readonly file: string | null;
}

/** Forms of commands that say something and have no report. */
export const PLAIN_FORMATS = ['text', 'json'] as const;

/** The options that name forms, the same for every command. */
export function formatOptions(formats: readonly string[]): readonly OptionSpec[] {
  return [
    {
      name: 'format',
      value: 'FORMAT[=FILE]',
      repeated: true,
      description: `${formats.join(', ')}; with =FILE it is written there`,
      default: 'text',
    },
    { name: 'json', description: 'the same as --format json' },
  ];
}

/** The options that name forms of a report. */
export const REPORT_OPTIONS: readonly OptionSpec[] = formatOptions(FORMATS);

/** Reads the options. Throws a CommandError for an unknown format, and for two that would share the terminal. */
export function outputsOf<Form extends string>(
  options: GivenOptions,
  formats: readonly Form[],
): readonly Output<Form | 'json'>[] {
  const known: readonly (Form | 'json')[] = formats;
  const named = [...valuesOf(options, 'format'), ...(options['json'] === true ? ['json'] : [])];
  const outputs = (named.length > 0 ? named : ['text']).map((text): Output<Form | 'json'> => {
    const [name = '', ...rest] = text.split('=');
    const format = known.find((one) => one === name);
    const file = rest.length === 0 ? null : rest.join('=');
    if (format === undefined) {
      throw new CommandError(`--format takes ${formats.join(', ')}; "${name}" is not one.${didYouMean(name, formats)}`);
    }
    if (file === '') throw new CommandError(`--format ${format}= names no file.`);
    return { format, file };
  });
  const shown = outputs.filter(({ file }) => file === null);
  if (shown.length > 1) {
    throw new CommandError(
      `Only one --format can go to the terminal; write the others to files, as in --format ${shown[1]?.format}=FILE.`,
    );
  }
  return outputs;
}

/** The forms of a report that the options name. */
export function reportOutputs(options: GivenOptions): readonly Output<Format>[] {
  return outputsOf(options, FORMATS);
}

/** Renders a report in each form and writes it where it goes. Throws a CommandError when a file cannot be written. */
export async function writeReports(
  report: ReviewReport,
  outputs: readonly Output<Format>[],
  terminal: Terminal,
): Promise<void> {
  // Before it is rendered: what renderers escape would no longer be found.
  const covered = redactValue(report) as ReviewReport;
  await writeOutputs(outputs, (format) => render(covered, format, runLink(process.env)), terminal);
}

/** Writes each form where it goes. Throws a CommandError when a file cannot be written. */
export async function writeOutputs<Form extends string>(
  outputs: readonly Output<Form>[],
  textIn: (format: Form) => string,
  terminal: Terminal,
): Promise<void> {
  for (const { format, file } of outputs) {
    const text = textIn(format);
    if (file === null) terminal.out(text);
    else await writePrivately(file, redact(text), terminal);
  }
}
