/** `approve`: what it shows, what it signs, and what it refuses to sign. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../../src/aws';
import { runCli } from '../../src/cli';
import { approversOf, openRegister, type Approvers, type ClaimKey, type Register } from '../../src/register';
import { conversations, FakeConversations, quickClock } from '../register/support/fake-bits';
import { Approver } from '../support/approvers';

const FOREVER = new AbortController().signal;
const ORGANIZATION = '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';
const [anna, bo, mallory] = [new Approver(), new Approver(), new Approver()] as const;
const TWO = approversOf([anna.pem, bo.pem], 2);

let root: string;
let address: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'approve-'));
  address = join(root, 'register');
  for (const [name, who] of Object.entries({ anna, bo, mallory })) {
    writeFileSync(join(root, `${name}.pem`), who.privatePem);
    writeFileSync(join(root, `${name}.pub`), who.pem);
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function open(approvers?: Approvers): Promise<Register> {
  const s3 = () => Promise.reject(new Error('no S3'));
  const pinned = approvers === undefined ? {} : { approvers };
  return openRegister(
    { address, s3, clock: quickClock(), random: Math.random, actor: 'ann@laptop', ...pinned },
    FOREVER,
  );
}

const keyOf = (matter: string, more: Partial<ClaimKey> = {}): ClaimKey => ({
  organization: ORGANIZATION,
  resourceType: 'genesyscloud_compliance_legalhold',
  holdApi: 'deletion_protection',
  matter,
  name: `Hold of ${matter}`,
  ...more,
});

let bits: FakeConversations;
beforeEach(async () => {
  bits = new FakeConversations();
  await (await open(TWO)).claimConversations({ key: keyOf('ACME-1'), ids: conversations(0, 3) }, bits, FOREVER);
  await (await open()).claimConversations({ key: keyOf('GLOBEX-2'), ids: conversations(2, 5) }, bits, FOREVER);
});

async function approve(...words: readonly string[]) {
  const written = { out: '', err: '' };
  const code = await runCli(['approve', '--register', address, ...words], {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    signal: FOREVER,
  });
  return { code, ...written };
}

const keyFile = (name: string) => join(root, `${name}.pem`);
const claimOf = async (matter: string) =>
  [...(await open()).view.claims.values()].find(({ key }) => key.matter === matter);

test('shows what a release would let go, and signs nothing without a key', async () => {
  const { code, out } = await approve('--matter', 'ACME-1');
  const register = await open();
  const claim = await claimOf('ACME-1');
  expect(code).toBe(0);
  for (const line of [
    `ACME-1 (organization ${ORGANIZATION})`,
    `${claim?.id ?? ''}, epoch 1, revision 2`,
    '4 conversations; 4 were seen held',
    `digest ${conversations(0, 3).sha256}`,
    '2 conversations would no longer be held',
    '2 stay held for 1 other claim',
    '2 of 2 keys must sign',
    anna.id,
    `last entry ${register.head?.number ?? 0}, SHA-256 ${register.head?.sha256 ?? ''}`,
    'Nothing was signed.',
  ]) {
    expect(out).toContain(line);
  }
  // Other matters are not named.
  expect(out).not.toContain('GLOBEX');
});

test('counts the versions of an object hold by its journal, and those that another claim keeps', async () => {
  const key = { resourceType: 'genesyscloud_compliance_object_hold', holdApi: 's3' };
  const files = { bucket: 'recordings', prefix: 'org/' };
  const register = await open(TWO);
  const { claim, setting } = await register.claimFiles({ key: keyOf('FILES-3', key), files }, FOREVER);
  const other = { key: keyOf('GLOBEX-2', { ...key, name: 'other' }), files: { ...files, prefix: 'org/b' } };
  await (await (await open()).claimFiles(other, FOREVER)).setting.finish(0, FOREVER);
  const journal = await openJournal(join(root, 'journal.jsonl'), quickClock());
  const hold = { type: 'intent', versionId: 'v1', holdBefore: 'OFF', holdAfter: 'ON' } as const;
  for (const name of ['a.opus', 'b.opus', 'c.opus']) await journal.append({ ...hold, key: `org/${name}` });
  await journal.close();
  await register.journal(claim.id).append(readFileSync(join(root, 'journal.jsonl')), FOREVER);
  await setting.finish(3, FOREVER);

  const { out } = await approve('--claim', claim.id);
  expect(out).toContain('2 versions of files would no longer be locked, by the journal of the hold');
  expect(out).toContain('1 stay locked for 1 other claim');
  expect(out).not.toContain('there may be more');
  expect(JSON.parse((await approve('--claim', claim.id, '--json')).out)).toMatchObject({
    outlook: null,
    files: { lifts: 2, stay: 1, otherClaims: 1, isComplete: true },
  });
  const elsewhere = await approve('--matter', 'ACME-1', '--json');
  expect(JSON.parse(elsewhere.out)).toMatchObject({ files: null });
});

test('signs exactly what it shows; two of its files release the claim', async () => {
  const sign = async (name: string) => {
    const file = join(root, `${name}.json`);
    const words = ['--matter', 'ACME-1', '--reason', 'settled', '--key', keyFile(name), '--out', file];
    const { code, err, out } = await approve(...words);
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('(this key)');
    expect(err).toContain(`Signed, and written to ${file}`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    return readFileSync(file, 'utf8');
  };
  const texts = [await sign('anna'), await sign('bo')];
  const register = await open();
  const claim = await claimOf('ACME-1');
  const options = { approvals: { texts, now: Date.now() } };
  await register.releaseConversations(register.reference(claim?.id ?? ''), 'settled', bits, FOREVER, options);
  expect(bits.held.size).toBe(4);
});

const hasTools = ['jq --version', 'openssl version'].every((words) => spawnSync('sh', ['-c', words]).status === 0);
(hasTools ? test : test.skip)('an approval can be checked with openssl alone, as docs/approvals.md says', async () => {
  const file = join(root, 'anna.json');
  await approve('--matter', 'ACME-1', '--reason', 'settled', '--key', keyFile('anna'), '--out', file);
  const page = readFileSync(join(__dirname, '../../docs/approvals.md'), 'utf8');
  const [, script = ''] = /```sh\n(jq [^`]+openssl[^`]+)```/.exec(page) ?? [];
  expect(script).toContain('pkeyutl');
  const run = (): string =>
    execFileSync('bash', ['-c', `set -e\n${script}`], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] },
    });
  expect(run()).toContain('Signature Verified Successfully');
  const envelope = JSON.parse(readFileSync(file, 'utf8')) as { payload: string };
  const payload = Buffer.from(envelope.payload, 'base64').toString('utf8').replace('settled', 'changed');
  writeFileSync(file, JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString('base64') }));
  expect(run).toThrow();
});

test.each([
  [['--matter', 'ACME-1', '--reason', 'settled', '--key', 'mallory'], 'is not among the 2 of 2 keys'],
  [['--matter', 'ACME-1', '--key', 'anna'], 'approve needs --reason TEXT'],
  [['--matter', 'ACME-1', '--reason', 'x', '--key', 'nobody'], 'cannot be read'],
  [['--matter', 'ACME-1', '--expires', '200d'], '--expires takes a duration'],
  [['--matter', 'ACME-9'], 'has no live claim of a matter "ACME-9". Did you mean "ACME-1"?'],
  [['--claim', 'none'], 'has no claim none'],
  [[], 'approve needs --claim ID or --matter NAME'],
  [['--matter', 'ACME-1', '--new-approver', 'x'], '--new-approver needs --change-approvers'],
])('refuses %j', async (words, why) => {
  const at = words.indexOf('--key');
  const given = words.map((word, index) => (at >= 0 && index === at + 1 ? keyFile(word) : word));
  const { code, out, err } = await approve(...given);
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain(why);
});

test('a matter with two live claims: each is approved by itself', async () => {
  const key = keyOf('ACME-1', { name: 'Second' });
  await (await open()).claimConversations({ key, ids: conversations(7, 8) }, bits, FOREVER);
  const { code, err } = await approve('--matter', 'ACME-1');
  expect(code).toBe(1);
  expect(err).toContain('has 2 live claims');
  expect(err).toContain((await claimOf('ACME-1'))?.id ?? 'none');
});

test('says the same to programs, with the approval in it', async () => {
  const { out, err } = await approve('--matter', 'ACME-1', '--reason', 'settled', '--key', keyFile('anna'), '--json');
  const said = JSON.parse(out) as { readonly approval: string };
  expect(said).toMatchObject({
    version: 1,
    subject: { action: 'release', matter: 'ACME-1', reason: 'settled', scope: conversations(0, 3).sha256 },
    covered: { count: 4, heldCount: 4 },
    outlook: { lifts: 2, stay: 2, otherClaims: 1, before: 0, unknown: 0 },
    approvers: { required: 2, keyIds: [anna.id, bo.id].sort() },
    signedBy: anna.id,
  });
  expect(err).toBe('');
  const register = await open();
  const claim = await claimOf('ACME-1');
  if (claim === undefined) throw new Error('no claim');
  const approvals = { texts: [said.approval], now: Date.now() };
  expect(await register.weighRelease(claim, 'settled', approvals, FOREVER)).toMatchObject({ refused: [] });
});

test('approves that others approve from here on', async () => {
  const sign = (name: string) =>
    approve(
      ...['--matter', 'ACME-1', '--change-approvers', '--new-approver', join(root, 'anna.pub')],
      ...['--new-approver', join(root, 'mallory.pub'), '--key', keyFile(name)],
    );
  const [first, second] = [await sign('anna'), await sign('bo')];
  expect(first.err).toContain('from now   2 of 2 keys');
  const register = await open();
  const reference = register.reference((await claimOf('ACME-1'))?.id ?? '');
  const approvals = { texts: [first.out, second.out], now: Date.now() };
  await register.changeApprovers(reference, approversOf([anna.pem, mallory.pem], 2), approvals, FOREVER);
  expect((await approve('--matter', 'ACME-1')).out).toContain(mallory.id);
});
