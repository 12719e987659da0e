import fc from 'fast-check';
import { markOf, VersionSketch } from '../../../src/aws';

const mark = (n: number) => markOf({ key: `org/conversation_id=${n}/recording`, versionId: `v${n}`, etag: `e${n}` });

function sketchOf(numbers: Iterable<number>): VersionSketch {
  const sketch = new VersionSketch();
  for (const n of numbers) sketch.add(mark(n));
  return sketch;
}

describe('a sketch of object versions', () => {
  test('names what two looks differ in, whatever their size, also after it was kept', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(numbers, fc.nat({ max: 100 }), fc.nat({ max: 100 }), (all, from, to) => {
        const gone = all.slice(0, Math.min(from, all.length));
        const come = Array.from({ length: to }, (_, n) => 2_000_000 + n);
        const before = VersionSketch.fromBase64(sketchOf(all).toBase64());
        const after = sketchOf([...all.slice(gone.length), ...come]);
        const difference = before.differenceTo(after);
        expect([...(difference?.only ?? [])].sort()).toEqual(gone.map(mark).sort());
        expect([...(difference?.other ?? [])].sort()).toEqual(come.map(mark).sort());
      }),
      { numRuns: 300 },
    );
  });

  test('has one size, and says so when the difference is too large to name', () => {
    const many = sketchOf(Array.from({ length: 20_000 }, (_, n) => n));
    expect(many.toBase64()).toHaveLength(sketchOf([]).toBase64().length);
    expect(many.differenceTo(sketchOf([]))).toBeUndefined();
    const nearly = sketchOf(Array.from({ length: 20_000 }, (_, n) => n).filter((n) => n !== 7));
    expect(many.differenceTo(nearly)).toEqual({ only: [mark(7)], other: [] });
  });

  test('takes content that was overwritten in place for another version', () => {
    const version = { key: 'k', versionId: 'null', etag: 'one' };
    expect(markOf(version)).not.toBe(markOf({ ...version, etag: 'two' }));
  });

  test('that is none is refused', () => {
    expect(() => VersionSketch.fromBase64('AAAA')).toThrow(RangeError);
  });
});
