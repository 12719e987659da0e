import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/time';
import { JournalUnwritable, openJournal, readJournal, readPlacedHolds, type JournalLine } from '../../../src/aws';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const page = (sha256: string) => ({ type: 'page', sha256, versions: 1 }) as const;
const start = (request: string) =>
  ({ type: 'start', run: 'r', action: 'apply', bucket: 'b', prefixes: [''], tags: {}, hold: 'ON', request }) as const;
const end = (stopped: string | null) =>
  ({ type: 'end', run: 'r', stopped, versions: 1, failed: 0, manifestSha256: null }) as const;

async function linesOf(file: string): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  await readJournal(file, (line) => lines.push(line));
  return lines;
}

describe('a journal', () => {
  test('keeps the order of what was appended, across openings, as one chain', async () => {
    const first = await openJournal(path, systemClock);
    await Promise.all(['a', 'b', 'c'].map((name) => first.append(page(name))));
    await first.close();
    const second = await openJournal(path, systemClock);
    await second.append(page('d'));
    await second.close();

    const tail = await readJournal(path, () => undefined);
    expect((await linesOf(path)).map((line) => line.type === 'page' && line.sha256)).toEqual(['a', 'b', 'c', 'd']);
    expect(tail.head).toBe(second.head);
  });

  test('has on disk what it said was written', async () => {
    const journal = await openJournal(path, systemClock);
    await journal.append(page('a'));
    expect(readFileSync(path, 'utf8')).toContain('"sha256":"a"');
    await journal.close();
  });

  test('drops a line that a crash cut off, and says so', async () => {
    const journal = await openJournal(path, systemClock);
    await journal.append(page('a'));
    await journal.close();
    appendFileSync(path, '{"prev":"00');

    const again = await openJournal(path, systemClock);
    await again.append(page('b'));
    await again.close();

    expect(await linesOf(path)).toMatchObject([
      { sha256: 'a' },
      { type: 'recovered', droppedBytes: 11 },
      { sha256: 'b' },
    ]);
  });

  test.each([
    ['a changed line', (lines: string[]) => [lines[0]!.replace('"a"', '"x"'), ...lines.slice(1)], 2],
    ['a removed line', (lines: string[]) => [lines[0]!, lines[2]!], 2],
    ['swapped lines', (lines: string[]) => [lines[1]!, lines[0]!, lines[2]!], 1],
    ['something else', (lines: string[]) => [...lines, 'hello'], 4],
  ])('finds %s', async (_name, tamper, line) => {
    const journal = await openJournal(path, systemClock);
    for (const name of ['a', 'b', 'c']) await journal.append(page(name));
    await journal.close();
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    writeFileSync(path, `${tamper(lines).join('\n')}\n`);

    await expect(openJournal(path, systemClock)).rejects.toMatchObject({ name: 'JournalBroken', line });
  });

  test('in which a line was torn is read around it while the chain holds, and else says that it is torn', async () => {
    const journal = await openJournal(path, systemClock);
    for (const name of ['a', 'b', 'c']) await journal.append(page(name));
    await journal.close();
    const [a, b, c] = readFileSync(path, 'utf8').trimEnd().split('\n') as [string, string, string];

    // Given what two crashes leave: half a line before the next, on its line or on one of its own
    writeFileSync(path, `${a}\n${b.slice(0, 30)}${b}\n${c.slice(0, 20)}\n${c}\n${c.slice(0, 50)}\n`);
    expect((await linesOf(path)).map((line) => line.type === 'page' && line.sha256)).toEqual(['a', 'b', 'c']);
    const again = await openJournal(path, systemClock);
    await again.append(page('d'));
    await again.close();
    expect(await linesOf(path)).toHaveLength(5);

    // and half a line whose end is lost
    writeFileSync(path, `${a}\n${b.slice(0, 30)}\n${c}\n`);
    await expect(openJournal(path, systemClock)).rejects.toThrow(
      /broken at line 2: this line is torn: a crash or a full disk/,
    );
  });

  test('belongs to one process at a time; one that is gone is not waited for', async () => {
    let waited = 0;
    const impatient = { ...systemClock, sleep: () => Promise.resolve(void (waited += 1)) };
    const journal = await openJournal(path, systemClock);
    const second = openJournal(path, impatient);
    await expect(second).rejects.toMatchObject({ name: 'JournalInUse' });
    await expect(second).rejects.toThrow(new RegExp(`in use by process ${process.pid} on `));
    expect(waited).toBeGreaterThan(10);
    await journal.close();
    expect(existsSync(`${path}.lock`)).toBe(false);

    // Given a process that was killed while it wrote
    const child = spawn(process.execPath, ['-e', '0']);
    await once(child, 'exit');
    const owner = { pid: child.pid, host: hostname(), began: null, since: '2026-01-01T00:00:00Z', token: 't' };
    writeFileSync(`${path}.lock`, JSON.stringify(owner));
    await (await openJournal(path, impatient)).close();
    expect(existsSync(`${path}.lock`)).toBe(false);

    // and one of another machine, of which nothing is known
    writeFileSync(`${path}.lock`, JSON.stringify({ ...owner, host: 'elsewhere' }));
    await expect(openJournal(path, impatient)).rejects.toThrow(/elsewhere.*remove .*\.lock/);
  });

  test('is for its owner alone, and one that is not says so', async () => {
    await (await openJournal(path, systemClock)).close();
    const journal = await openJournal(path, systemClock);
    await journal.append(page('a'));
    await journal.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(journal.isOpenToOthers).toBe(false);
    chmodSync(path, 0o644);
    const wide = await openJournal(path, systemClock);
    expect(wide.isOpenToOthers).toBe(true);
    await wide.close();
  });

  test('whose disk is full names itself and what to do, and takes nothing more', async () => {
    const journal = await openJournal(path, systemClock);
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const { file } = journal as unknown as { file: { appendFile: () => Promise<void> } };
    file.appendFile = () => Promise.reject(full);
    const written = journal.append(page('a'));
    await expect(written).rejects.toBeInstanceOf(JournalUnwritable);
    await expect(written).rejects.toThrow(
      /journal\.jsonl could not be written: its disk is full\..*Free space.*journal_dir/,
    );
    await expect(journal.append(page('b'))).rejects.toBeInstanceOf(JournalUnwritable);
    await journal.close().catch(() => undefined);
  });

  test('that lacks earlier runs of its hold is not complete', async () => {
    const first = await openJournal(path, systemClock);
    await first.append(page('a'));
    const { head } = first;
    await first.append(page('b'));
    await first.close();
    const same = await openJournal(path, systemClock, { continues: head });
    expect(same.lacksEarlier).toBe(false);
    await same.close();
    expect((await readPlacedHolds(path, head)).isComplete).toBe(true);
    expect((await readPlacedHolds(path, 'f'.repeat(64))).isComplete).toBe(false);

    const other = await openJournal(path, systemClock, { continues: 'f'.repeat(64) });
    expect(other.lacksEarlier).toBe(true);
    await other.close();
    expect((await linesOf(path)).at(-1)).toMatchObject({ type: 'continues', journal: 'f'.repeat(64) });
    expect((await readPlacedHolds(path, other.head)).isComplete).toBe(false);
  });

  test('knows what an interrupted run has settled, for the same request only', async () => {
    const journal = await openJournal(path, systemClock);
    for (const entry of [start('one'), page('a'), start('one'), page('b'), end('aborted')]) await journal.append(entry);
    await journal.close();
    const again = await openJournal(path, systemClock);
    expect([...again.settledPages('one')]).toEqual(['a', 'b']);
    expect([...again.settledPages('two')]).toEqual([]);
    await again.close();
  });

  test('starts again after a run that went through, after another request, and after a day', async () => {
    const dayLater = { ...systemClock, now: () => Date.now() + 25 * 3600_000 };
    const journal = await openJournal(path, systemClock);
    for (const entry of [start('one'), page('a'), start('two'), page('b')]) await journal.append(entry);
    await journal.close();
    const next = await openJournal(path, dayLater);
    expect([...next.settledPages('two')]).toEqual([]);
    await next.close();
    const same = await openJournal(path, systemClock);
    expect([...same.settledPages('one')]).toEqual([]);
    expect([...same.settledPages('two')]).toEqual(['b']);
    await same.append(end(null));
    await same.close();
    const last = await openJournal(path, systemClock);
    expect([...last.settledPages('two')]).toEqual([]);
    await last.close();
  });
});
