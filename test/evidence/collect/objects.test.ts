import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Work } from '../../../src/evidence';
import { objectsOf, type SeenVersion } from '../../../src/evidence/collect/objects';
import { never } from '../../genesys/helpers';
import { MemoryObjectStore } from '../../support/memory-object-store';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'objects-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const contents = {
  checksum: () => Promise.resolve(null),
  sha256: () => Promise.reject(new Error('not asked')),
};

async function seenIn(store: MemoryObjectStore): Promise<readonly SeenVersion[]> {
  const work = await Work.open(join(folder, 'work'), 'question', 0);
  const { rows } = await objectsOf(
    [{ bucket: 'recordings', prefix: '' }],
    () => ({ store, contents }),
    { hashing: 'stored', isOwn: () => true },
    work,
    never,
    () => undefined,
  );
  const seen: SeenVersion[] = [];
  if (rows !== null) for await (const row of rows.read()) seen.push(row);
  return seen;
}

test('in a bucket without Object Lock nothing is held, and nobody is asked about single versions', async () => {
  const store = new MemoryObjectStore();
  store.put('a.txt');
  store.lockSupport = () => Promise.resolve({ state: 'off' });
  store.readHold = () => Promise.reject(new Error('Bucket is missing Object Lock Configuration'));

  expect(await seenIn(store)).toMatchObject([{ key: 'a.txt', hold: 'OFF' }]);
});

test('a look that was interrupted continues behind the last whole key', async () => {
  const store = new MemoryObjectStore();
  for (const key of ['a', 'b', 'c', 'd']) store.put(key);
  const readTags = store.readTags.bind(store);
  let asked: string[] = [];
  store.readTags = (version, signal) => {
    asked.push(version.key);
    return version.key === 'd' && asked.length <= 4
      ? Promise.reject(new Error('the network is gone'))
      : readTags(version, signal);
  };
  await expect(seenIn(store)).rejects.toThrow('the network is gone');
  asked = ['', '', '', '', ''];

  const seen = await seenIn(store);

  expect(seen.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
  expect(asked.filter((key) => key !== '')).toEqual(['c', 'd']);
});
