import fc from 'fast-check';
import { carriesTags, MAX_TAGS, mergeTags, sameTags, tagProblems } from '../../../src/aws';

const tagSet = (maxLength = MAX_TAGS) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...'abcdefghijklmn'), fc.constantFrom('1', '2', '')), {
      selector: ([key]) => key,
      maxLength,
    })
    .map((pairs) => new Map(pairs));

describe('merging tags', () => {
  test('keeps every tag that nobody asked to change, and sets every tag that is wanted', () => {
    fc.assert(
      fc.property(tagSet(), tagSet(), (present, wanted) => {
        const { tags } = mergeTags(present, wanted);
        expect(carriesTags(tags, wanted)).toBe(true);
        for (const [key, value] of present) if (!wanted.has(key)) expect(tags.get(key)).toBe(value);
        expect([...tags.keys()].every((key) => present.has(key) || wanted.has(key))).toBe(true);
      }),
    );
  });

  test('says that nothing changes exactly when nothing does; merging again changes nothing', () => {
    fc.assert(
      fc.property(tagSet(), tagSet(), (present, wanted) => {
        const merge = mergeTags(present, wanted);
        expect(merge.changed).toBe(!sameTags(present, merge.tags));
        expect(mergeTags(merge.tags, wanted).changed).toBe(false);
      }),
    );
  });

  test('fits as long as S3 takes it', () => {
    const ten = new Map(Array.from({ length: 10 }, (_, index) => [`k${index}`, 'v'] as const));
    expect(mergeTags(ten, new Map([['k3', 'other']]))).toMatchObject({ fits: true, overwritten: ['k3'] });
    expect(mergeTags(ten, new Map([['new', 'v']])).fits).toBe(false);
  });
});

describe('tags that S3 would refuse', () => {
  test.each([
    ['an empty key', new Map([['', 'v']]), 'empty'],
    ['a long key', new Map([['k'.repeat(129), 'v']]), '128'],
    ['a long value', new Map([['k', 'v'.repeat(257)]]), '256'],
    ["AWS's own prefix", new Map([['AWS:x', 'v']]), 'aws:'],
    ['odd characters', new Map([['k', 'a<b']]), 'characters'],
    ['eleven tags', new Map(Array.from({ length: 11 }, (_, index) => [`k${index}`, ''] as const)), 'at most 10'],
  ])('%s', (_name, tags, said) => {
    expect(tagProblems(tags).join(' ')).toContain(said);
  });

  test('none for ordinary ones, in any script', () => {
    expect(
      tagProblems(
        new Map([
          ['legal-hold', 'MATTER-2026-0017'],
          ['Müller & Söhne'.replace('&', '+'), 'ja: 1/2 @x'],
        ]),
      ),
    ).toEqual([]);
  });
});
