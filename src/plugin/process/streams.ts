/**
 * Nothing but the handshake reaches stdout, and nothing but log lines reaches stderr: what libraries print and what Node
 * warns of become log lines. Terraform shows other text on stderr as it stands, among its own lines.
 */
import { Writable } from 'node:stream';
import type { Logger } from '../log';

/** From now on, whatever this process prints goes to the log, line by line. File descriptors are written to directly. */
export function guardStreams(log: Logger): void {
  let printed: Writable | undefined;
  // Made at first use: hardly any process needs it.
  const stream = (): Writable => (printed ??= lineWriter((line) => log.info('Printed by a library', { text: line })));
  for (const name of ['stdout', 'stderr'] as const) {
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: stream });
  }
}

/** Takes the place of the listener with which Node prints warnings. Who runs Terraform cannot act on them. */
export function logWarnings(log: Logger): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning: Error & { readonly code?: string }) =>
    log.debug('Node warns', {
      warning: warning.message,
      name: warning.name,
      ...(warning.code === undefined ? {} : { code: warning.code }),
    }),
  );
}

/** A stream that hands on whole lines; a piece without its line break is handed on when the next one brings it. */
function lineWriter(write: (line: string) => void): Writable {
  let rest = '';
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') write(line);
      done();
    },
  });
}
