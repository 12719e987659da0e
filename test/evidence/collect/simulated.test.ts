import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  lookAtMatter,
  reconcile,
  Work,
  type Difference,
  type FileRow,
  type MatterLook,
  type Totals,
} from '../../../src/evidence';
import { runCli } from '../../../src/cli';
import { never } from '../../genesys/helpers';
import { MATTER, SimulatedMatter } from '../support/simulated-matter';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const start = '2026-01-02T03:04:05Z';

let matter: SimulatedMatter;
beforeAll(async () => {
  matter = await SimulatedMatter.start([
    { start, recordings: 2 },
    { start, recordings: 1 },
    { start, recordings: 1 },
    { start, recordings: [{ failsExport: true }] },
    { start, mediaType: 'voice', recordings: [{}, { media: 'screen' }] },
    { start, recordings: 1 },
    { start, recordings: 1 },
  ]);
});
afterAll(() => matter.stop());

async function look(): Promise<{
  readonly differences: readonly Difference[];
  readonly files: readonly FileRow[];
  readonly totals: Totals;
  readonly looked: MatterLook;
}> {
  const work = await Work.open(join(matter.folder, 'work'), MATTER, NOW);
  const accounts = { genesys: matter.genesys, readerOf: matter.readerOf, register: await matter.register() };
  const question = { matter: MATTER, jobIds: matter.jobIds, places: [], hashing: 'stored' as const };
  const looked = await lookAtMatter(question, accounts, { work, signal: never, progress: () => undefined, now: NOW });
  const differences: Difference[] = [];
  const files: FileRow[] = [];
  const totals = await reconcile(looked.sources, {
    difference: (one) => Promise.resolve(void differences.push(one)),
    conversation: () => Promise.resolve(),
    file: (row) => Promise.resolve(void files.push(row)),
  });
  await work.discard();
  return { differences, files, totals, looked };
}

test('given a matter as the real parts leave it, then what failed and what was left out is named, and nothing else', async () => {
  const { differences, files, totals, looked } = await look();

  expect(looked.notLookedAt).toEqual([]);
  expect(differences.map(({ cause }) => cause).sort()).toEqual(['failed', 'screen']);
  expect(totals).toMatchObject({ conversations: 7, inScope: 7, claimed: 7, held: 7, recordings: 9, holdsUnknown: 0 });
  // A recording and its metadata file, for each of the seven that were exported.
  expect(files).toHaveLength(14);
  for (const row of files) {
    expect(row).toMatchObject({ hold: 'ON', tags: { matter: MATTER }, checksum: { algorithm: 'CRC64NVME' } });
    expect(row.heldSince).not.toBeNull();
    expect(row.exported).not.toBeNull();
  }
  expect(existsSync(join(matter.folder, 'work'))).toBe(false);
});

test('given changes behind everybody, then each is named once, with its cause', async () => {
  const { files } = await look();
  const [first, second, third] = [...new Set(files.map(({ conversation }) => conversation))];
  const { simulator } = matter;
  const file = files.find((row) => row.conversation === second && !row.metadata) as FileRow;
  simulator.releaseQuietly([first ?? '']);
  simulator.changeObjectsQuietly({ bucket: file.bucket, key: file.key, legalHold: 'OFF' });
  simulator.vanish([third ?? '']);
  simulator.seed({ conversations: [{ start, id: '99999999-0000-4000-8000-000000000001' }] });

  const { differences } = await look();

  const named = differences.map(({ cause, conversation, file: of }) => [cause, conversation, of?.key ?? ''].join(' '));
  const { conversation: vanished } = { conversation: third ?? '' };
  expect(named.filter((one) => !/^(failed|screen) /.test(one)).sort()).toEqual(
    [
      `claimed-without-hold ${first} `,
      `claimed-without-hold ${second} ${file.key}`,
      ...files.filter((row) => row.conversation === vanished && !row.metadata).map(() => `gone ${vanished} `),
      'late 99999999-0000-4000-8000-000000000001 ',
    ].sort(),
  );
});

describe('evidence reconcile', () => {
  const environment = { ...process.env };
  afterEach(() => {
    process.env = { ...environment };
  });

  const run = (...words: readonly string[]) => evidence('reconcile', '--register', matter.registerFolder, ...words);

  async function evidence(...all: readonly string[]) {
    Object.assign(process.env, matter.simulator.env, { XDG_STATE_HOME: join(matter.folder, 'state') });
    const written = { out: '', err: '' };
    const code = await runCli(['evidence', ...all], {
      out: (text) => void (written.out += text),
      err: (text) => void (written.err += text),
      signal: never,
    });
    return { code, ...written };
  }

  test('names differences with their causes, and ends with 2', async () => {
    const words = matter.jobIds.flatMap((id) => ['--job', id]);
    const { code, out } = await run('--matter', MATTER, ...words);

    expect(out).toContain(`Matter ${MATTER}\n  8 conversations: 7 in scope, 7 claimed`);
    expect(out).toMatch(/1 failed to export \[failed\]\n {2}The export job could not process/);
    expect(out).toContain('1 came late [late]');
    expect(code).toBe(2);
  });

  test('prints JSON lines, totals last; what is accepted does not count', async () => {
    const words = matter.jobIds.flatMap((id) => ['--job', id]);
    const causes = ['failed', 'screen', 'late', 'gone', 'claimed-without-hold'];
    const { code, out } = await run('--matter', MATTER, ...words, '--json', '--accept', causes.join(','));

    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-1)).toMatchObject({ type: 'totals', matter: MATTER, conversations: 8 });
    expect(lines.filter(({ type }) => type === 'difference').every(({ accepted }) => accepted)).toBe(true);
    expect(code).toBe(0);
  });

  test('without an export it says that exports were not looked at, and that is not clean', async () => {
    const { code, out } = await run('--matter', MATTER, '--accept', 'gone,claimed-without-hold');
    expect(out).toContain('exports: No export of the matter is known');
    expect(code).toBe(1);
  });

  test('with --who the audits say what deleted a recording', async () => {
    const [some] = matter.simulator.conversations().filter(({ recordings }) => recordings.length === 1);
    matter.simulator.releaseQuietly([some?.id ?? '']);
    matter.simulator.erase({ conversationIds: [some?.id ?? ''] });
    const words = ['--matter', MATTER, ...matter.jobIds.flatMap((id) => ['--job', id]), '--who', '--json'];

    const { out } = await run(...words);

    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter(({ conversationId }) => conversationId === some?.id)).toEqual([
      expect.objectContaining({
        cause: 'deleted-by-retention',
        actor: expect.objectContaining({
          name: 'Genesys Cloud itself (no user and no client)',
          source: expect.stringContaining('audit ') as unknown,
        }) as unknown,
      }),
    ]);
    // A lock was lifted above, and no trail was named.
    expect(lines.filter(({ type }) => type === 'not-looked-at').map(({ what }) => what)).toEqual([
      'the log files of CloudTrail',
    ]);
  });

  test('collect writes a signed pack with the SHA-256 of the contents, and verify finds what changes in the accounts', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const [key, known, pack] = ['key.pem', 'public.pem', 'pack'].map((name) => join(matter.folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(known, publicKey.export({ type: 'spki', format: 'pem' }));
    const jobs = matter.jobIds.flatMap((id) => ['--job', id]);
    const words = ['--matter', MATTER, '--register', matter.registerFolder, ...jobs];

    const collected = await evidence('collect', ...words, '--out', pack, '--key', key, '--hash-contents');
    expect(collected.code).toBe(2);
    expect(collected.out).toContain('Signed with the key');
    const [row] = readFileSync(join(pack, 'manifest.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(row ?? '')).toMatchObject({
      checksum: { algorithm: 'SHA-256', by: 'contents', value: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
    });

    const live = ['verify', pack, '--public-key', known, '--live', '--register', matter.registerFolder];
    expect(await evidence(...live)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Live: 14 versions') as unknown,
    });
    expect(await evidence('verify', pack)).toMatchObject({
      code: 1,
      out: expect.stringContaining('who signed is unknown') as unknown,
    });

    const { bucket, key: file } = JSON.parse(row ?? '') as { readonly bucket: string; readonly key: string };
    matter.simulator.changeObjectsQuietly({ bucket, key: file, legalHold: 'OFF' });
    const changed = await evidence(...live);
    expect(changed).toMatchObject({ code: 2, out: expect.stringContaining('its legal hold is off now') as unknown });

    appendFileSync(join(pack, 'manifest.csv'), 'x');
    const tampered = await evidence('verify', pack, '--public-key', known);
    expect(tampered.code).toBe(2);
    expect(tampered.out).toContain('manifest.csv: line 16 was added');
    expect((await evidence('collect', ...words, '--out', pack, '--unsigned')).err).toContain('is not empty');
  });

  test('a mistaken matter, cause or command is answered with what was meant', async () => {
    expect((await run('--matter', 'MATTER-2026-0018')).err).toContain(`Did you mean "${MATTER}"?`);
    expect((await run('--matter', MATTER, '--accept', 'scren')).err).toContain('Did you mean "screen"?');
    const written = { err: '' };
    const code = await runCli(['evidence', 'reconcil'], {
      out: () => undefined,
      err: (text) => void (written.err += text),
      signal: never,
    });
    expect(code).toBe(1);
    expect(written.err).toContain('There is no command "evidence reconcil". Did you mean "evidence reconcile"?');
  });
});
