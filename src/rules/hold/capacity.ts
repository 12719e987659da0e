import { counted, HOLD_LIMITS, PROTECTION_LIMIT } from '../../words';
import type { Facts, HoldFact, Known } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** The organization can still protect as many conversations as the holds ask for. */
export const capacity: Rule<'hold/capacity'> = {
  id: 'hold/capacity',
  severity: 'error',
  moments: ['plan', 'live'],
  title: 'the organization can still protect that many conversations',
  looksAt: [
    'How many conversations each hold covers, how many of them are held already, how many the organization protects, and the 1,000 that deletion protection documents as its limit. The compliance API has no documented limit.',
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
    const together = wanted.reduce((sum, { needs }) => sum + (needs.known ? needs.value : 0), 0);
    return wanted.map(({ hold, needs }) => check(facts, hold, needs, together));
  },
};

function check(facts: Facts, hold: HoldFact, needs: Known<number>, together: number): Answered {
  const { address } = hold;
  const { api, held, limit } = facts.capacity ?? {};
  // What the organization holds is asked live only: what a plan leaves open here is no fault of the plan.
  const isOutOfReach = held === undefined || (!held.known && held.elsewhere === true);
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    ...(status === 'unknown' && isOutOfReach ? { severity: 'warn' } : {}),
    subject: placeOf(hold),
    message,
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
  if (needs.value === 0) return answer('pass', `Every conversation of ${address} is protected already.`);
  const most = limit?.known === true ? limit.value : PROTECTION_LIMIT;
  if (most === null) return answer('pass', `No limit is documented for what ${address} needs.`);
  const asks = `The hold ${address} has to protect ${counted(needs.value, 'conversation')}`;
  const room = most - (held?.known === true ? held.value : 0);
  if (needs.value > room) {
    const others = held?.known === true ? `, ${counted(held.value, 'conversation')} are protected already` : '';
    const message = `${asks}; an organization can protect ${most}${others}. ${needs.value - Math.max(0, room)} would stay unprotected.`;
    return answer(
      'fail',
      message,
      `Narrow the scope of ${address} to ${counted(Math.max(0, room), 'conversation')}, release holds that are no longer needed, or have Genesys Cloud raise the limit before you apply.`,
    );
  }
  if (held === undefined || !held.known) {
    const why = held === undefined ? 'is not asked before apply' : held.why;
    const message = `Unknown whether there is room for the ${counted(needs.value, 'conversation')} that the hold ${address} has to protect: an organization can protect ${most}, and how many are protected already ${why}.`;
    return answer('unknown', message, countIt(room - needs.value));
  }
  if (together > room) {
    const message = `${asks}. All holds together ask for ${together}, and there is room for ${room}: whether that is enough depends on how many conversations they share.`;
    return answer('unknown', message, 'Apply one hold after the other, and run the check again in between.');
  }
  return answer('pass', `${asks}, and there is room for ${room}.`);
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
    return { ...hold.conversationIds, value: new Set(hold.conversationIds.value).size };
  }
  const followed = new Set([...hold.dependsOn.map((one) => one.export), hold.belongsTo]);
  const counted = facts.exports.find(
    ({ address, conversationCount }) => followed.has(address) && conversationCount.known,
  );
  if (counted) return counted.conversationCount;
  return hold.conversationCount ?? { known: false, why: 'is only known to Genesys Cloud', origin: placeOf(hold) };
}

function evidenceOf({ capacity: fact }: Facts, hold: HoldFact): Answered['evidence'] {
  const numbers = [
    ['conversations in scope', hold.conversationCount],
    ['already held', hold.alreadyHeld],
    ['protected in the organization', fact?.held],
  ] as const;
  return numbers.flatMap(([what, known]) =>
    known?.known === true ? [{ origin: known.origin, what, text: String(known.value) }] : [],
  );
}

function countIt(others: number): string {
  return `Make sure that at most ${counted(others, 'conversation')} outside of this hold are protected, and tell preflight the number with --protected-conversations.`;
}
