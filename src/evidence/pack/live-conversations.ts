/** Whether the conversations that a pack says are held are still held: each claim's own hold API is asked. */
import { join } from 'node:path';
import { ConversationSetBuilder, type ConversationSet } from '../../conversations';
import { GenesysError, type Genesys } from '../../genesys';
import { heldBy, type HoldAsked } from '../collect/held';
import type { Progress } from '../collect/progress';
import { linesOf } from '../rows/lines';
import { ROW_FILES } from './files';
import type { LiveAccounts, LiveFindings, PackSettings } from './live';

/** Answers how many were looked at. */
export async function checkConversations(
  folder: string,
  settings: PackSettings,
  { genesys }: Pick<LiveAccounts, 'genesys'>,
  findings: LiveFindings,
  signal: AbortSignal,
  progress: Progress,
): Promise<number> {
  const { changes, notLookedAt } = findings;
  const unasked = (why: string): number => {
    notLookedAt.push({ what: 'conversations', why });
    return 0;
  };
  if ('missing' in genesys) return unasked(genesys.missing);
  const [, conversations] = ROW_FILES;
  const wanted = await heldIn(join(folder, conversations));
  if (wanted.size === 0) return 0;
  try {
    const elsewhere = await otherOrganization(genesys, settings, signal);
    if (elsewhere !== undefined) return unasked(elsewhere);
    const now = await heldBy(genesys, claimsOf(settings, wanted), wanted, signal, progress);
    notLookedAt.push(...now.notLookedAt);
    for (const { hold, claim } of now.gone) {
      changes.push(`Hold ${hold ?? ''} of claim ${claim}: it is not there any more, or was released.`);
    }
    const asked = wanted.and(now.asked);
    for (const id of asked.minus(now.held)) changes.push(`Conversation ${id}: it is not protected any more.`);
    return asked.size;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof GenesysError)) throw error;
    return unasked(error.message);
  }
}

async function heldIn(file: string): Promise<ConversationSet> {
  const held = new ConversationSetBuilder();
  for await (const line of linesOf(file)) {
    const { conversation_id: id, held: isHeld } = JSON.parse(line) as { conversation_id: string; held: boolean | null };
    if (isHeld === true) held.add(id);
  }
  return held.build();
}

/** Another organization knows none of them, which would look as if all had been released. */
async function otherOrganization(
  genesys: Genesys,
  { run }: PackSettings,
  signal: AbortSignal,
): Promise<string | undefined> {
  const reached = await genesys.organizationId(signal);
  const { genesysOrganization: own } = run;
  if (own === null || own === reached) return undefined;
  return `The credentials are those of organization ${reached}, and the pack is about ${own}.`;
}

/** Those that were live when the pack was made. Which conversations are whose the pack does not say: each is asked about all. */
function claimsOf({ claims }: PackSettings, ids: ConversationSet): readonly HoldAsked[] {
  return claims
    .filter(({ kind, state }) => kind === 'conversations' && (state === 'setting' || state === 'held'))
    .map(({ id, holdApi, hold }) => ({ claim: id, holdApi, hold, ids }));
}
