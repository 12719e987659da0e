/** Readers of foreign texts: right on ordinary ones, and quick on those that were made to be slow. */
import fc from 'fast-check';
import { modulePath, stepsOf, withoutKeys } from '../../src/plan/address';
import { evaluate, fitsWildcards } from '../../src/iam';
import { compile, expressionsIn, variablesIn } from '../../src/iam/pattern';
import { sourceLines } from '../../src/review';
import { parseDuration } from '../../src/time';
import { expressionIn, referenceIdProblem, withoutEnd } from '../../src/words';

/** On an idle machine it takes a fraction; others may use this one, too. */
const QUICK_MS = 2_000;

function quick(work: () => unknown): void {
  const begun = performance.now();
  work();
  expect(performance.now() - begun).toBeLessThan(QUICK_MS);
}

describe('wildcards', () => {
  test.each<[string, string, boolean]>([
    ['a*c', 'abbbc', true],
    ['a*c', 'ac', true],
    ['a*c', 'abcd', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*.?s', 'a.b.cs', true],
    ['ab*ba', 'aba', false],
    ['a*b*c', 'a-c-b-c', true],
    ['a**b', 'ab', true],
    ['a.c', 'abc', false],
  ])('%s on %s: %s', (pattern, text, expected) => expect(fitsWildcards(pattern, text)).toBe(expected));

  test('as a regular expression would say (property)', () => {
    const letters = fc.stringOf(fc.constantFrom('a', 'b', '*', '?', '.'), { maxLength: 12 });
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*');
        expect(fitsWildcards(pattern, text)).toBe(new RegExp(`^${source.replaceAll('?', '.')}$`).test(text));
        expect(fitsWildcards(pattern, text, { one: 'no-star' })).toBe(
          new RegExp(`^${source.replaceAll('?', '[^*]')}$`).test(text),
        );
      }),
    );
  });

  test('in no time, however many there are', () => {
    quick(() => fitsWildcards(`${'*a'.repeat(5_000)}b`, 'a'.repeat(100_000)));
    quick(() => fitsWildcards(`*${'?'.repeat(5_000)}b*`, 'a'.repeat(100_000)));
    const policy = (resource: string): unknown => ({
      Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: [resource, `${resource}x*`] }],
    });
    for (const resource of [`arn:aws:s3:::b/${'*a'.repeat(3_000)}b`, `arn:aws:s3:::${'a*?'.repeat(20_000)}`]) {
      const policies = [{ kind: 'identity', name: 'p', document: policy(resource) as object }] as const;
      const wanted = `arn:aws:s3:::b/${'a'.repeat(20_000)}`;
      quick(() => evaluate(policies, { action: 's3:PutObject', resource: { exactly: wanted } }));
      quick(() => evaluate(policies, { action: 's3:PutObject', resource: { every: `${wanted}*` } }));
    }
  });
});

describe('addresses', () => {
  test('keys may hold dots, brackets and quotes', () => {
    expect(stepsOf('module.a["x.y"].aws_s3_bucket.b["q\\"]"][0].arn')).toEqual([
      { name: 'module', key: null },
      { name: 'a', key: '"x.y"' },
      { name: 'aws_s3_bucket', key: null },
      { name: 'b', key: '"q\\"]"' },
      { name: 'arn', key: null },
    ]);
    expect(withoutKeys('module.a["x"].b.c[1]')).toBe('module.a.b.c');
    expect(modulePath('module.a[0].module.b["m"]')).toEqual(['a', 'b']);
  });

  test('what is malformed comes out as far as it could be read', () => {
    expect(stepsOf('a.b[0')).toEqual([{ name: 'a', key: null }]);
    expect(stepsOf('a["x.b')).toEqual([]);
    expect(stepsOf('a.')).toEqual([{ name: 'a', key: null }]);
    expect(stepsOf('a[0]x.b')).toEqual([]);
    expect(stepsOf('')).toEqual([]);
  });

  test.each(['a["x"]', 'a["', 'a[', '["a"]', 'a.', 'a[\\'])('quickly for %s again and again', (piece) => {
    quick(() => stepsOf(`a${piece.repeat(100_000)}`));
    quick(() => stepsOf(`a${piece.repeat(100_000)}!`));
  });
});

describe('variables of policies', () => {
  test.each<[string, readonly string[]]>([
    ['${aws:username}', ['aws:username']],
    ["${aws:PrincipalTag/team, 'none'}", ['aws:PrincipalTag/team']],
    ['${ aws:PrincipalTag/my team }', ['aws:PrincipalTag/my team']],
    ["${aws:username, 'a'b'}", []],
    ['${aws_s3_bucket.b.arn}', []],
    ['${aws:}', []],
    ['${aws:a"b}', []],
    ['${a b:c}', []],
    ['${x:my team}', []],
  ])('%s', (text, names) => expect(variablesIn(text)).toEqual(names));

  test('placeholders that are never closed: nothing is concluded from what is behind many of them', () => {
    expect(expressionsIn('${a${b} ${var.c}')).toEqual(['${b}', '${var.c}']);
    const units = compile(`${'&{'.repeat(40)}\${aws:username}`, { wildcards: true }) ?? [];
    expect(units.at(-1)).toMatchObject({ kind: 'symbol' });
    for (const piece of ['${', '&{', '%{', '$${', '${"', '${a:b ', '&{a}']) {
      quick(() => compile(piece.repeat(50_000), { wildcards: true }));
      quick(() => variablesIn(piece.repeat(50_000)));
    }
  });
});

describe('lengths of time', () => {
  test.each<[string, number | undefined]>([
    ['90m', 5_400_000],
    ['2h30m', 9_000_000],
    ['1.5s', 1_500],
    ['PT90M', 5_400_000],
    ['P1D', 86_400_000],
    ['P1M', undefined],
    ['', undefined],
    ['90', undefined],
    ['m', undefined],
    ['1h x', undefined],
    ['P', undefined],
  ])('%s', (text, expected) => expect(parseDuration(text)).toBe(expected));

  test('quickly, whatever is written', () => {
    for (const piece of ['0', '1h', '1.', '.', 'P1', 'PT1M']) quick(() => parseDuration(`${piece.repeat(100_000)}x`));
  });
});

describe('reference ids', () => {
  test('are compared as a whole, with the pattern of the team', () => {
    expect(referenceIdProblem('MATTER-1', 'MATTER-\\d')).toBeUndefined();
    expect(referenceIdProblem('xx MATTER-1 !!', 'MATTER-\\d')).toBe('does not match MATTER-\\d');
    expect(referenceIdProblem('b', 'a|b')).toBeUndefined();
    expect(referenceIdProblem('a', 'a)(?:b')).toContain('not a regular expression');
  });

  test.each(['(a+)+', '(a|a)*', '(.*)*x', '([a-z]+)*!'])('the pattern %s is stopped', (pattern) => {
    quick(() =>
      expect(referenceIdProblem(`${'a'.repeat(60)}!?`, pattern)).toMatch(/in the time there is|does not match/),
    );
  });

  test('of a length that none has are not compared', () => {
    quick(() => expect(referenceIdProblem('a'.repeat(100_000), '(a+)+')).toBe('is longer than 4096 characters'));
  });
});

test('lines of resources are counted once, in a file with many of them', () => {
  const text = Array.from({ length: 20_000 }, (_, at) => `# c\nresource "aws_s3_bucket" "b${at}" {\n}\n`).join('');
  quick(() => {
    const lines = sourceLines({} as never, '.', () => [{ path: 'main.tf', text }]);
    expect(lines.get('aws_s3_bucket.b0')).toBe('main.tf:2');
    expect(lines.get('aws_s3_bucket.b19999')).toBe(`main.tf:${19_999 * 3 + 2}`);
  });
});

test('ends of texts', () => {
  expect(withoutEnd('a//', '/')).toBe('a');
  expect(withoutEnd('//', '/')).toBe('');
  expect(expressionIn('${ a.b }')).toBe('a.b');
  expect(expressionIn('x${a}')).toBeUndefined();
});
