import { ConversationSet } from '../../../src/conversations';
import { ownFiles } from '../../../src/evidence/collect/own-files';
import { uuidOf } from '../support/world';

const [mine, other] = [uuidOf('mine'), uuidOf('other')];
const keyOf = (conversation: string): string =>
  `${uuidOf('org')}/year=2026/month=1/day=2/hour=3/conversation_id=${conversation}/${uuidOf('recording')}.opus`;

test('a file of a conversation of the matter is its own, though no claim covers files', () => {
  const isOwn = ownFiles(new Map(), ConversationSet.of([mine]));
  expect(isOwn('recordings', keyOf(mine))).toBe(true);
  expect(isOwn('recordings', keyOf(mine).replace('.opus', '_metadata.json'))).toBe(true);
  expect(isOwn('recordings', keyOf(other))).toBe(false);
});

test('a file that the matter claims is its own, whatever it is', () => {
  const isOwn = ownFiles(new Map([['recordings', { own: (key) => key.startsWith('acme/') }]]), ConversationSet.empty);
  expect(isOwn('recordings', 'acme/notes.txt')).toBe(true);
  expect(isOwn('recordings', 'notes.txt')).toBe(false);
  expect(isOwn('elsewhere', 'acme/notes.txt')).toBe(false);
});
