import { hostname, userInfo } from 'node:os';
import { connectS3 } from '../aws';
import { systemClock } from '../time';
import type { RegisterSurroundings } from './register';

/** The real surroundings of a register: this computer's clock, user and AWS settings. */
export function registerSurroundings(defaultFolder: string): RegisterSurroundings {
  let client: ReturnType<typeof connectS3> | undefined;
  return {
    defaultFolder,
    clock: { ...systemClock, monotonic: () => performance.now() },
    random: Math.random,
    actor: `${userName()}@${hostname()}`,
    s3: () => (client ??= connectS3({})),
  };
}

/** In a container the user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
