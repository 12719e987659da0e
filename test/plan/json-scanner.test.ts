/** The scanner takes what JSON.parse takes, wherever the text is cut. */
import fc from 'fast-check';
import { JsonScanner, type JsonListener } from '../../src/plan/reading/json-scanner';

const deaf: JsonListener = { key: () => undefined, begin: () => undefined, end: () => undefined };

/** Whether the scanner takes a text that comes in pieces of these sizes, the last one again and again. */
function takes(bytes: Buffer, sizes: readonly number[], listener = deaf, watch = 0): boolean {
  const scanner = new JsonScanner(listener);
  scanner.watch = watch;
  try {
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const end = at + (sizes[Math.min(turn, sizes.length - 1)] ?? 1);
      const piece = bytes.subarray(at, end);
      if (scanner.push(Buffer.from(piece)) < piece.length) return false;
      at = end;
    }
    scanner.finish();
    return true;
  } catch {
    return false;
  }
}

function parses(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
const json = fc
  .tuple(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, 3, '\t', '\r\n'))
  .map(([value, space]) => JSON.stringify(value, null, space));
/** Texts that are nearly JSON: bytes of it taken away, doubled, or put in the place of others. */
const nearly = fc
  .tuple(
    json,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[],:"\\0123.eE+-utfn \n\u0001é'.split(''), '')), {
      maxLength: 3,
    }),
  )
  .map(([text, changes]) =>
    changes.reduce((all, [place, other]) => {
      const at = place % (all.length + 1);
      return all.slice(0, at) + other + all.slice(at + (place % 2));
    }, text),
  );

test('given any JSON, cut anywhere, then it is taken', () => {
  fc.assert(
    fc.property(json, sizes, (text, cuts) => takes(Buffer.from(text), cuts)),
    { numRuns: 500, seed: 20261129 },
  );
});

test('given what is nearly JSON, then it is taken just when JSON.parse takes it', () => {
  fc.assert(
    fc.property(nearly, sizes, (text, cuts) => {
      const bytes = Buffer.from(text);
      expect(takes(bytes, cuts)).toBe(parses(bytes));
    }),
    { numRuns: 3_000, seed: 20261129 },
  );
});

test('given what is passed over in many stretches, then it is taken just when JSON.parse takes it', () => {
  const long = fc
    .tuple(json, fc.integer({ min: 1, max: 400 }), nearly, json)
    .map(([value, times, last, end]) => `[${`${value},`.repeat(times)}${last},"${'x'.repeat(times * 100)}",${end}]`);
  fc.assert(
    fc.property(long, fc.integer({ min: 4_000, max: 20_000 }), (text, cut) => {
      const bytes = Buffer.from(text);
      expect(takes(bytes, [cut])).toBe(parses(bytes));
    }),
    { numRuns: 60, seed: 20261130 },
  );
});

test.each([
  '-',
  '01',
  '1.',
  '.5',
  '1e',
  '1e+',
  '-0',
  '0e-0',
  '12.50E+3',
  '1.5.5',
  'tru',
  'nulll',
  '"\\x"',
  '"\\u12g4"',
  '',
])('given %j, then it is taken just when JSON.parse takes it', (text) =>
  expect(takes(Buffer.from(text), [1])).toBe(parses(Buffer.from(text))),
);

test('given a million lists in each other, then it needs no stack', () => {
  const text = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;

  expect(takes(Buffer.from(text), [65_536])).toBe(true);
  expect(takes(Buffer.from(text.slice(1)), [65_536])).toBe(false);
});

test('given any object, then its keys and values are where the listener is told', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), sizes, (value, cuts) => {
      const bytes = Buffer.from(JSON.stringify(value));
      const heard: unknown[] = [];
      const open: number[] = [];
      const text = (from: number, to: number): unknown => JSON.parse(bytes.toString('utf8', from, to));
      const listener: JsonListener = {
        key: (from, to) => heard.push(text(from - 1, to + 1)),
        begin: (at) => open.push(at),
        end: (at) => heard.push(text(open.pop() ?? 0, at)),
      };
      expect(takes(bytes, cuts, listener, 1)).toBe(true);
      const parsed = JSON.parse(bytes.toString('utf8')) as object;
      expect(heard).toEqual([...Object.entries(parsed).flat(), parsed]);
    }),
    { numRuns: 300, seed: 20261129 },
  );
});
