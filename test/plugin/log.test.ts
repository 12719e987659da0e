import fc from 'fast-check';
import { createLogger, type LogFields } from '../../src/plugin';
import type { LogSink } from '../../src/plugin/log';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function sink(environment: Record<string, string | undefined>): LogSink & { readonly lines: string[] } {
  const lines: string[] = [];
  return { lines, environment, now: () => NOW, write: (line) => lines.push(line) };
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;

describe('a log line', () => {
  test('is one JSON object with the four fields hclog knows, and the given ones', () => {
    const out = sink({ TF_LOG: 'info' });
    createLogger('provider.genesys', out).info('Export started', { tf_rpc: 'ApplyResourceChange', batches: 4 });
    expect(out.lines).toHaveLength(1);
    expect(out.lines[0]).toMatch(/\n$/);
    expect(JSON.parse(out.lines[0]!)).toEqual({
      '@level': 'info',
      '@message': 'Export started',
      '@module': 'provider.genesys',
      '@timestamp': '2026-01-02T03:04:05.678000Z',
      tf_rpc: 'ApplyResourceChange',
      batches: 4,
    });
  });

  test('keeps its strings strings, whatever the fields are: else Terraform itself would panic', () => {
    const circular: Record<string, unknown> = { big: 2n ** 70n };
    circular.self = circular;
    fc.assert(
      fc.property(fc.anything(), fc.string(), (anything, message) => {
        const out = sink({ TF_LOG: 'trace' });
        const fields = { '@message': 7, '@level': {}, '@timestamp': 1, anything, circular } as LogFields;
        createLogger('m', out).error(message, fields);
        expect(out.lines.join('').match(/\n/g)).toHaveLength(1);
        expect(JSON.parse(out.lines[0]!)).toMatchObject({
          '@level': 'error',
          '@message': message,
          '@timestamp': '2026-01-02T03:04:05.678000Z',
        });
      }),
    );
  });

  test('too long for one piece is cut, and stays JSON', () => {
    const out = sink({ TF_LOG: 'trace' });
    createLogger('m', out).info('é'.repeat(100_000), { more: 'x'.repeat(100_000) });
    expect(Buffer.byteLength(out.lines[0]!)).toBeLessThan(64 * 1024);
    expect(JSON.parse(out.lines[0]!)).toMatchObject({ '@level': 'info', truncated: true });
  });
});

describe('what Terraform would not show is not written', () => {
  test.each<[Record<string, string>, readonly string[]]>([
    [{}, []],
    [{ TF_LOG: 'off' }, []],
    [{ TF_LOG: 'WARN' }, ['warn', 'error']],
    [{ TF_LOG: 'JSON' }, LEVELS],
    [{ TF_LOG: 'nonsense' }, LEVELS],
    [{ TF_LOG: 'error', TF_LOG_PROVIDER: 'debug' }, ['debug', 'info', 'warn', 'error']],
    [{ TF_LOG: 'trace', TF_LOG_PROVIDER: 'off' }, []],
  ])('%p', (environment, expected) => {
    const out = sink(environment);
    const logger = createLogger('m', out);
    LEVELS.forEach((level) => logger[level](level));
    expect(out.lines.map((line) => (JSON.parse(line) as Record<string, string>)['@level'])).toEqual(expected);
    expect(LEVELS.filter((level) => logger.enabled(level))).toEqual(expected);
  });
});
