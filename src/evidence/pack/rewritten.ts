/** Whether a file is what it was, but for what editors and transfers change: the ends of lines, a byte order mark. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Undoes one change; pieces come in any sizes. */
interface Undoing {
  readonly what: string;
  readonly take: (piece: Buffer) => void;
  /** SHA-256, in hex, of the file without the change. */
  readonly end: () => string;
}

/** `its line ends were changed: CR LF in place of LF`, for a file that is else what it was; undefined for any other. */
export async function rewriting(path: string, wanted: string): Promise<string | undefined> {
  const undoings = [null, ...LINE_ENDS].flatMap((ends) =>
    MARKS.flatMap((mark) => (ends === null && mark === null ? [] : [undoing(ends, mark)])),
  );
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const one of undoings) one.take(piece);
  }
  return undoings.find((one) => one.end() === wanted)?.what;
}

type LineEnds = 'crlf' | 'lf';
type Mark = 'added' | 'removed' | null;

const LINE_ENDS: readonly LineEnds[] = ['crlf', 'lf'];
const MARKS: readonly Mark[] = [null, 'added', 'removed'];

const WORDS = {
  crlf: 'its line ends were changed: CR LF in place of LF',
  lf: 'its line ends were changed: LF in place of CR LF',
  added: 'a byte order mark was put before it',
  removed: 'its byte order mark was taken away',
} as const;

function undoing(ends: LineEnds | null, mark: Mark): Undoing {
  const hash = createHash('sha256');
  if (mark === 'removed') hash.update(MARK);
  let head = Buffer.alloc(0);
  let isBegun = mark !== 'added';
  let isMarked = true;
  const lines =
    ends === null ? { take: (piece: Buffer) => void hash.update(piece), end: () => undefined } : lineEnds(ends, hash);
  const take = (piece: Buffer): void => {
    if (isBegun) return lines.take(piece);
    head = Buffer.concat([head, piece]);
    if (head.length < MARK.length) return;
    isBegun = true;
    isMarked = head.subarray(0, MARK.length).equals(MARK);
    lines.take(head.subarray(isMarked ? MARK.length : 0));
  };
  const what = [...(mark === null ? [] : [WORDS[mark]]), ...(ends === null ? [] : [WORDS[ends]])].join(', and ');
  return {
    what,
    take,
    end: () => {
      lines.end();
      return isBegun && isMarked ? hash.digest('hex') : '';
    },
  };
}

/** Hands over the lines with the ends that they had. */
function lineEnds(now: LineEnds, hash: Hash): { take(piece: Buffer): void; end(): void } {
  // A carriage return at the end of a piece: what comes after it decides.
  let waiting = false;
  return {
    take: (piece) => {
      let from = 0;
      const upTo = (to: number): void => void (to > from && hash.update(piece.subarray(from, to)));
      if (waiting && piece[0] !== LINE_FEED) hash.update(Buffer.from([CARRIAGE_RETURN]));
      waiting = false;
      for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) {
        if (now === 'lf') {
          upTo(at);
          hash.update('\r\n');
        } else {
          upTo(at > from && piece[at - 1] === CARRIAGE_RETURN ? at - 1 : at);
          hash.update('\n');
        }
        from = at + 1;
      }
      waiting = now === 'crlf' && piece.length > from && piece[piece.length - 1] === CARRIAGE_RETURN;
      upTo(waiting ? piece.length - 1 : piece.length);
    },
    end: () => {
      if (waiting) hash.update(Buffer.from([CARRIAGE_RETURN]));
      waiting = false;
    },
  };
}
