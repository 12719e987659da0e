import { growth } from './growth';
import { hardTextsFor, sourcePatterns } from './source-patterns';

const { literals, made } = sourcePatterns();

/** Expressions that are put together while the program runs: what of them comes from outside is escaped, or is stopped. */
const MADE = [
  'aws/answers.ts',
  'aws/key-layout.ts',
  'framework/validators.ts',
  'simulator/aws/s3/xml.ts',
  'words/whole-match.ts',
];

describe('regular expressions of the source take time in proportion to the text', () => {
  test('each of them, on texts made to be hard for it', () => {
    const slow: string[] = [];
    for (const { place, pattern } of literals) {
      for (const hard of hardTextsFor(pattern)) {
        const { superlinear, ms, length } = growth(pattern, hard);
        if (!superlinear) continue;
        slow.push(
          `${place} ${String(pattern)}: ${Math.round(ms)} ms for ${length} characters of ${JSON.stringify(hard)}`,
        );
        break;
      }
    }
    expect(literals.length).toBeGreaterThan(200);
    expect(slow).toEqual([]);
  }, 300_000);

  test('no other expressions are put together at run time than the known ones', () => {
    expect([...new Set(made.map((place) => place.replace(/:\d+$/, '')))].sort()).toEqual(MADE);
  });

  test.each([/(a+)+$/, /\s+$/, /(\d+)(m|h)/g, /max[^.]*job/, /^(?:"(?:[^"\\]|\\.)*"|[^\]]*)*\]$/, /x*y*x*$/])(
    'an expression that does not is found out: %s',
    (pattern) => {
      expect(hardTextsFor(pattern).some((hard) => growth(pattern, hard).superlinear)).toBe(true);
    },
  );
});
