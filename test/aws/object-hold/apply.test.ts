import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { systemClock } from '../../../src/time';
import {
  applyObjectHold,
  openJournal,
  readJournal,
  readPlacedHolds,
  type JournalLine,
  type ObjectHoldRequest,
} from '../../../src/aws';
import { awsError, MemoryObjectStore } from '../../support/memory-object-store';

const signal = new AbortController().signal;
const tags = new Map([
  ['matter', 'M-1'],
  ['hold', 'on'],
]);
const request: ObjectHoldRequest = { bucket: 'b', prefixes: ['org/'], tags, legalHold: true };

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apply-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function linesOf(file: string): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  await readJournal(file, (line) => lines.push(line));
  return lines;
}

describe('applying a hold', () => {
  test('tags and locks every version under the prefixes, and nothing else', async () => {
    const store = new MemoryObjectStore();
    store.put('org/a', { tags: { team: 'x' } });
    store.put('org/a', { tags: { matter: 'M-0' } });
    const outside = store.put('other/b');

    const result = await applyObjectHold(request, { store }, signal);

    expect(result).toMatchObject({
      versions: 2,
      changed: 2,
      unchanged: 0,
      failed: 0,
      stopped: null,
      overwrittenTags: 1,
    });
    expect(
      store.all.filter(({ key }) => key === 'org/a').map((one) => [one.hold, Object.fromEntries(one.tags)]),
    ).toEqual([
      ['ON', { matter: 'M-1', hold: 'on' }],
      ['ON', { team: 'x', matter: 'M-1', hold: 'on' }],
    ]);
    expect(outside).toMatchObject({ hold: 'OFF', tags: new Map() });
  });

  test('writes nothing the second time, and only what is missing in between', async () => {
    const store = new MemoryObjectStore();
    for (const name of ['a', 'b', 'c', 'd']) store.put(`org/${name}`);
    const first = await applyObjectHold(request, { store }, signal);
    expect(first.writes).toEqual({ holds: 4, tags: 4 });

    const second = await applyObjectHold(request, { store }, signal);
    expect(second).toMatchObject({ unchanged: 4, writes: { holds: 0, tags: 0 }, manifestSha256: first.manifestSha256 });

    store.all[1]!.hold = 'OFF';
    store.put('org/late');
    const third = await applyObjectHold(request, { store }, signal);
    expect(third).toMatchObject({ changed: 2, unchanged: 3, writes: { holds: 2, tags: 1 } });
    expect(third.manifestSha256).not.toBe(first.manifestSha256);
  });

  test('a fault on one version stops no other, and is named with the right that is missing', async () => {
    const store = new MemoryObjectStore();
    for (const name of ['a', 'b', 'c', 'd', 'e']) store.put(`org/${name}`);
    store.before = (operation, version) => {
      if (operation === 'writeTags' && version.key === 'org/b')
        throw awsError('AccessDenied', 403, 's3:PutObjectTagging');
    };

    const result = await applyObjectHold(request, { store }, signal);

    expect(result).toMatchObject({ changed: 4, failed: 1, stopped: null, failuresByCode: { AccessDenied: 1 } });
    expect(result.failures).toMatchObject({
      count: 1,
      first: [{ key: 'org/b', step: 'write-tags', code: 'AccessDenied', missingRight: 's3:PutObjectTagging' }],
    });
    // The hold is the control: it is on even where the label could not be set
    expect(store.all.every(({ hold }) => hold === 'ON')).toBe(true);
  });

  test('never writes tags that it could not read', async () => {
    const store = new MemoryObjectStore();
    store.put('org/a', { tags: { team: 'x' } });
    store.before = (operation) => {
      if (operation === 'readTags') throw awsError('AccessDenied', 403);
    };
    const result = await applyObjectHold(request, { store }, signal);
    expect(result).toMatchObject({ failed: 1, writes: { holds: 1, tags: 0 } });
    expect(Object.fromEntries(store.all[0]!.tags)).toEqual({ team: 'x' });
  });

  test('a version with ten tags is held, not retagged, and named', async () => {
    const store = new MemoryObjectStore();
    store.put('org/full', { tags: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`t${index}`, 'v'])) });
    const result = await applyObjectHold(request, { store }, signal);
    expect(result.failures.first[0]).toMatchObject({ step: 'limit', code: 'TagLimitExceeded' });
    expect(result.failures.first[0]?.message).toContain('t0, t1');
    expect(result.writes).toEqual({ holds: 1, tags: 0 });
  });

  test('a hold that does not stay is a failure', async () => {
    const store = new MemoryObjectStore();
    const version = store.put('org/a');
    store.afterWrite = (operation) => {
      if (operation === 'writeHold') version.hold = 'OFF';
    };
    const result = await applyObjectHold(request, { store }, signal);
    expect(result.failures.first[0]).toMatchObject({ step: 'verify-hold', code: 'NotApplied' });
  });

  test('counts all failures and keeps few', async () => {
    const store = new MemoryObjectStore(50);
    for (let index = 0; index < 300; index += 1) store.put(`org/${String(index).padStart(4, '0')}`);
    store.before = (operation, version) => {
      if (operation === 'writeHold' && version.key !== 'org/0000') throw awsError('AccessDenied', 403);
    };
    const { failed, failures } = await applyObjectHold(request, { store }, signal);
    expect([failed, failures.count, failures.first.length]).toEqual([299, 299, 100]);
  });

  test('gives up when the first thousand versions all fail', async () => {
    const store = new MemoryObjectStore(500);
    for (let index = 0; index < 3000; index += 1) store.put(`org/${String(index).padStart(4, '0')}`);
    store.before = (operation) => {
      if (operation === 'writeHold') throw awsError('AccessDenied', 403);
    };
    const result = await applyObjectHold({ ...request, tags: new Map() }, { store }, signal);
    expect(result).toMatchObject({ stopped: { why: 'hopeless' } });
    expect(result.failed).toBeLessThan(1200);
  });

  test('stops at once for what every version would meet, and tells what was done', async () => {
    const store = new MemoryObjectStore();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) store.put(`org/${name}`);
    store.before = (operation) => {
      if (operation === 'writeHold' && store.writes >= 4) throw awsError('ExpiredToken', 400);
    };
    const result = await applyObjectHold(request, { store, concurrency: { most: 1 } }, signal);
    expect(result).toMatchObject({ stopped: { why: 'refused', error: { code: 'ExpiredToken' } }, changed: 2 });
  });

  test('a bucket without Object Lock is refused before anything is written', async () => {
    const store = new MemoryObjectStore();
    store.put('org/a');
    store.lock = { state: 'off' };
    await expect(applyObjectHold(request, { store }, signal)).rejects.toMatchObject({ code: 'ObjectLockNotEnabled' });
    expect(store.writes).toBe(0);
    // Tags alone need no lock
    const result = await applyObjectHold({ ...request, legalHold: false }, { store }, signal);
    expect(result.writes).toEqual({ holds: 0, tags: 1 });
  });

  test('reports keys that a delete marker hides, once each, and holds what is behind', async () => {
    const store = new MemoryObjectStore(1);
    store.put('org/a');
    store.put('org/a');
    store.put('org/a', { marker: true });
    const marker = store.put('org/a', { marker: true });
    store.put('org/gone', { marker: true });
    store.put('org/old-marker', { marker: true });
    store.put('org/old-marker');
    const result = await applyObjectHold(request, { store }, signal);
    expect(result.hidden).toMatchObject({ count: 1, first: [{ key: 'org/a', versionId: marker.versionId }] });
    expect(store.all.every(({ hold }) => hold === 'ON')).toBe(true);
  });

  test('slows down when the service asks for it', async () => {
    const store = new MemoryObjectStore(200);
    for (let index = 0; index < 400; index += 1) store.put(`org/${String(index).padStart(4, '0')}`);
    await applyObjectHold(request, { store, concurrency: { start: 32, most: 32 } }, signal);
    expect(store.mostUnderWay).toBe(32);

    for (const version of store.all) version.hold = 'OFF';
    const seen: number[] = [];
    store.attempts = () => 2;
    await applyObjectHold(request, { store, concurrency: { start: 32, most: 32 } }, signal, (progress) =>
      seen.push(progress.concurrency),
    );
    expect(seen.at(-1)).toBe(1);
  });

  test('an abort is told with what was done, and the next run continues', async () => {
    const store = new MemoryObjectStore(2);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) store.put(`org/${name}`);
    const abort = new AbortController();
    store.afterWrite = () => {
      if (store.writes === 6) abort.abort(new Error('Ctrl-C'));
    };
    const journal = await openJournal(path, systemClock);
    const result = await applyObjectHold(request, { store, journal, concurrency: { most: 1 } }, abort.signal);
    await journal.close();
    expect(result).toMatchObject({ stopped: { why: 'aborted' }, changed: 2 });

    const again = await openJournal(path, systemClock);
    const rest = await applyObjectHold(request, { store, journal: again }, signal);
    await again.close();
    expect(rest).toMatchObject({ stopped: null, versions: 6, resumed: 2, failed: 0 });
    expect(store.all.every(({ hold }) => hold === 'ON')).toBe(true);
  });

  test('a version that came into a settled page is not passed over', async () => {
    const store = new MemoryObjectStore(2);
    for (const name of ['a', 'c', 'd', 'f']) store.put(`org/${name}`);
    store.before = (operation, version) => {
      if (operation === 'writeHold' && version.key === 'org/d') throw new Error('killed');
    };
    const journal = await openJournal(path, systemClock);
    await expect(applyObjectHold(request, { store, journal, concurrency: { most: 1 } }, signal)).rejects.toThrow(
      'killed',
    );
    await journal.close();
    store.before = () => undefined;
    store.put('org/b');

    const again = await openJournal(path, systemClock);
    await applyObjectHold(request, { store, journal: again }, signal);
    await again.close();
    expect(store.all.map(({ hold }) => hold)).toEqual(['ON', 'ON', 'ON', 'ON', 'ON']);
  });

  test('the journal tells before and after of each version, and gives the manifest digest', async () => {
    const store = new MemoryObjectStore();
    store.put('org/a', { tags: { team: 'x' } });
    store.put('org/b', { hold: 'ON', tags: { matter: 'M-1', hold: 'on' } });
    const journal = await openJournal(path, systemClock);
    const result = await applyObjectHold(request, { store, journal, concurrency: { most: 1 } }, signal);
    await journal.close();

    const lines = await linesOf(path);
    expect(lines.filter(({ type }) => type === 'intent')).toMatchObject([
      {
        key: 'org/a',
        holdBefore: 'OFF',
        holdAfter: 'ON',
      },
      { key: 'org/a', tagsBefore: { team: 'x' }, tagsAfter: { team: 'x', matter: 'M-1' } },
    ]);
    expect(lines.filter(({ type }) => type === 'version')).toMatchObject([
      { key: 'org/b', outcome: 'unchanged' },
      { key: 'org/a', outcome: 'changed', requestIds: [expect.any(String), expect.any(String)] },
    ]);
    expect(lines.at(-1)).toMatchObject({ type: 'end', stopped: null, manifestSha256: result.manifestSha256 });
    expect(result.journalHead).toMatch(/^[0-9a-f]{64}$/);
  });

  test('all holds that are about to be written are in the journal before the first is, window by window', async () => {
    const store = new MemoryObjectStore();
    for (let n = 0; n < 10; n += 1) store.put(`org/${n}`);
    const journal = await openJournal(path, systemClock);
    const known: number[] = [];
    let written = 0;
    store.before = (operation) => {
      if (operation === 'writeHold') written += 1;
    };
    const beforeWriting = async (): Promise<void> => {
      const intents = (await linesOf(path)).filter(({ type }) => type === 'intent');
      known.push(intents.length);
      // Everything of the windows before is done, and nothing of this one.
      expect(written).toBe(known.at(-2) ?? 0);
    };
    const wish = { ...request, tags: new Map<string, string>() };

    await applyObjectHold(wish, { store, journal, window: 4, concurrency: { most: 1 }, beforeWriting }, signal);
    await journal.close();

    expect(known).toEqual([4, 8, 10]);
    expect(store.all.every(({ hold }) => hold === 'ON')).toBe(true);
  });

  test.each([
    ['nothing asked for', { tags: new Map(), legalHold: false }, 'Neither'],
    ['impossible tags', { tags: new Map([['aws:x', 'y']]) }, 'aws:'],
  ])('refuses %s', async (_name, change, said) => {
    const store = new MemoryObjectStore();
    await expect(applyObjectHold({ ...request, ...change }, { store }, signal)).rejects.toThrow(said);
  });
});

describe('killed at any write', () => {
  const estate = fc.array(
    fc.record({
      key: fc.constantFrom('org/a', 'org/b', 'org/b b', 'org/ü', 'org/c/d', 'x/y'),
      hold: fc.constantFrom('ON' as const, 'OFF' as const),
      marker: fc.boolean(),
      tags: fc.dictionary(fc.constantFrom('matter', 'team', 't1', 't2'), fc.constantFrom('M-0', 'M-1')),
    }),
    { minLength: 1, maxLength: 12 },
  );

  test('the runs that follow converge, and after success nothing is written', async () => {
    await fc.assert(
      fc.asyncProperty(
        estate,
        fc.array(fc.record({ writes: fc.nat({ max: 6 }), before: fc.boolean() }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (objects, kills, most) => {
          const file = join(mkdtempSync(join(folder, 'run-')), 'journal.jsonl');
          const store = new MemoryObjectStore(2);
          for (const { key, ...options } of objects) store.put(key, options);
          const original = store.all.map((version) => ({ ...version, tags: new Map(version.tags) }));
          const run = async () => {
            const journal = await openJournal(file, systemClock);
            try {
              return await applyObjectHold(request, { store, journal, concurrency: { most } }, signal);
            } finally {
              await journal.close();
            }
          };

          // When it is killed some times, before or after a write went through
          for (const kill of kills) {
            let left = kill.writes;
            const die = () => {
              left -= 1;
              if (left < 0) throw new Error('killed');
            };
            store.before = (operation) => {
              if (kill.before && operation.startsWith('write')) die();
            };
            store.afterWrite = () => {
              if (!kill.before) die();
            };
            await run().catch((error: unknown) => expect(String(error)).toContain('killed'));
          }
          store.before = store.afterWrite = () => undefined;

          // Then the next run finishes
          const result = await run();
          expect(result).toMatchObject({ failed: 0, stopped: null });
          for (const [index, version] of store.all.entries()) {
            const before = original[index]!;
            if (!version.key.startsWith('org/')) expect(version).toEqual(before);
            else {
              expect(version.hold).toBe('ON');
              expect(Object.fromEntries(version.tags)).toEqual({
                ...Object.fromEntries(before.tags),
                ...Object.fromEntries(tags),
              });
            }
          }
          // and one more writes nothing
          const again = await run();
          expect(again.writes).toEqual({ holds: 0, tags: 0 });
          expect(again.manifestSha256).toBe(result.manifestSha256);
          // and the journal knows exactly the holds that were not there before
          const placed = await readPlacedHolds(file);
          for (const version of original.filter(({ key }) => key.startsWith('org/'))) {
            expect(placed.has(version)).toBe(version.hold === 'OFF');
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
