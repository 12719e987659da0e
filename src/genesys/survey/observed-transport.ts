/** A transport that remembers how long answers took and what they said about the rate limit. */
import type { Clock } from '../../time';
import type { Operation } from '../operation';
import type { Answer, Request, Transport } from '../transport';

/** Passes everything on unchanged. */
export class ObservedTransport implements Transport {
  private readonly times = new Map<Operation, number[]>();
  private allowed: number | null = null;

  constructor(
    private readonly inner: Transport,
    private readonly clock: Clock,
  ) {}

  get tokenExpiresAt(): number | undefined {
    return this.inner.tokenExpiresAt;
  }

  /**
   * Requests a minute that Genesys Cloud allows this client: the largest number it named, since some resources have lower
   * limits of their own. Null before an answer named one.
   */
  get allowedPerMinute(): number | null {
    return this.allowed;
  }

  /** Milliseconds of each answered request of this operation, from leaving to arrival, without any waiting before. */
  latenciesOf(operation: Operation): readonly number[] {
    return this.times.get(operation) ?? [];
  }

  async send(request: Request, signal: AbortSignal): Promise<Answer> {
    const begun = this.clock.now();
    const answer = await this.inner.send(request, signal);
    const list = this.times.get(request.operation);
    if (list === undefined) this.times.set(request.operation, [this.clock.now() - begun]);
    else list.push(this.clock.now() - begun);
    const allowed = Number(answer.headers['inin-ratelimit-allowed'] ?? Number.NaN);
    if (allowed > 0) this.allowed = Math.max(allowed, this.allowed ?? 0);
    return answer;
  }

  async login(signal: AbortSignal): Promise<Answer> {
    return await this.inner.login(signal);
  }
}
