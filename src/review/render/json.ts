import { SCHEMA_VERSION, tally, type ReviewReport } from '../report';

/**
 * For programs: the whole report, with counts. Described by docs/schemas/report-1.json; fields that are added later change
 * nothing about those that are there.
 */
export function renderJson(report: ReviewReport): string {
  const { kind, title, ...rest } = report;
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, kind, title, summary: tally(report), ...rest }, null, 2)}\n`;
}
