import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/time';
import {
  applyObjectHold,
  inspectObjectHold,
  LEFT_NOT_OURS,
  LEFT_OTHER_TAGS,
  openJournal,
  readPlacedHolds,
  releaseObjectHold,
  type ObjectHoldRequest,
} from '../../../src/aws';
import { awsError, MemoryObjectStore } from '../../support/memory-object-store';

const signal = new AbortController().signal;
const request: ObjectHoldRequest = {
  bucket: 'b',
  prefixes: ['org/'],
  tags: new Map([['matter', 'M-1']]),
  legalHold: true,
};

describe('inspecting', () => {
  test('finds what was released, lost its tags or came later, and writes nothing', async () => {
    const store = new MemoryObjectStore();
    for (const name of ['a', 'b', 'c']) store.put(`org/${name}`);
    const applied = await applyObjectHold(request, { store }, signal);
    const clean = await inspectObjectHold(request, { store }, signal);
    expect(clean).toMatchObject({
      versions: 3,
      right: 3,
      notHeld: { count: 0 },
      notTagged: { count: 0 },
      distinctTagSets: 0,
    });
    expect(clean.manifestSha256).toBe(applied.manifestSha256);

    store.all[0]!.hold = 'OFF';
    store.all[1]!.tags = new Map([
      ['matter', 'M-2'],
      ['x', 'y'],
    ]);
    const late = store.put('org/late');
    const marker = store.put('org/c', { marker: true });
    const writesBefore = store.writes;
    const drifted = await inspectObjectHold(request, { store }, signal);

    expect(drifted).toMatchObject({ versions: 4, right: 1, distinctTagSets: 2, unseen: { count: 0 } });
    expect(drifted.notHeld.first.map(({ key }) => key)).toEqual(['org/a', 'org/late']);
    expect(drifted.notTagged.first.map(({ key }) => key)).toEqual(['org/b', late.key]);
    expect(drifted.hidden.first).toMatchObject([{ key: 'org/c', versionId: marker.versionId }]);
    expect(store.writes).toBe(writesBefore);
  });

  test('asks only for what is wanted', async () => {
    const store = new MemoryObjectStore();
    for (const name of ['a', 'b', 'c', 'd']) store.put(`org/${name}`, { hold: 'ON' });
    const result = await inspectObjectHold({ ...request, tags: new Map() }, { store }, signal);
    expect(result.requests).toBe(4 + 2);
    expect(store.calls.every(({ operation }) => operation === 'readHold')).toBe(true);
  });

  test('what could not be read is neither right nor wrong', async () => {
    const store = new MemoryObjectStore();
    store.put('org/a', { hold: 'ON', tags: { matter: 'M-1' } });
    store.put('org/b');
    store.before = (operation, version) => {
      if (operation === 'readHold' && version.key === 'org/b')
        throw awsError('AccessDenied', 403, 's3:GetObjectLegalHold');
    };
    const result = await inspectObjectHold(request, { store }, signal);
    expect(result).toMatchObject({ right: 1, notHeld: { count: 0 }, unseen: { count: 1 } });
    expect(result.unseen.first[0]).toMatchObject({ key: 'org/b', missingRight: 's3:GetObjectLegalHold' });
  });

  test('stops asking when nothing at all may be read', async () => {
    const store = new MemoryObjectStore(500);
    for (let index = 0; index < 2000; index += 1) store.put(`org/${String(index).padStart(4, '0')}`);
    let asked = 0;
    store.before = () => {
      asked += 1;
      throw awsError('AccessDenied', 403, 's3:GetObjectLegalHold');
    };
    await expect(inspectObjectHold(request, { store }, signal)).rejects.toMatchObject({ code: 'AccessDenied' });
    expect(asked).toBeLessThan(1200);
  });
});

describe('releasing', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'release-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('takes off the holds that are ours, keeps the tags, and leaves those of other matters', async () => {
    // Given a hold over three versions, one of which another matter held before
    const path = join(folder, 'journal.jsonl');
    const store = new MemoryObjectStore();
    store.put('org/a', { tags: { team: 'x' } });
    store.put('org/b', { hold: 'ON' });
    store.put('org/c');
    const journal = await openJournal(path, systemClock);
    await applyObjectHold(request, { store, journal }, signal);
    await journal.close();
    // and a version that somebody else held later
    store.put('org/d', { hold: 'ON', tags: { matter: 'M-2' } });

    // When ours is released
    const result = await releaseObjectHold({ ...request, placed: await readPlacedHolds(path) }, { store }, signal);

    // Then only ours is off
    expect(Object.fromEntries(store.all.map(({ key, hold }) => [key, hold]))).toEqual({
      'org/a': 'OFF',
      'org/b': 'ON',
      'org/c': 'OFF',
      'org/d': 'ON',
    });
    expect(result).toMatchObject({ changed: 2, failed: 0, left: { [LEFT_NOT_OURS]: 1, [LEFT_OTHER_TAGS]: 1 } });
    expect(Object.fromEntries(store.all[0]!.tags)).toEqual({ team: 'x', matter: 'M-1' });
    // and a second release writes nothing
    const again = await releaseObjectHold({ ...request, placed: await readPlacedHolds(path) }, { store }, signal);
    expect(again.writes).toEqual({ holds: 0, tags: 0 });
  });

  test('goes by the journal where our tags could not be set, and by the tags where there is no journal', async () => {
    const path = join(folder, 'journal.jsonl');
    const store = new MemoryObjectStore();
    store.put('org/full', { tags: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`t${index}`, 'v'])) });
    store.put('org/taken-over');
    const journal = await openJournal(path, systemClock);
    await applyObjectHold(request, { store, journal }, signal);
    await journal.close();
    store.all[1]!.tags = new Map([['matter', 'M-2']]);

    const byTags = await releaseObjectHold(request, { store }, signal);
    expect(byTags).toMatchObject({ changed: 0, left: { [LEFT_OTHER_TAGS]: 2 } });
    const byJournal = await releaseObjectHold({ ...request, placed: await readPlacedHolds(path) }, { store }, signal);
    expect(byJournal).toMatchObject({ changed: 1, left: { [LEFT_OTHER_TAGS]: 1 } });
    expect(store.all.map(({ hold }) => hold)).toEqual(['OFF', 'ON']);
  });

  test('removes our tags when asked to, and nobody else’s', async () => {
    const store = new MemoryObjectStore();
    store.put('org/a', { hold: 'ON', tags: { team: 'x', matter: 'M-1' } });
    await releaseObjectHold({ ...request, removeTags: true }, { store }, signal);
    expect(store.all[0]).toMatchObject({ hold: 'OFF', tags: new Map([['team', 'x']]) });
  });

  test('a version whose tags cannot be read stays held', async () => {
    const store = new MemoryObjectStore();
    store.put('org/a', { hold: 'ON', tags: { matter: 'M-1' } });
    store.before = (operation) => {
      if (operation === 'readTags') throw awsError('AccessDenied', 403);
    };
    const result = await releaseObjectHold(request, { store }, signal);
    expect(result).toMatchObject({ failed: 1, changed: 0 });
    expect(store.all[0]!.hold).toBe('ON');
  });
});

describe('the holds that a journal shows to be ours', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'placed-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('are those placed and not released since: a release that was refused leaves them ours', async () => {
    const path = join(folder, 'journal.jsonl');
    const store = new MemoryObjectStore();
    const [refused, gone] = [store.put('org/refused'), store.put('org/gone')];
    const run = async (act: typeof applyObjectHold | typeof releaseObjectHold): Promise<void> => {
      const placed = await readPlacedHolds(path);
      const journal = await openJournal(path, systemClock);
      await act({ ...request, placed }, { store, journal }, signal);
      await journal.close();
    };
    await run(applyObjectHold);
    store.before = (operation, version) => {
      if (operation === 'writeHold' && version.key === 'org/refused') throw awsError('AccessDenied', 403);
    };

    await run(releaseObjectHold);

    const placed = await readPlacedHolds(path);
    expect([placed.has(refused), placed.has(gone), placed.size]).toEqual([true, false, 1]);
  });
});
