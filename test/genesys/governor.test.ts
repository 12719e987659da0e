import fc from 'fast-check';
import { RequestBudget } from '../../src/genesys/budget';
import { Governor } from '../../src/genesys/governor';
import { operations } from '../../src/genesys/operations';
import { retryAfterMs } from '../../src/genesys/retry-after';
import type { Answer, Request } from '../../src/genesys/transport';
import { ConnectionFailure } from '../../src/genesys/transport';
import { never, seeded, VirtualClock } from './helpers';

const read: Request = { operation: operations.getOrganization };
const create: Request = { operation: operations.createJob, body: {} };

/** The organization, or Genesys Cloud's own error. */
function answer(status: number, headers: Record<string, string> = {}, code = 'no'): Answer {
  const refusal = { message: 'No.', code, status, contextId: 'correlation-1' };
  return { status, headers, body: status < 400 ? { id: 'org-1', version: 1 } : refusal };
}

function governor(clock = new VirtualClock(), options: { perMinute?: number; concurrency?: number } = {}): Governor {
  return new Governor({
    budget: new RequestBudget(options.perMinute ?? 3_000),
    concurrency: options.concurrency ?? 8,
    retryTimeoutMs: 300_000,
    clock,
    random: seeded(),
  });
}

/** Answers in turn; the last one for ever. */
function script(...steps: readonly (Answer | ConnectionFailure)[]): {
  send: () => Promise<Answer>;
  calls: () => number;
} {
  let calls = 0;
  return {
    calls: () => calls,
    send: () => {
      const step = steps[Math.min(calls, steps.length - 1)] as Answer | ConnectionFailure;
      calls += 1;
      return step instanceof ConnectionFailure ? Promise.reject(step) : Promise.resolve(step);
    },
  };
}

describe('the governor', () => {
  test.each([429, 502, 503, 504])('repeats a %d until it passes', async (status) => {
    const { send, calls } = script(answer(status), answer(status), answer(200));
    const outcome = await governor().run(read, send, never);
    expect(outcome.answer?.status).toBe(200);
    expect(calls()).toBe(3);
  });

  test.each([400, 401, 403, 404, 409, 413, 500, 501, 505])('takes a %d as final', async (status) => {
    const { send, calls } = script(answer(status));
    const outcome = await governor().run(read, send, never);
    expect(outcome).toMatchObject({ attempts: 1, answer: { status } });
    expect(calls()).toBe(1);
  });

  test('waits as long as Retry-After says, in seconds or until a date', async () => {
    for (const header of ['17', new Date(Date.UTC(2026, 1, 1, 0, 0, 17)).toUTCString()]) {
      const clock = new VirtualClock();
      const begun = clock.now();
      const { send } = script(answer(429, { 'retry-after': header }), answer(200));
      await governor(clock).run(read, send, never);
      expect(clock.now() - begun).toBeGreaterThanOrEqual(17_000);
      expect(clock.now() - begun).toBeLessThan(19_000);
    }
  });

  test('holds back every request after a 429, not only the one that got it', async () => {
    const clock = new VirtualClock();
    const begun = clock.now();
    const sut = governor(clock);
    const { send } = script(answer(429, { 'retry-after': '30' }), answer(200));
    const first = sut.run(read, send, never);
    const sentAt: number[] = [];
    const second = sut.run(
      read,
      () => {
        sentAt.push(clock.now());
        return Promise.resolve(answer(200));
      },
      never,
    );
    await Promise.all([first, second]);
    expect((sentAt[0] as number) - begun).toBeGreaterThanOrEqual(30_000);
  });

  test('gives up after the retry timeout with the last answer', async () => {
    const clock = new VirtualClock();
    const begun = clock.now();
    const { send, calls } = script(answer(503));
    const outcome = await governor(clock).run(read, send, never);
    expect(outcome.answer?.status).toBe(503);
    expect(outcome.attempts).toBe(calls());
    expect(clock.now() - begun).toBeGreaterThan(200_000);
    expect(clock.now() - begun).toBeLessThanOrEqual(300_000);
  });

  test('does not wait for a Retry-After that ends after the retry timeout', async () => {
    const { send, calls } = script(answer(429, { 'retry-after': '3600' }));
    expect((await governor().run(read, send, never)).answer?.status).toBe(429);
    expect(calls()).toBe(1);
  });

  test('waits by chance below a ceiling that doubles', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000 }), async (seed) => {
        const clock = new VirtualClock();
        const sut = new Governor({
          budget: new RequestBudget(6_000),
          concurrency: 1,
          retryTimeoutMs: 300_000,
          clock,
          random: seeded(seed),
        });
        const times: number[] = [];
        let left = 6;
        await sut.run(
          read,
          () => {
            times.push(clock.now());
            left -= 1;
            return Promise.resolve(answer(left > 0 ? 503 : 200));
          },
          never,
        );
        times.slice(1).forEach((time, index) => {
          expect(time - (times[index] as number)).toBeLessThanOrEqual(500 * 2 ** index + 20);
        });
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ['502', answer(502)],
    ['504', answer(504)],
    ['reset connection', new ConnectionFailure('ECONNRESET', 'socket hang up', 'http://x')],
    ['timeout', new ConnectionFailure('ETIMEDOUT', 'timeout', 'http://x')],
  ])('does not repeat a creation after a %s: it may have worked', async (_what, step) => {
    const { send, calls } = script(step);
    const outcome = await governor().run(create, send, never);
    expect(outcome.ambiguous).toBe(true);
    expect(calls()).toBe(1);
  });

  test.each([
    ['429', answer(429)],
    ['503', answer(503)],
    ['refused connection', new ConnectionFailure('ECONNREFUSED', 'refused', 'http://x')],
  ])('repeats a creation after a %s: it certainly did not work', async (_what, step) => {
    const { send, calls } = script(step, answer(202));
    expect((await governor().run(create, send, never)).answer?.status).toBe(202);
    expect(calls()).toBe(2);
  });

  test('says soon that an address which never answered cannot be reached', async () => {
    const clock = new VirtualClock();
    const begun = clock.now();
    const { send } = script(new ConnectionFailure('ECONNREFUSED', 'refused', 'http://x'));
    expect((await governor(clock).run(read, send, never)).failure?.code).toBe('ECONNREFUSED');
    expect(clock.now() - begun).toBeLessThanOrEqual(10_000);
  });

  test('is patient with an address that has answered before', async () => {
    const clock = new VirtualClock();
    const sut = governor(clock);
    await sut.run(read, script(answer(200)).send, never);
    const begun = clock.now();
    await sut.run(read, script(new ConnectionFailure('ECONNREFUSED', 'refused', 'http://x')).send, never);
    expect(clock.now() - begun).toBeGreaterThan(200_000);
  });

  test.each(['ENOTFOUND', 'CERT_HAS_EXPIRED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
    'does not repeat what cannot pass: %s',
    async (code) => {
      const { send, calls } = script(new ConnectionFailure(code, code, 'https://x'));
      await governor().run(read, send, never);
      expect(calls()).toBe(1);
    },
  );

  test('leaves a 429 about running jobs to those who know about jobs', async () => {
    const { send, calls } = script(answer(429, {}, 'recording.job.concurrent.limit'));
    await governor().run(create, send, never);
    expect(calls()).toBe(1);
  });

  test.each([
    ['waiting for the first answer', 0],
    ['backing off', 1],
  ])('rethrows the reason of an abort untouched while %s', async (_when, answers) => {
    const stop = new AbortController();
    const reason = new Error('stop now');
    const sut = governor();
    if (answers === 1) await sut.run(read, script(answer(200)).send, never);
    const hanging = sut.run(read, () => new Promise<Answer>(() => undefined), never);
    const waiting = sut.run(
      read,
      () => {
        stop.abort(reason);
        return Promise.resolve(answer(503));
      },
      stop.signal,
    );
    if (answers === 0) stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    void hanging;
  });

  test('has no more requests under way than it may', async () => {
    let running = 0;
    let most = 0;
    const clock = new VirtualClock();
    const sut = governor(clock, { concurrency: 3, perMinute: 30_000 });
    const send = async (): Promise<Answer> => {
      running += 1;
      most = Math.max(most, running);
      await clock.sleep(10, never);
      running -= 1;
      return answer(200);
    };
    await Promise.all(Array.from({ length: 40 }, () => sut.run(read, send, never)));
    expect(most).toBe(3);
  });

  test.each([
    ['up', Math.ceil],
    ['down', Math.floor],
    ['to the nearest', Math.round],
  ])('fills the limit of a server that rounds its seconds %s, and never meets a 429', async (_, rounded) => {
    const clock = new VirtualClock();
    const begun = clock.now();
    const sut = governor(clock, { perMinute: 300, concurrency: 10 });
    let window = { start: 0, count: 120 };
    let refused = 0;
    const send = async (): Promise<Answer> => {
      await clock.sleep(40, never);
      const now = clock.now();
      if (now >= window.start + 60_000) window = { start: now, count: 0 };
      window.count += 1;
      if (window.count > 300) refused += 1;
      const reset = rounded((window.start + 60_000 - now) / 1_000);
      await clock.sleep(40, never);
      return answer(window.count > 300 ? 429 : 200, {
        'inin-ratelimit-count': String(window.count),
        'inin-ratelimit-allowed': '300',
        'inin-ratelimit-reset': String(reset),
      });
    };
    window.start = begun - 20_000;
    const total = 2_000;
    await Promise.all(Array.from({ length: total }, () => sut.run(read, send, never)));
    const minutes = (clock.now() - begun) / 60_000;
    expect(refused).toBe(0);
    expect(total / minutes).toBeGreaterThanOrEqual(300 * 0.97);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 1);

  test.each([
    ['120', 120_000],
    [' 1.5 ', 1_500],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Thu, 01 Jan 2020 00:00:10 GMT', 0],
    ['soon', undefined],
    ['-3', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%p means %p', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});
