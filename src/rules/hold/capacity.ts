import { counted, HOLD_LIMITS, number, PROTECTION_LIMIT } from '../../words';
import type { CapacityFact, Facts, HoldFact, Known } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** The organization can still protect as many conversations as the holds ask for. */
export const capacity: Rule<'hold/capacity'> = {
  id: 'hold/capacity',
  severity: 'error',
  moments: ['plan', 'live'],
  title: 'the organization can still protect that many conversations',
  looksAt: [
    'How many conversations each hold covers, with those that share a recording with one of them; how many of them are held already, by whichever matter; how many the organization protects; how many more the claims of the register need that are not protected at the moment; and the 1,000 that deletion protection documents as its limit. The compliance API has no documented limit.',
    'A conversation that another matter holds already takes no new place. A hold over an open interval needs more room with each step: the pace so far is part of the answer, and room that lasts for less than a month is a warning.',
    'A plan knows what its own holds cover. What the organization protects, what other matters claim, and which recordings are shared, is asked live only: by `preflight`, which reads the recordings of up to 200 conversations for that, and by the provider when it plans a list of conversations.',
  ],
  why: [
    'Deletion protection covers at most 1,000 conversations of an organization. What is over the limit stays unprotected: the hold is saved as `incomplete`, after the export has run.',
    'Somebody then has to decide under pressure what to release.',
    'Genesys Cloud cannot list what is protected. `preflight` walks the recordings of the organization and asks about their conversations, up to a few thousand recordings. Beyond that the answer is `unknown`, unless you give the number.',
  ],
  remedy: [
    'Narrow the scope, release holds that are no longer needed, or have Genesys Cloud raise the limit before you apply.',
  ],
  compliant: [
    {
      language: 'console',
      caption: 'With the number of conversations that are protected already:',
      text: `
        $ genesyscloud-compliance preflight --interval 2026-01-01T00:00:00Z/2026-01-31T00:00:00Z \\
            --message-type sms --protected-conversations 412`,
    },
  ],
  nonCompliant: [],
  sources: [
    {
      title: 'Protect recordings from deletion for a legal hold directive (Genesys Cloud)',
      url: 'https://help.mypurecloud.com/articles/protect-recordings-from-deletion-for-a-legal-hold-directive/',
    },
  ],
  check: (facts) => {
    const wanted = facts.holds.map((hold) => ({ hold, needs: needsOf(facts, hold) }));
    const together = needsTogether(wanted);
    return wanted.map(({ hold, needs }) => check(facts, hold, needs, together));
  },
};

function check(facts: Facts, hold: HoldFact, needs: Known<number>, together: number): Answered {
  const { address } = hold;
  const { api, held, limit, claimed } = facts.capacity ?? {};
  const most = limit?.known === true ? limit.value : PROTECTION_LIMIT;
  const room = most === null ? null : most - takenBy(facts.capacity);
  const growth = growthOf(hold, facts, room === null || !needs.known ? null : room - needs.value);
  // What the organization holds is asked live only: what a plan leaves open here is no fault of the plan.
  const isOutOfReach = held === undefined || (!held.known && held.elsewhere === true);
  const answer = (
    status: Answered['status'],
    message: string,
    remedy = '',
    severity: Answered['severity'] = status === 'unknown' && isOutOfReach ? 'warn' : undefined,
  ): Answered => ({
    status,
    ...(severity === undefined ? {} : { severity }),
    subject: placeOf(hold),
    message: `${message}${growth === undefined ? '' : ` ${growth.says}`}`,
    evidence: evidenceOf(facts, hold),
    remedy,
  });
  if (api?.known === true && HOLD_LIMITS[api.value] === null) {
    return answer('pass', `The hold ${address} uses the compliance API, for which no limit is documented.`);
  }
  if (!needs.known) {
    const message = `Unknown whether the organization can protect what ${address} covers: the number of conversations ${needs.why}.`;
    return answer(
      'unknown',
      message,
      'Have them counted before you apply: genesyscloud-compliance preflight asks Genesys Cloud.',
    );
  }
  if (room === null) return answer('pass', `No limit is documented for what ${address} needs.`);
  const shares = sharingIn(hold);
  const asks = `The hold ${address} has to protect ${counted(needs.value, 'conversation')}${shares.says}`;
  if (held?.known === true && most !== null && held.value > most) {
    return answer(
      'unknown',
      `Unknown whether there is room for ${counted(needs.value, 'conversation')} of the hold ${address}: the organization protects ${number(held.value)} already, which is more than the documented ${number(most)}, so its limit was raised, and to what is unknown.`,
      'Ask Genesys Cloud what the limit of the organization is now.',
      'warn',
    );
  }
  if (needs.value > Math.max(0, room)) {
    const message = `${asks}; an organization can protect ${number(most ?? 0)}${othersIn(facts.capacity)}. ${number(needs.value - Math.max(0, room))} would stay unprotected.`;
    return answer(
      'fail',
      message,
      `Narrow the scope of ${address} to ${counted(Math.max(0, room), 'conversation')}, release holds that are no longer needed, or have Genesys Cloud raise the limit before you apply.`,
    );
  }
  if (shares.why !== undefined) {
    const fits = needs.value === 0 ? `Everything in scope of the hold ${address} is protected already` : asks;
    return answer(
      'unknown',
      `${fits}. Unknown whether there is room for what shares a recording with it: ${shares.why}. A recording that belongs to several conversations counts as safe only when all of them are held.`,
      'Leave room for more conversations than the hold names. The apply looks for them, and names those for which there was no room.',
      'warn',
    );
  }
  if (needs.value === 0) return answer('pass', `Every conversation of ${address} is protected already.`);
  if (held === undefined || !held.known) {
    const why = held === undefined ? 'is not asked before apply' : held.why;
    const least =
      (facts.capacity?.heldAtLeast ?? 0) > 0 ? `, at least ${number(facts.capacity?.heldAtLeast ?? 0)},` : '';
    const message = `Unknown whether there is room for the ${counted(needs.value, 'conversation')} that the hold ${address} has to protect: an organization can protect ${number(most ?? 0)}, and how many are protected already${least} ${why}.`;
    return answer('unknown', message, countIt((most ?? 0) - needs.value));
  }
  if (claimed?.known === false) {
    return answer(
      'unknown',
      `${asks}, and ${number(room)} more can be protected. Unknown whether that is enough: the conversations that other holds need and that are not protected at the moment ${claimed.why}.`,
      'Make the register readable and run the check again.',
      'warn',
    );
  }
  if (together > room) {
    const message = `${asks}. All holds together ask for ${number(together)}, and there is room for ${number(room)}: whether that is enough depends on how many conversations they share.`;
    return answer('unknown', message, 'Apply one hold after the other, and run the check again in between.');
  }
  if (growth?.isFullSoon === true) {
    return answer(
      'warn',
      `${asks}, and there is room for ${number(room)}.`,
      'Have Genesys Cloud raise the limit, or release holds that are no longer needed, before the room is used up: what does not fit stays unprotected.',
      'warn',
    );
  }
  return answer('pass', `${asks}, and there is room for ${number(room)}.`);
}

/** What is protected, and what claims need besides: as far as it is known, so at least so many. */
function takenBy(capacity: CapacityFact | undefined): number {
  if (capacity === undefined) return 0;
  const { held, heldAtLeast = 0, claimed } = capacity;
  return (held.known ? held.value : heldAtLeast) + (claimed?.known === true ? claimed.value : 0);
}

/** `, 100 conversations are protected already, and other holds need 3 more that are not protected at the moment`. */
function othersIn(capacity: CapacityFact | undefined): string {
  if (capacity === undefined) return '';
  const { held, heldAtLeast = 0, claimed } = capacity;
  const taken = held.known ? held.value : heldAtLeast;
  const already =
    held.known || taken > 0
      ? `, ${held.known ? '' : 'at least '}${counted(taken, 'conversation')} ${taken === 1 ? 'is' : 'are'} protected already`
      : '';
  const due =
    claimed?.known === true && claimed.value > 0
      ? `, and other holds need ${number(claimed.value)} more that are not protected at the moment`
      : '';
  return `${already}${due}`;
}

/** Conversations that are not protected yet: counted for the hold itself, or for the export that it follows. */
function needsOf(facts: Facts, hold: HoldFact): Known<number> {
  const covers = coversOf(facts, hold);
  if (!covers.known || hold.alreadyHeld === undefined || !hold.alreadyHeld.known) return covers;
  return { ...covers, value: Math.max(0, covers.value - hold.alreadyHeld.value) };
}

function coversOf(facts: Facts, hold: HoldFact): Known<number> {
  if (hold.conversationCount?.known === true) return hold.conversationCount;
  if (hold.conversationIds.known && hold.conversationIds.value !== null) {
    return { ...hold.conversationIds, value: idsOf(hold.conversationIds.value).size };
  }
  const counted = facts.exports.find(
    ({ address, conversationCount }) => followedBy(hold).has(address) && conversationCount.known,
  );
  if (counted) return counted.conversationCount;
  return hold.conversationCount ?? { known: false, why: 'is only known to Genesys Cloud', origin: placeOf(hold) };
}

interface Wanted {
  readonly hold: HoldFact;
  readonly needs: Known<number>;
}

/** What all holds need together, at most: a conversation that several matters hold takes one place, where it is known to be the same. */
function needsTogether(wanted: readonly Wanted[]): number {
  const ofExport = new Map<string, number>();
  const listed = new Set<string>();
  let [inLists, others] = [0, 0];
  for (const { hold, needs } of wanted) {
    if (!needs.known) continue;
    const [followed] = [...followedBy(hold)].sort();
    if (hold.conversationIds.known && hold.conversationIds.value !== null) {
      for (const id of idsOf(hold.conversationIds.value)) listed.add(id);
      inLists += needs.value;
    } else if (followed !== undefined) ofExport.set(followed, Math.max(ofExport.get(followed) ?? 0, needs.value));
    else others += needs.value;
  }
  // What shares a recording with a listed conversation is in the needs of each, and not in the lists.
  const shared = wanted.reduce(
    (sum, { hold: { sharing } }) => sum + (sharing?.known === true ? sharing.value.associated : 0),
    0,
  );
  const exports = [...ofExport.values()].reduce((sum, needs) => sum + needs, 0);
  return Math.min(inLists, listed.size + shared) + exports + others;
}

function followedBy({ dependsOn, belongsTo }: HoldFact): ReadonlySet<string> {
  return new Set([...dependsOn.map((one) => one.export), ...(belongsTo === null ? [] : [belongsTo])]);
}

function idsOf(ids: readonly string[]): ReadonlySet<string> {
  return new Set(ids.map((id) => id.toLowerCase()));
}

/** What of the count is there because recordings are shared, and what of that is unknown; nothing where it was not looked at. */
function sharingIn({ sharing }: HoldFact): { readonly says: string; readonly why?: string } {
  if (sharing === undefined) return { says: '' };
  if (!sharing.known) return { says: '', ...(sharing.elsewhere === true ? {} : { why: `it ${sharing.why}` }) };
  const { associated, notLookedAt } = sharing.value;
  return {
    says: associated === 0 ? '' : `, counting ${number(associated)} that share a recording with one in scope`,
    ...(notLookedAt === 0
      ? {}
      : { why: `the recordings of ${counted(notLookedAt, 'conversation')} were not looked at for that` }),
  };
}

/** Room that is used up within so many days is worth a warning. */
const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/** How much more room an open interval needs; undefined for one that has an end. */
function growthOf(
  hold: HoldFact,
  facts: Facts,
  roomLeft: number | null,
): { readonly says: string; readonly isFullSoon: boolean } | undefined {
  const interval = intervalOf(hold, facts);
  if (interval === undefined || !interval.endsWith('/..')) return undefined;
  const covers = coversOf(facts, hold);
  const { countedUntil } = hold;
  const days =
    countedUntil?.known === true ? (Date.parse(countedUntil.value) - Date.parse(interval.slice(0, -3))) / DAY_MS : 0;
  if (!covers.known || !(days >= 1)) {
    return {
      says: 'Its interval is open: each step that ends may need more room, and how much is unknown.',
      isFullSoon: false,
    };
  }
  const aDay = covers.value / days;
  const pace = `Its interval is open: ${counted(covers.value, 'conversation')} in ${counted(Math.round(days), 'day')} so far`;
  if (aDay === 0) return { says: `${pace}, and each step that ends may need more room.`, isFullSoon: false };
  if (roomLeft === null || roomLeft < 0) return { says: `${pace}, and it continues.`, isFullSoon: false };
  const left = Math.floor(roomLeft / aDay);
  const until = left > 3_650 ? 'more than ten years' : `about ${counted(left, 'day')}`;
  const known = facts.capacity?.held.known === true ? '' : ' at most';
  return { says: `${pace}; at that pace the room that is left lasts ${until}${known}.`, isFullSoon: left <= SOON_DAYS };
}

/** Of the hold's own scope, or of the export that it follows. */
function intervalOf(hold: HoldFact, facts: Facts): string | undefined {
  if (hold.scope?.known === true && hold.scope.value !== null) return hold.scope.value.interval ?? undefined;
  const followed = followedBy(hold);
  const intervals = facts.exports.flatMap(({ address, interval }) =>
    followed.has(address) && interval.known && interval.value !== null ? [interval.value] : [],
  );
  return intervals.find((one) => one.endsWith('/..')) ?? intervals[0];
}

function evidenceOf({ capacity: fact }: Facts, hold: HoldFact): Answered['evidence'] {
  const numbers = [
    ['conversations to hold', hold.conversationCount],
    ['already held', hold.alreadyHeld],
    ['protected in the organization', fact?.held],
    ['needed by other holds and not protected', fact?.claimed],
  ] as const;
  return numbers.flatMap(([what, known]) =>
    known?.known === true ? [{ origin: known.origin, what, text: String(known.value) }] : [],
  );
}

function countIt(others: number): string {
  return `Make sure that at most ${counted(others, 'conversation')} outside of this hold are protected, and tell preflight the number with --protected-conversations.`;
}
