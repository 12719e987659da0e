import type { Log, LogFields } from '../diagnostics';

/** Adds fields to each line of a log and takes secrets out of it. */
export function logWith(log: Log, redact: (text: string) => string, fields: LogFields): Log {
  const clean = (given: LogFields = {}): LogFields =>
    Object.fromEntries(
      Object.entries({ ...fields, ...given }).map(([key, value]) => [
        key,
        typeof value === 'string' ? redact(value) : value,
      ]),
    );
  const at =
    (level: keyof Log) =>
    (message: string, more?: LogFields): void =>
      log[level](redact(message), clean(more));
  return { trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
