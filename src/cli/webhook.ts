/** Reports a run to a chat room or an alerting service. No evidence and no attribute values leave the house. */
import type { DriftOutcome } from '../review';
import { keyOf } from '../review';
import { isFinding } from '../review';

/** Findings in a message at most; their number is complete. */
const MOST_FINDINGS = 50;
/** Lines in the text of a message at most, so that a chat room shows it whole. */
const MOST_LINES = 10;
const TIMEOUT_MS = 10_000;
/** Before the second and the third attempt. */
const PAUSES_MS = [1_000, 5_000];

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
    readonly remedy: string;
    readonly firstSeen?: string;
    readonly isNew: boolean;
  }[];
  /** Names of targets that could not be looked at in full. */
  readonly notLookedAt: readonly string[];
}

/** The message about a run. Pure. */
export function messageOf({ report, news, fresh }: DriftOutcome, exitCode: number): DriftMessage {
  const open = report.items.filter((item) => isFinding(item) && item.ignored === undefined);
  const settled = report.items.filter(({ category, level }) => category === 'drift' && level === 'pass');
  const notLookedAt = report.targets.filter(({ state }) => state !== 'complete').map(({ name }) => name);
  const unknown = report.items.filter(({ level, ignored }) => level === 'unknown' && ignored === undefined);
  // What was not seen comes first: without it the rest reads as if it were all.
  const lines = [
    ...notLookedAt.map((name) => `could not be looked at in full: ${name}`),
    ...unknown.map(({ headline, target }) => `${headline}, in ${target}`),
    ...open.map(({ level, target, headline, firstSeen, ...item }) => {
      const since =
        firstSeen === undefined || fresh.has(keyOf({ ...item, target })) ? '' : ` (known since ${firstSeen})`;
      return `${level === 'warn' ? 'warning' : level}: ${headline}, in ${target}${since}`;
    }),
    ...settled.map(({ headline, target }) => `${headline}, in ${target}`),
  ];
  const rest = lines.length > MOST_LINES ? [`… and ${lines.length - MOST_LINES} more, in the report of the run`] : [];
  return {
    format: 'drift-webhook/1',
    text: [report.title, ...lines.slice(0, MOST_LINES), ...rest].join('\n'),
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
      remedy: item.remedy,
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
 * Posts the message; up to twice more when the network, a 429 or a 5xx is in the way. Answers undefined when it was taken,
 * else why not, without the URL's path and user: those are often the key to the room.
 */
export async function postMessage(
  url: URL,
  message: DriftMessage,
  { fetch, wait }: WebhookSettings,
): Promise<string | undefined> {
  let failed = await attempt(url, message, fetch);
  for (const pause of PAUSES_MS) {
    if (failed === undefined || !failed.again) return failed?.why;
    await wait(pause);
    failed = await attempt(url, message, fetch);
  }
  return failed === undefined ? undefined : `${failed.why} It was tried ${PAUSES_MS.length + 1} times.`;
}

async function attempt(
  url: URL,
  message: DriftMessage,
  send: typeof fetch,
): Promise<{ readonly why: string; readonly again: boolean } | undefined> {
  const place = `The webhook at ${url.host}`;
  try {
    const answer = await send(withoutUser(url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization(url) },
      body: JSON.stringify(message),
      // Where it leads is not where the findings were to go.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    if (answer.ok) return undefined;
    return { why: `${place} answered HTTP ${answer.status}.`, again: answer.status === 429 || answer.status >= 500 };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    const code = (error as { readonly cause?: { readonly code?: unknown } }).cause?.code;
    const why = timedOut
      ? `did not answer within ${TIMEOUT_MS / 1000} s`
      : `was not reached: ${typeof code === 'string' ? code : 'no connection'}`;
    return { why: `${place} ${why}.`, again: true };
  }
}

/** `fetch` takes no user and password in a URL. */
function withoutUser(url: URL): URL {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain;
}

function authorization({ username, password }: URL): { readonly authorization?: string } {
  if (username === '') return {};
  const user = [username, password].map(decodeURIComponent).join(':');
  return { authorization: `Basic ${Buffer.from(user).toString('base64')}` };
}
