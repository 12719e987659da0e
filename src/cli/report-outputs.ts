import { FORMATS, render, type Format, type ReviewReport } from '../review';
import { redactValue } from '../secrets';
import { CommandError, valuesOf, type GivenOptions, type OptionSpec, type Terminal } from './command';
import { writePrivately } from './private-file';

/** Where one form of a report goes. */
export interface ReportOutput {
  readonly format: Format;
  /** Null: the terminal. */
  readonly file: string | null;
}

/** The option that names forms of a report. */
export const REPORT_OPTION: OptionSpec = {
  name: 'format',
  value: 'FORMAT[=FILE]',
  repeated: true,
  description: `${FORMATS.join(', ')}; with =FILE it is written there`,
  default: 'text',
};

/** Reads the option. Throws a CommandError for an unknown format, and for two that would share the terminal. */
export function reportOutputs(options: GivenOptions): readonly ReportOutput[] {
  const given = valuesOf(options, REPORT_OPTION.name);
  const outputs = (given.length > 0 ? given : ['text']).map((text): ReportOutput => {
    const [name, ...rest] = text.split('=');
    const format = FORMATS.find((known) => known === name);
    const file = rest.length === 0 ? null : rest.join('=');
    if (format === undefined) throw new CommandError(`--format takes ${FORMATS.join(', ')}; "${name}" is none.`);
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

/** Renders a report in each form and writes it where it goes. Throws a CommandError when a file cannot be written. */
export async function writeReports(
  report: ReviewReport,
  outputs: readonly ReportOutput[],
  terminal: Terminal,
): Promise<void> {
  for (const { format, file } of outputs) {
    const text = render(redactValue(report) as ReviewReport, format);
    if (file === null) terminal.out(text);
    else await writePrivately(file, text, terminal);
  }
}
