/** Moving a register: every object of it, as it is, into an empty place. */
import { sha256 } from './entry';
import { Log } from './log';
import type { RegisterClock } from './moment';
import { RegisterProblem, type Store } from './store';
import type { Random } from '../time';

/** What belongs to a register besides its log, in the order in which it is copied. Entries last: they refer to the others. */
const BESIDES = ['c/', 'j/', 's/'] as const;

/** What was copied. */
export interface Copied {
  /** Entries of the log. */
  readonly entries: number;
  /** Objects beside the log: sets, snapshots, pieces of journals. */
  readonly others: number;
  readonly bytes: number;
}

/**
 * Copies a register into an empty place. What lies there already and is the same is left, so that a copy that was interrupted
 * continues; anything else there is a {@link RegisterProblem}. Nothing is changed in the old place. Its log is read and its chain
 * checked first: what is damaged is not copied.
 */
export async function copyRegister(
  from: Store,
  to: Store,
  surroundings: { readonly clock: RegisterClock; readonly random: Random; readonly actor: string },
  signal: AbortSignal,
): Promise<Copied> {
  const log = new Log({ ...surroundings, store: from });
  const { last, register } = await log.read(signal);
  if (register === null)
    throw new RegisterProblem('missing', `There is no register at ${from.place}. Nothing was copied.`);
  let others = 0;
  let bytes = 0;
  const copy = async (key: string): Promise<void> => {
    const body = await from.read(key, signal);
    if (body === undefined)
      throw new RegisterProblem('damaged', `The register at ${from.place} lists ${key} and does not have it.`);
    if ((await to.create(key, body, signal)) === 'exists') {
      const there = await to.read(key, signal);
      if (there === undefined || sha256(there) !== sha256(body)) {
        throw new RegisterProblem(
          'foreign',
          `${to.place}/${key} exists and is not what the register at ${from.place} has there. Copy into an empty place.`,
        );
      }
    }
    bytes += body.length;
  };
  for (const prefix of BESIDES) {
    for (const key of await keysBelow(from, prefix, signal)) {
      await copy(key);
      others += 1;
    }
  }
  let entries = 0;
  for (const key of await from.list('e/', undefined, signal)) {
    if (entries === last) break;
    await copy(key);
    entries += 1;
  }
  // Written while it was copied: both places would continue as one register, each with entries that the other lacks.
  const after = await from.list('e/', undefined, signal);
  if (after.length > last) {
    throw new RegisterProblem(
      'unreachable',
      `Somebody wrote to the register at ${from.place} while it was copied. Stop applies, then copy again: what is copied stays.`,
    );
  }
  return { entries, others, bytes };
}

/** Journals lie in folders of their own, which a folder's listing names and S3's does not. */
async function keysBelow(store: Store, prefix: string, signal: AbortSignal): Promise<readonly string[]> {
  const names = await store.list(prefix, undefined, signal);
  if (prefix !== 'j/') return names;
  const deep = names.filter((name) => name.slice(prefix.length).includes('/'));
  if (deep.length === names.length) return names;
  const below = await Promise.all(names.map((name) => store.list(`${name}/`, undefined, signal)));
  return [...deep, ...below.flat()].sort();
}
