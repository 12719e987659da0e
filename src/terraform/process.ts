import { spawn, type ChildProcess } from 'node:child_process';

/** What a program said and how it ended. */
export interface Ended {
  /** Null: it was stopped. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it was stopped, if it was. */
  readonly stopped?: 'timeout' | 'interrupt';
}

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Stopped when this many milliseconds have passed. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /**
   * Takes what the program writes to stdout, piece by piece; the program is ended when it throws.
   * @default all of it is in {@link Ended}
   */
  readonly take?: (bytes: Buffer) => void;
}

/** Runs a program to its end. Rejects when it cannot be started. */
export type RunProcess = (program: string, args: readonly string[], options: ProcessOptions) => Promise<Ended>;

/** Terraform ends its providers after SIGINT; it gets this long when its time is up. */
const GRACE_MS = 10_000;
/** Who pressed Ctrl-C waits for no longer than a second. Nothing is written meanwhile: a plan may be cut off at any moment. */
const INTERRUPTED_MS = 600;

/**
 * In a process group of its own, a child does not hear the terminal's Ctrl-C: it is told once, by us. Terraform takes a
 * second interrupt as an order to drop everything, its providers too. Windows has no such groups.
 */
const OWN_GROUP = process.platform !== 'win32';

/** With the real processes of this machine. */
export const runProcess: RunProcess = (program, args, { cwd, env, timeoutMs, signal, take }) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return resolve({ code: null, stdout: '', stderr: '', stopped: 'interrupt' });
    const child = spawn(program, [...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: OWN_GROUP });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let stopped: Ended['stopped'];
    let last: NodeJS.Timeout | undefined;
    let refused: Error | undefined;
    const stop = (why: NonNullable<Ended['stopped']>): void => {
      if (stopped !== undefined) return;
      stopped = why;
      child.kill('SIGINT');
      last = setTimeout(() => killAll(child), why === 'interrupt' ? INTERRUPTED_MS : GRACE_MS);
    };
    const interrupt = (): void => stop('interrupt');
    const limit = setTimeout(() => stop('timeout'), timeoutMs);
    const settle = (): void => {
      clearTimeout(limit);
      clearTimeout(last);
      signal.removeEventListener('abort', interrupt);
    };
    signal.addEventListener('abort', interrupt, { once: true });
    child.stdout.on('data', (data: Buffer) => {
      if (take === undefined) stdout.push(data);
      else if (refused === undefined) {
        try {
          take(data);
        } catch (error) {
          refused = error as Error;
          killAll(child);
        }
      }
    });
    child.stderr.on('data', (data: Buffer) => stderr.push(data));
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code) => {
      settle();
      if (refused !== undefined) return reject(refused);
      const said = { stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
      resolve({ code, ...said, ...(stopped === undefined ? {} : { stopped }) });
    });
  });

/** The child and what it started. */
function killAll(child: ChildProcess): void {
  if (!OWN_GROUP || child.pid === undefined) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
