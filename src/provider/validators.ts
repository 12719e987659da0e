import { uuid, type AttributeValidator } from '../framework';

/** Ids of recording jobs as an export job's `id` has them: UUIDs joined by commas. */
export const jobIds: AttributeValidator<string> = {
  description: 'the id of an export job: job ids joined by commas',
  check: (value) => {
    const wrong = value.split(',').find((id) => uuid().check(id) !== undefined);
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
