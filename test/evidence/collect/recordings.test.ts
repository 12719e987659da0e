/** Recordings by the listing of the whole organization, where it answers; by single questions where it does not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConversationSet } from '../../../src/conversations';
import { recordingsOf, type RecordingsWanted, type SeenConversation } from '../../../src/evidence/collect/recordings';
import { Work } from '../../../src/evidence';
import type { Genesys, RecordingRow, RetentionPage, RetentionPlace } from '../../../src/genesys';
import { never } from '../../genesys/helpers';
import { JOB, NOW, uuidOf } from '../support/world';

const DAY = 86_400_000;
const MADE = new Date(NOW - 40 * DAY).toISOString();
const PAGE = 50;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recordings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An organization of recordings, a page of fifty at a time. */
class Organization {
  readonly rows: RecordingRow[] = [];
  readonly asked: string[] = [];
  /** Places that were asked for. */
  readonly pages: number[] = [];
  readonly thresholds: number[] = [];
  failsAtPage = Infinity;
  failsAtAsked = Infinity;
  /** What only a question about the conversation says. */
  readonly kinds = new Map<string, Partial<RecordingRow>>();
  readonly unlisted = new Set<RecordingRow>();

  add(conversationId: string, change: Partial<RecordingRow> = {}): RecordingRow {
    const recordingId = uuidOf(`recording ${this.rows.length}`);
    const row = { conversationId, recordingId, exportDate: MADE, exportedDate: MADE, creationTime: MADE, ...change };
    this.rows.push(row);
    return row;
  }

  get genesys(): Genesys {
    const single = (id: string): Promise<readonly RecordingRow[] | null> => {
      if (this.asked.length >= this.failsAtAsked) return Promise.reject(new Error('cut off'));
      this.asked.push(id);
      const rows = this.rows.filter(({ conversationId }) => conversationId === id);
      return Promise.resolve(rows.map((row) => ({ ...row, ...this.kinds.get(row.recordingId) })));
    };
    const retention = (days: number, place: RetentionPlace | null): AsyncGenerator<RetentionPage> => {
      this.thresholds.push(days);
      return this.listing(Number(place?.['cursor'] ?? 0));
    };
    return { recordingsOf: single, retention } as Partial<Genesys> as Genesys;
  }

  private async *listing(from: number): AsyncGenerator<RetentionPage> {
    const all = this.rows.filter((row) => !this.unlisted.has(row));
    for (let at = from; at === from || at < all.length; at += PAGE) {
      if (this.pages.length >= this.failsAtPage) throw new Error('cut off');
      this.pages.push(at);
      const next = at + PAGE < all.length ? { cursor: String(at + PAGE) } : null;
      yield await Promise.resolve({ rows: all.slice(at, at + PAGE), next });
    }
  }
}

const idsOf = (count: number): string[] => Array.from({ length: count }, (_, at) => uuidOf(`c${at}`));

async function look(
  organization: Organization,
  ids: readonly string[],
  change: Partial<RecordingsWanted> & { readonly counted?: number | null } = {},
): Promise<readonly SeenConversation[]> {
  const conversations = ConversationSet.of(ids);
  const { counted = organization.rows.length, ...wanted } = change;
  const jobs = [{ ...JOB, recordings: counted, covers: conversations }];
  const work = await Work.open(join(folder, 'work'), 'question', NOW);
  const seen = await recordingsOf(
    { conversations, jobs, settled: conversations, settledEnd: NOW - 30 * DAY, now: NOW, ...wanted },
    { genesys: organization.genesys, work, signal: never, progress: () => undefined },
  );
  if ('refused' in seen) throw new Error(seen.refused);
  const rows: SeenConversation[] = [];
  for await (const one of seen.read()) rows.push(one);
  return rows;
}

function exported(ids: readonly string[]): Organization {
  const organization = new Organization();
  for (const id of ids) organization.add(id);
  return organization;
}

test('given conversations whose recordings are exported, then pages answer and nobody is asked about one', async () => {
  const ids = idsOf(200);
  const organization = exported(ids);
  const rows = await look(organization, ids);
  expect([organization.asked.length, organization.pages.length, organization.thresholds]).toEqual([0, 4, [28]]);
  expect(rows.map(({ id }) => id)).toEqual([...ids].sort());
  for (const { recordings } of rows) expect(recordings).toMatchObject([{ created: Date.parse(MADE) }]);
});

test('given what the listing cannot answer, then exactly these are asked about', async () => {
  const ids = idsOf(200);
  const [planned, empty, young] = ids as [string, string, string];
  const organization = exported(ids.filter((id) => id !== planned && id !== empty));
  const { recordingId } = organization.add(planned, { exportedDate: null });
  organization.kinds.set(recordingId, { screen: true });
  const rows = await look(organization, ids, { settled: ConversationSet.of(ids.filter((id) => id !== young)) });
  expect([...organization.asked].sort()).toEqual([planned, empty, young].sort());
  expect(rows).toHaveLength(200);
  expect(rows.find(({ id }) => id === planned)?.recordings?.[0]?.kind).toBe('screen');
  expect(rows.find(({ id }) => id === empty)?.recordings).toEqual([]);
});

test('given a job that counted more than was found, or does not say how many, then all that it covers are asked about', async () => {
  const ids = idsOf(120);
  const organization = exported(ids);
  organization.unlisted.add(organization.add(ids[0] ?? ''));
  const rows = await look(organization, ids);
  expect(organization.asked).toHaveLength(120);
  expect(rows).toHaveLength(120);
  expect(rows.find(({ id }) => id === ids[0])?.recordings).toHaveLength(2);

  rmSync(join(folder, 'work'), { recursive: true });
  const silent = exported(ids);
  await look(silent, ids, { counted: null });
  expect(silent.asked).toHaveLength(120);
});

test('given an organization with far more recordings than the matter, then the listing is given up', async () => {
  const ids = idsOf(60);
  const organization = exported(idsOf(4000));
  const rows = await look(organization, ids, { counted: 60 });
  expect([organization.pages.length, organization.asked.length, rows.length]).toEqual([60, 60, 60]);
});

test('given few conversations, then nothing is listed', async () => {
  const ids = idsOf(50);
  const organization = exported(ids);
  await look(organization, ids);
  expect([organization.pages.length, organization.asked.length]).toEqual([0, 50]);
});

test('given a look that is cut off, then the next one goes on with the page and the conversation after the last', async () => {
  const ids = idsOf(400);
  const organization = exported(ids.slice(0, 300));
  organization.failsAtPage = 4;
  await expect(look(organization, ids)).rejects.toThrow('cut off');
  organization.failsAtPage = Infinity;
  organization.failsAtAsked = 90;
  await expect(look(organization, ids)).rejects.toThrow('cut off');
  organization.failsAtAsked = Infinity;
  const rows = await look(organization, ids);
  expect(rows).toHaveLength(400);
  // The last page that was written is seen again, and so are conversations that were not written yet.
  expect(organization.pages).toEqual([0, 50, 100, 150, 150, 200, 250]);
  expect(organization.asked.length).toBeLessThan(150);
});
