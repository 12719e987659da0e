/** Requests a minute and token, counted in fixed windows that begin with a token's first request. */
import { ApiError } from './api-error';

interface Window {
  start: number;
  count: number;
}

const WINDOW_MS = 60_000;

export interface RateHeaders extends Record<string, string> {
  'inin-ratelimit-count': string;
  'inin-ratelimit-allowed': string;
  /** Seconds until the window ends. */
  'inin-ratelimit-reset': string;
}

export class RateLimit {
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly perMinute: () => number,
    private readonly now: () => number,
  ) {}

  /** Counts a request; says whether it is over the limit, and the headers of the answer. */
  count(token: string): { readonly exceeded: ApiError | undefined; readonly headers: RateHeaders } {
    const now = this.now();
    const perMinute = this.perMinute();
    let window = this.windows.get(token);
    if (window === undefined || now >= window.start + WINDOW_MS) {
      window = { start: now, count: 0 };
      this.windows.set(token, window);
    }
    window.count += 1;
    const reset = Math.max(1, Math.ceil((window.start + WINDOW_MS - now) / 1000));
    const headers: RateHeaders = {
      'inin-ratelimit-count': String(window.count),
      'inin-ratelimit-allowed': String(perMinute),
      'inin-ratelimit-reset': String(reset),
    };
    if (window.count <= perMinute) return { exceeded: undefined, headers };
    const exceeded = new ApiError(
      429,
      'too.many.requests.retry.after',
      `Rate limit exceeded the maximum. Retry the request in [${reset}] seconds`,
      { headers: { 'Retry-After': String(reset) } },
    );
    return { exceeded, headers };
  }
}
