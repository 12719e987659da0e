/**
 * The event history of CloudTrail: changes of settings of the last 90 days, without a trail. It has no events about objects, and
 * takes two requests a second.
 */
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { Act, RecordRead, RecordUnread } from '../../attribution';
import type { Clock } from '../../time';
import { AwsError, type Attempt } from '../aws-error';
import { callAws } from '../call';
import { actsOf } from './record';

/** What the history is asked for. */
export interface HistoryRange {
  /** Names of buckets and policies, ARNs of roles and keys, as events name what they are about. */
  readonly resources: readonly string[];
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly until: number;
}

const NAME = 'the events of CloudTrail';
const KEPT_MS = 90 * 86_400_000;
const MOST_RESOURCES = 40;
/** Pages of 50 events for one resource. */
const MOST_PAGES = 10;
const BETWEEN_MS = 550;
const ATTEMPT: Attempt = {
  operation: 'LookupEvents',
  target: 'the event history of CloudTrail',
  right: 'cloudtrail:LookupEvents on *',
};

/** Newest first, with a bounded number of requests. Throws the signal's reason only: a missing right is an answer. */
export async function readHistory(
  client: CloudTrailClient,
  { resources, since, until }: HistoryRange,
  clock: Clock,
  signal: AbortSignal,
): Promise<RecordRead | RecordUnread> {
  if (resources.length > MOST_RESOURCES) {
    return { name: NAME, unread: `${resources.length} resources changed, and at most ${MOST_RESOURCES} are looked up` };
  }
  const oldest = Math.max(since, until - KEPT_MS);
  const acts = new Map<string, Act>();
  let from = oldest;
  let because = oldest > since ? 'CloudTrail keeps events for 90 days' : 'nothing older was asked for';
  try {
    for (const resource of resources) {
      const read = await lookUp(client, resource, oldest, until, clock, signal);
      for (const act of read.acts) acts.set(JSON.stringify([act.source, act.doing]), act);
      if (read.cutAt === undefined) continue;
      from = Math.max(from, read.cutAt);
      because = `at most ${MOST_PAGES * 50} events of one resource are read`;
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { missingRight, message } = error;
    return { name: NAME, unread: missingRight === undefined ? message : `${missingRight} is denied` };
  }
  return { name: NAME, acts: [...acts.values()], from, because };
}

async function lookUp(
  client: CloudTrailClient,
  resource: string,
  since: number,
  until: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ readonly acts: readonly Act[]; readonly cutAt: number | undefined }> {
  const { LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail');
  const acts: Act[] = [];
  let token: string | undefined;
  let last = until;
  for (let pages = 0; ; pages += 1) {
    if (pages === MOST_PAGES) return { acts, cutAt: last };
    // Two requests a second are allowed, for everybody in the account.
    if (pages > 0) await clock.sleep(BETWEEN_MS, signal);
    const answer = await callAws(ATTEMPT, signal, () =>
      client.send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: resource }],
          StartTime: new Date(since),
          EndTime: new Date(until),
          ...(token === undefined ? {} : { NextToken: token }),
        }),
        { abortSignal: signal },
      ),
    );
    for (const { CloudTrailEvent: text, EventTime: at } of answer.Events ?? []) {
      acts.push(...actsOf(parsed(text), 'the event history of CloudTrail'));
      last = Math.min(last, at?.getTime() ?? last);
    }
    token = answer.NextToken;
    if (token === undefined || token === '') return { acts, cutAt: undefined };
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
