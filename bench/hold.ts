import { randomUUID } from 'node:crypto';
import { createGenesys, ConversationSet } from '../src/genesys';
import { startSimulator } from '../src/simulator';
import type { BenchResult } from './result';

const CONVERSATIONS = 100_000;
const REQUESTS_PER_MINUTE = 300;
/**
 * The simulator's clock and ours run this much faster, so that ten minutes pass in two and a half. A timer that fires late, and
 * work of the processor, weigh as much more: on a busy machine a lower speed tells more, as BENCH_SPEED=2.
 */
const SPEED = Number(process.env['BENCH_SPEED'] ?? 4);

/** 100,000 conversations put under deletion protection against the simulator's rate limit. */
export async function run(): Promise<BenchResult> {
  const started = Date.now();
  const now = (): number => started + (Date.now() - started) * SPEED;
  const ids = Array.from({ length: CONVERSATIONS }, () => randomUUID());
  const simulator = await startSimulator({
    port: 0,
    rateLimitPerMinute: REQUESTS_PER_MINUTE,
    protectedLimit: CONVERSATIONS,
    now,
    seed: { conversations: ids.map((id) => ({ id, start: '2026-01-10T00:00:00Z' })) },
  });
  try {
    const url = new URL(simulator.url);
    const genesys = createGenesys(
      {
        clientId: simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'] ?? '',
        clientSecret: simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '',
        region: 'us-east-1',
        gateway: { protocol: 'http', host: url.hostname, port: Number(url.port) },
        requestsPerMinute: REQUESTS_PER_MINUTE,
        retryTimeoutMs: 300_000,
        holdApi: 'deletion_protection',
      },
      { clock: { now, sleep: (ms, signal) => sleep(ms / SPEED, signal) } },
    );
    const conversations = ConversationSet.of(ids);
    const from = now();
    const outcome = await genesys.holds
      .api('deletion_protection')
      .protect({ name: 'bench' }, null, conversations, new AbortController().signal);
    const minutes = (now() - from) / 60_000;
    if (outcome.held.size !== conversations.size) throw new Error(`only ${outcome.held.size} conversations were held`);
    const log = simulator.requests();
    const late = log.filter(({ status, time }) => status === 429 && Date.parse(time) > from + 60_000).length;
    const share = log.length / minutes / REQUESTS_PER_MINUTE;
    return {
      name: 'hold',
      what: `${conversations.size} conversations held at ${REQUESTS_PER_MINUTE} requests a minute, clocks ${SPEED}x as fast`,
      measured: [
        { label: 'requests', value: log.length, unit: '' },
        { label: 'minutes', value: minutes, unit: 'min' },
        { label: '429 after the first minute', value: late, unit: '' },
      ],
      bar: {
        label: 'share of the limit',
        value: share,
        limit: 'at least 0.95, no 429 after the first minute',
        met: share >= 0.95 && late === 0,
      },
    };
  } finally {
    await simulator.stop();
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
}
