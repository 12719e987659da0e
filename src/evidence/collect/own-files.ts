/** Which files are the matter's: those that it claims, and those of its conversations, whose contents are hashed alike. Pure. */
import { exportedFile } from '../../aws';
import type { ConversationSet } from '../../conversations';
import type { FileCover } from './claims';

/** Tells them apart. `conversations`: in scope of the exports, or claimed. */
export function ownFiles(
  coverOf: ReadonlyMap<string, Pick<FileCover, 'own'>>,
  conversations: Pick<ConversationSet, 'has'>,
): (bucket: string, key: string) => boolean {
  return (bucket, key) => {
    if (coverOf.get(bucket)?.own(key) === true) return true;
    const { conversationId } = exportedFile(key);
    return conversationId !== '' && conversations.has(conversationId);
  };
}
