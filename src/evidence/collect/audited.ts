/** What the audits of Genesys Cloud add: which recordings were deleted by whom, and who released a conversation. Pure. */
import { attributionOf, type Act, type Attribution, type RecordRead, type RecordUnread } from '../../attribution';
import type { Actor, DeletionRow, Difference, NotLookedAt } from '../model';

/** The audits as they were read. */
export type Audits = RecordRead | RecordUnread;

/** Deletions in the order of conversations. What could not be read is said in `notLookedAt`. */
export async function* deletionsIn(audits: Audits, notLookedAt: NotLookedAt[]): AsyncGenerator<DeletionRow> {
  if ('unread' in audits) {
    notLookedAt.push({ what: audits.name, why: `${audits.unread}. Why recordings are gone is unknown.` });
    return;
  }
  const rows = audits.acts.flatMap((act) => deletionOf(act) ?? []);
  rows.sort((a, b) => (a.conversation < b.conversation ? -1 : a.conversation > b.conversation ? 1 : 0));
  yield* await Promise.resolve(rows);
}

function deletionOf(act: Act): DeletionRow | undefined {
  const { doing } = act;
  if (doing.kind !== 'recording') return undefined;
  return {
    conversation: doing.conversation.toLowerCase(),
    recording: doing.recording?.toLowerCase() ?? null,
    cause: doing.bySystem ? 'retention' : 'erasure',
    at: act.at,
    actor: actorOf({ known: true, ...act, at: new Date(act.at).toISOString() }),
  };
}

/** Who made a difference, where the audits can say; undefined where they are not about such things. */
export function attributed(difference: Difference, audits: Audits): Actor | undefined {
  const { cause, conversation, file } = difference;
  if (cause !== 'claimed-without-hold' || file !== null) return undefined;
  const records = { audits, management: NOT_ASKED, data: NOT_ASKED };
  return actorOf(attributionOf({ kind: 'protection-revoked', conversation }, records));
}

const NOT_ASKED: RecordUnread = { name: 'CloudTrail', unread: 'it was not asked' };

function actorOf(attribution: Attribution): Actor {
  if (!attribution.known) return attribution;
  const { actor, client, address, at, source } = attribution;
  return {
    known: true,
    name: actor,
    ...(client === null ? {} : { client }),
    ...(address === null ? {} : { address }),
    at: Date.parse(at),
    source,
  };
}
