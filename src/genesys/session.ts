/** The access token: asked for before the first request, renewed before it ends or when it is refused. */
import * as v from 'valibot';
import type { Clock, Random } from '../time';
import { type FailureFacts, GenesysError } from './errors';
import { type Operation, operation } from './operation';
import { codeOf, explainAnswer, explainConnection, reasonOf } from './remedies';
import { explainForeign, WRONG_PROXY_PASSWORD } from './foreign';
import type { Reading } from './reading';
import { isGenesysError, read } from './reading';
import { retryAfterMs } from './retry-after';
import { token } from './shapes';
import { type Answer, type Transport, ConnectionFailure } from './transport';

const LOGIN = operation({
  words: 'log in to Genesys Cloud',
  method: 'POST',
  path: '/oauth/token',
  permissions: [],
  answers: { 200: token },
});

/** The token endpoint throttles too, with a 400; it is given this long. So are passing errors of it. */
const THROTTLE_MS = 60_000;

/** An address that cannot be reached at the first contact is most likely mistyped. */
const FIRST_CONTACT_MS = 10_000;

/** A token is renewed this long before it ends, so that none ends on its way. */
const RENEW_BEFORE_MS = 60_000;

/** What the session works with. */
export interface SessionOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  /** Where tokens come from: `https://login.mypurecloud.de`. */
  readonly address: string;
  /** The proxy before it; undefined when there is none. */
  readonly proxy: string | undefined;
  /** Makes an error without secrets. */
  readonly fail: (operation: Operation, path: string, facts: FailureFacts) => GenesysError;
}

/** The login with client credentials. */
export class Session {
  private current: { readonly number: number; readonly done: Promise<void> } | undefined;
  private logins = 0;

  constructor(private readonly options: SessionOptions) {}

  /**
   * Sees to it that requests carry a token that is good for another while; all callers share one login. Returns the
   * login's number. Throws {@link GenesysError}, or the signal's reason.
   */
  async open(signal: AbortSignal): Promise<number> {
    for (;;) {
      signal.throwIfAborted();
      if (this.current === undefined || this.endsSoon()) this.current = this.begin(signal);
      const { current } = this;
      try {
        await current.done;
        return current.number;
      } catch (error) {
        if (this.current === current) this.current = undefined;
        if (error instanceof GenesysError || signal.aborted) throw error;
        // The caller whose login was shared gave up: log in oneself.
      }
    }
  }

  /** A request with the token of this login was refused as unauthorized. */
  refused(number: number): void {
    if (this.current?.number === number) this.current = undefined;
  }

  private endsSoon(): boolean {
    const endsAt = this.options.transport.tokenExpiresAt;
    return endsAt !== undefined && this.settled && endsAt - RENEW_BEFORE_MS <= this.options.clock.now();
  }

  private settled = false;

  private begin(signal: AbortSignal): { readonly number: number; readonly done: Promise<void> } {
    this.logins += 1;
    this.settled = false;
    const done = this.logIn(signal).then(() => {
      this.settled = true;
    });
    // Every caller awaits it; this keeps Node quiet should the only one have been aborted.
    done.catch(() => undefined);
    return { number: this.logins, done };
  }

  private async logIn(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.options;
    const begun = clock.now();
    for (let attempts = 1; ; attempts += 1) {
      const tried = await this.attempt(signal);
      const failed = tried instanceof ConnectionFailure;
      const reading = failed ? undefined : read({ operation: LOGIN }, tried, isRefusal);
      if (reading?.kind === 'success') return;
      const asked = failed ? undefined : retryAfterMs(tried.headers['retry-after'], clock.now());
      const wait = asked ?? 1_000 * 2 ** Math.min(attempts - 1, 4) * random();
      const passing = failed
        ? tried.passing
        : reading?.kind === 'foreign'
          ? tried.status !== WRONG_PROXY_PASSWORD
          : isPassing(tried);
      const reached = reading?.kind === 'refusal' || this.logins > 1;
      if (!passing || clock.now() + wait - begun > (reached ? THROTTLE_MS : FIRST_CONTACT_MS)) {
        throw this.options.fail(LOGIN, LOGIN.path, this.explain(tried, reading, attempts));
      }
      await clock.sleep(wait, signal);
    }
  }

  private explain(
    tried: Answer | ConnectionFailure,
    reading: Reading<unknown> | undefined,
    attempts: number,
  ): FailureFacts {
    if (tried instanceof ConnectionFailure) return explainConnection(tried, attempts);
    if (reading?.kind === 'foreign') {
      const { address, proxy } = this.options;
      return explainForeign(tried, { address, proxy, why: reading.why, attempts });
    }
    return { ...explainAnswer(LOGIN, tried, attempts), remedy: remedyOf(tried), trouble: 'sign-in' };
  }

  private async attempt(signal: AbortSignal): Promise<Answer | ConnectionFailure> {
    try {
      return await this.options.transport.login(signal);
    } catch (error) {
      if (error instanceof ConnectionFailure) return error;
      throw error;
    }
  }
}

/** The token endpoint refuses with an error of OAuth, or with one of Genesys Cloud's own. */
function isRefusal(answer: Answer): boolean {
  return isGenesysError(answer) || (v.is(oauthError, answer.body) && answer.status !== 404);
}

const oauthError = v.object({ error: v.pipe(v.string(), v.minLength(1)) });

/** Throttling comes as HTTP 400 `invalid_request` with a rate limit in its description. */
function isPassing(answer: Answer): boolean {
  if ([429, 502, 503, 504].includes(answer.status)) return true;
  return answer.status === 400 && /rate limit/i.test(`${codeOf(answer)} ${reasonOf(answer)}`);
}

function remedyOf(answer: Answer): string {
  if (isPassing(answer)) {
    return 'Genesys Cloud keeps refusing tokens for now. Run again in a minute; use fewer runs in parallel with this OAuth client.';
  }
  if (answer.status === 400 || answer.status === 401) {
    return 'Check oauthclient_id and oauthclient_secret, that the OAuth client is active and has the grant type client credentials, and that aws_region is the region of its organization.';
  }
  return 'See the message; if it does not help, give the correlation id to Genesys Cloud support.';
}
