import { posix, win32 } from 'node:path';
import type { Environment } from './sources';

/**
 * Where journals lie by default: with what programs keep for their user from run to run. Not in the working folder, where
 * they would be committed by accident (they name conversations), and not in `.terraform` or `cdktf.out`, which are thrown
 * away. `home` is the user's home folder.
 */
export function defaultJournalFolder(env: Environment, platform: NodeJS.Platform, home: string): string {
  return folderOfUser('object-holds', env, platform, home);
}

/** Where the register lies that nobody named a place for. */
export function defaultRegisterFolder(env: Environment, platform: NodeJS.Platform, home: string): string {
  return folderOfUser('register', env, platform, home);
}

/** Where an interrupted look at a matter is kept until it continues. */
export function defaultLookFolder(env: Environment, platform: NodeJS.Platform, home: string): string {
  return folderOfUser('looks', env, platform, home);
}

function folderOfUser(name: string, env: Environment, platform: NodeJS.Platform, home: string): string {
  const own = ['genesyscloud-compliance', name];
  if (platform === 'win32') {
    return win32.join(given(env['LOCALAPPDATA']) ?? win32.join(home, 'AppData', 'Local'), ...own);
  }
  return posix.join(given(env['XDG_STATE_HOME']) ?? posix.join(home, '.local', 'state'), ...own);
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
