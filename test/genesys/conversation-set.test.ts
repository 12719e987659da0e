import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { ConversationSet, ConversationSetBuilder, isConversationId } from '../../src/genesys';
import { uuid } from './helpers';

const ids = fc.array(fc.uuid(), { maxLength: 60 });

describe('a conversation set', () => {
  test('behaves as a set of ids in lower case', () => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const [first, second] = [ConversationSet.of(a), ConversationSet.of(b)];
        const [plainA, plainB] = [new Set(a), new Set(b)];
        expect([...first]).toEqual([...plainA].sort());
        expect([...first.union(second)]).toEqual([...new Set([...a, ...b])].sort());
        expect([...first.minus(second)]).toEqual([...plainA].filter((id) => !plainB.has(id)).sort());
        expect([...first.and(second)]).toEqual([...plainA].filter((id) => plainB.has(id)).sort());
        expect(b.every((id) => first.has(id) === plainA.has(id))).toBe(true);
      }),
    );
  });

  test('does not depend on order, doubles or case', () => {
    fc.assert(
      fc.property(ids, (list) => {
        const shuffled = [...list, ...list].reverse().map((id) => id.toUpperCase());
        expect(ConversationSet.of(shuffled).equals(ConversationSet.of(list))).toBe(true);
        expect(ConversationSet.of(shuffled).sha256).toBe(ConversationSet.of(list).sha256);
      }),
    );
  });

  test('survives being written and read', () => {
    fc.assert(
      fc.property(ids, (list) => {
        const set = ConversationSet.of(list);
        expect(ConversationSet.fromBase64(set.toBase64()).equals(set)).toBe(true);
      }),
    );
  });

  test('comes in groups that lose nothing', () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 70 }), (list, size) => {
        const set = ConversationSet.of(list);
        const chunks = [...set.chunks(size)];
        expect(chunks.flat()).toEqual([...set]);
        expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
      }),
    );
  });

  test('has the digest that an auditor gets from a sorted list', () => {
    const list = `${uuid(1)}\n${uuid(2)}\n`;
    expect(ConversationSet.of([uuid(2), uuid(1)]).sha256).toBe(createHash('sha256').update(list).digest('hex'));
  });

  test('grows beyond its first buffer', () => {
    const builder = new ConversationSetBuilder();
    for (let n = 0; n < 5_000; n += 1) builder.add(uuid(n));
    expect(builder.build().size).toBe(5_000);
  });

  test.each(['', 'x', '00000000-0000-4000-8000-00000000000', '00000000-0000-4000-8000-0000000000001'])(
    'refuses %p, which is no UUID',
    (text) => {
      expect(isConversationId(text)).toBe(false);
      expect(() => ConversationSet.of([text])).toThrow(RangeError);
    },
  );

  test.each(['abc', '!!!!', Buffer.alloc(15).toString('base64')])('refuses to read %p', (text) => {
    expect(() => ConversationSet.fromBase64(text)).toThrow(RangeError);
  });
});
