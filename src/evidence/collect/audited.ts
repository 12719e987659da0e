/** Which recordings were deleted at Genesys Cloud, by its audits. Pure. */
import type { Act } from '../../attribution';
import type { DeletionRow, NotLookedAt } from '../model';
import { actorOf, type Recorded } from './recorded';

/** Deletions in the order of conversations. What could not be read is said in `notLookedAt`. */
export async function* deletionsIn(audits: Recorded, notLookedAt: NotLookedAt[]): AsyncGenerator<DeletionRow> {
  if ('unread' in audits) {
    notLookedAt.push({
      what: audits.name,
      why: `${audits.unread}. Why recordings are gone, and who released conversations, is unknown.`,
    });
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
