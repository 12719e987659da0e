/** Which request gets which false answer: every pair that makes a difference is played. */
import { FALSE_ANSWERS, type FalseAnswerKind } from '../../src/simulator';

/** The requests of an apply, as patterns of faults. The first that matches is the request's name. */
export const OPERATIONS = {
  login: { method: 'POST', path: '/oauth/token' },
  getOrganization: { method: 'GET', path: '/api/v2/organizations/me' },
  createJob: { method: 'POST', path: '/api/v2/recording/jobs' },
  listJobs: { method: 'GET', path: '/api/v2/recording/jobs' },
  listFailedRecordings: { method: 'GET', path: '/api/v2/recording/jobs/*/failedrecordings' },
  getJob: { method: 'GET', path: '/api/v2/recording/jobs/*' },
  executeJob: { method: 'PUT', path: '/api/v2/recording/jobs/*' },
  cancelJob: { method: 'DELETE', path: '/api/v2/recording/jobs/*' },
  createScopeQuery: { method: 'POST', path: '/api/v2/analytics/conversations/details/jobs' },
  getScopeResults: { method: 'GET', path: '/api/v2/analytics/conversations/details/jobs/*/results' },
  getScopeQuery: { method: 'GET', path: '/api/v2/analytics/conversations/details/jobs/*' },
  deleteScopeQuery: { method: 'DELETE', path: '/api/v2/analytics/conversations/details/jobs/*' },
  getRecordingMetadata: { method: 'GET', path: '/api/v2/conversations/*/recordingmetadata' },
  getRecordings: { method: 'GET', path: '/api/v2/conversations/*/recordings' },
  queryRetention: { method: 'GET', path: '/api/v2/recordings/retention/query' },
  queryProtection: { method: 'POST', path: '/api/v2/recordings/deletionprotection' },
  protectConversations: { method: 'PUT', path: '/api/v2/recordings/deletionprotection' },
  listHolds: { method: 'GET', path: '/api/v2/compliance/legalholds' },
  createHold: { method: 'POST', path: '/api/v2/compliance/legalholds' },
  listHeld: { method: 'GET', path: '/api/v2/compliance/legalholds/*/conversations' },
  addToHold: { method: 'POST', path: '/api/v2/compliance/legalholds/*/conversations' },
  getHold: { method: 'GET', path: '/api/v2/compliance/legalholds/*' },
  releaseHold: { method: 'DELETE', path: '/api/v2/compliance/legalholds/*' },
  // The same request as the one that protects; it is told apart by when it comes.
  releaseConversations: { method: 'PUT', path: '/api/v2/recordings/deletionprotection' },
} as const;

/** The name of a request. */
export type OperationName = keyof typeof OPERATIONS;

/** A request and the false answer it gets. */
export interface Pair {
  readonly operation: OperationName;
  readonly kind: FalseAnswerKind;
}

/** Answers without a list: to take lists from them changes nothing. */
const WITHOUT_LISTS: ReadonlySet<OperationName> = new Set<OperationName>([
  'login',
  'createJob',
  'getJob',
  'executeJob',
  'cancelJob',
  'createScopeQuery',
  'getScopeQuery',
  'deleteScopeQuery',
  'getOrganization',
  'protectConversations',
  'releaseHold',
  'releaseConversations',
]);

/** Answers without a body: half of it, other ids in it and another type of it change nothing. */
const WITHOUT_BODY: ReadonlySet<OperationName> = new Set<OperationName>([
  'cancelJob',
  'deleteScopeQuery',
  'protectConversations',
  'releaseHold',
  'releaseConversations',
]);

const ABOUT_BODIES: ReadonlySet<FalseAnswerKind> = new Set<FalseAnswerKind>([
  'truncated',
  'wrong-id',
  'wrong-type',
  'bom',
]);

/** Whose whole answer is a list: an empty one is a true answer about a conversation without recordings. */
const LISTS: ReadonlySet<OperationName> = new Set<OperationName>(['getRecordingMetadata', 'getRecordings']);

/** All pairs, in one order. */
export const PAIRS: readonly Pair[] = (Object.keys(OPERATIONS) as OperationName[]).flatMap((operation) =>
  (Object.keys(FALSE_ANSWERS) as FalseAnswerKind[])
    .filter((kind) => !(kind === 'no-list' && WITHOUT_LISTS.has(operation)))
    .filter((kind) => !(kind === 'empty-array' && LISTS.has(operation)))
    .filter((kind) => !(ABOUT_BODIES.has(kind) && WITHOUT_BODY.has(operation)))
    .map((kind) => ({ operation, kind })),
);

/** The name of a request; undefined for one that no apply makes. */
export function operationOf(method: string, path: string): OperationName | undefined {
  return PATTERNS.find((one) => one.method === method && one.pattern.test(path))?.name;
}

const PATTERNS = (Object.keys(OPERATIONS) as OperationName[]).map((name) => ({
  name,
  method: OPERATIONS[name].method,
  pattern: new RegExp(`^${OPERATIONS[name].path.replaceAll('*', '[^/]+')}$`),
}));
