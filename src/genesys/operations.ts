/**
 * Every request this room can make: its words for messages, its path and the permissions Genesys Cloud documents for it.
 * One line an operation, so that an error can always say what was tried and which permission the client's role lacks.
 */

/** A request, before it has parameters. */
export interface Operation {
  /** Completes "Could not …". */
  readonly words: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with `{name}` placeholders. */
  readonly path: string;
  /** Permissions the OAuth client's roles need: all of them, or any when `anyPermission` is set. */
  readonly permissions: readonly string[];
  readonly anyPermission?: true;
  /** It makes something new each time, so it must not be repeated when nobody knows whether it worked. */
  readonly creates?: true;
}

const ANALYTICS = ['analytics:conversationDetail:view', 'analytics:agentConversationDetail:view'] as const;
const RECORDINGS = ['recording:recording:view', 'recording:recordingSegment:view'] as const;
const DETAIL_JOBS = '/api/v2/analytics/conversations/details/jobs';
const JOBS = '/api/v2/recording/jobs';
const PROTECTION = '/api/v2/recordings/deletionprotection';

export const operations = {
  getOrganization: {
    words: 'read the organization',
    method: 'GET',
    path: '/api/v2/organizations/me',
    permissions: [],
  },
  getIntegration: {
    words: 'read the integration',
    method: 'GET',
    path: '/api/v2/integrations/{integrationId}',
    permissions: ['integrations:integration:view'],
  },
  createJob: {
    words: 'create the recording job',
    method: 'POST',
    path: JOBS,
    permissions: ['recording:job:add'],
    creates: true,
  },
  executeJob: {
    words: 'execute the recording job',
    method: 'PUT',
    path: `${JOBS}/{jobId}`,
    permissions: [
      'recording:job:edit',
      'recording:recording:editRetention',
      'recording:screenRecording:editRetention',
      'recording:snippetRecording:editRetention',
    ],
  },
  getJob: {
    words: 'read the recording job',
    method: 'GET',
    path: `${JOBS}/{jobId}`,
    permissions: ['recording:job:view'],
  },
  listJobs: {
    words: 'list the recording jobs',
    method: 'GET',
    path: JOBS,
    permissions: ['recording:job:view'],
  },
  cancelJob: {
    words: 'cancel the recording job',
    method: 'DELETE',
    path: `${JOBS}/{jobId}`,
    permissions: ['recording:job:delete'],
  },
  listFailedRecordings: {
    words: 'list the failed recordings of the recording job',
    method: 'GET',
    path: `${JOBS}/{jobId}/failedrecordings`,
    permissions: ['recording:job:view'],
  },
  createScopeQuery: {
    words: 'query the conversations in scope',
    method: 'POST',
    path: DETAIL_JOBS,
    permissions: ANALYTICS,
    anyPermission: true,
  },
  getScopeQuery: {
    words: 'read the state of the conversation query',
    method: 'GET',
    path: `${DETAIL_JOBS}/{jobId}`,
    permissions: ANALYTICS,
    anyPermission: true,
  },
  getScopeResults: {
    words: 'read the conversations in scope',
    method: 'GET',
    path: `${DETAIL_JOBS}/{jobId}/results`,
    permissions: ANALYTICS,
    anyPermission: true,
  },
  deleteScopeQuery: {
    words: 'delete the conversation query',
    method: 'DELETE',
    path: `${DETAIL_JOBS}/{jobId}`,
    permissions: ANALYTICS,
    anyPermission: true,
  },
  getRecordingMetadata: {
    words: 'read the recordings of the conversation',
    method: 'GET',
    path: '/api/v2/conversations/{conversationId}/recordingmetadata',
    permissions: RECORDINGS,
    anyPermission: true,
  },
  getRecordings: {
    words: 'read the times of the recordings of the conversation',
    method: 'GET',
    path: '/api/v2/conversations/{conversationId}/recordings',
    permissions: RECORDINGS,
    anyPermission: true,
  },
  queryRetention: {
    words: 'read the export dates of the recordings',
    method: 'GET',
    path: '/api/v2/recordings/retention/query',
    permissions: ['recording:recording:view'],
  },
  queryProtection: {
    words: 'ask which conversations are protected',
    method: 'POST',
    path: PROTECTION,
    permissions: [],
  },
  protectConversations: {
    words: 'protect the conversations from deletion',
    method: 'PUT',
    path: PROTECTION,
    permissions: ['recording:deletionProtection:apply'],
  },
  releaseConversations: {
    words: 'release the conversations from deletion protection',
    method: 'PUT',
    path: PROTECTION,
    permissions: ['recording:deletionProtection:revoke'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
