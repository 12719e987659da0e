/** How much room an organization has for a hold: what the hold covers, what is protected already, and what claims need besides. */
import { ConversationSet, lookForShared, withShared, type HoldApiName, type Shares, type Survey } from '../../genesys';
import type { CapacityFact, Known, SharingFact } from '../../facts';
import { HOLD_LIMITS } from '../../words';
import { seen, unseen } from './known';
import type { ClaimedConversations } from './subject';

/** Requests that counting what is protected may cost: ten pages of recordings, and fifty questions about their conversations. */
const MOST_REQUESTS = 60;
/** Conversations whose recordings are read to see with which others they are shared, one request each. */
const MOST_LOOKED = 200;
/** Claimed conversations that are asked about, a hundred at a time. */
const MOST_CLAIMED = 6_000;

const ASKS_PROTECTION = 'POST /api/v2/recordings/deletionprotection';
const COUNTS = `GET /api/v2/recordings/retention/query, ${ASKS_PROTECTION}`;
const READS_RECORDINGS = 'GET /api/v2/conversations/{conversationId}/recordings';
const ORGANIZATION = 'the organization';

/** Whom to ask, and how a refusal becomes a fact. */
export interface RoomSources {
  readonly survey: Survey;
  /** Left out: no register is looked at, and nothing is said about claims. */
  readonly claims?: ClaimedConversations;
  readonly look: <T>(address: string, source: string, ask: () => Promise<T>) => Promise<Known<T>>;
}

/** What room is needed for. */
export interface RoomAsked {
  /** The export, for findings. */
  readonly name: string;
  readonly found: Known<ConversationSet>;
  readonly api: Known<HoldApiName>;
  readonly organizationId: Known<string>;
  /** Somebody says how many conversations are protected. */
  readonly told?: { readonly protectedConversations: number; readonly by: string };
}

/** The facts about it. */
export interface RoomFacts {
  /** Conversations in scope with those that share a recording with one. */
  readonly covered: Known<number>;
  readonly sharing: Known<SharingFact>;
  readonly alreadyHeld: Known<number>;
  readonly capacity: CapacityFact;
}

/** Looks at all of it where the hold API has a limit; else there is nothing to find out. */
export async function collectRoom(sources: RoomSources, asked: RoomAsked, signal: AbortSignal): Promise<RoomFacts> {
  const { api, found, name } = asked;
  const limit: Known<number | null> = api.known
    ? seen(HOLD_LIMITS[api.value], ORGANIZATION, 'help pages of Genesys Cloud')
    : api;
  const most = limit.known ? limit.value : null;
  if (!api.known || most === null || !found.known) {
    const why = api.known
      ? unseen(most === null ? 'are not asked about: the hold API has no documented limit' : 'is not asked', name)
      : api;
    return {
      covered: found.known ? { ...found, value: found.value.size } : found,
      sharing: why,
      alreadyHeld: found.known ? why : found,
      capacity: { address: ORGANIZATION, api, limit, held: why },
    };
  }
  const { sharing, covered } = await lookAtSharing(sources, found.value, most, signal);
  const known = (value: number): Known<number> => ({ ...found, value });
  const own = await sources.look(name, ASKS_PROTECTION, () => sources.survey.protectedOf(covered, signal));
  return {
    covered: known(covered.size),
    sharing,
    alreadyHeld: own.known ? { ...own, value: own.value.size } : own,
    capacity: { address: ORGANIZATION, api, limit, ...(await taken(sources, asked, covered, signal)) },
  };
}

/** The conversations with those that share a recording with one. More than fit at all need no look. */
async function lookAtSharing(
  { survey, look }: RoomSources,
  inScope: ConversationSet,
  most: number,
  signal: AbortSignal,
): Promise<{ readonly sharing: Known<SharingFact>; readonly covered: ConversationSet }> {
  const none: Shares = { shared: new Map(), looked: ConversationSet.empty };
  const ask = (): Promise<Shares> =>
    lookForShared(inScope, none, MOST_LOOKED, (some, atMost) => survey.shared(some, atMost, signal));
  const shares = inScope.size > most ? seen(none, ORGANIZATION) : await look(ORGANIZATION, READS_RECORDINGS, ask);
  if (!shares.known) return { sharing: shares, covered: inScope };
  const covered = withShared(inScope, shares.value);
  const sharing = {
    associated: covered.minus(inScope).size,
    notLookedAt: covered.minus(shares.value.looked).size,
  };
  return { sharing: { ...shares, value: sharing }, covered };
}

type Taken = Pick<CapacityFact, 'held' | 'heldAtLeast' | 'claimed'>;

/** What takes room: what is protected, and what claims need although it is not protected now. */
async function taken(
  sources: RoomSources,
  { told, organizationId }: RoomAsked,
  covered: ConversationSet,
  signal: AbortSignal,
): Promise<Taken> {
  const { survey, look } = sources;
  const claims = await claimedIn(sources, organizationId, signal);
  const others = claims?.known === true ? claims.value.minus(covered) : ConversationSet.empty;
  const counted =
    told === undefined
      ? await look(ORGANIZATION, COUNTS, () => survey.protectedNow(covered, MOST_REQUESTS, signal))
      : undefined;
  const isComplete = counted?.known === true && counted.value.complete;
  const seenHeld = counted?.known === true ? counted.value.held : ConversationSet.empty;
  const [protectedClaims, claimed] = await unprotectedOf(sources, claims, others.minus(seenHeld), isComplete, signal);
  return {
    ...heldOf(told, counted, seenHeld.union(protectedClaims)),
    ...(claimed === undefined ? {} : { claimed }),
  };
}

function heldOf(
  told: RoomAsked['told'],
  counted: Known<{ readonly held: ConversationSet; readonly complete: boolean }> | undefined,
  atLeast: ConversationSet,
): Pick<CapacityFact, 'held' | 'heldAtLeast'> {
  if (told !== undefined) return { held: seen(told.protectedConversations, ORGANIZATION, told.by) };
  if (counted === undefined || !counted.known) {
    return { held: counted ?? unseen('is not asked', ORGANIZATION), heldAtLeast: atLeast.size };
  }
  if (counted.value.complete) return { held: { ...counted, value: counted.value.held.size } };
  const why = `cannot be listed, and the organization has more recordings than ${MOST_REQUESTS} requests can ask about`;
  return { held: unseen(why, ORGANIZATION, COUNTS), heldAtLeast: atLeast.size };
}

async function claimedIn(
  { claims }: RoomSources,
  organizationId: Known<string>,
  signal: AbortSignal,
): Promise<Known<ConversationSet> | undefined> {
  if (claims === undefined) return undefined;
  if (!organizationId.known) return organizationId;
  const answer = await claims(organizationId.value, signal);
  return answer.known
    ? seen(answer.conversations, ORGANIZATION, 'the register')
    : unseen(answer.why, ORGANIZATION, 'the register');
}

/** Which of the claimed conversations are protected all the same, and how many are not. */
async function unprotectedOf(
  { survey, look }: RoomSources,
  claims: Known<ConversationSet> | undefined,
  open: ConversationSet,
  isComplete: boolean,
  signal: AbortSignal,
): Promise<readonly [ConversationSet, Known<number> | undefined]> {
  if (claims === undefined || !claims.known) return [ConversationSet.empty, claims];
  // Whoever has seen all that is protected has seen that these are not.
  if (isComplete || open.size === 0) return [ConversationSet.empty, { ...claims, value: open.size }];
  if (open.size > MOST_CLAIMED) {
    return [ConversationSet.empty, unseen(`are more than ${MOST_CLAIMED}, which is not asked about`, ORGANIZATION)];
  }
  const held = await look(ORGANIZATION, ASKS_PROTECTION, () => survey.protectedOf(open, signal));
  return held.known ? [held.value, { ...held, value: open.minus(held.value).size }] : [ConversationSet.empty, held];
}
