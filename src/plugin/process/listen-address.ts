/** Where a provider listens: a unix socket in a folder that only its owner may enter, or loopback where there is none. */
import { lstatSync, mkdtempSync, readdir, rm, rmdirSync, unlinkSync, type Stats } from 'node:fs';
import { createConnection, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An address as the handshake names it. */
export interface ListenAddress {
  readonly network: 'unix' | 'tcp';
  readonly address: string;
}

/** A listening server's address, and the way to take away what it left on disk. */
export interface Listening extends ListenAddress {
  /** Removes the socket and its folder. Connections that stand are not touched. May be called again. */
  removeFiles(): void;
}

/** What decides about the address. */
export interface ListenOptions {
  readonly platform: NodeJS.Platform;
  /** PLUGIN_UNIX_SOCKET_DIR of the host, or the folder for temporary files. */
  readonly folder: string;
}

const PREFIX = 'terraform-plugin-';
const SOCKET = 's';
/** A longer path is cut off by the system, and Terraform then waits for a socket that is not there. */
const MOST_PATH_BYTES: { readonly [platform: string]: number } = { linux: 107, darwin: 103 };
const LEAST_COMMON_PATH_BYTES = 103;

/** The folder sockets are made in when the host names none. */
export function socketFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return environment.PLUGIN_UNIX_SOCKET_DIR || tmpdir();
}

/** Starts listening. Rejects with the system's error when no address can be had. */
export async function listen(server: Server, options: ListenOptions): Promise<Listening> {
  const folder = options.platform === 'win32' ? undefined : makeFolder(options);
  if (folder === undefined) return onLoopback(server);
  const path = join(folder, SOCKET);
  const removeFiles = remover(path, folder);
  try {
    await listening(server, { path });
    return { network: 'unix', address: path, removeFiles };
  } catch {
    // A file system without sockets, as some shared folders of virtual machines are.
    removeFiles();
    return onLoopback(server);
  }
}

async function onLoopback(server: Server): Promise<Listening> {
  await listening(server, { host: '127.0.0.1', port: 0 });
  const { port } = server.address() as AddressInfo;
  return { network: 'tcp', address: `127.0.0.1:${port}`, removeFiles: () => undefined };
}

/** Two plain calls: `rmSync` would load a module of its own, in the middle of Terraform's first call. */
function remover(path: string, folder: string): () => void {
  let removed = false;
  return () => {
    if (removed) return;
    removed = true;
    for (const remove of [() => unlinkSync(path), () => rmdirSync(folder)]) {
      try {
        remove();
      } catch {
        // Gone already: a closing server takes its socket away itself.
      }
    }
  };
}

function listening(server: Server, options: { path: string } | { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** A fresh folder (mode 0700) that leaves room for the socket's name; undefined when there is none such. */
function makeFolder({ platform, folder }: ListenOptions): string | undefined {
  const most = MOST_PATH_BYTES[platform] ?? LEAST_COMMON_PATH_BYTES;
  for (const parent of [folder, '/tmp']) {
    const stem = join(parent, `${PREFIX}${process.pid}-`);
    if (Buffer.byteLength(join(`${stem}XXXXXX`, SOCKET)) > most) continue;
    try {
      return mkdtempSync(stem);
    } catch {
      // Missing, full or read-only: the next one may do.
    }
  }
  return undefined;
}

/** Folders younger than this may belong to a provider that has not begun to listen. */
const STARTING_MS = 60_000;

/**
 * Removes what providers that were killed before Terraform reached them have left behind. Works in the background
 * and never fails. A folder goes only if it bears our name, is ours, is not fresh, its process is gone, and nobody answers on
 * its socket: in a shared folder, the process number may be one of another container.
 */
export function sweepStaleFolders(parent: string, now: number): void {
  readdir(parent, (error, names) => {
    for (const name of error === null ? names : []) {
      const pid = Number(/^terraform-plugin-(\d+)-[A-Za-z0-9]{6}$/.exec(name)?.[1]);
      if (!Number.isInteger(pid) || isRunning(pid)) continue;
      const folder = join(parent, name);
      if (isOld(folder, now)) removeUnlessAnswered(folder);
    }
  });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function isOld(folder: string, now: number): boolean {
  try {
    const stats: Stats = lstatSync(folder);
    return stats.isDirectory() && stats.uid === process.getuid?.() && now - stats.mtimeMs > STARTING_MS;
  } catch {
    return false;
  }
}

function removeUnlessAnswered(folder: string): void {
  const probe = createConnection({ path: join(folder, SOCKET) });
  probe.unref();
  probe.on('connect', () => probe.destroy());
  probe.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') rm(folder, { recursive: true }, () => undefined);
  });
}
