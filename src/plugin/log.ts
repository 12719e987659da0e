/**
 * Log lines as hclog writes them: one JSON object a line on stderr, which Terraform takes apart and shows.
 *
 * Traps: `@message` and `@level` must be strings (anything else makes Terraform itself panic), and `@timestamp` must
 * have exactly six digits of a second (else the whole line is shown raw). Source: hashicorp/go-plugin log_entry.go.
 */
import { writeSync } from 'node:fs';
import { redact } from '../secrets';

/** From least to most important. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/** Further facts of a line, by name. Terraform shows them as `name=value`. Known secrets are covered. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes log lines of one part of the provider. */
export interface Logger {
  /** False when nobody would see the line: worth asking before work is spent on its fields. */
  enabled(level: LogLevel): boolean;
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Where lines go and what they see of the world. */
export interface LogSink {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  now(): number;
  write(line: string): void;
}

const LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error'];
/** Terraform splits lines of more than 64 KiB, and the pieces are no JSON any more. */
const MOST_LINE_BYTES = 60_000;
const MOST_MESSAGE_CHARACTERS = 8000;

/** Taken before anything takes the place of `process.stderr`, and made only when it is needed. */
const stderr = Object.getOwnPropertyDescriptor(process, 'stderr');

function queue(line: string): void {
  const stream = (stderr?.get === undefined ? stderr?.value : stderr.get.call(process)) as
    NodeJS.WriteStream | undefined;
  stream?.write(line);
}

const STDERR: LogSink = {
  environment: process.env,
  now: Date.now,
  write: (line) => {
    try {
      writeSync(2, line);
    } catch (error) {
      // A full pipe: Node queues the line. A closed one: Terraform is gone, and nobody is left to read it.
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') queue(line);
    }
  },
};

/** A logger whose lines carry `module` as `@module`, e.g. `provider.genesys`. */
export function createLogger(module: string, sink: LogSink = STDERR): Logger {
  const least = leastLevel(sink.environment);
  const enabled = (level: LogLevel): boolean => LEVELS.indexOf(level) >= least;
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (enabled(level)) sink.write(formatLine(level, module, message, fields, sink.now()));
    };
  return { enabled, trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Terraform filters by these two; without them it shows nothing, so nothing is written. */
function leastLevel(environment: LogSink['environment']): number {
  const wanted = (environment.TF_LOG_PROVIDER || environment.TF_LOG || 'off').toLowerCase();
  if (wanted === 'off') return LEVELS.length;
  const level = LEVELS.indexOf(wanted as LogLevel);
  // `json`, and whatever Terraform does not know either, means everything.
  return level === -1 ? 0 : level;
}

function formatLine(level: LogLevel, module: string, message: string, fields: LogFields, now: number): string {
  const head = {
    '@level': level,
    '@message': redact(String(message)),
    '@module': module,
    '@timestamp': new Date(now).toISOString().replace('Z', '000Z'),
  };
  const line = stringify({ ...userFields(fields), ...head });
  if (Buffer.byteLength(line) <= MOST_LINE_BYTES) return `${line}\n`;
  return `${stringify({ ...head, '@message': head['@message'].slice(0, MOST_MESSAGE_CHARACTERS), truncated: true })}\n`;
}

function userFields(fields: LogFields): LogFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith('@')));
}

function stringify(line: LogFields): string {
  const seen = new Set<object>();
  return JSON.stringify(line, (_key, value: unknown) => {
    if (typeof value === 'string') return redact(value);
    if (typeof value === 'bigint') return value.toString();
    if (value instanceof Error) return redact(value.message);
    if (value instanceof Map) return Object.fromEntries(value) as unknown;
    if (typeof value === 'object' && value !== null) {
      // A line about an object that contains itself must not end the process.
      if (seen.has(value)) return '(again)';
      seen.add(value);
    }
    return value;
  });
}
