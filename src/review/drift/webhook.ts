/** Tells a chat room or an alerting service of a run. Only headlines leave the house: no evidence, no attribute values. */
import { isFinding } from './items';
import type { DriftOutcome } from './report';
import { keyOf } from './baseline';

/** Findings in a message at most; their number is complete. */
const MOST_FINDINGS = 50;
const TIMEOUT_MS = 10_000;
const PAUSE_MS = 1_000;

/** What is sent, `drift-webhook/1`. `text` is what Slack, Mattermost and others show. */
export interface DriftMessage {
  readonly format: 'drift-webhook/1';
  readonly text: string;
  readonly exitCode: number;
  readonly news: DriftOutcome['news'];
  readonly findingCount: number;
  readonly findings: readonly {
    readonly id: string;
    readonly level: string;
    readonly target: string;
    readonly address: string;
    readonly constructPath?: string;
    readonly headline: string;
    readonly firstSeen?: string;
    readonly isNew: boolean;
  }[];
  /** Names of targets that could not be looked at in full. */
  readonly notLookedAt: readonly string[];
}

/** The message about a run. Pure. */
export function messageOf({ report, news, fresh }: DriftOutcome, exitCode: number): DriftMessage {
  const open = report.items.filter((item) => isFinding(item) && item.ignored === undefined);
  const notLookedAt = report.targets.filter(({ state }) => state !== 'complete').map(({ name }) => name);
  const lines = [
    report.title,
    ...open.slice(0, 10).map(({ level, target, headline }) => `${level}: ${headline} [${target}]`),
    ...(open.length > 10 ? [`… and ${open.length - 10} more`] : []),
    ...notLookedAt.slice(0, 10).map((name) => `could not be looked at: ${name}`),
  ];
  return {
    format: 'drift-webhook/1',
    text: lines.join('\n'),
    exitCode,
    news,
    findingCount: open.length,
    findings: open.slice(0, MOST_FINDINGS).map((item) => ({
      id: item.id,
      level: item.level,
      target: item.target,
      address: item.place.address,
      ...(item.place.constructPath === undefined ? {} : { constructPath: item.place.constructPath }),
      headline: item.headline,
      ...(item.firstSeen === undefined ? {} : { firstSeen: item.firstSeen }),
      isNew: fresh.has(keyOf(item)),
    })),
    notLookedAt,
  };
}

export interface WebhookSettings {
  readonly fetch: typeof fetch;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * Posts the message; once more when the network, a 429 or a 5xx is in the way. Answers undefined when it was taken, else
 * why not, without the URL's path: that is often the key to the room.
 */
export async function postMessage(
  url: URL,
  message: DriftMessage,
  { fetch, wait }: WebhookSettings,
): Promise<string | undefined> {
  const first = await attempt(url, message, fetch);
  if (first === undefined || !first.again) return first?.why;
  await wait(PAUSE_MS);
  const second = await attempt(url, message, fetch);
  return second === undefined ? undefined : `${second.why} (tried twice)`;
}

async function attempt(
  url: URL,
  message: DriftMessage,
  send: typeof fetch,
): Promise<{ readonly why: string; readonly again: boolean } | undefined> {
  const place = `The webhook at ${url.host}`;
  try {
    const answer = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    if (answer.ok) return undefined;
    return { why: `${place} answered HTTP ${answer.status}.`, again: answer.status === 429 || answer.status >= 500 };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    const code = ((error as { cause?: { code?: unknown } }).cause?.code ?? 'no connection') as string;
    return {
      why: `${place} ${timedOut ? `did not answer within ${TIMEOUT_MS / 1000} s` : `was not reached: ${code}`}.`,
      again: true,
    };
  }
}
