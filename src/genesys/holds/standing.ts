/** What Genesys Cloud knows of conversations that are not held: they may be gone, or have nothing that could be held. */
import { ConversationSet, ConversationSetBuilder } from '../../conversations';
import type { Client } from '../client';
import type { ConversationId, Standing } from '../model';
import { recordingsOf } from '../recordings';
import { forEachConcurrently } from '../../time';

/** So many are asked at first; when all of these have recordings, the trouble is not with single conversations. */
const SAMPLE = 25;
const CALLS_AT_ONCE = 4;

/** Nothing was asked. */
export const NOTHING_ASKED: Standing = {
  gone: ConversationSet.empty,
  withoutRecordings: ConversationSet.empty,
  recorded: ConversationSet.empty,
};

/**
 * Asks for the recordings of these conversations, one request each and at most `most`. Ends after a sample when that shows
 * conversations with recordings only.
 */
export async function standingOf(
  client: Client,
  conversations: Iterable<ConversationId>,
  most: number,
  signal: AbortSignal,
): Promise<Standing> {
  const gone = new ConversationSetBuilder();
  const withoutRecordings = new ConversationSetBuilder();
  const recorded = new ConversationSetBuilder();
  let odd = 0;
  let asked = 0;
  const ask = async (id: ConversationId): Promise<void> => {
    const rows = await recordingsOf(client, id, signal);
    if (rows === null) gone.add(id);
    else (rows.length === 0 ? withoutRecordings : recorded).add(id);
    if (rows === null || rows.length === 0) odd += 1;
  };
  let wave: ConversationId[] = [];
  for (const id of conversations) {
    if (asked === most) break;
    asked += 1;
    wave.push(id);
    if (wave.length < SAMPLE) continue;
    await forEachConcurrently(wave, CALLS_AT_ONCE, ask);
    wave = [];
    if (odd === 0) break;
  }
  await forEachConcurrently(wave, CALLS_AT_ONCE, ask);
  return { gone: gone.build(), withoutRecordings: withoutRecordings.build(), recorded: recorded.build() };
}
