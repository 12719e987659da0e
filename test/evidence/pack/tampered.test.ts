/** What people, editors, transfers and forgers do to a pack: each is found, and named for what it is. */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyPack } from '../../../src/evidence';
import { ed25519Signer, parseEnvelope, signEnvelope } from '../../../src/signing';
import { makePack, type MadePack } from '../support/made-pack';
import { GeneratedWorld } from '../support/world';

const ATTESTATION = 'attestation.dsse.json';
const CHANGED = 'its contents were changed';
const LINKED = 'it was replaced by a link or something else that is not a file';
const ADDED_FILE = 'it was added: the attestation does not name it';

let root: string;
let made: MadePack;
let other: MadePack;
let folder: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tampered-'));
  for (const name of ['one', 'two']) mkdirSync(join(root, name));
  made = await makePack(join(root, 'one'), GeneratedWorld.clean(3, 12));
  other = await makePack(join(root, 'two'), GeneratedWorld.clean(4, 12));
  folder = join(root, 'copy');
});
beforeEach(() => cpSync(made.folder, folder, { recursive: true }));
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => rmSync(root, { recursive: true }));

const at = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(at(name), 'utf8');
const rewrite = (name: string, change: (contents: string) => string): void =>
  writeFileSync(at(name), change(text(name)));

async function found(key = made.publicKey): Promise<readonly string[]> {
  return (await verifyPack(folder, key)).tampering.map(({ file, what }) => `${file}: ${what}`);
}

test('nothing, in a copy', async () => {
  expect(await found()).toEqual([]);
});

test('rows that were exchanged between two forms of the manifest', async () => {
  const [jsonLines, csv] = [text('manifest.jsonl').split('\n'), text('manifest.csv').split('\n')];
  [jsonLines[2], csv[3]] = [csv[3] ?? '', jsonLines[2] ?? ''];
  writeFileSync(at('manifest.csv'), csv.join('\n'));
  expect(await found()).toEqual([`manifest.csv: ${CHANGED}`, 'manifest.csv: line 4 was changed']);
  writeFileSync(at('manifest.jsonl'), jsonLines.join('\n'));
  expect(await found()).toEqual([
    `manifest.csv: ${CHANGED}`,
    `manifest.jsonl: ${CHANGED}`,
    'manifest.jsonl: line 3 was changed',
  ]);
});

test('the envelope of another pack by the same signer', async () => {
  const { payloadType, payload } = parseEnvelope(readFileSync(join(other.folder, ATTESTATION), 'utf8'));
  const signer = ed25519Signer(made.privateKey, 'key.pem');
  const never = new AbortController().signal;
  writeFileSync(at(ATTESTATION), await signEnvelope(payloadType, Buffer.from(payload, 'base64'), signer, never));
  const [first, ...others] = await found();
  expect(first).toMatch(
    /^attestation\.dsse\.json: SHA256SUMS fits the files and .* it is of another pack \(matter ACME-1, /,
  );
  expect(others).toContain(`manifest.jsonl: ${CHANGED}`);
});

test('the envelope of another pack by another signer, with its key', async () => {
  for (const name of [ATTESTATION, 'public-key.pem']) copyFileSync(join(other.folder, name), at(name));
  expect(await found()).toEqual([
    expect.stringMatching(/^attestation\.dsse\.json: it names the key [0-9a-f]{64}, and/),
  ]);
  expect((await found(other.publicKey))[0]).toContain('it is of another pack');
});

describe('what is there besides', () => {
  test.each([
    ['a file', () => writeFileSync(at('notes.txt'), ''), 'notes.txt'],
    ['a file that is hidden', () => writeFileSync(at('leaves/.DS_Store'), 'x'), 'leaves/.DS_Store'],
    ['a folder', () => mkdirSync(at('more')), 'more'],
    ['a link', () => symlinkSync('/etc', at('etc')), 'etc'],
  ])('%s', async (_what, add, name) => {
    add();
    expect(await found()).toEqual([`${name}: ${ADDED_FILE}`]);
  });

  test('a file under a name that differs by case only', async () => {
    renameSync(at('manifest.csv'), at('Manifest.csv'));
    expect(await found()).toEqual(['manifest.csv: it was removed', `Manifest.csv: ${ADDED_FILE}`]);
  });
});

test.each(['manifest.jsonl', 'report.html', ATTESTATION])(
  '%s as a link out of the folder, to the same bytes',
  async (name) => {
    const elsewhere = join(root, 'elsewhere');
    renameSync(at(name), elsewhere);
    symlinkSync(elsewhere, at(name));
    expect(await found()).toEqual([`${name}: ${LINKED}`]);
    rmSync(elsewhere);
  },
);

test('a folder as a link out of the pack', async () => {
  const elsewhere = join(root, 'leaves');
  renameSync(at('leaves'), elsewhere);
  symlinkSync(elsewhere, at('leaves'));
  const all = await found();
  expect(all).toContain(`leaves: ${ADDED_FILE}`);
  expect(all).toContain('leaves/manifest.jsonl.txt: it was removed');
  rmSync(elsewhere, { recursive: true });
});

describe('the envelope', () => {
  const written = (change: (envelope: { signatures: object[] }) => object): void => {
    const envelope = JSON.parse(text(ATTESTATION)) as { signatures: object[] };
    writeFileSync(at(ATTESTATION), `${JSON.stringify({ ...envelope, ...change(envelope) }, null, 2)}\n`);
  };
  const twice = ({ signatures }: { readonly signatures: object[] }) => ({ signatures: [...signatures, ...signatures] });
  const capitals = (all: string): string =>
    all.replace(/("keyid": ")([0-9a-f]+)/, (_all, name: string, id: string) => name + id.toUpperCase());

  test.each([
    ['a second signature', () => written(twice), 'it does not have exactly one signature'],
    ['no signature', () => written(() => ({ signatures: [] })), 'it has no signature'],
    ['another type', () => written(() => ({ payloadType: 'text/plain' })), 'the signature does not fit'],
    ['one more field', () => written(() => ({ note: 'x' })), 'it is not written as it was'],
    ['the key in capitals', () => rewrite(ATTESTATION, capitals), 'it names the key'],
    [
      'other line ends',
      () => rewrite(ATTESTATION, (all) => all.replaceAll('\n', '\r\n')),
      'it is not written as it was',
    ],
    ['a byte order mark', () => rewrite(ATTESTATION, (all) => `\ufeff${all}`), 'it is not JSON'],
  ])('with %s', async (_what, change, why) => {
    change();
    expect(await found()).toEqual([expect.stringContaining(`${ATTESTATION}: ${why}`)]);
  });
});

describe('what editors and transfers do', () => {
  const CRLF = 'its line ends were changed: CR LF in place of LF';
  const LF = 'its line ends were changed: LF in place of CR LF';
  const ADDED = 'a byte order mark was put before it';

  test.each([
    ['manifest.jsonl', (all: string) => all.replaceAll('\n', '\r\n'), CRLF],
    ['register.jsonl', (all: string) => all.replaceAll('\n', '\r\n'), CRLF],
    ['SHA256SUMS', (all: string) => all.replaceAll('\n', '\r\n'), CRLF],
    ['manifest.csv', (all: string) => all.replaceAll('\r\n', '\n'), LF],
    ['manifest.csv', (all: string) => `\ufeff${all}`, ADDED],
    ['manifest.jsonl', (all: string) => `\ufeff${all}`, ADDED],
    ['report.html', (all: string) => `\ufeff${all.replaceAll('\n', '\r\n')}`, `${ADDED}, and ${CRLF}`],
    ['manifest.dat', (all: string) => all.replace(/^\ufeff/, ''), 'its byte order mark was taken away'],
  ])('%s rewritten (%#)', async (name, change, what) => {
    rewrite(name, change);
    expect(await found()).toEqual([`${name}: ${CHANGED}`, `${name}: ${what}`]);
  });

  test('other line ends and one row more are no mere rewriting: the rows are named', async () => {
    rewrite('manifest.jsonl', (all) => `${all.replaceAll('\n', '\r\n')}{}\r\n`);
    const all = await found();
    expect(all).toContain('manifest.jsonl: line 1 was changed');
    expect(all).not.toContain(`manifest.jsonl: ${CRLF}`);
  });
});

test('a last line that is cut off, without its line feed', async () => {
  const count = text('manifest.jsonl').split('\n').length - 1;
  rewrite('manifest.jsonl', (all) => all.slice(0, -20));
  expect(await found()).toEqual([`manifest.jsonl: ${CHANGED}`, `manifest.jsonl: line ${count} was changed`]);
});

test.each(['SHA256SUMS', 'leaves/manifest.jsonl.txt', 'register.jsonl'])('digests in capitals, in %s', async (name) => {
  rewrite(name, (all) => all.replace(/[0-9a-f]{64}/, (digest) => digest.toUpperCase()));
  expect((await found())[0]).toBe(`${name}: ${CHANGED}`);
});

test('a report that was replaced', async () => {
  rewrite('report.html', () => '<!doctype html><title>Evidence report</title>');
  expect(await found()).toEqual([`report.html: ${CHANGED}`]);
});

test('sums that were made anew over a file that was changed', async () => {
  const sha256 = createHash('sha256').update('forged').digest('hex');
  rewrite('report.html', () => 'forged');
  rewrite('SHA256SUMS', (all) => all.replace(/^[0-9a-f]{64}(?= {2}report)/m, sha256));
  const all = await found();
  expect(all[0]).toContain('made their sums anew');
  expect(all).toContain(`report.html: ${CHANGED}`);
});

test('a row that was changed in every form of the manifest', async () => {
  const [row = ''] = text('manifest.jsonl').split('\n');
  const { key } = JSON.parse(row) as { readonly key: string };
  const forms = ['manifest.jsonl', 'manifest.csv', 'manifest.dat'];
  for (const name of forms) rewrite(name, (all) => all.replace(key, key.replace('org', 'ogr')));
  expect(new Set((await found()).map((one) => one.split(':')[0]))).toEqual(new Set(forms));
});
