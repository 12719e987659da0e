import fc from 'fast-check';
import type { ExportSpec } from '../../src/genesys';
import type { EchoedQuery } from '../../src/genesys/query';
import { buildQuery, readQuery, sameQuery } from '../../src/genesys/query';
import { uuid } from './helpers';

const NOW = Date.UTC(2026, 1, 1);
const INTERVAL = '2026-01-01T00:00:00.000Z/2026-02-01T00:00:00.000Z';
const BATCH = { interval: INTERVAL };

const sms: ExportSpec = {
  integrationId: uuid(1),
  scope: { interval: INTERVAL, mediaTypes: ['message'], messageTypes: ['sms'] },
  includeScreenRecordings: false,
  includeRecordingsWithSensitiveData: false,
  includeMetadata: false,
};

const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 3 }).map((list) => [...new Set(list)]);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const specs: fc.Arbitrary<ExportSpec> = fc
  .record({
    mediaTypes: words,
    messageTypes: words,
    addressFrom: maybe(fc.string({ minLength: 1 })),
    addressTo: maybe(fc.string({ minLength: 1 })),
    externalTag: maybe(fc.string({ minLength: 1 })),
    screens: fc.boolean(),
    sensitive: fc.boolean(),
    metadata: fc.boolean(),
    age: maybe(fc.integer({ min: 0, max: 100 })),
  })
  .map(({ mediaTypes, messageTypes, screens, sensitive, metadata, age, ...texts }) => ({
    integrationId: uuid(7),
    scope: { interval: INTERVAL, mediaTypes, messageTypes, ...JSON.parse(JSON.stringify(texts)) },
    includeScreenRecordings: screens,
    includeRecordingsWithSensitiveData: sensitive,
    includeMetadata: metadata,
    ...(age === undefined ? {} : { actionAge: age }),
  }));

describe('the payload of a recording job', () => {
  test('asks for SMS the way the analytics know it, at once, without screen recordings', () => {
    expect(buildQuery(sms, BATCH, { now: NOW, compliance: false })).toEqual({
      action: 'EXPORT',
      actionDate: '2026-02-01T00:00:00.000Z',
      integrationId: uuid(1),
      includeRecordingsWithSensitiveData: false,
      includeScreenRecordings: false,
      conversationQuery: {
        interval: INTERVAL,
        segmentFilters: [
          {
            type: 'and',
            predicates: [
              { type: 'dimension', dimension: 'mediaType', operator: 'matches', value: 'message' },
              { type: 'dimension', dimension: 'messageType', operator: 'matches', value: 'sms' },
            ],
          },
        ],
      },
    });
  });

  test('carries include_metadata only for an org with the compliance API', () => {
    expect(buildQuery(sms, BATCH, { now: NOW, compliance: true }).include_metadata).toBe(false);
    expect(buildQuery({ ...sms, includeMetadata: true }, BATCH, { now: NOW, compliance: false })).not.toHaveProperty(
      'include_metadata',
    );
  });

  test('takes several media types as alternatives and named conversations as a filter', () => {
    const spec = {
      ...sms,
      scope: { conversationIds: [uuid(3)], mediaTypes: ['message', 'email'], messageTypes: ['sms'] },
    };
    const { conversationQuery } = buildQuery(
      spec,
      { interval: INTERVAL, conversationIds: [uuid(3)] },
      { now: NOW, compliance: false },
    );
    expect(conversationQuery.segmentFilters?.[0]?.clauses?.[0]).toMatchObject({
      type: 'or',
      predicates: [{ value: 'message' }, { value: 'email' }],
    });
    expect(conversationQuery.conversationFilters).toEqual([
      {
        type: 'or',
        predicates: [{ type: 'dimension', dimension: 'conversationId', operator: 'matches', value: uuid(3) }],
      },
    ]);
  });

  test('cannot carry a legal hold, whatever the spec object is given', () => {
    fc.assert(
      fc.property(specs, fc.boolean(), (spec, compliance) => {
        const smuggled = {
          ...spec,
          legal_hold: true,
          legalHold: true,
          scope: { ...spec.scope, legal_hold: true },
        } as ExportSpec;
        const sent = JSON.stringify(buildQuery(smuggled, BATCH, { now: NOW, compliance }));
        expect(sent).not.toMatch(/"legal_?hold"/i);
      }),
    );
    // @ts-expect-error the type has no place for it either
    const wrong: ExportSpec = { ...sms, legal_hold: true };
    expect(wrong).toBeDefined();
  });
});

describe('recognising a job by the echo of its query', () => {
  const job = { createdAt: NOW, compliance: false };
  const echoOf = (spec: ExportSpec, batch: { interval: string; conversationIds?: string[] } = BATCH): EchoedQuery =>
    JSON.parse(JSON.stringify(buildQuery(spec, batch, { now: NOW - 3_000, compliance: false }))) as EchoedQuery;

  test('a job of the same spec is the same, however the echo is written', () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const echo = echoOf(spec);
        const query = echo.conversationQuery as Record<string, unknown>;
        const rewritten = {
          ...echo,
          includePolicyBasedRecordings: true,
          conversationQuery: {
            ...query,
            interval: INTERVAL.replaceAll('.000Z', '+00:00'),
            order: 'asc',
            evaluationFilters: [],
            segmentFilters: reversed(query['segmentFilters']),
            conversationFilters: reversed(query['conversationFilters']) ?? [],
          },
        };
        expect(sameQuery(spec, BATCH, rewritten, job)).toBe(true);
      }),
    );
  });

  test('a job of another spec is another one', () => {
    fc.assert(
      fc.property(specs, specs, (ours, theirs) => {
        const unordered = (spec: ExportSpec): string =>
          JSON.stringify([
            { ...spec, includeMetadata: 0, scope: 0 },
            {
              ...spec.scope,
              mediaTypes: [...spec.scope.mediaTypes].sort(),
              messageTypes: [...spec.scope.messageTypes].sort(),
            },
          ]);
        fc.pre(unordered(ours) !== unordered(theirs));
        expect(sameQuery(ours, BATCH, echoOf(theirs), job)).toBe(false);
      }),
    );
  });

  test.each<[string, (echo: Record<string, unknown>) => Record<string, unknown>]>([
    ['another action', (echo) => ({ ...echo, action: 'DELETE' })],
    ['another date than at once', (echo) => ({ ...echo, actionDate: '2029-01-01T00:00:00Z' })],
    ['an age instead of a date', (echo) => ({ ...echo, actionDate: undefined, actionAge: 3 })],
    [
      'a narrower query',
      (echo) => ({ ...echo, conversationQuery: { ...(echo['conversationQuery'] as object), limit: 10 } }),
    ],
    [
      'an extra filter',
      (echo) => ({
        ...echo,
        conversationQuery: {
          ...(echo['conversationQuery'] as object),
          conversationFilters: [{ type: 'and', predicates: [{ dimension: 'divisionId', value: 'x' }] }],
        },
      }),
    ],
    ['no query at all', (echo) => ({ ...echo, conversationQuery: undefined })],
    [
      'another interval',
      (echo) => ({
        ...echo,
        conversationQuery: {
          ...(echo['conversationQuery'] as object),
          interval: '2026-01-01T00:00:00Z/2026-02-02T00:00:00Z',
        },
      }),
    ],
  ])('a job with %s is another one', (_what, change) => {
    const echo = echoOf(sms) as Record<string, unknown>;
    expect(sameQuery(sms, BATCH, echo, job)).toBe(true);
    expect(sameQuery(sms, BATCH, change(echo) as EchoedQuery, job)).toBe(false);
  });

  test('a spec with a date of its own wants just that date', () => {
    const dated = { ...sms, actionDate: '2026-03-01T00:00:00Z' };
    expect(sameQuery(dated, BATCH, echoOf(dated), job)).toBe(true);
    expect(sameQuery(dated, BATCH, echoOf({ ...dated, actionDate: '2026-03-02T00:00:00Z' }), job)).toBe(false);
  });

  test('the echo read back gives the spec again', () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const read = readQuery(echoOf(spec)).spec;
        expect(buildQuery({ ...read, includeMetadata: false }, BATCH, { now: NOW, compliance: false })).toEqual({
          ...buildQuery(spec, BATCH, { now: NOW - 3_000, compliance: false }),
        });
      }),
    );
  });
});

function reversed(filters: unknown): unknown {
  return (
    JSON.parse(JSON.stringify(filters ?? null), (_key, value: unknown) =>
      Array.isArray(value) ? [...(value as unknown[])].reverse() : value,
    ) ?? undefined
  );
}
