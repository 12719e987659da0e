/** Reads the log that `terraform plan -json` prints: one JSON message a line. Of it only what Terraform says by itself is kept. */
import { TextDecoder } from 'node:util';
import { isRow } from './plan-json';
import { encodingOf } from './reading/encoding';

/** An error or a warning, as Terraform prints it. */
export interface LogDiagnostic {
  readonly severity: 'error' | 'warning';
  /** One line. */
  readonly summary: string;
  /** May have several lines; may be empty. */
  readonly detail: string;
  /** The resource that it is about, where Terraform says so. */
  readonly address?: string;
  /** `main.tf:12`, where Terraform says so. */
  readonly source?: string;
}

/** What a log says. */
export interface PlanLog {
  /** In the order of the log; what is said twice in the same words about the same thing is there once. */
  readonly diagnostics: readonly LogDiagnostic[];
  /** False: it ends before Terraform did, so what Terraform said last is not in it. */
  readonly isWhole: boolean;
}

/** Why this is not a log that can be read, and what to do. */
export class NotALog extends Error {
  override readonly name = 'NotALog';
}

/** More are counted by nobody, and a log of millions must not fill the memory. */
const MOST_DIAGNOSTICS = 10_000;

/** Messages that are read; of all others, a line for each resource, nothing is needed. */
const READ = /"type":"(?:diagnostic|change_summary|version)"/;

/** Takes a log line by line. */
class LogReader {
  private readonly found = new Map<string, LogDiagnostic>();
  private isOne = false;
  private isSummed = false;
  private isCut = false;

  push(line: string): void {
    this.isCut = false;
    if (!READ.test(line)) {
      // Wrappers print lines of their own around it: a message has these keys, whatever its type.
      if (line.startsWith('{') && line.includes('"@level"')) {
        this.isOne = true;
        this.isCut = !line.trimEnd().endsWith('}');
      }
      return;
    }
    const message = parsed(line.slice(Math.max(line.indexOf('{'), 0)));
    if (message === undefined) {
      this.isCut = true;
      return;
    }
    this.isOne = true;
    if (message['type'] === 'change_summary') this.isSummed = true;
    const diagnostic = diagnosticIn(message);
    if (diagnostic === undefined || this.found.size >= MOST_DIAGNOSTICS) return;
    this.found.set(JSON.stringify(diagnostic), diagnostic);
  }

  end(): PlanLog {
    if (!this.isOne) {
      throw new NotALog(
        'Not a log of Terraform: no line of it is a message in JSON. Make one with "terraform plan -json -out=PLANFILE > plan.log".',
      );
    }
    const diagnostics = [...this.found.values()];
    const isFailed = diagnostics.some(({ severity }) => severity === 'error');
    return { diagnostics, isWhole: !this.isCut && (this.isSummed || isFailed) };
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function diagnosticIn({ type, diagnostic }: Readonly<Record<string, unknown>>): LogDiagnostic | undefined {
  if (type !== 'diagnostic' || !isRow(diagnostic)) return undefined;
  const { severity, summary, detail, address, range } = diagnostic;
  if ((severity !== 'error' && severity !== 'warning') || typeof summary !== 'string') return undefined;
  const { filename, start } = isRow(range) ? range : {};
  const line = isRow(start) ? start['line'] : undefined;
  return {
    severity,
    summary: summary.replace(/\s+/g, ' ').trim(),
    detail: typeof detail === 'string' ? detail.trim() : '',
    ...(typeof address === 'string' && address !== '' ? { address } : {}),
    ...(typeof filename === 'string' && typeof line === 'number' ? { source: `${filename}:${line}` } : {}),
  };
}

/** Reads a log that is there as a text. Throws {@link NotALog}. */
export function parsePlanLog(text: string): PlanLog {
  const reader = new LogReader();
  for (const line of text.split('\n')) if (line.trim() !== '') reader.push(line);
  return reader.end();
}

/** Reads a log as it comes, in UTF-8 or UTF-16. Throws {@link NotALog}, and what `pieces` throw. */
export async function readPlanLog(pieces: AsyncIterable<Uint8Array>): Promise<PlanLog> {
  const reader = new LogReader();
  let decoder: TextDecoder | undefined;
  let rest = '';
  for await (const piece of pieces) {
    // TextDecoder takes the mark at the beginning away.
    decoder ??= new TextDecoder(encodingOf(piece).encoding);
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') reader.push(line);
  }
  rest += decoder?.decode() ?? '';
  if (rest.trim() !== '') reader.push(rest);
  return reader.end();
}
