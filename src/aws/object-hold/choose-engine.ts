import { number } from '../../words';
/** Which engine should do the work, and what it will take. Pure; the plan shows the answer. */

/** `direct`: this process, request by request. `batch_operations`: S3's own jobs. */
export type Engine = 'direct' | 'batch_operations';

/** What is known before the work. */
export interface EngineQuestion {
  /** What the user asked for. @default `auto` */
  readonly requested?: Engine | 'auto';
  /** Versions in scope. */
  readonly versions: number;
  /** Versions whose hold is to be written; 0 when no hold is wanted. */
  readonly toHold: number;
  /** Versions whose tags are to be written; 0 when no tags are wanted. */
  readonly toTag: number;
  /** Different tag sets these versions end with: Batch Operations replaces tags, so each set is a job of its own. */
  readonly distinctTagSets: number;
  /** Whether the reads of hold and tags are part of the work. */
  readonly wantsHold: boolean;
  readonly wantsTags: boolean;
  /** Whether everything that Batch Operations needs is configured: a role, a place for manifests and reports. */
  readonly batchConfigured: boolean;
  /** Versions to write to from which on Batch Operations is worth its set-up. @default 200,000 */
  readonly threshold?: number;
  /** @default AWS list prices of us-east-1 */
  readonly prices?: Prices;
  /** Requests a second that this process makes against S3. @default 1,000 */
  readonly requestsPerSecond?: number;
}

/** US dollars. */
export interface Prices {
  /** Where and when they are from, for the plan. */
  readonly source: string;
  readonly perPut: number;
  readonly perGet: number;
  readonly perList: number;
  readonly perBatchJob: number;
  readonly perBatchTask: number;
}

/** What the work will take. Sizes of an order, not a bill. */
export interface Estimate {
  readonly objects: number;
  /** To S3, by this process and by the jobs together. */
  readonly requests: number;
  /** US dollars, without KMS, CloudTrail data events and the storage of tags. */
  readonly costUsd: number;
  readonly durationSeconds: number;
  /** What the numbers rest on, each a sentence. */
  readonly assumptions: readonly string[];
}

/** The answer. */
export interface EngineChoice {
  readonly engine: Engine;
  /** Why, in one sentence. */
  readonly reason: string;
  readonly estimate: Estimate;
}

/** https://aws.amazon.com/s3/pricing/, S3 Standard; the prices of requests have not changed for years, yours may differ. */
export const US_EAST_1: Prices = {
  source: 'AWS list prices of us-east-1, S3 Standard',
  perPut: 0.005 / 1000,
  perGet: 0.0004 / 1000,
  perList: 0.005 / 1000,
  perBatchJob: 0.25,
  perBatchTask: 1 / 1_000_000,
};

/** Below it the set-up of jobs takes longer than the work. */
export const DEFAULT_THRESHOLD = 200_000;
/** Each job has a manifest that is uploaded in parts at the same time as the others', and its own fee. */
export const MAX_TAG_GROUPS = 20;
/** What one process has been seen to reach against a server that answers at once is 1,250. */
const REQUESTS_PER_SECOND = 1000;
const LIST_PAGE = 1000;
/** Batch Operations paces itself; a job of S3's takes minutes to be prepared before its first task. */
const BATCH_TASKS_PER_SECOND = 1000;
const BATCH_PREPARATION_SECONDS = 300;

/** Chooses, and says why. A request for one engine is followed; the estimate is that engine's. */
export function chooseEngine(question: EngineQuestion): EngineChoice {
  const [engine, reason] = decide(question);
  return { engine, reason, estimate: engine === 'direct' ? estimateDirect(question) : estimateBatch(question) };
}

function decide(question: EngineQuestion): readonly [Engine, string] {
  const { requested = 'auto', threshold = DEFAULT_THRESHOLD, distinctTagSets, batchConfigured } = question;
  if (requested !== 'auto') return [requested, `${requested} is asked for.`];
  const work = Math.max(question.toHold, question.toTag);
  const size = `${number(work)} versions to write to`;
  const bar = number(threshold);
  if (work < threshold) return ['direct', `${size}, fewer than the ${bar} from which S3 Batch Operations pays.`];
  if (!batchConfigured) {
    return ['direct', `${size}, but no batch_operations block says which role and which bucket the jobs may use.`];
  }
  if (distinctTagSets > MAX_TAG_GROUPS) {
    return [
      'direct',
      `${size}, but they end with ${distinctTagSets} different tag sets: Batch Operations replaces tags, and more than ` +
        `${MAX_TAG_GROUPS} jobs for tags cost more than they save.`,
    ];
  }
  return ['batch_operations', `${size}, at least the ${bar} from which S3 Batch Operations pays.`];
}

interface Reads {
  readonly lists: number;
  readonly gets: number;
}

function reads(question: EngineQuestion): Reads {
  const perVersion = (question.wantsHold ? 1 : 0) + (question.wantsTags ? 1 : 0);
  return { lists: Math.max(1, Math.ceil(question.versions / LIST_PAGE)), gets: question.versions * perVersion };
}

function estimateDirect(question: EngineQuestion): Estimate {
  const { prices = US_EAST_1, requestsPerSecond = REQUESTS_PER_SECOND } = question;
  const { lists, gets } = reads(question);
  const puts = question.toHold + question.toTag;
  // What is written is read once more.
  const requests = lists + gets + 2 * puts;
  return {
    objects: question.versions,
    requests,
    costUsd: cents(lists * prices.perList + (gets + puts) * prices.perGet + puts * prices.perPut),
    durationSeconds: Math.ceil(requests / requestsPerSecond),
    assumptions: [
      `${prices.source}.`,
      `${number(requestsPerSecond)} requests a second.`,
      'Each version is read, written where it differs, and read again.',
    ],
  };
}

function estimateBatch(question: EngineQuestion): Estimate {
  const { prices = US_EAST_1, requestsPerSecond = REQUESTS_PER_SECOND } = question;
  const { lists, gets } = reads(question);
  const tasks = question.toHold + question.toTag;
  const jobs = (question.toHold > 0 ? 1 : 0) + (question.toTag > 0 ? Math.max(1, question.distinctTagSets) : 0);
  const longest = Math.max(question.toHold, question.toTag);
  return {
    objects: question.versions,
    requests: lists + gets + tasks,
    costUsd: cents(
      lists * prices.perList +
        gets * prices.perGet +
        tasks * (prices.perPut + prices.perBatchTask) +
        jobs * prices.perBatchJob,
    ),
    durationSeconds: Math.ceil(
      (lists + gets) / requestsPerSecond +
        (jobs === 0 ? 0 : BATCH_PREPARATION_SECONDS + longest / BATCH_TASKS_PER_SECOND),
    ),
    assumptions: [
      `${prices.source}.`,
      `${number(requestsPerSecond)} requests a second while the versions are read.`,
      `${jobs} jobs, ${BATCH_PREPARATION_SECONDS / 60} minutes to be prepared, then ` +
        `${number(BATCH_TASKS_PER_SECOND)} versions a second; S3 promises no pace.`,
    ],
  };
}

/** Rounded up to a cent: an estimate that says 0.00 for work that costs something would be wrong. */
function cents(usd: number): number {
  return Math.ceil(usd * 100 - 1e-9) / 100;
}
