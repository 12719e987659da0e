/** What the journals of a matter's object holds say: which versions were put under hold, since when, and not released. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { exportedFile, readJournalIn, type JournalLine } from '../../aws';
import { RegisterProblem, type ClaimView, type Register } from '../../register';
import type { NotLookedAt, PlacedRow } from '../model';
import { sortedRows } from '../rows/sorted';

/** A version's hold as one line of a journal has it. */
interface Happening {
  readonly conversation: string;
  readonly recording: string;
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly at: number;
  readonly on: boolean;
  /** In the order of the journals. */
  readonly number: number;
}

/** Where sorting may put files. */
export interface PlacedOptions {
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Versions that the journals say are held, in the order of conversations. What cannot be read is said in `notLookedAt` by the end. */
export function placedRows(
  register: Register,
  claims: readonly ClaimView[],
  { folder, signal }: PlacedOptions,
  notLookedAt: NotLookedAt[],
): AsyncGenerator<PlacedRow> {
  const happenings = happeningsIn(register, claims, signal, notLookedAt);
  const keyOf = ({ conversation, key, version, bucket, number }: Happening): string =>
    [conversation, JSON.stringify([bucket, key, version]), String(number).padStart(15, '0')].join(' ');
  return held(sortedRows(happenings, { keyOf, folder, name: 'placed' }));
}

async function* happeningsIn(
  register: Register,
  claims: readonly ClaimView[],
  signal: AbortSignal,
  notLookedAt: NotLookedAt[],
): AsyncGenerator<Happening> {
  let number = 0;
  for (const claim of claims) {
    const [bucket] = claim.parts.flatMap((part) => (part.kind === 'files' ? [part.bucket] : []));
    if (bucket === undefined) continue;
    try {
      for await (const { line, hold } of linesOf(register, claim.id, signal)) {
        const { conversationId, recordingId } = exportedFile(hold.key);
        number += 1;
        const { time } = line;
        yield { conversation: conversationId, recording: recordingId, bucket, ...hold, at: Date.parse(time), number };
      }
    } catch (error) {
      if (!(error instanceof Error) || !isOfJournal(error)) throw error;
      notLookedAt.push({ what: `the journal of claim ${claim.id}`, why: error.message });
    }
  }
}

interface HoldLine {
  readonly line: JournalLine;
  readonly hold: Hold;
}

/** Lines about holds, as they are read: the next piece of a journal is asked for when those of the last one were taken. */
function linesOf(register: Register, claim: string, signal: AbortSignal): AsyncIterable<HoldLine> {
  const lines = new PassThrough({ objectMode: true });
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of register.journal(claim).read(signal)) {
      if (lines.writableNeedDrain) await once(lines, 'drain', { signal });
      yield piece;
    }
  };
  const visit = (line: JournalLine): void => {
    const hold = holdIn(line);
    if (hold !== undefined) lines.write({ line, hold } satisfies HoldLine);
  };
  readJournalIn(pieces(), `${register.place}/j/${claim}`, visit).then(
    () => lines.end(),
    (error: Error) => lines.destroy(error),
  );
  return lines as AsyncIterable<HoldLine>;
}

function isOfJournal(error: Error): boolean {
  return error instanceof RegisterProblem || error.name === 'JournalBroken';
}

interface Hold {
  readonly key: string;
  readonly version: string;
  readonly on: boolean;
}

/** What a line says of a version's hold; undefined where it says nothing. */
function holdIn(line: JournalLine): Hold | undefined {
  if (line.type === 'task') {
    const operation = /legal hold (ON|OFF)$/.exec(line.operation)?.[1];
    return line.ok && operation !== undefined
      ? { key: line.key, version: line.versionId, on: operation === 'ON' }
      : undefined;
  }
  if (line.type !== 'version' || line.holdAfter === undefined) return undefined;
  if ((line.errors ?? []).some(({ step }) => step.endsWith('-hold'))) return undefined;
  return { key: line.key, version: line.versionId, on: line.holdAfter === 'ON' };
}

/** The last word on each version; since when it has been ON without a break. */
async function* held(happenings: AsyncIterable<Happening>): AsyncGenerator<PlacedRow> {
  let current: { readonly name: string; row: PlacedRow | undefined } | undefined;
  for await (const { at, on, number: _number, ...version } of happenings) {
    const name = JSON.stringify([version.bucket, version.key, version.version]);
    if (current?.name !== name) {
      if (current?.row !== undefined) yield current.row;
      current = { name, row: undefined };
    }
    current.row = on ? (current.row ?? { ...version, since: at }) : undefined;
  }
  if (current?.row !== undefined) yield current.row;
}
