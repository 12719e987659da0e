/** Requests within bounds: so many, and so long. A look that costs more stops, and what it has not seen is unknown. */
import type { Client } from './client';
import { operations } from './operations';
import type { Request } from './transport';

/** Whom a look asks: a client, or a client within bounds. */
export type Caller = Pick<Client, 'call' | 'clock' | 'random' | 'now' | 'retryTimeoutMs' | 'error' | 'foreign'>;

/** What the looks of one resource may cost together. */
export interface Bounds {
  readonly requests: number;
  readonly milliseconds: number;
}

/** The bounds are reached. Not a failure: nothing more is sent, and what was not seen is unknown. */
export class BoundsReached extends Error {
  override readonly name = 'BoundsReached';
}

/** A client that stops at its bounds. Time is that of the client's own clock. */
export class BoundedClient implements Caller {
  private left: number;
  /** Kept for putting away the query that is under way: an organization has room for few of them. */
  private reserved = 0;
  private readonly until: number;

  constructor(
    private readonly client: Caller,
    private readonly bounds: Bounds,
  ) {
    this.left = bounds.requests;
    this.until = client.clock.now() + bounds.milliseconds;
  }

  get clock(): Caller['clock'] {
    return this.client.clock;
  }

  get random(): Caller['random'] {
    return this.client.random;
  }

  get retryTimeoutMs(): number {
    return Math.min(this.client.retryTimeoutMs, Math.max(0, this.until - this.client.clock.now()));
  }

  /** Requests that may still be sent. */
  get requestsLeft(): number {
    return this.client.clock.now() >= this.until ? 0 : Math.max(0, this.left - this.reserved);
  }

  now(): number {
    return this.client.now();
  }

  async call<Body>(request: Request<Body>, signal: AbortSignal, subject?: string): Promise<Body> {
    if (request.operation === operations.deleteScopeQuery) {
      this.left -= this.reserved;
      this.reserved = 0;
      return this.client.call(request, signal, subject);
    }
    if (this.requestsLeft <= 0) throw this.reached();
    this.left -= 1;
    if (request.operation === operations.createScopeQuery) this.reserved = 1;
    return this.inTime((within) => this.client.call(request, within, subject), signal);
  }

  /** A request that waits for its turn, or is tried again, does not continue beyond the bounds. */
  private async inTime<Body>(send: (signal: AbortSignal) => Promise<Body>, signal: AbortSignal): Promise<Body> {
    const { clock } = this.client;
    const [over, done] = [new AbortController(), new AbortController()];
    clock.sleep(Math.max(0, this.until - clock.now()), done.signal).then(
      () => over.abort(this.reached()),
      () => undefined,
    );
    try {
      return await send(AbortSignal.any([signal, over.signal]));
    } finally {
      done.abort();
    }
  }

  private reached(): BoundsReached {
    const { requests, milliseconds } = this.bounds;
    return new BoundsReached(`more than ${requests} requests, or ${milliseconds / 1_000} seconds`);
  }

  error(...args: Parameters<Caller['error']>): ReturnType<Caller['error']> {
    return this.client.error(...args);
  }

  foreign(...args: Parameters<Caller['foreign']>): ReturnType<Caller['foreign']> {
    return this.client.foreign(...args);
  }
}
