/** Compares a pack that is sound with the live accounts: are files, holds and the register still as it says? */
import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Genesys } from '../../genesys';
import type { Register } from '../../register';
import type { BucketReader } from '../collect/objects';
import type { Progress } from '../collect/progress';
import type { NotLookedAt } from '../model';
import type { PackFacts } from './facts';
import { SETTINGS } from './files';
import { checkConversations } from './live-conversations';
import { checkFiles } from './live-files';
import { checkRegister, type RegisterChecked } from './live-register';

/** Whom is asked; what is left out is not looked at, and why is said. */
export interface LiveAccounts {
  readonly readerOf: (bucket: string) => BucketReader;
  readonly genesys: Genesys | { readonly missing: string };
  readonly register: Register | { readonly missing: string };
}

/** What is not as the pack says. */
export interface LiveChecked {
  /** A sentence each. */
  readonly changes: readonly string[];
  readonly notLookedAt: readonly NotLookedAt[];
  /** How many were looked at. */
  readonly files: number;
  readonly conversations: number;
  /** Null: it was not looked at, or is not the one of the pack. */
  readonly register: RegisterChecked | null;
}

/** What differs, and what could not be asked: filled by each check. */
export interface LiveFindings {
  readonly changes: string[];
  readonly notLookedAt: NotLookedAt[];
}

/** The settings of a pack, as far as they say whom to ask. */
export type PackSettings = Pick<PackFacts, 'matter' | 'claims' | 'run'>;

/** Looks. What gives no answer is not looked at, and said. */
export async function compareLive(
  folder: string,
  accounts: LiveAccounts,
  signal: AbortSignal,
  progress: Progress,
): Promise<LiveChecked> {
  // Every request under way listens to it: Node would take more than ten for a leak and warn on stderr.
  setMaxListeners(0, signal);
  const findings: LiveFindings = { changes: [], notLookedAt: [] };
  const settings = JSON.parse(await readFile(join(folder, SETTINGS), 'utf8')) as PackSettings;
  const files = await checkFiles(folder, accounts, findings, signal, progress);
  const conversations = await checkConversations(folder, settings, accounts, findings, signal, progress);
  const register = await checkRegister(folder, settings, accounts.register, findings, signal, progress);
  return { ...findings, files, conversations, register };
}
