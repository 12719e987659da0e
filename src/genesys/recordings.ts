/** The export dates of recordings: conversation by conversation, or in bulk through the retention query. */
import type { Caller } from './bounded';
import { hasStatus } from './errors';
import type { ConversationId } from './model';
import { operations } from './operations';
import { pagesWithPlace } from './pages';

/** A recording and how far its export is. */
export interface RecordingRow {
  readonly conversationId: ConversationId;
  readonly recordingId: string;
  /** When it will be, or was to be, exported; null when no export is planned. */
  readonly exportDate: string | null;
  /** When it was exported; null when it was not. */
  readonly exportedDate: string | null;
  /** When it will be deleted, unless it is protected; null where no date is known. */
  readonly deleteDate?: string | null;
  /** When it was made. Only the retention query says so. */
  readonly creationTime?: string | null;
  /** True for a screen recording; undefined where the source does not say. */
  readonly screen?: boolean;
  /** True for a snippet; undefined where the source does not say. */
  readonly snippet?: boolean;
  /** Its file has to be restored from Genesys Cloud's archive before it can be exported; undefined where the source does not say. */
  readonly archived?: boolean;
  readonly startTime?: string;
  readonly endTime?: string;
}

const RETENTION_PAGE_SIZE = 500;

/** The recordings of one conversation; empty when it has none, null when there is no such conversation. */
export async function recordingsOf(
  client: Caller,
  conversationId: ConversationId,
  signal: AbortSignal,
): Promise<readonly RecordingRow[] | null> {
  try {
    const rows = await client.call({ operation: operations.getRecordingMetadata, params: { conversationId } }, signal);
    return rows.map((row) => ({
      conversationId,
      recordingId: row.id,
      exportDate: row.exportDate ?? null,
      exportedDate: row.exportedDate ?? null,
      deleteDate: row.deleteDate ?? null,
      screen: row.mediaSubtype === 'Screen',
      snippet: row.mediaSubtype === 'Snippet',
      archived: row.fileState === 'ARCHIVED' || row.fileState === 'RESTORING',
      ...(row.startTime === undefined ? {} : { startTime: row.startTime }),
      ...(row.endTime === undefined ? {} : { endTime: row.endTime }),
    }));
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}

/** Recordings of the whole organization that are kept for more than so many days, page by page. */
export async function* retentionPages(
  client: Caller,
  retentionThresholdDays: number,
  signal: AbortSignal,
): AsyncGenerator<readonly RecordingRow[]> {
  for await (const { rows } of retentionFrom(client, retentionThresholdDays, null, signal))
    if (rows.length > 0) yield rows;
}

/** A page of the retention query. */
export interface RetentionPage {
  readonly rows: readonly RecordingRow[];
  /** Where it continues; null: it was the last one. */
  readonly next: RetentionPlace | null;
}

/** A place in the retention query, as Genesys Cloud names it: nothing to be made up. */
export type RetentionPlace = Readonly<Record<string, string | number>>;

/** As {@link retentionPages}, from a place where an earlier run stopped; null: from the beginning. */
export async function* retentionFrom(
  client: Caller,
  retentionThresholdDays: number,
  place: RetentionPlace | null,
  signal: AbortSignal,
): AsyncGenerator<RetentionPage> {
  const request = {
    operation: operations.queryRetention,
    query: { retentionThresholdDays, pageSize: RETENTION_PAGE_SIZE, ...place },
  };
  for await (const { entities, next } of pagesWithPlace(client, request, (row) => row.recordingId, signal)) {
    const rows = entities.map(
      ({ conversationId, recordingId, deleteDate, creationTime, exportDate, exportedDate }) => ({
        conversationId: conversationId.toLowerCase(),
        recordingId,
        deleteDate: deleteDate ?? null,
        creationTime: creationTime ?? null,
        exportDate: exportDate ?? null,
        exportedDate: exportedDate ?? null,
      }),
    );
    yield { rows, next: next ?? null };
  }
}

/** An instant may come a little before the date that was planned for it: clocks differ. */
const CLOCKS_DIFFER_MS = 60 * 60 * 1_000;

/**
 * True when this recording is exported. One that was exported before and is planned again is not: its export date then
 * lies after its exported date.
 */
export function isExported(row: RecordingRow): boolean {
  if (row.exportedDate === null) return false;
  if (row.exportDate === null) return true;
  return !(Date.parse(row.exportedDate) < Date.parse(row.exportDate) - CLOCKS_DIFFER_MS);
}
