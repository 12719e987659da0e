/** Whether the register is the one of a pack, and still says what the pack says: the same, or a continuation. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { RegisterProblem, type Entry, type Register } from '../../register';
import type { Progress } from '../collect/progress';
import { linesOf } from '../rows/lines';
import { eventOf } from './events';
import { ROW_FILES } from './files';
import type { LiveAccounts, LiveFindings, PackSettings } from './live';
import { OwnEntries, type RegisterLine } from './register-lines';

/** What was found. */
export interface RegisterChecked {
  /** Entries that the pack has, and that the register still has. */
  readonly entries: number;
  /** Entries that came since; 0: the head is the one of the pack. */
  readonly since: number;
}

/** Compares every entry; null where it was not looked at, or is not the register of the pack. */
export async function checkRegister(
  folder: string,
  { matter }: PackSettings,
  register: LiveAccounts['register'],
  { changes, notLookedAt }: LiveFindings,
  signal: AbortSignal,
  progress: Progress,
): Promise<RegisterChecked | null> {
  if ('missing' in register) {
    notLookedAt.push({ what: 'the register', why: register.missing });
    return null;
  }
  const [, , , lines] = ROW_FILES;
  try {
    const { differs, ...checked } = await compare(
      join(folder, lines),
      new OwnEntries(matter),
      register,
      changes,
      signal,
      progress,
    );
    return differs ? null : checked;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof RegisterProblem)) throw error;
    // What is missing or was changed is found out by looking; whoever gives no answer was not looked at.
    if (error.kind === 'damaged') changes.push(error.message);
    else notLookedAt.push({ what: 'the register', why: error.message });
    return null;
  }
}

async function compare(
  file: string,
  own: OwnEntries,
  register: Register,
  changes: string[],
  signal: AbortSignal,
  progress: Progress,
): Promise<RegisterChecked & { readonly differs: boolean }> {
  const now = register.entries(signal);
  let entries = 0;
  try {
    for await (const line of linesOf(file)) {
      const { number, sha256 } = JSON.parse(line) as RegisterLine;
      const { done, value } = await now.next();
      if (done === true) {
        changes.push(`The register ends before entry ${number}, which the pack has.`);
        return { differs: true, entries, since: 0 };
      }
      if (createHash('sha256').update(value.bytes).digest('hex') !== sha256) {
        changes.push(
          number === 1
            ? `The register at ${register.place} is another one than that of the pack: they begin with different entries.`
            : `Entry ${number} of the register is not the one that the pack has.`,
        );
        return { differs: true, entries, since: 0 };
      }
      own.takeIn(value.entry);
      entries += 1;
      progress({ what: 'entries of the register', done: entries, total: register.head?.number ?? null });
    }
    let since = 0;
    for await (const { entry } of now) {
      since += 1;
      const what = own.takeIn(entry) ? letGo(entry) : undefined;
      const { number, actor, at } = entry;
      if (what !== undefined) changes.push(`${what} (entry ${number}, by ${actor}, at ${at}).`);
    }
    return { differs: false, entries, since };
  } finally {
    await now.return(undefined);
  }
}

/** What the matter no longer claims, although the pack says so; undefined for an entry that takes nothing away. */
function letGo(entry: Entry): string | undefined {
  const { body } = entry;
  if (body.kind === 'drop') return eventOf(entry)?.text;
  if (body.kind !== 'claim' || body.replaces === undefined) return undefined;
  return `Claim ${body.replaces.claim.slice(0, 8)} replaced by claim ${body.claim.slice(0, 8)}, which may cover less: ${body.replaces.reason}`;
}
