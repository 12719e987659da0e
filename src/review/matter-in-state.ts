/** What a state says of a matter: which exports its holds are about, and where these deliver. */
import { EXPORT, HOLD, OBJECT_HOLD } from '../words';
import { rowsIn, textIn } from './standing/read';
import type { Values } from './standing/standing';
import { managedIn } from './status';

/** What of a matter is in a state. */
export interface MatterInState {
  /** Recording jobs of the exports that its holds name, each once. */
  readonly jobIds: readonly string[];
  /** Where they deliver, by `destination`, and where its holds on objects lie. */
  readonly places: readonly { readonly bucket: string; readonly prefix: string }[];
  /** Addresses of its holds. */
  readonly holds: readonly string[];
}

/** Reads the JSON of `terraform show -json`. Throws {@link NotAState}. */
export function matterInState(text: string, matter: string): MatterInState {
  const resources = managedIn(text);
  const holds = resources.filter(({ type, values }) => isHold(type) && matterOf(values) === matter);
  const exportIds = new Set(holds.flatMap(({ values }) => textIn(values, 'export_job_id') ?? []));
  const exports = resources.filter(({ type, values }) => type === EXPORT && exportIds.has(textIn(values, 'id') ?? ''));
  // An export that is in another state is known by its id alone, which is its jobs.
  const known = new Set(exports.map(({ values }) => textIn(values, 'id') ?? ''));
  const elsewhere = [...exportIds].filter((id) => !known.has(id));
  return {
    jobIds: [...new Set([...exports.flatMap(({ values }) => jobsIn(values)), ...elsewhere.flatMap(jobsOfId)])],
    places: [
      ...exports.flatMap(({ values }) => rowsIn(values, 'destination')),
      ...holds.map(({ values }) => values),
    ].flatMap((values) => {
      const bucket = textIn(values, 'bucket');
      return bucket === null ? [] : [{ bucket, prefix: textIn(values, 'prefix') ?? '' }];
    }),
    holds: holds.map(({ address }) => address),
  };
}

function isHold(type: string): boolean {
  return type === HOLD || type === OBJECT_HOLD;
}

function matterOf(values: Values): string | null {
  return textIn(values, 'external_reference_id') ?? textIn(values, 'name');
}

function jobsIn(values: Values): readonly string[] {
  return rowsIn(values, 'batches').flatMap((batch) => textIn(batch, 'job_id') ?? []);
}

/** The id of an export is its jobs' ids; `+N` counts batches without a job. */
function jobsOfId(id: string): readonly string[] {
  return id.split(',').filter((part) => part !== '' && !part.startsWith('+'));
}
