import fc from 'fast-check';
import { ConversationSet } from '../../src/conversations';

const idOf = (number: number): string => `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`;
const numbers = fc.array(fc.nat({ max: 60 }), { maxLength: 50 });
const setOf = (some: readonly number[]): ConversationSet => ConversationSet.of(some.map(idOf));
const sorted = (some: Iterable<number>): readonly string[] => [...new Set(some)].map(idOf).sort();

describe('sets of conversations', () => {
  it('join, meet and differ as sets do', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (one, two, three) => {
        const [a, b, c] = [setOf(one), setOf(two), setOf(three)];
        expect([...a.and(b)]).toEqual(sorted(one.filter((each) => two.includes(each))));
        expect([...a.minus(b)]).toEqual(sorted(one.filter((each) => !two.includes(each))));
        expect([...ConversationSet.unionOf([a, b, c])]).toEqual(sorted([...one, ...two, ...three]));
      }),
    );
  });

  it('give what lies in ranges, both ends included', () => {
    const range = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }));
    fc.assert(
      fc.property(numbers, fc.array(range, { maxLength: 3 }), (some, ranges) => {
        const found = setOf(some).between(ranges.map(([first, last]) => ({ first: idOf(first), last: idOf(last) })));
        const wanted = some.filter((each) => ranges.some(([first, last]) => each >= first && each <= last));
        expect([...found]).toEqual(sorted(wanted));
      }),
    );
  });
});

describe('a set of packed ids', () => {
  // Two bytes of each id vary: at its beginning, where most ids differ, and at its end.
  const id = fc
    .tuple(fc.nat({ max: 3 }), fc.constantFrom(0, 3, 7, 15), fc.nat({ max: 3 }))
    .map(([first, place, last]) => {
      const bytes = Buffer.alloc(16, 0x80);
      bytes[0] = first * 0x55;
      bytes[place] = 0xff - last;
      return bytes;
    });

  it('has each once, in the order of their bytes', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 40 }), (ids) => {
        const wanted = [...new Set(ids.map((one) => one.toString('hex')))].sort().join('');
        expect(ConversationSet.fromPacked(Buffer.concat(ids)).toBytes().toString('hex')).toBe(wanted);
      }),
    );
  });
});
