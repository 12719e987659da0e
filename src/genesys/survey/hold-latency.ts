/** How fast the endpoint that holds answers, measured by questions that change nothing. */
import type { Client } from '../client';
import type { ConversationId, HoldApiName } from '../model';
import type { Request } from '../transport';
import type { ObservedTransport } from './observed-transport';
import { surveyOperations } from './operations';

/** What was measured; milliseconds from leaving to arrival, without waiting for the request budget. */
export interface Latency {
  /** `POST /api/v2/recordings/deletionprotection` */
  readonly endpoint: string;
  readonly samples: number;
  readonly medianMs: number;
  readonly p95Ms: number;
}

/** A conversation that nobody has: a question about it is answered like any other. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

const QUESTIONS: Readonly<Record<HoldApiName, (conversationIds: readonly ConversationId[]) => Request>> = {
  compliance: () => ({ operation: surveyOperations.listHolds, query: { pageSize: 1 } }),
  deletion_protection: (ids) => ({
    operation: surveyOperations.askProtection,
    body: { conversationIds: ids.length === 0 ? [NOBODY] : ids },
  }),
};

/** Method and path that {@link measureHoldLatency} asks. */
export function holdEndpoint(api: HoldApiName): string {
  const { method, path } = QUESTIONS[api]([]).operation;
  return `${method} ${path}`;
}

/** Asks one after the other, so that requests do not delay each other. Null when none was asked. Rejects when the endpoint refuses. */
export async function measureHoldLatency(
  client: Client,
  transport: ObservedTransport,
  api: HoldApiName,
  about: { readonly conversationIds: readonly ConversationId[]; readonly samples: number },
  signal: AbortSignal,
): Promise<Latency | null> {
  const request = QUESTIONS[api](about.conversationIds);
  const before = transport.latenciesOf(request.operation).length;
  for (let sample = 0; sample < about.samples; sample += 1) await client.call(request, signal);
  const times = [...transport.latenciesOf(request.operation).slice(before)].sort((a, b) => a - b);
  const [medianMs, p95Ms] = [percentile(times, 50), percentile(times, 95)];
  if (medianMs === undefined || p95Ms === undefined) return null;
  return {
    endpoint: holdEndpoint(api),
    samples: times.length,
    medianMs: Math.round(medianMs),
    p95Ms: Math.round(p95Ms),
  };
}

/** The smallest value that is at least as large as `percent` of all; undefined of none. */
function percentile(sorted: readonly number[], percent: number): number | undefined {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}
