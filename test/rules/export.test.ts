import { EXPORT, exportJob, findingsOf, onlyProblem, passes, seen, unseen, withExport } from './estate';

describe('export/no-legal-hold-parameter', () => {
  const RULE = 'export/no-legal-hold-parameter';

  test('passes for an export that asks for none', () => {
    expect(passes(RULE, withExport({}))).toBe(true);
  });

  test.each(['legal_hold', 'legalHold', 'LEGAL_HOLD', 'destination.legal_hold', 'legal_hold_enabled'])(
    'fails when %s is smuggled in; without it, it passes',
    (path) => {
      const { given } = exportJob();
      const problem = onlyProblem(RULE, withExport({ given: [...given, { path, value: seen(true) }] }));
      expect(problem).toMatchObject({
        status: 'fail',
        severity: 'error',
        subject: { address: EXPORT, attribute: path },
      });
      expect(problem.evidence[0]?.text).toBe(`${path} = true`);
      expect(problem.remedy).toContain(`Remove ${path}`);
      expect(passes(RULE, withExport({ given }))).toBe(true);
    },
  );

  test('fails even when its value is false or not known', () => {
    expect(onlyProblem(RULE, withExport({ given: [{ path: 'legal_hold', value: seen(false) }] })).status).toBe('fail');
    expect(onlyProblem(RULE, withExport({ given: [{ path: 'legal_hold', value: unseen() }] })).status).toBe('fail');
  });

  test('is not put off by names that merely sound alike', () => {
    expect(passes(RULE, withExport({ given: [{ path: 'external_tag', value: seen('legal hold') }] }))).toBe(true);
  });
});

describe('export/metadata-resolution', () => {
  const RULE = 'export/metadata-resolution';
  const resolving = (change: Parameters<typeof withExport>[0]) =>
    withExport({ includeMetadata: seen(true), ...change });

  test('passes when it is off, whatever the channel', () => {
    expect(passes(RULE, withExport({}))).toBe(true);
    expect(passes(RULE, withExport({ mediaTypes: unseen() }))).toBe(true);
  });

  test('passes for voice alone', () => {
    expect(passes(RULE, resolving({ mediaTypes: seen(['voice', 'callback']), messageTypes: seen([]) }))).toBe(true);
  });

  test.each([
    ['SMS', ['message'], ['sms'], 'message type sms'],
    ['SMS by message type alone', [], ['sms'], 'message type sms'],
    ['voice and e-mail', ['voice', 'email'], [], 'media type email'],
    ['chat', ['chat'], [], 'media type chat'],
    ['any medium', [], [], 'every media type'],
  ])('fails for %s; with include_metadata = false it passes', (_name, media, messages, words) => {
    const channel = { mediaTypes: seen(media), messageTypes: seen(messages) };
    const problem = onlyProblem(RULE, resolving(channel));
    expect(problem.status).toBe('fail');
    expect(problem.message).toContain(words);
    expect(problem.remedy).toContain('includeMetadata: false');
    expect(passes(RULE, withExport({ ...channel, includeMetadata: seen(false) }))).toBe(true);
  });

  test('cannot tell when the channel or the flag is not known', () => {
    expect(onlyProblem(RULE, resolving({ mediaTypes: unseen(), messageTypes: seen([]) })).message).toContain(
      'media_types',
    );
    expect(onlyProblem(RULE, resolving({ mediaTypes: seen(['voice']), messageTypes: unseen() })).status).toBe(
      'unknown',
    );
    expect(onlyProblem(RULE, withExport({ includeMetadata: unseen('is ${var.metadata}') })).message).toContain(
      '${var.metadata}',
    );
  });
});

describe('export/batch-size', () => {
  const RULE = 'export/batch-size';
  const YEAR = seen<string | null>('2025-01-01T00:00:00Z/2026-01-01T00:00:00Z');

  test('passes for short batches and short intervals', () => {
    expect(passes(RULE, withExport({ interval: YEAR, batchInterval: seen('P1M') }))).toBe(true);
    expect(passes(RULE, withExport({ batchInterval: seen(null) }))).toBe(true);
    expect(passes(RULE, withExport({ interval: YEAR, batchInterval: seen('PT12H') }))).toBe(true);
  });

  test('passes for named conversations', () => {
    expect(
      passes(RULE, withExport({ interval: seen(null), batchInterval: seen(null), conversationIds: seen(['a']) })),
    ).toBe(true);
  });

  test.each([
    ['one batch', null, '365 days in a single batch'],
    ['long batches', 'P6M', 'batches of 186 days'],
  ])('warns of a year in %s; the remedy passes', (_name, batch, message) => {
    const problem = onlyProblem(RULE, withExport({ interval: YEAR, batchInterval: seen(batch) }));
    expect(problem).toMatchObject({ status: 'warn', severity: 'warn' });
    expect(problem.message).toContain(message);
    const remedy = /batchInterval: '([^']+)'/.exec(problem.remedy)?.[1] ?? null;
    expect(passes(RULE, withExport({ interval: YEAR, batchInterval: seen(remedy) }))).toBe(true);
  });

  test.each([
    ['the interval', { interval: unseen<string | null>(), batchInterval: seen<string | null>(null) }],
    ['the batch interval of a year', { interval: YEAR, batchInterval: unseen<string | null>() }],
    [
      'an interval that is an expression',
      { interval: seen<string | null>('${var.i}'), batchInterval: seen<string | null>(null) },
    ],
  ])('cannot tell without %s', (_name, change) => {
    expect(onlyProblem(RULE, withExport(change)).status).toBe('unknown');
  });
});

test('every export is answered for', () => {
  const two = { ...withExport({}), exports: [exportJob(), exportJob({ address: 'other' })] };
  expect(findingsOf('export/batch-size', two)).toHaveLength(2);
});
