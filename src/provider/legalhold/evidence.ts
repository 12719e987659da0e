/**
 * Whether what is held is still there. Protection is a flag: a recording can be gone all the same, by a request for erasure, by
 * support, or by a retention that protection does not stop.
 */
import type { ReadContext } from '../../framework';
import { ConversationSet, GenesysError, type Looks, type Standing } from '../../genesys';
import type { Compliance } from '../compliance';
import { messageOf } from '../failures';
import { NOTHING_KNOWN } from './apply';
import { conversations, holdNamed } from './computed';
import { compareRecordings, RecordingsSeen, type HeldRecordings } from './held-recordings';
import type { HoldPrivate, Ledger } from './ledger';
import type { LegalHoldSchema } from './schema';

/** What a look could not find out. */
export interface Unknown {
  /** One sentence, the same as long as it is the same: it stands in state. */
  readonly what: string;
  /** For the warning; undefined where the bounds were reached. */
  readonly why: string | undefined;
}

/** How old the conversations are is unknown: what is not listed is asked for. */
export const ANY_AGE = Number.POSITIVE_INFINITY;

/** What a look at the recordings of what is held has come to. */
interface Evidence {
  readonly standing: Standing;
  /** Which recordings there were, and which of them are gone. */
  readonly recordings: HeldRecordings;
  readonly unknown: readonly Unknown[];
}

/** Asks for the recordings of what is held, first for what had none at the last look. */
export async function evidenceOf(
  looks: Looks,
  held: ConversationSet,
  { gaps, recordings: before }: Ledger,
  signal: AbortSignal,
): Promise<Evidence> {
  const lost = held.and(gaps?.lost ?? ConversationSet.empty);
  try {
    const rows = new RecordingsSeen();
    const first = await looks.recordings(lost, ANY_AGE, signal, { take: rows.take });
    const rest = await looks.recordings(held.minus(lost), ANY_AGE, signal, { take: rows.take });
    const standing = {
      gone: first.gone.union(rest.gone),
      withoutRecordings: first.withoutRecordings.union(rest.withoutRecordings),
      recorded: first.recorded.union(rest.recorded),
    };
    const unseen = first.unknown.size + rest.unknown.size;
    const read = first.read.union(rest.read);
    const wholly = unseen === 0 && held.minus(read).size === 0;
    const look = { read, recorded: standing.recorded };
    const { recordings, isWhole } = await compareRecordings(looks, before, look, rows, wholly, signal);
    const words = unseen > 0 ? unseenWords(unseen, held.size) : wholly && isWhole ? undefined : partWords(held.size);
    return { standing, recordings, unknown: words === undefined ? [] : [{ what: words, why: undefined }] };
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    return {
      standing: NOTHING_KNOWN,
      recordings: before,
      unknown: [{ what: unseenWords(held.size, held.size), why: messageOf(error) }],
    };
  }
}

function partWords(held: number): string {
  return `It is unknown whether the ${conversations(held)} that are held still have all of their recordings: not all of these were looked at.`;
}

/** How many of them it were depends on what a listing begins with, so that a number would change from look to look. */
function unseenWords(unseen: number, held: number): string {
  return unseen === held
    ? `It is unknown whether the ${conversations(held)} that are held still have their recordings: they were not looked at.`
    : `It is unknown whether all of the ${conversations(held)} that are held still have their recordings: not all of them were looked at.`;
}

/** One warning for all of it. */
export function warnOfUnknown(
  { client, state, diagnostics }: ReadContext<LegalHoldSchema, Compliance, HoldPrivate>,
  unknown: readonly Unknown[],
): void {
  if (unknown.length === 0) return;
  const bounds = client.lookBounds;
  const reached = unknown.some(({ why }) => why === undefined) && bounds !== null;
  diagnostics.warn(
    'Not everything could be looked at',
    [
      `${holdNamed(state)}:`,
      ...unknown.flatMap(({ what, why }) => [`  ${what}`, ...(why === undefined ? [] : [`  ${why}`])]),
      ...(reached
        ? [
            `A refresh looks within ${bounds.requests} requests and ${bounds.milliseconds / 1_000} seconds a resource, so that no plan waits for it. "genesyscloud-compliance drift --full" looks at everything.`,
          ]
        : []),
      'What is known to be held is not in question.',
    ].join('\n'),
  );
}
