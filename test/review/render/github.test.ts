import { render } from '../../../src/review';
import { emptyReview, item, richDrift, richReview } from './report';

const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

describe('workflow commands', () => {
  test('tell what could not be looked at first, then worst first, ignored as a notice, and sum up', () => {
    const heads = linesOf(render(richReview(), 'github')).map((line) => line.replace(/^(::\w+ .*?)::.*$/, '$1'));

    expect(heads).toMatchInlineSnapshot(`
[
  "::error title=prod-us could not be looked at",
  "::error file=main.ts,line=42,title=Releases the legal hold on 412 conversations",
  "::warning title=The export role may delete objects",
  "::warning title=The trust policy is known after the apply",
  "::notice title=Verification of certificates is off",
  "::notice title=Plan review%3A 1 error%2C 1 warning%2C 1 that unknown; 1 of 2 plans could not be read",
]
`);
  });

  test('carry line breaks, colons and commas in the way that the runner reads them', () => {
    const report = {
      ...emptyReview(),
      items: [
        item({
          headline: 'a: b, 100%',
          text: 'one\ntwo',
          remedy: '',
          place: { address: 'x.y', source: 'lib/a,b.ts:7:3' },
        }),
      ],
    };
    const [line] = linesOf(render(report, 'github'));

    expect(line).toBe(
      '::error file=lib/a%2Cb.ts,line=7,title=a%3A b%2C 100%25::one%0Atwo%0Alib/a,b.ts:7:3, x.y, prod-eu (hold/release-guard)',
    );
  });

  test('of a run for drift leave out what is not drift', () => {
    const text = render(richDrift(), 'github');

    expect(linesOf(text)).toHaveLength(3);
    expect(text).not.toContain('not applied yet:');
  });

  test('of a plan that has nothing of this product are one notice', () => {
    expect(linesOf(render(emptyReview(), 'github'))).toEqual([
      '::notice title=Plan review%3A nothing concerns exports or holds::0 errors, 0 warnings in 1 plan.',
    ]);
  });
});
