import { lengthBetween, uuid, type AttributeValidator } from '../framework';
import { LONGEST_COMPARED } from '../words';
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

/** A text for people: one of nothing but white space says nothing, and a record keeps it for years. */
export function written(most: number): AttributeValidator<string> {
  const inLength = lengthBetween(1, most);
  return {
    description: `of length 1 to ${most} and not blank`,
    check: (value) => {
      if (value === '' || value.trim() !== '') return inLength.check(value);
      return 'It is blank: nothing but white space. Write something that tells people what it is.';
    },
  };
}

/**
 * What no reference id is, whatever the pattern of the provider says: that pattern is not known when a configuration is
 * validated, so it is compared when planning.
 */
export const referenceId: AttributeValidator<string> = {
  description: `a text that is not blank, of at most ${LONGEST_COMPARED} characters`,
  check: (value) => {
    if (value.trim() === '') return 'It is blank. Write the reference of your case system, or leave the argument out.';
    if (value.length <= LONGEST_COMPARED) return undefined;
    return `It has ${value.length} characters; no reference is compared that is longer than ${LONGEST_COMPARED}.`;
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
