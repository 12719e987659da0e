import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyPack, type Tampering } from '../../../src/evidence';
import { makePack, type MadePack } from '../support/made-pack';
import { filesOf, mutate } from '../support/mutations';
import { GeneratedWorld, objectRow, randomOf } from '../support/world';

let root: string;
let pack: MadePack;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'pack-'));
  const world = GeneratedWorld.clean(3, 12);
  world.objects.push({ ...objectRow('', ''), key: 'notes, with "quotes"\nand lines.txt' });
  world.conversation(world.add('unheld')).held = false;
  pack = await makePack(root, world);
});
afterAll(() => rmSync(root, { recursive: true }));

const lines = (name: string): string[] => readFileSync(join(pack.folder, name), 'utf8').split('\n').slice(0, -1);

/** What is found when a file has these contents. */
async function foundWith(name: string, contents: string): Promise<readonly Tampering[]> {
  const before = readFileSync(join(pack.folder, name));
  writeFileSync(join(pack.folder, name), contents);
  try {
    return (await verifyPack(pack.folder, pack.publicKey)).tampering;
  } finally {
    writeFileSync(join(pack.folder, name), before);
  }
}

const changed = (file: string, ...rows: readonly string[]) => [
  { file, what: 'its contents were changed' },
  ...rows.map((what) => ({ file, what })),
];

test('a pack as it was written is as it was signed', async () => {
  const checked = await verifyPack(pack.folder, pack.publicKey);
  expect(checked.tampering).toEqual([]);
  expect(checked.rows).toBe(lines('manifest.jsonl').length);
  expect(checked.predicate).toMatchObject({ matter: 'ACME-1', differences: 2, notLookedAt: 0 });
});

test.each(['manifest.jsonl', 'conversations.jsonl', 'manifest.csv', 'manifest.dat', 'register.jsonl'])(
  'a row of %s that is changed, removed, swapped or moved is named',
  async (name) => {
    const all = lines(name);
    const text = (rows: readonly string[]): string => `${rows.join('\n')}\n`;
    const without = (at: number): string[] => all.filter((_, index) => index !== at);
    const at = 2;

    expect(await foundWith(name, text(all.map((row, index) => (index === at ? `X${row.slice(1)}` : row))))).toEqual(
      changed(name, `line ${at + 1} was changed`),
    );
    expect(await foundWith(name, text(without(at)))).toEqual(changed(name, `line ${at + 1} was removed`));
    expect(await foundWith(name, text([...all.slice(0, 1), all[2] ?? '', all[1] ?? '', ...all.slice(3)]))).toEqual(
      changed(name, 'line 2 was moved to line 3', 'line 3 was moved to line 2'),
    );
    expect(await foundWith(name, text([...all, 'more']))).toEqual(changed(name, `line ${all.length + 1} was added`));
    expect(await foundWith(name, all.join('\n'))).toEqual(changed(name, 'the ends of its lines were changed'));
  },
);

test('a key that did not sign is refused', async () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const { tampering } = await verifyPack(pack.folder, publicKey);
  expect(tampering).toEqual([
    { file: 'attestation.dsse.json', what: expect.stringContaining('it names the key') as unknown },
  ]);
});

test('200 random changes are all found, and the file is named', async () => {
  const files = filesOf(pack.folder);
  const random = randomOf(14);
  for (let run = 0; run < 200; run += 1) {
    const mutation = mutate(pack.folder, files, random);
    const { tampering } = await verifyPack(pack.folder, pack.publicKey);
    mutation.undo();
    const named = tampering.map(({ file }) => file);
    if (!mutation.touched.some((name) => named.includes(name))) throw new Error(`not found: ${mutation.what}`);
  }
  expect((await verifyPack(pack.folder, pack.publicKey)).tampering).toEqual([]);
});

test('no other matter is named anywhere in the pack, and its entries are there by digest', () => {
  for (const [, bytes] of filesOf(pack.folder)) expect(bytes.toString()).not.toMatch(/SECRET-2|settled quietly/);
  const entries = lines('register.jsonl').map((line) => JSON.parse(line) as { entry: string | null });
  expect(entries.filter(({ entry }) => entry === null).length).toBeGreaterThan(2);
  expect(entries.filter(({ entry }) => entry !== null).length).toBeGreaterThan(2);
});

test('a pack that ends early leaves nothing that could be taken for one', async () => {
  const other = mkdtempSync(join(tmpdir(), 'pack-'));
  const world = GeneratedWorld.clean(3, 2);
  const recordings = (async function* () {
    yield await Promise.resolve(world.recordings[0] as (typeof world.recordings)[number]);
    throw new Error('the network is gone');
  })();
  const broken = Object.assign(Object.create(world) as GeneratedWorld, {
    sources: () => ({ ...world.sources(), recordings }),
  });

  await expect(makePack(other, broken)).rejects.toThrow('the network is gone');

  expect(readdirSync(join(other, 'pack')).filter((name) => name !== 'leaves')).toEqual([]);
  rmSync(other, { recursive: true });
});
