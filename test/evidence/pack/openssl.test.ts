import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { publicKeyPem } from '../../../src/signing';
import { blocksIn } from '../../docs/blocks';
import { makePack, type MadePack } from '../support/made-pack';
import { GeneratedWorld } from '../support/world';

const PAGE = resolve(__dirname, '../../../docs/evidence.md');

/** The blocks of the document that check a pack without this product, word for word but for the place of their notes. */
function documented(notes: string): string {
  const from = readFileSync(PAGE, 'utf8').split('### With sha256sum and openssl alone')[0]?.split('\n').length ?? 0;
  const blocks = blocksIn(PAGE).filter(({ line, language }) => line > from && language === 'sh');
  expect(blocks).toHaveLength(3);
  return ['set -e -o pipefail', ...blocks.map(({ text }) => text.replaceAll('/tmp/', `${notes}/`))].join('\n');
}

let root: string;
let pack: MadePack;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'openssl-'));
  pack = await makePack(root, GeneratedWorld.clean(5, 8));
});
afterAll(() => rmSync(root, { recursive: true }));

function checked(change: (folder: string) => void = () => undefined) {
  const scratch = mkdtempSync(join(root, 'copy-'));
  const folder = join(scratch, 'pack');
  cpSync(pack.folder, folder, { recursive: true });
  change(folder);
  // The documents speak of a key that is known from elsewhere.
  const key = join(scratch, 'public.pem');
  writeFileSync(key, publicKeyPem(pack.publicKey));
  const script = documented(scratch).replace('-inkey public.pem', `-inkey ${key}`);
  return spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
}

test('what docs/evidence.md shows checks a pack with sha256sum and openssl alone', () => {
  const { status, stdout, stderr } = checked();
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('Signature Verified Successfully');
  expect(stdout).toContain(`Merkle root ${pack.written.merkleRoot}`);
});

test.each([
  ['a byte of the manifest', (folder: string) => appendFileSync(join(folder, 'manifest.jsonl'), ' ')],
  ['a file that was removed', (folder: string) => rmSync(join(folder, 'process.txt'))],
  ['a file that was added', (folder: string) => writeFileSync(join(folder, 'more.txt'), 'x')],
  [
    'the attestation',
    (folder: string) => {
      const file = join(folder, 'attestation.dsse.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"payload": "ey', '"payload": "ez'));
    },
  ],
])('and finds %s', (_what, change) => {
  expect(checked(change).status).not.toBe(0);
});

test('the list of digests is what sha256sum --check reads', () => {
  expect(existsSync(join(pack.folder, 'SHA256SUMS'))).toBe(true);
  execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: pack.folder });
});
