import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli';
import { openRegister, type ClaimKey, type Register } from '../../src/register';
import { Session } from '../simulator/session';
import { conversations, FakeConversations, quickClock } from '../register/support/fake-bits';

const FOREVER = new AbortController().signal;
const ORGANIZATION = '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';

let root: string;
let address: string;
const environment = { ...process.env };
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holds-'));
  address = join(root, 'register');
  for (const name of Object.keys(process.env)) if (name.startsWith('GENESYSCLOUD_')) delete process.env[name];
});
afterEach(() => {
  process.env = { ...environment };
  rmSync(root, { recursive: true, force: true });
});

function open(): Promise<Register> {
  const s3 = () => Promise.reject(new Error('no S3'));
  return openRegister({ address, s3, clock: quickClock(), random: Math.random, actor: 'ann@laptop' }, FOREVER);
}

const keyOf = (matter: string, more: Partial<ClaimKey> = {}): ClaimKey => ({
  organization: ORGANIZATION,
  resourceType: 'genesyscloud_compliance_legalhold',
  holdApi: 'deletion_protection',
  matter,
  name: `Hold of ${matter}`,
  ...more,
});

/** Two matters over conversations, of which one lets go, and a third over files. */
async function twoMattersAndFiles(): Promise<void> {
  const bits = new FakeConversations();
  const acme = await (
    await open()
  ).claimConversations({ key: keyOf('ACME-1'), ids: conversations(0, 3) }, bits, FOREVER);
  await (await open()).claimConversations({ key: keyOf('GLOBEX-2'), ids: conversations(2, 5) }, bits, FOREVER);
  await (await open()).releaseConversations(acme.reference, 'settled out of court', bits, FOREVER);
  await (
    await open()
  ).claimFiles(
    {
      key: keyOf('GLOBEX-2', { resourceType: 'genesyscloud_compliance_object_hold', holdApi: 's3', name: 'Files' }),
      files: { bucket: 'recordings', prefix: '2026/' },
    },
    FOREVER,
  );
}

async function holds(...words: readonly string[]) {
  const written = { out: '', err: '' };
  const code = await runCli(['holds', '--register', address, ...words], {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    signal: FOREVER,
  });
  return { code, ...written };
}

const first = [...conversations(0, 0)][0] ?? '';
const third = [...conversations(2, 2)][0] ?? '';

test('--verify reads the whole register, and names what was changed', async () => {
  await twoMattersAndFiles();
  const { code, out } = await holds('--verify');
  expect(code).toBe(0);
  expect(out).toMatch(/: \d+ entries, each chained to the one before\./);

  const last = readdirSync(join(address, 'e')).sort().at(-2) ?? '';
  const file = join(address, 'e', last);
  chmodSync(file, 0o600);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"actor":"ann', '"actor":"bob'));
  const damaged = await holds('--verify');
  expect(damaged.code).toBe(1);
  expect(damaged.err).toContain('is damaged at');
});

describe('holds', () => {
  test('names matters and their claims, and released ones when asked', async () => {
    await twoMattersAndFiles();

    const { code, out } = await holds();
    expect(code).toBe(0);
    expect(out).toMatch(/1 matter\n\nGLOBEX-2 \(organization 5e0f1a2b/);
    expect(out).toMatch(
      /legalhold "Hold of GLOBEX-2" \(deletion_protection\): held\n {4}4 conversations, 4 seen held, since 20\d\d-.* by ann@laptop, claim /,
    );
    expect(out).toContain('files in s3://recordings/2026/');
    expect(out).not.toContain('ACME-1');

    expect((await holds('--all')).out).toMatch(/ACME-1[\s\S]*released 20\d\d-.*: settled out of court/);
  });

  test('says who holds a conversation: its matter, since when; nobody is exit code 2', async () => {
    await twoMattersAndFiles();

    const held = await holds('--conversation', third.toUpperCase(), '--json');
    expect(held.code).toBe(0);
    expect(JSON.parse(held.out)).toMatchObject({ claims: [{ matter: 'GLOBEX-2', state: 'held', coveredCount: 4 }] });

    const free = await holds('--conversation', first);
    expect(free).toMatchObject({ code: 2, out: expect.stringContaining('no live claim covers it') });
  });

  test('says who holds a file, in whatever version', async () => {
    await twoMattersAndFiles();

    expect((await holds('--object', 's3://recordings/2026/01/a.opus')).out).toContain('"Files"');
    expect((await holds('--object', 's3://recordings/2025/01/a.opus')).code).toBe(2);
    expect((await holds('--object', 's3://other/2026/01/a.opus')).code).toBe(2);
  });

  test('lists the conversations of a matter as CSV and as JSON lines', async () => {
    await twoMattersAndFiles();

    const csv = (await holds('--list', 'conversations', '--matter', 'GLOBEX-2')).out.trim().split('\n');
    expect(csv[0]).toBe('conversation_id,claimed_since,claims');
    expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual([...conversations(2, 5)]);

    const lines = (await holds('--list', 'conversations', '--matter', 'GLOBEX-2', '--json')).out.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { conversation_id: string }).conversation_id)).toEqual([
      ...conversations(2, 5),
    ]);
  });

  test('lists the versions of files that a matter covers, and no others', async () => {
    await twoMattersAndFiles();
    const session = await Session.start({}, 'real');
    try {
      Object.assign(process.env, session.simulator.env);
      const bucket = session.simulator.bucket;
      session.simulator.seed({ objects: { bucket, prefix: '2026/', count: 3 } });
      session.simulator.seed({ objects: { bucket, prefix: '2025/', count: 2 } });
      await (
        await open()
      ).claimFiles(
        {
          key: keyOf('INITECH-3', { resourceType: 'genesyscloud_compliance_object_hold', holdApi: 's3' }),
          files: { bucket, prefix: '2026/' },
        },
        FOREVER,
      );

      const { out } = await holds('--list', 'versions', '--matter', 'INITECH-3', '--json');
      const rows = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { key: string; version_id: string; size: number });
      expect(rows).toHaveLength(3);
      expect(rows.every(({ key, version_id: version }) => key.startsWith('2026/') && version !== '')).toBe(true);
    } finally {
      await session.simulator.stop();
    }
  });

  test.each([
    [['--list', 'conversations'], 'holds --list needs --matter NAME'],
    [['--list', 'conversations', '--matter', 'GLOBEX-3'], 'has no matter "GLOBEX-3". Did you mean'],
    [['--list', 'recordings', '--matter', 'GLOBEX-2'], '--list takes conversations or versions'],
    [['--conversation', 'nope'], 'is not a UUID'],
    [['--object', 'recordings/a.opus'], 'Write s3://bucket/key'],
    [['--orphans', '--conversation', first], 'one question at a time'],
    [['--copy-to', 'ftp://x/y'], 'is not the place of a register'],
  ])('%j fails with what to do', async (words, message) => {
    await twoMattersAndFiles();
    expect(await holds(...words)).toMatchObject({ code: 1, err: expect.stringContaining(message) });
  });

  test('an empty place is not a register without holds', async () => {
    expect(await holds()).toMatchObject({ code: 1, err: expect.stringContaining('There is no register at') });
  });
});

describe('holds --copy-to', () => {
  test('moves a register that then answers the same, and may be repeated', async () => {
    await twoMattersAndFiles();
    const before = (await holds('--all', '--json')).out;
    const moved = join(root, 'moved');

    expect((await holds('--copy-to', moved)).out).toMatch(/^Copied \d+ entries and \d+ other objects from /);
    expect((await holds('--copy-to', moved)).code).toBe(0);
    address = moved;
    const { matters } = JSON.parse((await holds('--all', '--json')).out) as { matters: unknown };
    expect(matters).toEqual((JSON.parse(before) as { matters: unknown }).matters);
  });

  test('never onto another register, and never a damaged one', async () => {
    await twoMattersAndFiles();
    const [other, mine] = [join(root, 'other'), address];
    address = other;
    await (
      await open()
    ).claimConversations({ key: keyOf('X'), ids: conversations(0, 1) }, new FakeConversations(), FOREVER);
    address = mine;
    expect(await holds('--copy-to', other)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Copy into an empty place'),
    });

    const entry = join(mine, 'e/0000000002');
    const text = readFileSync(entry, 'utf8');
    rmSync(entry);
    writeFileSync(entry, text.replace('ann@laptop', 'bob@laptop'));
    expect(await holds('--copy-to', join(root, 'third'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('damaged'),
    });
  });
});

describe('holds --orphans', () => {
  const stack = (state: object): string => {
    const folder = join(root, 'stack');
    mkdirSync(folder);
    writeFileSync(join(folder, 'shown.json'), JSON.stringify(state));
    const program = join(root, 'terraform');
    writeFileSync(program, `#!/bin/sh\ncat '${join(folder, 'shown.json')}'\n`, { mode: 0o755 });
    return folder;
  };

  test('names claims that no state has, with the import block that adopts them', async () => {
    await twoMattersAndFiles();
    const [files] = JSON.parse((await holds('--object', 's3://recordings/2026/x', '--json')).out).claims as {
      claim: string;
    }[];
    const folder = stack({
      format_version: '1.0',
      values: {
        root_module: {
          resources: [
            {
              address: 'genesyscloud_compliance_object_hold.files',
              mode: 'managed',
              type: 'genesyscloud_compliance_object_hold',
              values: { claim_id: files?.claim },
            },
          ],
        },
      },
    });

    const { code, out } = await holds('--orphans', '--dir', folder, '--terraform', join(root, 'terraform'));
    expect(code).toBe(2);
    expect(out).toMatch(/^1 claim without a state:\n {2}genesyscloud_compliance_legalhold "Hold of GLOBEX-2"/);
    expect(out).toMatch(
      /import \{\n {2}to = genesyscloud_compliance_legalhold\.globex_2_hold_1\n {2}id = "claim\/[0-9a-f-]{36}"\n\}/,
    );
    expect(out).toContain('was not looked at');
  });

  test('a claim that follows a scope is adopted with the scope', async () => {
    const scope = '2026-01-01T00:00:00Z/..?batch_interval=P1D&media_types=message';
    const request = { key: keyOf('ACME-1'), ids: conversations(0, 3), scope };
    const { claim, reference } = await (await open()).claimConversations(request, new FakeConversations(), FOREVER);
    const folder = stack({ format_version: '1.0' });
    const asked = ['--orphans', '--dir', folder, '--terraform', join(root, 'terraform')];

    expect((await holds(...asked)).out).toContain(`  id = "scope/${scope}&claim=${claim}"\n`);

    await (await open()).followsScope(reference, '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z', FOREVER);
    const { out } = await holds(...asked);
    expect(out).toContain('    follows the scope 2026-01-01T00:00:00Z/2026-02-01T00:00:00Z\n');
    expect(out).toContain(`  id = "scope/2026-01-01T00:00:00Z/2026-02-01T00:00:00Z?claim=${claim}"\n`);

    await (await open()).followsScope(reference, null, FOREVER);
    expect((await holds(...asked)).out).toContain(`  id = "claim/${claim}"\n`);
  });

  test('names conversations that are protected and claimed by nobody; what was not looked at is never clean', async () => {
    await twoMattersAndFiles();
    const session = await Session.start({}, 'real');
    try {
      Object.assign(process.env, session.simulator.env);
      expect(await holds('--orphans')).toMatchObject({ code: 1, out: expect.stringContaining('No orphans found') });

      const query = { interval: '2026-01-01T00:00:00Z/2026-01-05T00:00:00Z', paging: { pageSize: 3, pageNumber: 1 } };
      const found = await session.send('POST', '/api/v2/analytics/conversations/details/query', query);
      const ids = (found.body as { conversations: { conversationId: string }[] }).conversations.map(
        ({ conversationId }) => conversationId,
      );
      expect(ids).toHaveLength(3);
      await session.send('PUT', '/api/v2/recordings/deletionprotection?protect=true', { conversationIds: ids });

      const { code, out } = await holds('--orphans', '--json');
      expect(code).toBe(2);
      expect((JSON.parse(out) as { unclaimedConversations: string[] }).unclaimedConversations).toEqual([...ids].sort());
    } finally {
      await session.simulator.stop();
    }
  });
});
