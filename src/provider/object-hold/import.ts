import { DiagnosticError, type ImportContext, type StateOf } from '../../framework';
import type { Compliance } from '../compliance';
import { idOf } from './computed';
import { pack, type ObjectHoldPrivate } from './private';
import type { ObjectHoldSchema } from './schema';

/** Takes over objects that are held already: `bucket/prefix`. `read` then looks how they stand. */
export function importObjectHold({ id }: ImportContext<Compliance>): Promise<{
  readonly state: Partial<StateOf<ObjectHoldSchema>>;
  readonly private: ObjectHoldPrivate;
}> {
  const slash = id.indexOf('/');
  const bucket = id.slice(0, Math.max(slash, 0));
  const prefix = id.slice(slash + 1);
  if (bucket === '' || bucket.endsWith(':')) {
    throw new DiagnosticError(
      'Invalid import id',
      `"${id}" does not say which objects are held.\nImport takes bucket/prefix, without "s3://"; bucket/ is the whole bucket.`,
    );
  }
  const scope = { prefixes: [prefix], conversations: null };
  return Promise.resolve({
    state: { bucket, prefix, id: idOf({ bucket, prefix, export_job_id: null }) },
    private: pack({ scope, former: [], jobs: [], tagSets: 1, consent: false, held: 0, formerHeld: 0 }),
  });
}
