/**
 * Every request this room can make: its words for messages, its path, the permissions Genesys Cloud documents for it, and
 * what counts as its answer. One description an operation, so that an error can always say what was tried and which
 * permission the client's role lacks, and so that no answer is believed that is not one.
 */
import type { InferOutput } from 'valibot';
import type { Asked } from './operation';
import { operation } from './operation';
import { contradicts } from './query';
import * as shapes from './shapes';

const ANALYTICS = ['analytics:conversationDetail:view', 'analytics:agentConversationDetail:view'] as const;
const RECORDINGS = ['recording:recording:view', 'recording:recordingSegment:view'] as const;
const DETAIL_JOBS = '/api/v2/analytics/conversations/details/jobs';
const JOBS = '/api/v2/recording/jobs';
const PROTECTION = '/api/v2/recordings/deletionprotection';

/** The contract: "Success - recording is transcoding", without a body. */
const TRANSCODING = 'is still transcoding the recordings';

export const operations = {
  getOrganization: operation({
    words: 'read the organization',
    method: 'GET',
    path: '/api/v2/organizations/me',
    permissions: [],
    answers: { 200: shapes.organization },
    stray: contradictsItself,
  }),
  getIntegration: operation({
    words: 'read the integration',
    method: 'GET',
    path: '/api/v2/integrations/{integrationId}',
    permissions: ['integrations:integration:view'],
    answers: { 200: shapes.integration },
    stray: (body, asked) => anotherId(body.id, asked, 'integrationId'),
  }),
  createJob: operation({
    words: 'create the recording job',
    method: 'POST',
    path: JOBS,
    permissions: ['recording:job:add'],
    creates: true,
    answers: { 202: shapes.job },
    stray: (body, asked) =>
      contradicts(asked.body, body.recordingJobsQuery)
        ? `it is about another job (${body.id})`
        : contradictsItself(body),
  }),
  executeJob: operation({
    words: 'execute the recording job',
    method: 'PUT',
    path: `${JOBS}/{jobId}`,
    permissions: [
      'recording:job:edit',
      'recording:recording:editRetention',
      'recording:screenRecording:editRetention',
      'recording:snippetRecording:editRetention',
    ],
    answers: { 200: shapes.job },
    stray: (body, asked) => anotherId(body.id, asked, 'jobId'),
  }),
  getJob: operation({
    words: 'read the recording job',
    method: 'GET',
    path: `${JOBS}/{jobId}`,
    permissions: ['recording:job:view'],
    answers: { 200: shapes.job },
    stray: (body, asked) => anotherId(body.id, asked, 'jobId'),
  }),
  listJobs: operation({
    words: 'list the recording jobs',
    method: 'GET',
    path: JOBS,
    permissions: ['recording:job:view'],
    answers: { 200: shapes.pageOf(shapes.job) },
    stray: anotherPage,
  }),
  cancelJob: operation({
    words: 'cancel the recording job',
    method: 'DELETE',
    path: `${JOBS}/{jobId}`,
    permissions: ['recording:job:delete'],
    answers: { 204: shapes.nothing },
  }),
  listFailedRecordings: operation({
    words: 'list the failed recordings of the recording job',
    method: 'GET',
    path: `${JOBS}/{jobId}/failedrecordings`,
    permissions: ['recording:job:view'],
    answers: { 200: shapes.pageOf(shapes.failedRecording) },
    stray: anotherPage,
  }),
  createScopeQuery: operation({
    words: 'query the conversations in scope',
    method: 'POST',
    path: DETAIL_JOBS,
    permissions: ANALYTICS,
    anyPermission: true,
    answers: { 202: shapes.scopeQuery },
  }),
  getScopeQuery: operation({
    words: 'read the state of the conversation query',
    method: 'GET',
    path: `${DETAIL_JOBS}/{jobId}`,
    permissions: ANALYTICS,
    anyPermission: true,
    answers: { 200: shapes.scopeQueryStatus, 202: shapes.scopeQueryStatus },
  }),
  getScopeResults: operation({
    words: 'read the conversations in scope',
    method: 'GET',
    path: `${DETAIL_JOBS}/{jobId}/results`,
    permissions: ANALYTICS,
    anyPermission: true,
    answers: { 200: shapes.scopeResults },
    stray: (body, asked) =>
      body.cursor !== undefined && body.cursor !== '' && body.cursor === asked.query?.['cursor']
        ? 'its cursor leads to the same page again'
        : undefined,
  }),
  deleteScopeQuery: operation({
    words: 'delete the conversation query',
    method: 'DELETE',
    path: `${DETAIL_JOBS}/{jobId}`,
    permissions: ANALYTICS,
    anyPermission: true,
    answers: { 204: shapes.nothing },
  }),
  getRecordingMetadata: operation({
    words: 'read the recordings of the conversation',
    method: 'GET',
    path: '/api/v2/conversations/{conversationId}/recordingmetadata',
    permissions: RECORDINGS,
    anyPermission: true,
    notYet: TRANSCODING,
    answers: { 200: shapes.recordingMetadata },
    stray: anotherConversation,
  }),
  getRecordings: operation({
    words: 'read the times of the recordings of the conversation',
    method: 'GET',
    path: '/api/v2/conversations/{conversationId}/recordings',
    permissions: RECORDINGS,
    anyPermission: true,
    notYet: TRANSCODING,
    answers: { 200: shapes.recordings },
    stray: anotherConversation,
  }),
  getSharedRecordings: operation({
    words: 'read which conversations share the recordings of the conversation',
    method: 'GET',
    path: '/api/v2/conversations/{conversationId}/recordings',
    permissions: RECORDINGS,
    anyPermission: true,
    // A recording that is still being transcoded is answered by 202 without a body: then nothing is known of it.
    answers: { 200: shapes.sharedRecordings, 202: shapes.nothing },
    stray: (body, asked) => (body === null ? undefined : anotherConversation(body, asked)),
  }),
  queryRetention: operation({
    words: 'read the export dates of the recordings',
    method: 'GET',
    path: '/api/v2/recordings/retention/query',
    permissions: ['recording:recording:view'],
    answers: { 200: shapes.pageOf(shapes.retention) },
  }),
  getDataRetention: operation({
    words: 'read the maximum retention of interaction data',
    method: 'GET',
    path: '/api/v2/analytics/dataretention/settings',
    permissions: ['analytics:dataRetention:view'],
    answers: { 200: shapes.dataRetention },
  }),
  queryProtection: operation({
    words: 'ask which conversations are protected',
    method: 'POST',
    path: PROTECTION,
    permissions: [],
    answers: { 200: shapes.references },
    stray: (body, asked) =>
      notAskedFor(
        body.map((one) => one.id),
        asked,
      ),
  }),
  protectConversations: operation({
    words: 'protect the conversations from deletion',
    method: 'PUT',
    path: PROTECTION,
    permissions: ['recording:deletionProtection:apply'],
    answers: { 200: shapes.protectionResult, 204: shapes.nothing },
    stray: (body, asked) => notAskedFor(idsOf(body), asked),
  }),
  releaseConversations: operation({
    words: 'release the conversations from deletion protection',
    method: 'PUT',
    path: PROTECTION,
    permissions: ['recording:deletionProtection:revoke'],
    takesAway: true,
    answers: { 200: shapes.protectionResult, 204: shapes.nothing },
    stray: (body, asked) => notAskedFor(idsOf(body), asked),
  }),
};

/** Says that an answer is about another thing than the parameter of this name. */
export function anotherId(id: string, asked: Asked, parameter: string): string | undefined {
  const wanted = asked.params?.[parameter];
  return wanted === undefined || id.toLowerCase() === wanted.toLowerCase() ? undefined : `it is about ${id}`;
}

/** Says that an answer names one thing by its id and another by its address: where nothing else tells whose the id is. */
export function contradictsItself(body: {
  readonly id: string;
  readonly selfUri?: string | undefined;
}): string | undefined {
  const isOwn = body.selfUri === undefined || body.selfUri.toLowerCase().includes(body.id.toLowerCase());
  return isOwn ? undefined : `its id is ${body.id}, and its address ${body.selfUri}`;
}

/** Says that an answer is another page than the one asked for. */
export function anotherPage(page: { readonly pageNumber?: number | undefined }, asked: Asked): string | undefined {
  const wanted = asked.query?.['pageNumber'];
  if (wanted === undefined || page.pageNumber === undefined || page.pageNumber === Number(wanted)) return undefined;
  return `it is page ${page.pageNumber}, not page ${String(wanted)}`;
}

function anotherConversation(
  rows: readonly { readonly conversationId?: string | undefined }[],
  asked: Asked,
): string | undefined {
  for (const { conversationId } of rows) {
    const stray = conversationId === undefined ? undefined : anotherId(conversationId, asked, 'conversationId');
    if (stray !== undefined) return stray;
  }
  return undefined;
}

function idsOf(answer: InferOutput<typeof shapes.protectionResult> | null): readonly string[] {
  if (answer?.failedUpdates === undefined) return [];
  return answer.failedUpdates.map(({ conversation }) => conversation?.id).filter((id) => id !== undefined);
}

/** Says that an answer names conversations that the request did not. */
function notAskedFor(named: readonly string[], asked: Asked): string | undefined {
  const { conversationIds } = asked.body as { readonly conversationIds: readonly string[] };
  const wanted = new Set(conversationIds.map((id) => id.toLowerCase()));
  const stray = named.find((id) => !wanted.has(id.toLowerCase()));
  return stray === undefined ? undefined : `it names conversation ${stray}, which was not asked about`;
}
