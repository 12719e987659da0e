/**
 * The one layer that limits and repeats requests.
 *
 * - Requests stay within the {@link RequestBudget}, and a bounded number of them is under way at once.
 * - 429, 502, 503, 504 and passing connection errors are repeated with full jitter until `retryTimeoutMs` have gone by
 *   since the first failure; Retry-After is obeyed, and a 429 holds back every request, not only its own.
 *   So is what is no answer of Genesys Cloud's: a gateway's page, half a body, an answer to another question.
 *   Other answers are final: Genesys Cloud advises to fail fast on them.
 * - A request that creates or takes away something is not repeated when nobody knows whether it worked; see {@link Outcome.ambiguous}.
 */
import type { RequestBudget } from './budget';
import { isUnrepeatable } from './operation';
import { type Clock, type Random, Semaphore } from '../time';
import { type Reading, read } from './reading';
import { codeOf } from './remedies';
import { retryAfterMs } from './retry-after';
import { WRONG_PROXY_PASSWORD } from './foreign';
import { type Answer, type Request, ConnectionFailure } from './transport';

/** How a governed request ended: the last answer and what it says, or the last connection error. */
export type Outcome<Body> = Tried<Body> & {
  readonly attempts: number;
  /** The request may have been carried out although it failed. */
  readonly ambiguous: boolean;
};

/** One try. */
type Tried<Body> =
  | { readonly answer: Answer; readonly reading: Reading<Body>; readonly failure?: undefined }
  | { readonly failure: ConnectionFailure; readonly answer?: undefined; readonly reading?: undefined };

/** What the governor works with. */
export interface GovernorOptions {
  readonly budget: RequestBudget;
  /** Requests under way at once. */
  readonly concurrency: number;
  readonly retryTimeoutMs: number;
  readonly clock: Clock;
  readonly random: Random;
}

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;

/** An address that has never answered is most likely mistyped: say so soon instead of after `retryTimeoutMs`. */
const FIRST_CONTACT_MS = 10_000;

const PASSING_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const AMBIGUOUS_STATUSES: ReadonlySet<number> = new Set([500, 502, 504]);

/** Limits and repeats requests. */
export class Governor {
  private readonly places: Semaphore;
  /** Only the first in line looks at the budget; the others wait behind it. */
  private readonly turnstile = new Semaphore(1);
  private contact = false;
  private wake: () => void = () => undefined;
  private firstAnswer = new Promise<void>((resolve) => {
    this.wake = resolve;
  });

  constructor(private readonly options: GovernorOptions) {
    this.places = new Semaphore(options.concurrency);
  }

  /**
   * Sends a request until it ends. Throws only the signal's reason, or what is not a connection error. `send` is called
   * once a try.
   */
  async run<Body>(
    request: Request<Body>,
    send: (request: Request, signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Outcome<Body>> {
    const { clock } = this.options;
    let firstFailureAt: number | undefined;
    for (let attempts = 1; ; attempts += 1) {
      const tried = await this.places.use(signal, () => this.attempt(request, send, signal));
      const ambiguous = isAmbiguous(tried);
      const outcome: Outcome<Body> = { ...tried, attempts, ambiguous };
      if (!isPassing(tried) || (ambiguous && isUnrepeatable(request.operation))) return outcome;

      const now = clock.now();
      firstFailureAt ??= now;
      const wait = this.waitAfter(tried, attempts, now);
      const patience = this.contact
        ? this.options.retryTimeoutMs
        : Math.min(FIRST_CONTACT_MS, this.options.retryTimeoutMs);
      if (now + wait - firstFailureAt > patience) return outcome;
      await clock.sleep(wait, signal);
    }
  }

  private async attempt<Body>(
    request: Request<Body>,
    send: (request: Request, signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Tried<Body>> {
    const { budget, clock } = this.options;
    const ticket = await this.turnstile.use(signal, async () => {
      for (let delay = budget.delay(clock.now()); delay > 0; delay = budget.delay(clock.now())) {
        if (delay === Number.POSITIVE_INFINITY) await unlessAborted(this.firstAnswer, signal);
        else await clock.sleep(delay, signal);
      }
      return budget.sent(clock.now());
    });
    try {
      request.beforeSend?.();
      const answer = await send(request, signal);
      const now = clock.now();
      budget.answered(now, ticket, answer);
      // All draw on the same limit, so all are held back; before the next one in line is let go.
      if (answer.status === 429 && !isAboutJobs(answer))
        budget.pause(now + (askedWait(answer, now) ?? FIRST_BACKOFF_MS));
      const reading = read(request, answer);
      // Whatever stands in between may be reachable although Genesys Cloud is not.
      if (reading.kind !== 'foreign') this.contact = true;
      return { answer, reading };
    } catch (error) {
      budget.failed();
      if (error instanceof ConnectionFailure) return { failure: error };
      throw error;
    } finally {
      this.wake();
    }
  }

  /** Milliseconds before the next try. */
  private waitAfter(tried: Tried<unknown>, attempts: number, now: number): number {
    const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempts - 1));
    const jitter = ceiling * this.options.random();
    const asked = tried.answer === undefined ? undefined : askedWait(tried.answer, now);
    // Those held back together must not come back together.
    return asked === undefined ? jitter : asked + Math.min(1_000, jitter);
  }
}

function isPassing(tried: Tried<unknown>): boolean {
  if (tried.failure !== undefined) return tried.failure.passing;
  if (tried.reading.kind === 'success') return false;
  if (tried.reading.kind === 'foreign') return tried.answer.status !== WRONG_PROXY_PASSWORD;
  if (!PASSING_STATUSES.has(tried.answer.status)) return false;
  return tried.answer.status !== 429 || !isAboutJobs(tried.answer);
}

/** Too many recording jobs at once is no matter of rate: the job queue waits for that, not the governor. */
export function isAboutJobs(answer: Answer): boolean {
  return /job|concurren/i.test(codeOf(answer));
}

function isAmbiguous(tried: Tried<unknown>): boolean {
  if (tried.failure !== undefined) return !tried.failure.neverSent;
  return tried.reading.kind === 'foreign' || AMBIGUOUS_STATUSES.has(tried.answer.status);
}

/** What the answer asks for: Retry-After, or for a 429 the end of the server's window. */
function askedWait(answer: Answer, now: number): number | undefined {
  const after = retryAfterMs(answer.headers['retry-after'], now);
  if (after !== undefined || answer.status !== 429) return after;
  const reset = Number(answer.headers['inin-ratelimit-reset'] ?? Number.NaN);
  return Number.isFinite(reset) && reset >= 0 ? reset * 1_000 : undefined;
}

function unlessAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    void wait.then(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}
