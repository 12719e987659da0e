import fc from 'fast-check';
import { parseDuration } from '../../src/time';
import {
  atLeast,
  atLeastOneOf,
  between,
  conflicts,
  duration,
  each,
  exactlyOneOf,
  lengthBetween,
  matches,
  nonEmpty,
  oneOf,
  requiredTogether,
  timeouts,
  UNKNOWN,
  uuid,
  wholeNumber,
  type AttributeValidator,
} from '../../src/framework';
import { FindingList } from '../../src/framework/runtime/finding-list';

const problem = <T>(validator: AttributeValidator<T>, value: T): string | undefined => validator.check(value);

describe('validators', () => {
  test.each<[string, AttributeValidator<never>, unknown[], unknown[]]>([
    ['oneOf', oneOf('a', 'b'), ['a', 'b'], ['c', '', 'A']],
    ['matches', matches(/^x+$/g, 'some x'), ['x', 'xx', 'x'], ['', 'xy']],
    [
      'uuid',
      uuid(),
      ['3f1c9d60-5b1e-4f5e-9b65-0d1d4e3c2a10'],
      ['3f1c9d60', '', '3f1c9d60-5b1e-4f5e-9b65-0d1d4e3c2a1g'],
    ],
    ['nonEmpty', nonEmpty(), ['a', ['a'], new Map([['a', 1]])], ['', ' \t', [], new Map()]],
    ['lengthBetween', lengthBetween(1, 2), ['a', '𝒳𝒳', [1, 2]], ['', 'abc', [], [1, 2, 3]]],
    ['atLeast', atLeast(1), [1, 1.5], [0, 0.9]],
    ['between', between(1, 3), [1, 3], [0, 4]],
    ['wholeNumber', wholeNumber(), [0, -3], [0.5]],
    ['each', each(oneOf('a')), [[], ['a', 'a']], [['a', 'b']]],
    ['duration', duration(), ['90m', '2h30m', 'PT1.5S', 'P1DT2H'], ['', '0s', '90', 'P1M', 'P', 'PT', '1h ', '-1h']],
  ])('%s takes what is right and says what is wrong', (_, validator, right, wrong) => {
    const any = validator as AttributeValidator<unknown>;
    expect(right.map((value) => problem(any, value))).toEqual(right.map(() => undefined));
    for (const value of wrong) expect(problem(any, value)).toMatch(/\w.*\.$/);
    expect(any.description).not.toBe('');
  });
});

describe('durations', () => {
  test.each([
    ['90m', 5_400_000],
    ['2h30m', 9_000_000],
    ['1.5h', 5_400_000],
    ['250ms', 250],
    ['PT90M', 5_400_000],
    ['P1DT2H', 93_600_000],
    ['P2W', 1_209_600_000],
  ])('%s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  test('mean the same in both styles', () => {
    const part = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(part, part, part, (h, m, sec) => {
        expect(parseDuration(`${h}h${m}m${sec}s`)).toBe(parseDuration(`PT${h}H${m}M${sec}S`));
      }),
    );
  });

  test('are what timeouts take, with their defaults in the description', () => {
    const { attributes } = timeouts({ create: '2h', delete: 'PT5M' });
    expect(Object.keys(attributes)).toEqual(['create', 'delete']);
    expect(attributes.create.options.description).toContain('Default: `2h`');
  });
});

describe('relations between attributes', () => {
  type Config = { a: unknown; b: unknown; c: unknown };
  const findings = (check: (c: { config: Config; diagnostics: FindingList }) => void, config: Partial<Config>) => {
    const diagnostics = new FindingList();
    check({ config: { a: null, b: null, c: null, ...config }, diagnostics });
    return diagnostics.findings.map(({ summary, path }) => [summary, path]);
  };
  const one = (config: Partial<Config>) => findings((c) => exactlyOneOf(c, ['a', 'b']), config);

  test('exactly one', () => {
    expect(one({ a: 'x' })).toEqual([]);
    expect(one({})).toEqual([['One of "a" or "b" is required', ['a']]]);
    expect(one({ a: 'x', b: [] })).toEqual([['Only one of "a" and "b" may be set', ['b']]]);
  });

  test('what is not known may still turn out either way', () => {
    expect(one({ a: UNKNOWN })).toEqual([]);
    expect(one({ a: UNKNOWN, b: 'x' })).toEqual([]);
    expect(findings((c) => requiredTogether(c, ['a', 'b']), { a: 'x', b: UNKNOWN })).toEqual([]);
  });

  test('at most one, at least one, all or none', () => {
    expect(findings((c) => conflicts(c, ['a', 'b', 'c']), { a: 1, c: 1 })).toHaveLength(1);
    expect(findings((c) => atLeastOneOf(c, ['a', 'b']), { c: 1 })).toHaveLength(1);
    expect(findings((c) => requiredTogether(c, ['a', 'b']), { a: 1 })).toEqual([
      ['"a" and "b" belong together', ['a']],
    ]);
    expect(findings((c) => requiredTogether(c, ['a', 'b']), {})).toEqual([]);
  });
});
