import fc from 'fast-check';
import { ConversationSet, RecordingMarks, RecordingMarksBuilder } from '../../src/conversations';
import { uuid } from '../genesys/helpers';

/** Recordings as pairs of small numbers: a conversation, and a recording of it. */
const pairs = fc.array(fc.tuple(fc.nat(12), fc.nat(400)), { maxLength: 600 });
type Pairs = readonly (readonly [conversation: number, recording: number])[];

function marksOf(recordings: Pairs): RecordingMarks {
  const builder = new RecordingMarksBuilder();
  for (const [conversation, recording] of recordings) builder.add(uuid(conversation), `recording-${recording}`);
  return builder.build();
}
const distinct = (recordings: Pairs): Set<string> => new Set(recordings.map((pair) => pair.join()));
const all = ConversationSet.of(Array.from({ length: 13 }, (_, n) => uuid(n)));

test('marks are sets of recordings', () => {
  fc.assert(
    fc.property(pairs, pairs, (left, right) => {
      const [mine, theirs] = [marksOf(left), marksOf(right)];
      expect(mine.size).toBe(distinct(left).size);
      expect(mine.union(theirs).size).toBe(distinct([...left, ...right]).size);
      const rest = left.filter((pair) => !distinct(right).has(pair.join()));
      expect(mine.minus(theirs).size).toBe(distinct(rest).size);
      for (const [conversation, recording] of right) {
        const isMine = distinct(left).has([conversation, recording].join());
        expect(mine.has(uuid(conversation), `recording-${recording}`)).toBe(isMine);
      }
      for (let n = 0; n < 13; n += 1) {
        expect(mine.of(uuid(n))).toBe(distinct(left.filter(([conversation]) => conversation === n)).size);
      }
      expect([...mine.conversations]).toEqual([
        ...ConversationSet.of(left.map(([conversation]) => uuid(conversation))),
      ]);
    }),
    { numRuns: 60 },
  );
});

test('packed with their conversations they come back, many of one included', () => {
  fc.assert(
    fc.property(pairs, (recordings) => {
      const marks = marksOf(recordings);
      const back = RecordingMarks.unpacked(marks.packed(all), all);
      expect(back.size).toBe(marks.size);
      expect(back.minus(marks).size).toBe(0);
    }),
    { numRuns: 60 },
  );
  const many = marksOf(Array.from({ length: 300 }, (_, n) => [3, n]));
  expect(RecordingMarks.unpacked(many.packed(all), all).of(uuid(3))).toBe(300);
});

test('only those of the conversations that they are packed with come back', () => {
  const marks = marksOf([
    [1, 1],
    [2, 1],
    [2, 2],
  ]);
  const one = ConversationSet.of([uuid(2), uuid(5)]);
  const back = RecordingMarks.unpacked(marks.packed(one), one);
  expect([back.size, back.of(uuid(2)), back.of(uuid(1))]).toEqual([2, 2, 0]);
  expect(marks.within(one).minus(back).size).toBe(0);
});

test('what is not of these conversations is refused', () => {
  const bytes = marksOf([
    [1, 1],
    [2, 1],
  ]).packed(all);
  expect(() => RecordingMarks.unpacked(bytes.subarray(1), all)).toThrow(RangeError);
  expect(() => RecordingMarks.unpacked(bytes, ConversationSet.of([uuid(1)]))).toThrow(RangeError);
  expect(() => new RecordingMarksBuilder().add('no-id', 'recording')).toThrow(RangeError);
});

test('a hundred thousand recordings take four bytes each beside their conversations', () => {
  const builder = new RecordingMarksBuilder();
  for (let n = 0; n < 100_000; n += 1) builder.add(uuid(n), `recording-${n}`);
  const conversations = ConversationSet.of(Array.from({ length: 100_000 }, (_, n) => uuid(n)));
  expect(builder.build().packed(conversations)).toHaveLength(400_000);
});
