import { DiagnosticError, type ImportContext, type StateOf } from '../../framework';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { objectLockMissing } from '../../aws';
import { ConversationSet } from '../../genesys';
import { newIdentity } from './identity';
import { NO_LOSSES } from './losses';
import { pack, type ObjectHoldPrivate } from './private';
import { withBucket } from './run';
import type { ObjectHoldSchema } from './schema';

/** Takes over objects that are held already: `bucket/prefix`. `read` then looks how they stand. */
export async function importObjectHold({ client, id, signal }: ImportContext<Compliance>): Promise<{
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
  await requireObjectLock(client, bucket, signal);
  const scope = { prefixes: [prefix], conversations: null, notExported: ConversationSet.empty };
  const nothing = { former: [], jobs: [], tagSets: 1, consent: false, held: 0, formerHeld: 0 };
  return {
    state: { bucket, prefix, id: newIdentity() },
    private: pack({ scope, ...nothing, last: null, losses: NO_LOSSES }),
  };
}

/** In a bucket without Object Lock nothing is held that could be taken over. */
async function requireObjectLock(client: Compliance, bucket: string, signal: AbortSignal): Promise<void> {
  const place = { bucket, region: null, endpoint: null };
  const support = await explained('Object hold could not be imported', undefined, () =>
    withBucket(client, place, ({ store }) => store.lockSupport(signal)),
  );
  if (support.state !== 'off') return;
  throw new DiagnosticError('Nothing is held in this bucket', objectLockMissing(bucket));
}
