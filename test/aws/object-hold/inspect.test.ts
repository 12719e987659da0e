import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/time';
import {
  applyObjectHold,
  inspectObjectHold,
  openJournal,
  placedIn,
  readPlacedHolds,
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

describe('the holds that a journal shows to be ours', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'placed-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('are those placed and not released since: a release that was not seen leaves them ours', async () => {
    const path = join(folder, 'journal.jsonl');
    const store = new MemoryObjectStore();
    const [kept, gone] = [store.put('org/kept'), store.put('org/gone')];
    const held = store.put('org/held', { hold: 'ON' });
    const journal = await openJournal(path, systemClock);
    await applyObjectHold(request, { store, journal }, signal);
    const lifting = { holdBefore: 'ON', holdAfter: 'OFF' } as const;
    for (const { key, versionId } of [kept, gone]) await journal.append({ type: 'intent', key, versionId, ...lifting });
    const { key, versionId } = gone;
    await journal.append({ type: 'version', outcome: 'changed', key, versionId, ...lifting, size: 0 });
    await journal.close();

    const placed = await readPlacedHolds(path);

    expect([kept, gone, held].map((version) => placed.has(version))).toEqual([true, false, false]);
    expect(placed).toMatchObject({ size: 1, isComplete: true, unknown: null });
    // and the same of the journal in pieces
    const bytes = readFileSync(path);
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
    };
    expect(await placedIn(pieces(), 'pieces')).toMatchObject({ size: 1, isComplete: true });
  });

  test('know of a hold that came into the register without a record of what was held before', async () => {
    const path = join(folder, 'journal.jsonl');
    const journal = await openJournal(path, systemClock);
    await journal.append({ type: 'adopted', claim: 'c', unknown: 'others' });
    await journal.close();

    expect((await readPlacedHolds(path)).unknown).toBe('others');
  });
});
