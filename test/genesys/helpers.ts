import type { Clock } from '../../src/time';
import type { GenesysConfig } from '../../src/genesys';

/** A clock that runs ahead by itself: whoever sleeps longest waits for the others, but nobody waits in real time. */
export class VirtualClock implements Clock {
  time = Date.UTC(2026, 1, 1);
  private readonly sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  private ticking = false;
  /** True while something is under way that takes none of this time: nobody wakes meanwhile. */
  isBusy: () => boolean = () => false;

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = (): void => {
        this.sleepers.splice(this.sleepers.indexOf(sleeper), 1);
        reject(signal.reason as Error);
      };
      // A signal that is never aborted would keep thousands of listeners, and look through them for each more.
      const wake = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const sleeper = { at: this.time + ms, wake };
      signal.addEventListener('abort', onAbort);
      this.sleepers.push(sleeper);
      this.tick();
    });
  }

  /** When everything that can run has run, the earliest sleeper wakes. */
  private tick(): void {
    if (this.ticking) return;
    this.ticking = true;
    setImmediate(() => {
      this.ticking = false;
      if (this.isBusy()) {
        this.tick();
        return;
      }
      this.sleepers.sort((a, b) => a.at - b.at);
      const next = this.sleepers.shift();
      if (next === undefined) return;
      this.time = Math.max(this.time, next.at);
      next.wake();
      if (this.sleepers.length > 0) this.tick();
    });
  }
}

/** Real time, so many times as fast: for tests with real sockets. */
export function fastClock(factor: number): Clock {
  const begun = Date.now();
  return {
    now: () => begun + (Date.now() - begun) * factor,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const onAbort = (): void => {
          clearTimeout(timer);
          reject(signal.reason as Error);
        };
        const timer = setTimeout(() => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        }, ms / factor);
        signal.addEventListener('abort', onAbort);
      }),
  };
}

/** A generator of numbers in [0, 1) that gives the same ones in every run. */
export function seeded(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const never = new AbortController().signal;

/** The n-th conversation id. */
export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Settings for a fake on loopback. */
export function configFor(port: number, overrides: Partial<GenesysConfig> = {}): GenesysConfig {
  return {
    clientId: 'client-1',
    clientSecret: 'very-secret-value',
    region: 'eu-central-1',
    gateway: { protocol: 'http', host: '127.0.0.1', port },
    requestsPerMinute: 30_000,
    retryTimeoutMs: 60_000,
    holdApi: 'deletion_protection',
    ...overrides,
  };
}
