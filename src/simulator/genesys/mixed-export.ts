/**
 * The failure this project exists for: an export of a digital channel that is also asked to hold (`legal_hold`), or to
 * resolve metadata while it moves data (`include_metadata: true`), answers 500. Calls have no such metadata to resolve:
 * for them both are refused as fields that the model does not have. Where they differ from the public contract, and
 * what the failure looks like, is known from the report alone.
 */
import { standardError, unknownProperty } from './api-error';
import type { Json } from './validation';

const HOLD = 'legal_hold';
const METADATA = 'include_metadata';

/** True when the request carries either of the two, with whatever value. */
export function asksForHoldOrMetadata(query: URLSearchParams, body: Json): boolean {
  return query.has(HOLD) || query.has(METADATA) || HOLD in body || METADATA in body;
}

/**
 * Throws 500 when a digital export asks for a hold or for metadata; else 400 for a field that the model does not have.
 * An org with the compliance API has `include_metadata` in the body.
 */
export function refuseMixedExport(query: URLSearchParams, body: Json, digital: boolean, complianceApi: boolean): void {
  const mixed = [HOLD, METADATA].some((name) => query.get(name) === 'true' || isTrue(body[name]));
  if (digital && mixed) throw standardError(500);
  for (const name of [HOLD, METADATA]) {
    if (query.has(name)) throw unknownProperty(name, 'query parameters');
  }
  if (HOLD in body) throw unknownProperty(HOLD, 'RecordingJobsQuery');
  if (METADATA in body && !complianceApi) throw unknownProperty(METADATA, 'RecordingJobsQuery');
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
