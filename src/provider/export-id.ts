/**
 * The id of an export: its recording jobs, joined by commas; while batches have no job yet, `,+N` follows with their number.
 * So whoever gets the id, in whatever configuration, sees that these jobs are not the whole export: when all of them are
 * done, Genesys Cloud would call it complete.
 */

import { counted } from '../words';

/** What an id says. */
export interface ExportId {
  readonly jobIds: readonly string[];
  /** Batches without a job. */
  readonly withoutJob: number;
}

const ENDING = /,\+(\d+)$/;

/** Writes an id; without any job it is empty. */
export function formatExportId({ jobIds, withoutJob }: ExportId): string {
  return jobIds.length === 0 || withoutJob === 0 ? jobIds.join(',') : `${jobIds.join(',')},+${withoutJob}`;
}

/** Reads an id; jobs are in lower case then. */
export function parseExportId(id: string): ExportId {
  const ending = ENDING.exec(id);
  return {
    jobIds: id.replace(ENDING, '').toLowerCase().split(','),
    withoutJob: Number(ending?.[1] ?? 0),
  };
}

/** For people: the first job, and how many there are. An export that has grown has hundreds. */
export function exportIdInWords(id: string | null): string {
  const [first = '', ...others] = (id ?? 'without a job').replace(ENDING, '').split(',');
  return others.length === 0 ? first : `${first} and ${counted(others.length, 'more job')}`;
}
