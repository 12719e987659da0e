/** Requests with a token, governed, whose failures are {@link GenesysError}s. */
import { RequestBudget } from './budget';
import type { Clock, Random } from '../time';
import { registerCredentials } from './config';
import { type FailureFacts, GenesysError } from './errors';
import { type Outcome, Governor } from './governor';
import type { GenesysConfig } from './model';
import type { Operation } from './operation';
import { isUnrepeatable, pathOf } from './operation';
import { explainForeign, explainMisfit, explainNotYet, firstWords } from './foreign';
import { explainAnswer, explainConnection } from './remedies';
import { proxyFor } from './proxy';
import { ServerClock } from './server-clock';
import { Session } from './session';
import type { Request, Transport } from './transport';
import { apiAddress, loginAddress } from './transport';

/** A request that creates or takes away something failed without anybody knowing whether it did. Look before repeating. */
export class AmbiguousFailure extends Error {
  override readonly name = 'AmbiguousFailure';

  constructor(readonly failure: GenesysError) {
    super(failure.message);
  }
}

/** Sends requests to one organization with one client's credentials. */
export class Client {
  readonly serverClock = new ServerClock();
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
      this.session = new Session({
        transport,
        clock,
        random,
        address: loginAddress(config),
        proxy: proxyFor(config, loginAddress(config)),
        fail: (...facts) => this.error(...facts),
      });
    }
  }

  /**
   * The time by Genesys Cloud's own clock, in milliseconds since 1970; by the local one before it has answered. Whatever is
   * held against its dates goes by this one: the age of a job or a recording does not depend on this machine's clock. How
   * long something takes is measured with the local one, which does not jump when an answer comes.
   */
  now(): number {
    const now = this.clock.now();
    return this.serverClock.time(now) ?? now;
  }

  /** The same, ISO-8601. */
  evidenceTime(): string {
    return new Date(this.now()).toISOString();
  }

  /** How long one request is retried, in milliseconds. */
  get retryTimeoutMs(): number {
    return this.config.retryTimeoutMs;
  }

  /**
   * Sends a request and gives the body of its answer. Throws {@link GenesysError}; {@link AmbiguousFailure} when the
   * operation creates or takes away something and may have done so; the signal's reason, untouched, when it is aborted.
   *
   * @param subject what the request is about, when its path does not say it: `conversation 0b9f…`
   */
  async call<Body>(request: Request<Body>, signal: AbortSignal, subject?: string): Promise<Body> {
    for (let renewed = this.session === undefined; ; renewed = true) {
      const login = await this.session?.open(signal);
      const outcome = await this.governor.run(request, (sent, abort) => this.transport.send(sent, abort), signal);
      if (outcome.reading !== undefined && outcome.reading.kind !== 'foreign') {
        this.serverClock.heard(outcome.answer?.headers['date'], this.clock.now());
      }
      if (outcome.reading?.kind === 'success') return outcome.reading.body;
      const refused = outcome.reading?.kind === 'refusal' && outcome.answer?.status === 401;
      if (!refused || renewed || login === undefined) throw this.failed(request, outcome, subject);
      this.session?.refused(login);
    }
  }

  /** An error of this room that is no answer of Genesys Cloud's, in the same form. */
  error(operation: Pick<Operation, 'words' | 'method'>, path: string, facts: FailureFacts): GenesysError {
    return new GenesysError(operation, path, facts);
  }

  /**
   * The error for answers that fit one by one and not together: a listing that ends too early, a page that comes again.
   *
   * @param why completes "this is no answer of Genesys Cloud's: …"
   */
  foreign(request: Request, why: string): GenesysError {
    const { operation } = request;
    return this.error(operation, pathOf(request), explainMisfit(apiAddress(this.config), why));
  }

  private failed(request: Request, outcome: Outcome<unknown>, subject: string | undefined): Error {
    const error = this.error(request.operation, pathOf(request), {
      ...this.explain(request.operation, outcome),
      ...(subject === undefined ? {} : { subject }),
    });
    return outcome.ambiguous && isUnrepeatable(request.operation) ? new AmbiguousFailure(error) : error;
  }

  private explain(operation: Operation, outcome: Outcome<unknown>): FailureFacts {
    const { answer, reading, failure, attempts } = outcome;
    if (failure !== undefined) return explainConnection(failure, attempts);
    if (reading.kind !== 'foreign') return explainAnswer(operation, answer, attempts);
    const address = apiAddress(this.config);
    if (operation.notYet !== undefined && answer.status === 202 && firstWords(answer.body) === '') {
      return explainNotYet(address, operation.notYet, attempts);
    }
    return explainForeign(answer, { address, proxy: proxyFor(this.config, address), why: reading.why, attempts });
  }
}
