import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { connectS3 } from '../aws';
import { FolderStore, S3Store, TIMING, type Store } from '../register';
import { systemClock } from '../time';
import type { RegisterSurroundings } from './register';
import type { RegisterPlace } from './register-place';

/** The real surroundings of a register: this computer's clock, user and AWS settings. */
export function registerSurroundings(defaultFolder: string): RegisterSurroundings {
  return {
    defaultFolder,
    clock: { ...systemClock, monotonic: () => performance.now() },
    random: Math.random,
    newId: randomUUID,
    actor: `${userName()}@${hostname()}`,
    openStore,
    timing: TIMING,
  };
}

/** In S3, with the AWS settings of the environment. */
function openStore(place: RegisterPlace): Store {
  if (place.kind === 'folder') return new FolderStore(place.path);
  const { bucket, prefix } = place;
  let client: ReturnType<typeof connectS3> | undefined;
  return new S3Store({ bucket, prefix, client: () => (client ??= connectS3({})) });
}

/** In a container the user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
