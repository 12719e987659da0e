import { uuid, type AttributeValidator } from '../framework';
import { parseExportId } from './export-id';

/** Ids of recording jobs as the `id` of a whole export job has them: UUIDs joined by commas. */
export const jobIds: AttributeValidator<string> = {
  description: 'the id of an export job: job ids joined by commas',
  check: (value) => {
    const { jobIds: ids, withoutJob } = parseExportId(value);
    if (withoutJob > 0) {
      return `"+${withoutJob}" at its end says that this export was cut short, and ${withoutJob} of its batches had no job yet: these jobs are not the whole export. Apply the configuration that exports to its end, and use the id that it has then.`;
    }
    const wrong = ids.find((id) => uuid().check(id) !== undefined);
    return wrong === undefined
      ? undefined
      : `"${wrong}" is not the UUID of a recording job. Use the id of a genesyscloud_recording_export_job, or job ids joined by commas without blanks.`;
  },
};

/** Ids are the same in any case. */
export function sameId(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** Sets of ids are the same in any case and order. */
export function sameIds(left: readonly string[], right: readonly string[]): boolean {
  const known = new Set(left.map((id) => id.toLowerCase()));
  const others = new Set(right.map((id) => id.toLowerCase()));
  return known.size === others.size && [...others].every((id) => known.has(id));
}
