import { redact, redactValue } from '../../secrets';
import type { Log, LogFields } from '../diagnostics';

/** Adds fields to each line of a log and takes secrets out of it. */
export function logWith(log: Log, fields: LogFields): Log {
  const at =
    (level: keyof Log) =>
    (message: string, more: LogFields = {}): void =>
      log[level](redact(message), redactValue({ ...fields, ...more }) as LogFields);
  return { trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
