/** Requests with a token, governed, whose failures are {@link GenesysError}s. */
import { RequestBudget } from './budget';
import type { Clock, Random } from '../time';
import { registerCredentials } from './config';
import { type FailureFacts, GenesysError } from './errors';
import { type Outcome, Governor } from './governor';
import type { GenesysConfig } from './model';
import type { Operation } from './operations';
import { explainAnswer, explainConnection } from './remedies';
import { Session } from './session';
import type { Request, Transport } from './transport';

/** A request that creates something failed without anybody knowing whether it did. Look for it before repeating. */
export class AmbiguousFailure extends Error {
  override readonly name = 'AmbiguousFailure';

  constructor(readonly failure: GenesysError) {
    super(failure.message);
  }
}

/** Sends requests to one organization with one client's credentials. */
export class Client {
  private readonly governor: Governor;
  /** Undefined with an access token, which cannot be renewed. */
  private readonly session: Session | undefined;

  constructor(
    private readonly config: GenesysConfig,
    private readonly transport: Transport,
    readonly clock: Clock,
    readonly random: Random,
  ) {
    registerCredentials(config);
    this.governor = new Governor({
      budget: new RequestBudget(config.requestsPerMinute),
      // Enough to fill the limit when an answer takes two seconds.
      concurrency: Math.min(32, Math.max(4, Math.ceil(config.requestsPerMinute / 30))),
      retryTimeoutMs: config.retryTimeoutMs,
      clock,
      random,
    });
    if (config.accessToken === undefined) {
      this.session = new Session({ transport, clock, random, fail: (...facts) => this.error(...facts) });
    }
  }

  /** How long one request is retried, in milliseconds. */
  get retryTimeoutMs(): number {
    return this.config.retryTimeoutMs;
  }

  /**
   * Sends a request and gives the body of its answer. Throws {@link GenesysError}; {@link AmbiguousFailure} when the
   * operation creates something and may have done so; the signal's reason, untouched, when it is aborted.
   *
   * @param subject what the request is about, when its path does not say it: `conversation 0b9f…`
   */
  async call<Body>(request: Request, signal: AbortSignal, subject?: string): Promise<Body> {
    for (let renewed = this.session === undefined; ; renewed = true) {
      const login = await this.session?.open(signal);
      const outcome = await this.governor.run(request, (sent, abort) => this.transport.send(sent, abort), signal);
      const status = outcome.answer?.status ?? 0;
      if (status >= 200 && status < 300) return outcome.answer?.body as Body;
      if (status !== 401 || renewed || login === undefined) throw this.failed(request, outcome, subject);
      this.session?.refused(login);
    }
  }

  /** An error of this room that is no answer of Genesys Cloud's, in the same form. */
  error(operation: Pick<Operation, 'words' | 'method'>, path: string, facts: FailureFacts): GenesysError {
    return new GenesysError(operation, path, facts);
  }

  private failed(request: Request, outcome: Outcome, subject: string | undefined): Error {
    const facts =
      outcome.answer === undefined
        ? explainConnection(outcome.failure as NonNullable<Outcome['failure']>, outcome.attempts)
        : explainAnswer(request.operation, outcome.answer, outcome.attempts);
    const error = this.error(request.operation, pathOf(request), {
      ...facts,
      ...(subject === undefined ? {} : { subject }),
    });
    return outcome.ambiguous && request.operation.creates === true ? new AmbiguousFailure(error) : error;
  }
}

function pathOf(request: Request): string {
  return request.operation.path.replace(/\{(\w+)\}/g, (whole, name: string) => request.params?.[name] ?? whole);
}
