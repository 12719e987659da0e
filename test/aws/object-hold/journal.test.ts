import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/time';
import { openJournal, readJournal, type JournalLine } from '../../../src/aws';

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

  test('knows what an interrupted run has settled, for the same request only', async () => {
    const journal = await openJournal(path, systemClock);
    for (const entry of [start('one'), page('a'), start('one'), page('b'), end('aborted')]) await journal.append(entry);
    await journal.close();
    const again = await openJournal(path, systemClock);
    expect([...again.settledPages('one')]).toEqual(['a', 'b']);
    expect([...again.settledPages('two')]).toEqual([]);
    await again.close();
  });

  test('starts anew after a run that went through, after another request, and after a day', async () => {
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
