import fc from 'fast-check';
import type { ExportScope, ExportSpec } from '../../../src/genesys';
import { growthOf, joined, withinReach, type NewPart, type Reach } from '../../../src/provider/export-job/growth';
import { formatInterval, parseInterval } from '../../../src/time';

const DAY = 86_400_000;
const BEGIN = Date.parse('2026-01-01T00:00:00Z');

const days = (from: number, to: number): string => formatInterval({ start: BEGIN + from * DAY, end: BEGIN + to * DAY });
const spec = (scope: Partial<ExportScope>, batchInterval?: string): ExportSpec => ({
  integrationId: 'i',
  scope: { mediaTypes: [], messageTypes: [], ...scope },
  ...(batchInterval === undefined ? {} : { batchInterval }),
  includeScreenRecordings: false,
  includeRecordingsWithSensitiveData: false,
  includeMetadata: false,
});
const grownBy = (before: ExportSpec, wanted: ExportSpec, reach: Reach = [before.scope]): readonly NewPart[] => {
  const growth = growthOf(before, reach, wanted);
  return growth.kind === 'grows' ? growth.parts : [];
};

describe('an interval', () => {
  test('that ends later grows by the steps that are new, of the same grid', () => {
    const before = spec({ interval: days(0, 30) }, 'P7D');

    expect(
      grownBy(before, spec({ interval: days(0, 60) }, 'P7D')).map((part) => 'interval' in part && part.interval),
    ).toEqual([days(30, 35), days(35, 42), days(42, 49), days(49, 56), days(56, 60)]);
  });

  test('that begins earlier and ends later grows at both sides', () => {
    const parts = grownBy(spec({ interval: days(10, 20) }), spec({ interval: days(5, 25) }));

    expect(parts.map((part) => 'interval' in part && part.interval)).toEqual([days(5, 10), days(20, 25)]);
  });

  test('that moves keeps what it has, and one that becomes narrower asks for nothing', () => {
    expect(grownBy(spec({ interval: days(0, 30) }), spec({ interval: days(1, 31) }))).toMatchObject([
      { interval: days(30, 31) },
    ]);
    expect(
      growthOf(
        spec({ interval: days(0, 30) }),
        [{ ...spec({}).scope, interval: days(0, 30) }],
        spec({ interval: days(3, 9) }),
      ),
    ).toEqual({
      kind: 'covered',
    });
  });

  test('far from what was exported is another export, with nothing in common', () => {
    const before = spec({ interval: days(0, 10) });

    expect(growthOf(before, [before.scope], spec({ interval: days(11, 20) }))).toEqual({
      kind: 'replaces',
      why: ['interval'],
      shares: false,
    });
  });

  test('in more steps than anybody would wait for is refused', () => {
    const before = spec({ interval: days(0, 1) }, 'PT1M');

    expect(() => growthOf(before, [before.scope], spec({ interval: days(0, 3) }, 'PT1M'))).toThrow(
      'more than 1000 batches',
    );
  });
});

describe('filters', () => {
  test('with one more medium grow by that medium alone', () => {
    const before = spec({ interval: days(0, 10), mediaTypes: ['message'] });
    const wanted = spec({ interval: days(0, 10), mediaTypes: ['message', 'voice'] });

    expect(grownBy(before, wanted)).toEqual([
      { kind: 'interval', interval: days(0, 10), filters: { mediaTypes: ['voice'], messageTypes: [] } },
    ]);
  });

  test('that are removed leave what no query can say', () => {
    const before = spec({ interval: days(0, 10), messageTypes: ['sms'] });

    expect(grownBy(before, spec({ interval: days(0, 12) }))).toEqual([
      { kind: 'rest', interval: days(0, 10), filters: { mediaTypes: [], messageTypes: [] } },
      { kind: 'interval', interval: days(10, 12), filters: { mediaTypes: [], messageTypes: [] } },
    ]);
  });

  test('that let through something else altogether are another export', () => {
    const before = spec({ interval: days(0, 10), mediaTypes: ['voice'] });

    expect(growthOf(before, [before.scope], spec({ interval: days(0, 10), mediaTypes: ['message'] }))).toEqual({
      kind: 'replaces',
      why: ['media_types'],
      shares: false,
    });
  });
});

test('named conversations grow by those that are new', () => {
  const before = spec({ conversationIds: ['a', 'b'] });

  expect(grownBy(before, spec({ conversationIds: ['b', 'c'] }))).toEqual([{ kind: 'named', conversationIds: ['c'] }]);
  expect(growthOf(before, [before.scope], spec({ conversationIds: ['c'] }))).toMatchObject({ kind: 'replaces' });
});

test('another manner of exporting is another export, and says what it shares', () => {
  const before = spec({ interval: days(0, 10) });

  expect(growthOf(before, [before.scope], { ...before, includeScreenRecordings: true })).toEqual({
    kind: 'replaces',
    why: ['include_screen_recordings'],
    shares: true,
  });
});

/** What decides whether a conversation is in a scope; a moment is a day and a half of one, so that none is on an edge. */
interface Conversation {
  readonly at: number;
  readonly medium: string;
  readonly type: string;
  readonly to: string;
}

const MEDIA = ['message', 'voice', 'chat', 'none that anybody names'];
const TYPES = ['sms', 'whatsapp', 'open'];
const NUMBERS = ['+1', '+2'];
const everybody: readonly Conversation[] = Array.from({ length: 12 }, (_, day) =>
  MEDIA.flatMap((medium) =>
    TYPES.flatMap((type) => NUMBERS.map((to) => ({ at: BEGIN + (day + 0.5) * DAY, medium, type, to }))),
  ),
).flat();

/** Those of everybody that a scope lets through. */
function inScope({ interval, mediaTypes, messageTypes, addressTo }: ExportScope): readonly Conversation[] {
  const { start, end } = parseInterval(interval ?? '');
  const among = (values: readonly string[], value: string): boolean => values.length === 0 || values.includes(value);
  return everybody.filter(
    (one) =>
      one.at >= start &&
      one.at < end &&
      among(mediaTypes, one.medium) &&
      among(messageTypes, one.type) &&
      (addressTo ?? one.to) === one.to,
  );
}

const scopes = fc
  .record({
    from: fc.integer({ min: 0, max: 10 }),
    length: fc.integer({ min: 1, max: 8 }),
    media: fc.subarray(MEDIA.slice(0, 3)),
    types: fc.subarray(TYPES),
    to: fc.constantFrom(undefined, '+1', '+2'),
    step: fc.constantFrom(undefined, 'P1D', 'P3D'),
  })
  .map(({ from, length, media, types, to, step }) =>
    spec(
      {
        interval: days(from, Math.min(12, from + length)),
        mediaTypes: [...media].sort(),
        messageTypes: [...types].sort(),
        ...(to === undefined ? {} : { addressTo: to }),
      },
      step,
    ),
  );

test('whatever an export comes to ask for, just what is new is exported, and nothing twice', () => {
  fc.assert(
    fc.property(fc.array(scopes, { minLength: 2, maxLength: 6 }), (wishes) => {
      const [first] = wishes as [ExportSpec];
      let before = first;
      let reach: Reach = [first.scope];
      const exported = new Set(inScope(first.scope));
      for (const wanted of wishes.slice(1)) {
        const asked = inScope(wanted.scope);
        const lacking = asked.filter((one) => !exported.has(one));
        const growth = growthOf(before, reach, wanted);
        if (growth.kind === 'replaces') {
          // Something else: nothing of it is covered.
          expect(lacking).toHaveLength(asked.length);
          expect(growth.why.length).toBeGreaterThan(0);
          continue;
        }
        if (growth.kind === 'covered') {
          expect(lacking).toEqual([]);
        } else {
          const found: Conversation[] = [];
          for (const part of growth.parts) {
            if (part.kind === 'named') throw new Error('nothing is named here');
            const listed = inScope({ ...part.filters, interval: part.interval });
            // The rest is listed and compared; a query alone has to say just what is new.
            found.push(...(part.kind === 'rest' ? listed.filter((one) => !exported.has(one)) : listed));
          }
          expect(found).toHaveLength(lacking.length);
          expect(new Set(found)).toEqual(new Set(lacking));
          for (const one of found) exported.add(one);
        }
        reach = joined([...reach, wanted.scope]);
        before = wanted;
        expect(growthOf(before, reach, wanted)).toEqual({ kind: 'covered' });
        // What is looked at for latecomers is all of what is asked for by now, and no more.
        expect(new Set(withinReach(reach, wanted.scope).flatMap(inScope))).toEqual(new Set(asked));
      }
    }),
    { seed: 13, numRuns: 150 },
  );
});
