import { ConversationSet, lookForShared, withShared, type AskShared } from '../../src/genesys';
import { NOTHING_SHARED, packSharing, sharingOf } from '../../src/provider/legalhold/shared-recordings';
import { conversation } from './fake-genesys';

const ids = (...numbers: readonly number[]) => ConversationSet.of(numbers.map(conversation));
const numbersIn = (set: ConversationSet) => [...set].map((id) => Number(id.slice(-12)));

/** Conversations that share recordings with others, and those that cannot be read. */
function world(sharing: Readonly<Record<number, readonly number[]>>, unreadable: readonly number[] = []) {
  const asked: number[][] = [];
  const ask: AskShared = (conversations, most) => {
    const those = numbersIn(conversations).slice(0, most);
    asked.push(those);
    const readable = those.filter((n) => !unreadable.includes(n));
    return Promise.resolve({
      shared: new Map(
        readable.flatMap((n) =>
          sharing[n] === undefined ? [] : [[conversation(n), sharing[n].map(conversation)] as const],
        ),
      ),
      looked: ids(...readable),
    });
  };
  return { ask, asked };
}

test('follows shared recordings from conversation to conversation, and asks about each once', async () => {
  const { ask, asked } = world({ 1: [2], 2: [1, 3], 3: [4] });

  const sharing = await lookForShared(ids(1), NOTHING_SHARED, 100, ask);

  expect(numbersIn(withShared(ids(1), sharing))).toEqual([1, 2, 3, 4]);
  expect(asked).toEqual([[1], [2], [3], [4]]);
});

test('what was looked at is not looked at again', async () => {
  const { ask, asked } = world({ 1: [2] });
  const once = await lookForShared(ids(1), NOTHING_SHARED, 100, ask);
  asked.length = 0;

  await lookForShared(ids(1, 5), sharingOf(packSharing(once)), 100, ask);

  expect(asked).toEqual([[5]]);
});

test('more than may be asked about is not begun', async () => {
  const { ask, asked } = world({});
  const sharing = await lookForShared(ids(1, 2, 3), NOTHING_SHARED, 2, ask);
  expect(asked).toEqual([]);
  expect(sharing.looked.size).toBe(0);
});

test('what turns up beyond the bound is known to share, and was not looked at', async () => {
  const { ask } = world({ 1: [2, 3] });
  const sharing = await lookForShared(ids(1), NOTHING_SHARED, 2, ask);
  expect(numbersIn(withShared(ids(1), sharing))).toEqual([1, 2, 3]);
  expect(numbersIn(sharing.looked)).toEqual([1]);
});

test('what cannot be read is asked about once an apply, and stays unknown', async () => {
  const { ask, asked } = world({ 1: [2] }, [2]);
  const sharing = await lookForShared(ids(1), NOTHING_SHARED, 100, ask);
  expect(asked).toEqual([[1], [2]]);
  expect(numbersIn(sharing.looked)).toEqual([1]);
});

test('a conversation that leaves takes along what only it had brought', async () => {
  const { ask } = world({ 1: [2], 3: [4] });
  const sharing = await lookForShared(ids(1, 3), NOTHING_SHARED, 100, ask);
  expect(numbersIn(withShared(ids(3), sharing))).toEqual([3, 4]);
});
