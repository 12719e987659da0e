import { createHash } from 'node:crypto';
import { ConversationSet, NotAnId, readIdList } from '../../src/conversations';

const id = (n: number): string => `c0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The text in pieces of so many bytes. */
async function* pieces(text: string, size = text.length): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

const problemOf = (text: string, size?: number): Promise<unknown> =>
  readIdList(pieces(text, size)).then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each([1, 7, 4_096])('a list that comes in pieces of %i bytes', (size) => {
  const text = `\uFEFF# Custodians: Müller\r\n${id(1)}\r\n\r\n  ${id(2).toUpperCase()}  \n${id(1)}\n#${'x'.repeat(5_000)}\n${id(3)}`;

  test('has its ids once each, without comments, empty lines and a byte order mark', async () => {
    const list = await readIdList(pieces(text, size));
    expect(list.conversations.equals(ConversationSet.of([1, 2, 3].map(id)))).toBe(true);
    expect(list.lines).toBe(4);
  });

  test('has the digest that sha256sum prints', async () => {
    const { sha256 } = await readIdList(pieces(text, size));
    expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('is refused for a line that is not an id, by its number', async () => {
    const problem = await problemOf(`# a\n${id(1)}\n${id(2)},Acme\n`, size);
    expect(problem).toBeInstanceOf(NotAnId);
    expect(problem).toMatchObject({ line: 3, text: `${id(2)},Acme` });
  });
});

test('an empty file has none', async () => {
  expect((await readIdList(pieces(''))).conversations.size).toBe(0);
});

test('a file without line ends is refused before it is read whole', async () => {
  let read = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      read += 1;
      yield await Promise.resolve(Buffer.alloc(1_000, 'a'));
    }
  }
  await expect(readIdList(endless())).rejects.toMatchObject({ line: 1 });
  expect(read).toBeLessThan(4);
});
