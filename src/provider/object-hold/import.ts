import { DiagnosticError, type ImportContext, type StateOf } from '../../framework';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { objectLockMissing } from '../../aws';
import { ConversationSet } from '../../genesys';
import { ClaimRefused, isLive, type FileScope } from '../../register';
import { OBJECT_HOLD } from '../../words';
import { refusedClaim } from '../claims';
import { registerProblem } from '../register';
import { exportInName, nameInConfiguration } from './claim';
import { identityIn, newIdentity } from './identity';
import { NO_LOSSES } from './losses';
import { pack, type ObjectHoldPrivate } from './private';
import { withBucket } from './run';
import { scopesOfClaim } from './release';
import type { ObjectHoldSchema } from './schema';
import type { ObjectScope } from './scope';

/**
 * Takes over objects that are held already: `bucket/prefix`, or a claim of the register, `claim/<id>`. `read` then looks how they
 * stand.
 */
export async function importObjectHold({ client, id, signal }: ImportContext<Compliance>): Promise<{
  readonly state: Partial<StateOf<ObjectHoldSchema>>;
  readonly private: ObjectHoldPrivate;
}> {
  if (id.startsWith('claim/')) return importClaim(client, id.slice('claim/'.length), signal);
  const slash = id.indexOf('/');
  const bucket = id.slice(0, Math.max(slash, 0));
  const prefix = id.slice(slash + 1);
  if (bucket === '' || bucket.endsWith(':')) {
    throw new DiagnosticError(
      'Invalid import id',
      `"${id}" does not say which objects are held.\nImport takes bucket/prefix, without "s3://"; bucket/ is the whole bucket. A claim of the register is imported as claim/<id>.`,
    );
  }
  await requireObjectLock(client, bucket, signal);
  const scope = { prefixes: [prefix], conversations: null, notExported: ConversationSet.empty };
  return {
    state: { bucket, prefix, id: newIdentity() },
    private: pack({ scope, former: [], ...NOTHING_YET }),
  };
}

const NOTHING_YET = {
  jobs: [],
  tagSets: 1,
  consent: false,
  held: 0,
  formerHeld: 0,
  last: null,
  losses: NO_LOSSES,
  epoch: null,
  unregistered: false,
  imported: true,
} as const;

/** A hold whose state was lost, or that never reached one: what it covers is in the register, and the next apply takes it over. */
async function importClaim(
  client: Compliance,
  id: string,
  signal: AbortSignal,
): Promise<{ readonly state: Partial<StateOf<ObjectHoldSchema>>; readonly private: ObjectHoldPrivate }> {
  const named = `The claim ${id}`;
  try {
    const register = await client.register.open(signal);
    const claim = register.view.claims.get(id);
    if (claim === undefined || claim.key.resourceType !== OBJECT_HOLD) {
      throw new DiagnosticError(
        'There is no such claim',
        `The register at ${register.place} has no claim ${id} of an object hold. "genesyscloud-compliance holds" lists those it has.`,
      );
    }
    if (!isLive(claim)) throw new ClaimRefused('dropped', claim);
    const [scope, ...former] = await scopesOfClaim(register, claim, signal);
    const [{ bucket, prefix, conversations }] = (await register.files(claim, signal)) as [FileScope];
    const ofExport = conversations !== undefined;
    return {
      state: {
        bucket,
        // A claim keeps the conversations of an export and not its jobs; a hold without a name of its own is named after them.
        export_job_id: ofExport ? exportInName(claim.key.name) : null,
        prefix: ofExport && prefix === '' ? null : prefix,
        // One that was made of many job ids is longer than a configuration may have it, and is made again.
        name: nameInConfiguration(claim.key.name),
        ...(claim.key.matter === claim.key.name ? {} : { external_reference_id: claim.key.matter }),
        object_lock_legal_hold: true,
        id: await identityIn(register.journal(id), signal),
        register_id: register.id,
        claim_id: id,
      },
      private: pack({ scope: scope as ObjectScope, former, ...NOTHING_YET }),
    };
  } catch (error) {
    const problem = registerProblem(error);
    if (problem !== undefined) throw new DiagnosticError('Claim could not be imported', `${named}: ${problem.message}`);
    throw refusedClaim(error, named);
  }
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
