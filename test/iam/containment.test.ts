import fc from 'fast-check';
import { covers, meets } from '../../src/iam/containment';
import { type Pattern, compile } from '../../src/iam/pattern';

/** Plain backtracking over one text: slow, obvious, and written independently of the automata it is compared with. */
function matches(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') return matches(pattern.slice(1), text) || (text !== '' && matches(pattern, text.slice(1)));
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && matches(pattern.slice(1), text.slice(1));
}

/** Every text up to a length over letters that patterns use, and one that they never use. */
const TEXTS = ((): readonly string[] => {
  const texts = [''];
  for (let at = 0; at < texts.length; at += 1) {
    if (texts[at]!.length < 6) texts.push(...['a', 'b', '#'].map((letter) => texts[at]! + letter));
  }
  return texts;
})();

const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
const compiled = (text: string): Pattern => compile(text, { wildcards: true })!;

describe('patterns without symbols', () => {
  test('cover exactly what texts say they cover', () => {
    fc.assert(
      fc.property(fc.array(glob, { maxLength: 3 }), glob, (patterns, wanted) => {
        const expected = TEXTS.filter((text) => matches(wanted, text)).every((text) =>
          patterns.some((pattern) => matches(pattern, text)),
        );
        expect(covers(patterns.map(compiled), compiled(wanted)).is).toBe(expected ? 'yes' : 'no');
      }),
      { numRuns: 1000 },
    );
  });

  test('meet exactly when a text fits both', () => {
    fc.assert(
      fc.property(glob, glob, (pattern, wanted) => {
        const expected = TEXTS.some((text) => matches(pattern, text) && matches(wanted, text));
        expect(meets(compiled(pattern), compiled(wanted)).is).toBe(expected ? 'yes' : 'no');
      }),
      { numRuns: 1000 },
    );
  });

  test('that cover a pattern match each of its texts', () => {
    const long = fc.string({ unit: fc.constantFrom('a', '/', ':', '*', '?'), maxLength: 12 });
    fc.assert(
      fc.property(
        long,
        long,
        fc.array(fc.string({ unit: fc.constantFrom('a', '/', ':', 'z'), maxLength: 3 })),
        (p, w, fill) => {
          fc.pre(covers([compiled(p)], compiled(w)).is === 'yes');
          let next = 0;
          const text = w.replace(/[*?]/g, (wildcard) => {
            const filling = fill[next++ % (fill.length || 1)] ?? '';
            return wildcard === '*' ? filling : (filling[0] ?? 'q');
          });
          expect(matches(p, text)).toBe(true);
        },
      ),
    );
  });
});

describe('patterns with symbols', () => {
  const SYMBOLS = ['${var.x}', '${var.y}'];
  const unit = fc.constantFrom('a', 'b', '*', '?', ...SYMBOLS);
  const symbolic = fc.string({ unit, maxLength: 4 });
  const value = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 2 });
  const fill = (text: string, values: readonly string[]): string =>
    SYMBOLS.reduce((result, symbol, index) => result.replaceAll(symbol, values[index]!), text);

  test('never say yes or no where some value of the symbols says otherwise', () => {
    fc.assert(
      fc.property(fc.array(symbolic, { maxLength: 3 }), symbolic, value, value, (patterns, wanted, x, y) => {
        const answer = covers(patterns.map(compiled), compiled(wanted)).is;
        const concrete = covers(
          patterns.map((pattern) => compiled(fill(pattern, [x, y]))),
          compiled(fill(wanted, [x, y])),
        ).is;
        if (answer !== 'unknown') expect(concrete).toBe(answer);
      }),
      { numRuns: 1000 },
    );
  });

  test('never meet, nor miss, where some value of the symbols says otherwise', () => {
    fc.assert(
      fc.property(symbolic, symbolic, value, value, (pattern, wanted, x, y) => {
        const answer = meets(compiled(pattern), compiled(wanted)).is;
        const concrete = meets(compiled(fill(pattern, [x, y])), compiled(fill(wanted, [x, y]))).is;
        if (answer !== 'unknown') expect(concrete).toBe(answer);
      }),
      { numRuns: 1000 },
    );
  });

  test('of a policy may hold wildcards themselves', () => {
    fc.assert(
      fc.property(symbolic, glob, glob, (pattern, wanted, x) => {
        const answer = covers([compiled(pattern)], compiled(wanted)).is;
        const concrete = covers([compiled(fill(pattern, [x, x]))], compiled(wanted)).is;
        if (answer !== 'unknown') expect(concrete).toBe(answer);
      }),
      { numRuns: 1000 },
    );
  });

  test('are named when they leave the answer open', () => {
    const answer = covers([compiled('arn:${var.x}/*')], compiled('arn:b/*'));
    expect(answer).toEqual({ is: 'unknown', blockers: [{ kind: 'token', text: '${var.x}' }] });
  });

  test('that both sides share do not count as open', () => {
    expect(covers([compiled('${var.x}')], compiled('${var.x}/*')).is).toBe('no');
    expect(covers([compiled('${var.x}/*')], compiled('${var.x}/*')).is).toBe('yes');
  });
});

test('patterns made to be hard are given up on, not waited for', () => {
  const hard = '*a' + '?'.repeat(14) + '*b' + '?'.repeat(14);
  const answer = covers([compiled(hard), compiled('*b' + '?'.repeat(15))], compiled('*a*b*a*b*?*a*'.repeat(4)));
  expect(['no', 'unknown']).toContain(answer.is);
});
