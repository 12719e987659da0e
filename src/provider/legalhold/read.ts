import { isDeepStrictEqual } from 'node:util';
import { DiagnosticError, type ReadContext, type StateOf } from '../../framework';
import { ConversationSet, GenesysError, isSettled, type HoldApi, type Looks, type Standing } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { holdApiName } from '../hold-api';
import { readOrganization } from '../organization';
import { both, counted, ledgerAfter, NOTHING_KNOWN, privateOf } from './apply';
import { compareClaim, ownClaim } from '../claims';
import { holdNamed } from './computed';
import { holdIdOf } from './hold-id';
import { ledgerOf, type HoldPrivate, type Ledger } from './ledger';
import { ANY_AGE, evidenceOf, warnOfUnknown, type Unknown } from './evidence';
import { heldWithRecordings } from './findings';
import { followScope, withNews } from './follow-scope';
import { isTold, ownerOf } from './owner';
import { recoveredLedger } from './recover';
import type { LegalHoldSchema } from './schema';

type State = StateOf<LegalHoldSchema>;
type Context = ReadContext<LegalHoldSchema, Compliance, HoldPrivate>;

/** Conversations that are not held, and whose recordings a refresh asks for, one request each. */
const MOST_ASKED = 20;

/**
 * Looks which conversations are held, what has come into scope, and whether recordings are still there. What cannot be found out
 * leaves state as it is, with a warning.
 */
export async function readHold(context: Context): Promise<State> {
  const { client, signal, state, diagnostics } = context;
  const api = client.genesys.holds.api(holdApiName(state));
  // Nothing about this hold is asked of an organization that it does not belong to.
  if (state.organization_id !== null) {
    await readOrganization(client.genesys, ownerOf({ client, api, signal }, state), diagnostics, signal);
  }
  const ledger = ledgerOf(context.private) ?? (await recovered(context, api));
  if (ledger === undefined) return state;
  const { exists, held } = await explained('Legal hold could not be read', undefined, () =>
    api.status(holdIdOf(api, state, null), ledger.all, signal),
  );
  const owner = ownerOf({ client, api, signal }, state, { ledger, known: isTold(api, exists, held) });
  const organizationId = await readOrganization(client.genesys, owner, diagnostics, signal);
  // What another organization says about these conversations is not what became of this hold.
  if (organizationId === null) return state;

  const looks = client.genesys.looks(client.lookBounds);
  const news = await followScope(context, looks, ledger);
  const before = withNews(ledger, news);
  const waiting = news.late.minus(ledger.scope).union(ledger.gaps?.late ?? ConversationSet.empty);
  const { kept, outOfScope, unknown } = await lookedAt(context, looks, before, { held, waiting });
  const { private: prior } = context;
  const next: HoldPrivate = {
    ...privateOf(kept, state, prior?.epoch),
    ...(prior?.imported === true ? { imported: true as const } : {}),
    ...(exists ? {} : { gone: true as const }),
  };
  context.private = next;
  await compareClaim(client.register, ownClaim(state, prior?.epoch ?? null), holdNamed(state), diagnostics, signal);
  const all = [...news.unknown, ...unknown];
  warnOfUnknown(context, all);
  const what = all.map((one) => one.what);
  const counts = counted(state, kept, outOfScope, [], state, what);
  const read = { ...state, ...counts, organization_id: organizationId };
  if (!sameAs(read, state)) return { ...read, verified_at: client.now().toISOString() };
  if (prior !== null && isOnlyLookedAt(prior, next) && !hasSettled(ledger, kept)) context.private = prior;
  return state;
}

/**
 * Nothing but how far the scope was looked at: not kept, since terraform calls a state changed whose private part is
 * (`plan -refresh-only -detailed-exitcode`). The next refresh asks from where the last apply had looked.
 */
function isOnlyLookedAt({ followed: _, ...prior }: HoldPrivate, { followed: __, ...next }: HoldPrivate): boolean {
  return isDeepStrictEqual(prior, next);
}

/** Kept, once: nobody asks for this scope any more. */
function hasSettled({ followed: before }: Ledger, { followed: now }: Ledger): boolean {
  return now !== null && isSettled(now) && (before === null || !isSettled(before));
}

/** The ledger as what was seen makes it. What came late waits for the apply that holds it. */
async function lookedAt(
  { client, signal, state }: Context,
  looks: Looks,
  before: Ledger,
  { held, waiting }: { readonly held: ConversationSet; readonly waiting: ConversationSet },
): Promise<{ readonly kept: Ledger; readonly outOfScope: number; readonly unknown: readonly Unknown[] }> {
  const scope = compared(client, state, { ...before, scope: before.scope.minus(waiting) });
  const missing = await whyNotHeld(looks, scope.conversations.minus(held), before, signal);
  const evidence = await evidenceOf(looks, scope.conversations.and(held), before, signal);
  const seen = ledgerAfter(scope, before, {
    held: heldWithRecordings(held, before, evidence.standing),
    standing: both(missing, evidence.standing),
  });
  // What fell out of scope and was released by somebody is no longer this hold's business.
  const outside = before.all.minus(scope.conversations).minus(waiting).and(held);
  const inScope = seen.scope.union(waiting);
  const kept: Ledger = {
    ...seen,
    scope: inScope,
    all: inScope.union(outside),
    late: before.late.union(seen.late),
    gaps: seen.gaps === null ? null : { ...seen.gaps, late: waiting },
    recordings: evidence.recordings,
  };
  return { kept, outOfScope: outside.size, unknown: evidence.unknown };
}

async function recovered({ client, signal, state, diagnostics }: Context, api: HoldApi): Promise<Ledger | undefined> {
  try {
    return await recoveredLedger(client, api, state, signal);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    diagnostics.warn(error.summary, error.detail);
    return undefined;
  }
}

/** The scope as the ledger knows it, and what the export of this run says beyond that. */
function compared(client: Compliance, state: State, ledger: Ledger) {
  const covered = state.export_job_id === null ? undefined : client.exportedSets.of(state.export_job_id);
  const known = {
    exported: ConversationSet.empty,
    lostRecordings: ledger.lostRecordings,
    recordings: ledger.recordings,
    followed: ledger.followed,
    sharing: ledger.sharing,
  };
  if (covered === undefined) {
    return { ...known, conversations: ledger.scope, late: ledger.late, lost: ConversationSet.empty };
  }
  const conversations = ledger.scope.union(covered);
  return {
    ...known,
    sharing: { ...ledger.sharing, associated: ledger.sharing.associated.minus(covered) },
    exported: covered,
    conversations,
    late: conversations.minus(covered),
    lost: covered.minus(ledger.scope),
  };
}

/** Those first that were held at the last look; then whether those without recordings have some by now. */
async function whyNotHeld(
  looks: Looks,
  missing: ConversationSet,
  { gaps }: Ledger,
  signal: AbortSignal,
): Promise<Standing> {
  const known =
    gaps === null ? ConversationSet.empty : ConversationSet.unionOf([gaps.gone, gaps.lost, gaps.unprotectable]);
  const tried = gaps === null ? ConversationSet.empty : ConversationSet.unionOf([gaps.failed, gaps.released]);
  let left = MOST_ASKED;
  let standing = NOTHING_KNOWN;
  for (const some of [missing.minus(known).minus(tried), missing.and(known), missing.and(tried)]) {
    const most = Math.min(left, looks.few);
    const [asked] = some.parts(Math.max(1, most));
    if (asked === undefined || most === 0) continue;
    try {
      standing = both(standing, await looks.recordings(asked, ANY_AGE, signal));
    } catch (error) {
      // Why a conversation is not held may stay unknown; that it is not held is known.
      if (!(error instanceof GenesysError)) throw error;
      break;
    }
    left -= asked.size;
  }
  return standing;
}

/** `verified_at` moves only with what it vouches for: else every refresh would report a change. */
function sameAs(read: State, state: State): boolean {
  return state.verified_at !== null && isDeepStrictEqual(read, state);
}
