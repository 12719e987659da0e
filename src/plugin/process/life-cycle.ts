/**
 * How a provider process ends. Terraform owns it: whatever happens to Terraform, the process must not stay, and nothing of
 * it may stay on disk.
 */
import { writeSync } from 'node:fs';
import { redact } from '../../secrets';

/** What has to happen before the process ends. */
export interface LifeCycle {
  /** Aborts the calls that run; their answers may still save what exists. */
  abortCalls(reason: Error): void;
  /** Resolves when no call runs any more. */
  settled(): Promise<void>;
  /** Lets answers reach Terraform and closes the connections. */
  close(): Promise<void>;
  /** Removes everything from disk. Must not throw, must not wait. */
  removeFiles(): void;
}

/** A crashed call must not keep the process from ending, nor a connection that never drains. */
const CLOSE_MS = 1000;
/** What a stopped call may take to answer with the state that exists. */
const SETTLE_MS = 5000;
/** Between two looks at whether the parent lives. */
const PARENT_POLL_MS = 1000;
/** As long as Terraform waits for a plugin to start. */
const FIRST_CLIENT_MS = 60_000;

/** Ends the process when its reason to be is gone. */
export class ProcessOwner {
  #ending = false;
  #firstClient: NodeJS.Timeout | undefined;

  constructor(private readonly life: LifeCycle) {
    process.on('exit', () => life.removeFiles());
  }

  /** Terraform is the parent: the process lives as long as it does. */
  followParent(): void {
    const parent = process.ppid;
    setInterval(() => {
      // An orphan gets another parent. There is nobody left to answer to.
      if (process.ppid !== parent) process.exit(0);
    }, PARENT_POLL_MS).unref();
    this.#firstClient = setTimeout(() => process.exit(0), FIRST_CLIENT_MS).unref();
    // Ctrl-C reaches the whole process group. Terraform decides what it means, and calls StopProvider.
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => void this.stop('SIGTERM'));
    process.on('SIGHUP', () => void this.stop('SIGHUP'));
  }

  /** A person is the owner: Ctrl-C ends the process. */
  followUser(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void this.stop(signal));
  }

  /** Somebody has come; the process no longer ends for want of a client. */
  clientCame(): void {
    clearTimeout(this.#firstClient);
  }

  /** Every connection is gone, and nobody can come back. */
  clientsGone(): void {
    process.exit(0);
  }

  /** Terraform asked the process to end and waits for it: answers what is open, then exits. */
  async shutDown(): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    setTimeout(() => process.exit(0), CLOSE_MS);
    await this.life.close();
    process.exit(0);
  }

  /** Somebody wants the process to end while Terraform may live: calls get the time to answer with what exists. */
  async stop(signal: string): Promise<void> {
    if (this.#ending) return;
    this.life.abortCalls(new Error(`The provider was stopped by ${signal}.`));
    setTimeout(() => void this.shutDown(), SETTLE_MS);
    await this.life.settled();
    await this.shutDown();
  }
}

/**
 * Makes a crash readable: Terraform shows what follows `panic: ` on stderr as the provider's stack trace.
 * Source: hashicorp/terraform internal/logging/panic.go.
 */
export function reportCrashes(): void {
  const crash = (error: unknown): void => {
    try {
      writeSync(2, redact(`panic: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`));
    } catch {
      // stderr is closed: nobody reads it.
    }
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}
