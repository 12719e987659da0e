import { setMaxListeners } from 'node:events';
import type { CallContext, RpcName } from '../../plugin';
import { Interrupted } from '../definition';
import { DiagnosticError, type Log } from '../diagnostics';
import type { Limit, Operation } from '../timeouts';
import type { FindingList } from './finding-list';

/** What a call is about, for its messages. */
export interface Task {
  readonly rpc: RpcName;
  /** A gerund that begins a sentence: "Creating genesyscloud_recording_export_job". */
  readonly doing: string;
  /** The type of the resource, data source or function at hand. */
  readonly type?: string;
}

/** Timers, so that tests need not wait. Returns how to cancel. */
export type After = (ms: number, run: () => void) => () => void;

/** Node's own timers; they fire at once beyond 2^31 ms (24 days), so longer waits are cut to that. */
export const afterReal: After = (ms, run) => {
  const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1));
  return () => clearTimeout(timer);
};

/**
 * One call from Terraform: its messages, its log and the signal that ends it. The signal is aborted when Terraform
 * cancels the call or goes away, when it asks to stop, and when the operation's time is up.
 */
export class Call {
  readonly #controller = new AbortController();
  readonly #cleanups: (() => void)[] = [];
  #abandoned = false;
  /** What messages say is being done; sharper than the task's once the request has been read. */
  doing: string;

  constructor(
    readonly task: Task,
    readonly findings: FindingList,
    readonly log: Log,
    context: CallContext,
    private readonly after: After,
    private readonly graceMs: number,
  ) {
    this.doing = task.doing;
    // Every request of a resource listens to it: more than ten are no leak.
    setMaxListeners(0, this.#controller.signal);
    const cancelled = (): void => this.stop();
    if (context.signal.aborted) cancelled();
    context.signal.addEventListener('abort', cancelled, { once: true });
    this.#cleanups.push(() => context.signal.removeEventListener('abort', cancelled));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Terraform wants the call to end: Ctrl-C, or it is gone. */
  stop(): void {
    this.#abort(
      new Interrupted(
        'stopped',
        'Terraform asked to stop before it was finished. What was done so far may remain; the next apply continues from what is there.',
      ),
    );
  }

  /** Starts the clock of an operation. */
  limit(limit: Limit | undefined, operation: Operation): void {
    if (!limit) return;
    const expired = (): void =>
      this.#abort(
        new Interrupted(
          'timeout',
          `It did not finish within ${limit.text}. What was done so far may remain; the next apply continues from what is there. ` +
            `If it needs more time, raise "${operation}" in the resource's timeouts block.`,
        ),
      );
    this.#cleanups.push(this.after(limit.ms, expired));
  }

  /**
   * Runs the resource's own code. Once the signal is aborted it has a grace period to end by itself (and to save what
   * it knows); after that the call ends without it.
   */
  async work<T>(run: () => Promise<T> | T): Promise<T> {
    const abandoned = new Promise<never>((_, reject) => {
      const begin = (): void => {
        const giveUp = (): void => {
          this.#abandoned = true;
          reject(this.signal.reason as Error);
        };
        this.#cleanups.push(this.after(this.graceMs, giveUp));
      };
      if (this.signal.aborted) begin();
      else this.signal.addEventListener('abort', begin, { once: true });
    });
    return Promise.race([(async () => run())(), abandoned]);
  }

  /** Turns what was thrown into a message for the user. */
  fail(error: unknown): void {
    if (error instanceof DiagnosticError) {
      this.findings.error(error.summary, error.detail, error.path);
      if (error.cause !== undefined) this.log.debug('cause of an error', { error: stackOf(error.cause) });
      return;
    }
    if (this.signal.aborted || error instanceof Interrupted) {
      this.#failInterrupted(error instanceof Interrupted ? error : (this.signal.reason as Interrupted));
      this.log.debug('interrupted', { error: stackOf(error) });
      return;
    }
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    this.findings.error(
      `${this.doing} failed unexpectedly`,
      `${name}: ${message}\n\nThis is an error that the provider did not foresee, most likely a bug in it. What was done ` +
        'before may remain; a new plan shows what is there. Run again with TF_LOG_PROVIDER=ERROR to see where it ' +
        'happened, and report it with that.',
    );
    this.log.error('unexpected error', { error: stackOf(error) });
  }

  /** Stops clocks and listeners. */
  end(): void {
    for (const cleanup of this.#cleanups) cleanup();
  }

  #failInterrupted(reason: Interrupted): void {
    const summary = `${this.doing} ${reason.reason === 'timeout' ? 'timed out' : 'was stopped'}`;
    const rest = this.#abandoned
      ? ' It did not react to being told to stop, so it was left behind: what it still does can take effect.'
      : '';
    this.findings.error(summary, `${reason.message}${rest}`);
  }

  #abort(reason: Interrupted): void {
    if (!this.signal.aborted) this.#controller.abort(reason);
  }
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
