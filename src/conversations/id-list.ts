/** Lists of conversations in files: one id a line. Read as they come, so that a list of a million takes 16 bytes each. */
import { createHash } from 'node:crypto';
import { ConversationSetBuilder, isConversationId, type ConversationSet } from './conversation-set';

/** A list that was read to its end. */
export interface IdList {
  readonly conversations: ConversationSet;
  /** SHA-256 over the bytes of the file, in hex: what `sha256sum` prints. */
  readonly sha256: string;
  /** Lines with an id, repeated ones included. */
  readonly lines: number;
}

/** A line that is neither an id nor a comment, and not empty. */
export class NotAnId extends Error {
  override readonly name = 'NotAnId';

  constructor(
    /** From 1. */
    readonly line: number,
    /** The beginning of the line. */
    readonly text: string,
  ) {
    super(`line ${line} is not a conversation id: ${JSON.stringify(text)}`);
  }
}

/** No line of a list is as long; a file without line ends must not be kept whole. */
const LONGEST_LINE = 1_024;
const SHOWN = 60;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads a list: UTF-8, one id a line in any case, line ends of any system. Empty lines and lines that begin with `#` are left
 * out; repeated ids count once. Throws {@link NotAnId} for any other line: a list is read whole or not at all.
 */
export async function readIdList(chunks: AsyncIterable<Uint8Array>): Promise<IdList> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8');
  const builder = new ConversationSetBuilder();
  let ids = 0;
  let number = 0;
  const take = (raw: string): void => {
    number += 1;
    const line = (number === 1 && raw.startsWith(BYTE_ORDER_MARK) ? raw.slice(1) : raw).trim();
    if (line === '' || line.startsWith('#')) return;
    if (!isConversationId(line)) throw new NotAnId(number, line.slice(0, SHOWN));
    builder.add(line);
    ids += 1;
  };
  let rest = '';
  for await (const chunk of chunks) {
    hash.update(chunk);
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
    if (rest.length > LONGEST_LINE && !rest.trimStart().startsWith('#'))
      throw new NotAnId(number + 1, rest.slice(0, SHOWN));
    // Of a comment without an end only that it is one matters.
    if (rest.length > LONGEST_LINE) rest = '#';
  }
  rest += decoder.decode();
  if (rest !== '') take(rest);
  return { conversations: builder.build(), sha256: hash.digest('hex'), lines: ids };
}
