/**
 * Taking holds off again: with consent, only those that are ours, and only where no other claim needs them. Always from this
 * process, request by request: a job of S3 Batch Operations cannot be stopped when another matter claims the same versions.
 */
import { jobMark, type AwsError, type VersionRef } from '../../aws';
import { DiagnosticError, type Diagnostics, type StateOf } from '../../framework';
import { ConversationSet } from '../../genesys';
import { FileVersions, NotLifted, TIMING, type ClaimView, type Register } from '../../register';
import { approvalsOf, refuseUnapproved, unapproved } from '../approvals';
import type { BucketAccess } from '../bucket-access';
import { claimToRelease, ownClaim, refuseUnregisteredRelease, type Shares } from '../claims';
import type { Compliance } from '../compliance';
import { messageOf } from '../failures';
import { registerProblem } from '../register';
import { VersionBits } from './bits';
import { objectHoldNamed } from './claim';
import { describeScope, versions } from './computed';
import { journalPlace, withJournal, type JournalPlace } from './journal';
import { ownersOf, type Owners } from './ownership';
import { readable, unpack, type ObjectHoldPrivate } from './private';
import { Registration } from './registration';
import { batchSettings, type HoldArguments, type RunTools } from './run';
import type { ObjectHoldSchema } from './schema';
import { joinScopes, scopedStore, type ObjectScope } from './scope';

type State = StateOf<ObjectHoldSchema>;

/** Versions of a section at most. */
const SECTION = TIMING.chunk * TIMING.chunksASection;

/** A hold that is to be released. */
export interface Releasing {
  readonly client: Compliance;
  readonly prior: State;
  readonly kept: ObjectHoldPrivate | null;
  readonly bucket: BucketAccess;
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
}

/** What became of the versions, or would. `claims`: how many others keep some of them. */
export type Released = Shares;

/** Releases a hold. Safe to repeat after any interruption; throws when a version could not be released, or it is unknown whose it is. */
export async function releaseHold(releasing: Releasing): Promise<Released> {
  const { client, prior, kept, bucket, signal, diagnostics } = releasing;
  const named = objectHoldNamed(prior);
  await refuseWhileJobsHold(releasing);
  const { register, claim, place } = await whatToRelease(releasing);
  const registration = Registration.released(register, claim);
  const scopes = await scopesOf(register, claim, kept, signal);
  const tally = new Tally();
  let refusals: readonly AwsError[] = [];
  const approvals = await approvalsOf(client, prior, signal);
  try {
    await withJournal(client, place, signal, diagnostics, registration, async ({ journal, shipping }) => {
      const owners = await ownersOf(register, claim, place, prior.bucket, client.register.allHoldsAdopted, signal);
      await journal.append({ type: 'release', claim: claim.id, reason: prior.release_reason ?? '' });
      const bits = new VersionBits(bucket.store, journal, claim.id);
      tally.lifts = await register
        .releaseFiles(
          register.reference(claim.id),
          {
            bucket: prior.bucket,
            reason: prior.release_reason ?? '',
            bits,
            approvals,
            own: () => sections(register, claim, owners, { ...releasing, scopes }, tally),
          },
          signal,
        )
        .finally(() => (refusals = bits.refusals));
      if (shipping !== undefined) await shipping.ship(journal, signal);
    });
    return tally.shares;
  } catch (error) {
    const problem = registerProblem(error);
    if (problem !== undefined) throw unfinished(named, problem.message, error);
    if (error instanceof NotLifted) throw stillHeld(prior, error, refusals);
    throw notReleased(prior, kept, unapproved(error, named));
  }
}

/** What a run has held for a claim that was released meanwhile. */
export interface Dropped {
  readonly client: Compliance;
  readonly args: HoldArguments;
  readonly scopes: readonly ObjectScope[];
  readonly bucket: BucketAccess;
  readonly tools: RunTools;
}

/** Lifts it again: whoever released the claim may have looked before it was held. */
export async function liftAgain({ client, args, scopes, bucket, tools }: Dropped): Promise<void> {
  const { registration, signal, diagnostics } = tools;
  const { reference } = registration;
  if (reference === undefined) return;
  const register = await client.register.open(signal);
  const claim = register.view.claims.get(reference.claim);
  if (claim === undefined) return;
  const place = { ...tools.journal, head: undefined };
  const known = Registration.released(register, claim);
  await withJournal(client, place, signal, diagnostics, known, async ({ journal, shipping }) => {
    const owners = await ownersOf(register, claim, place, args.bucket, client.register.allHoldsAdopted, signal);
    const work = { bucket, signal, prior: args, scopes };
    const bits = new VersionBits(bucket.store, journal, claim.id);
    const own = () => sections(register, claim, owners, work, new Tally());
    const reason = claim.reason ?? '';
    await register.releaseFiles(reference, { bucket: args.bucket, reason, bits, own }, signal);
    await shipping?.ship(journal, signal);
  });
}

/** What a release would do now, for a plan; undefined where there are more versions than a plan compares. */
export async function outlookOf(releasing: Releasing, most: number): Promise<Released | undefined> {
  const { client, prior, signal } = releasing;
  const { register, claim, place } = await whatToRelease(releasing);
  const owners = await ownersOf(register, claim, place, prior.bucket, client.register.allHoldsAdopted, signal);
  const tally = new Tally();
  const scopes = await scopesOf(register, claim, releasing.kept, signal);
  for await (const section of sections(register, claim, owners, { ...releasing, scopes }, tally)) {
    if (section.size > 0 && tally.total > most) return undefined;
  }
  return tally.shares;
}

/** The claim and the journal of a hold that is to be released. Throws the refusals. */
async function whatToRelease({ client, prior, kept, signal }: Releasing): Promise<{
  readonly register: Register;
  readonly claim: ClaimView;
  readonly place: JournalPlace;
}> {
  const named = objectHoldNamed(prior);
  const own = ownClaim(prior, kept?.epoch ?? null);
  if (own === undefined || prior.id === null) throw refuseUnregisteredRelease(named);
  const found = await claimToRelease(client.register, own, named, signal);
  const approvals = await approvalsOf(client, prior, signal);
  const releasing = { named, reason: prior.release_reason ?? '', approvals };
  await refuseUnapproved(found.register, found.claim, releasing, signal);
  return { ...found, place: journalPlace(client, prior.id, prior.journal_dir, prior) };
}

/** Where a release looks. */
interface Sweeping {
  readonly prior: Pick<State, 'bucket'>;
  readonly scopes: readonly ObjectScope[];
  readonly bucket: BucketAccess;
  readonly signal: AbortSignal;
}

/** Goes through what was ever in scope, and gives what is to be lifted in sections; what stays is counted. */
async function* sections(
  register: Register,
  claim: ClaimView,
  owners: Owners,
  { prior, scopes, bucket, signal }: Sweeping,
  tally: Tally,
): AsyncGenerator<FileVersions> {
  const others = await register.coverOfOthers({ key: claim.key, claim: claim.id }, prior.bucket, signal);
  let section: VersionRef[] = [];
  for (const scope of joinScopes(scopes)) {
    const { store } = scopedStore(bucket.store, scope);
    for (const prefix of scope.prefixes) {
      for await (const { versions: listed } of store.listVersions(prefix, signal)) {
        for (const { key, versionId } of listed) {
          const whose = owners({ key, versionId });
          const claims = others(key);
          if (whose === 'unknown') tally.unknown += 1;
          else if (whose === 'before') tally.before += 1;
          else if (claims.length > 0) tally.stays(claims);
          else tally.lifts += 1;
          if (whose === 'ours') section.push({ key, versionId });
          if (section.length < SECTION) continue;
          yield FileVersions.of(section);
          section = [];
        }
      }
    }
  }
  if (section.length > 0) yield FileVersions.of(section);
}

/** What the hold has covered: as state knows it, else as its claim does. */
async function scopesOf(
  register: Register,
  claim: ClaimView,
  kept: ObjectHoldPrivate | null,
  signal: AbortSignal,
): Promise<readonly ObjectScope[]> {
  if (readable(kept) !== null && kept !== null) {
    const { scope, former } = unpack(kept);
    return [scope, ...former];
  }
  return scopesOfClaim(register, claim, signal);
}

/** What a claim covers, to be listed. */
export async function scopesOfClaim(
  register: Register,
  claim: ClaimView,
  signal: AbortSignal,
): Promise<readonly ObjectScope[]> {
  return (await register.files(claim, signal)).map(({ prefix, conversations }) => ({
    prefixes: [prefix],
    conversations: conversations ?? null,
    notExported: ConversationSet.empty,
  }));
}

/** Counts while a release goes through the versions. */
class Tally {
  lifts = 0;
  before = 0;
  unknown = 0;
  private stay = 0;
  private readonly claims = new Set<string>();

  stays(claims: readonly string[]): void {
    this.stay += 1;
    for (const claim of claims) this.claims.add(claim);
  }

  get total(): number {
    return this.lifts + this.stay + this.before + this.unknown;
  }

  get shares(): Shares {
    const { lifts, stay, claims, before, unknown } = this;
    return { lifts, stay, claims: claims.size, before, unknown };
  }
}

/** Jobs that are still running hold again what is released. */
async function refuseWhileJobsHold({ prior, bucket, signal }: Releasing): Promise<void> {
  if (prior.batch_operations === null || prior.id === null) return;
  const { settings } = batchSettings(prior);
  const running = await bucket.jobs(settings.accountId).unfinished(jobMark(prior.id), signal);
  if (running.length === 0) return;
  throw new DiagnosticError(
    'Jobs may still be under way',
    `Jobs of S3 Batch Operations are still holding versions of ${describeScope(prior)}: ${running.map(({ id }) => id).join(', ')}. They would hold again what is released. Nothing was changed. Apply once more, which waits for them, and then destroy.`,
  );
}

function unfinished(named: string, problem: string, cause: unknown): DiagnosticError {
  return new DiagnosticError(
    'Release could not be finished',
    `${named}: ${problem}\nWhat was released is in the register, as far as that could be written. Destroy again when the register can be used: the release continues from there.`,
    undefined,
    { cause },
  );
}

function stillHeld(prior: State, error: NotLifted, refusals: readonly AwsError[]): DiagnosticError {
  if (refusals.length > 0) {
    return new DiagnosticError(
      'Object hold could not be released',
      [
        `${versions(error.count)} under ${describeScope(prior)} could not be released. They stay held, and the hold stays in state and in the register as being released.`,
        ...refusals.slice(0, 5).map(({ message }) => `  ${message}`),
        ...(refusals.length > 5 ? [`  and ${refusals.length - 5} more`] : []),
        'Remove the cause and destroy again: what is released is not written again.',
      ].join('\n'),
      undefined,
      { cause: error },
    );
  }
  return new DiagnosticError(
    'Object versions are still held',
    `${versions(error.count)} under ${describeScope(prior)} are held although every request to release them was answered. Somebody who is not in the register may be holding them again, or something else than S3 answers. The hold stays in state: destroy again.`,
    undefined,
    { cause: error },
  );
}

function notReleased(prior: State, kept: ObjectHoldPrivate | null, error: unknown): unknown {
  if (error instanceof DiagnosticError || !(error instanceof Error) || error.name === 'AbortError') return error;
  if (error.name !== 'AwsError') return error;
  return new DiagnosticError(
    'Object hold could not be released',
    `Not all object versions under ${describeScope(prior)} could be released. The rest stay held, and the hold stays in state${kept === null ? '' : ' and in the register as being released'}.\n  ${messageOf(error)}\nRemove the cause and destroy again: what is released is not written again.`,
    undefined,
    { cause: error },
  );
}
