/** Requests of the survey. None of them changes anything: those that could are sent so that they cannot. */
import type { Operation } from '../operations';

const JOBS = '/api/v2/recording/jobs';
const PROTECTION = '/api/v2/recordings/deletionprotection';
const EDGES = '/api/v2/telephony/providers/edges';
const HOLDS = '/api/v2/compliance/legalholds';
const TELEPHONY = ['telephony:plugin:all'];

export const surveyOperations = {
  getTrunk: { words: 'read the trunk', method: 'GET', path: `${EDGES}/trunks/{trunkId}`, permissions: TELEPHONY },
  getTrunkBase: {
    words: 'read the settings of the trunk',
    method: 'GET',
    path: `${EDGES}/trunkbasesettings/{trunkBaseId}`,
    permissions: TELEPHONY,
  },
  listSmsNumbers: {
    words: 'list the SMS numbers',
    method: 'GET',
    path: '/api/v2/routing/sms/phonenumbers',
    permissions: ['sms:phoneNumber:view'],
  },
  askProtection: {
    words: 'ask which conversations are protected',
    method: 'POST',
    path: PROTECTION,
    permissions: [],
  },
  listHolds: {
    words: 'list the legal holds',
    method: 'GET',
    path: HOLDS,
    permissions: ['compliance:legalHold:view'],
  },
  listJobs: { words: 'list recording jobs', method: 'GET', path: JOBS, permissions: ['recording:job:view'] },
  listIntegrations: {
    words: 'read integrations',
    method: 'GET',
    path: '/api/v2/integrations',
    permissions: ['integrations:integration:view'],
  },
  readScopeQuery: {
    words: 'list the conversations in scope',
    method: 'GET',
    path: '/api/v2/analytics/conversations/details/jobs/{jobId}',
    permissions: ['analytics:conversationDetail:view', 'analytics:agentConversationDetail:view'],
    anyPermission: true,
  },
  queryRetention: {
    words: 'read the export dates of recordings',
    method: 'GET',
    path: '/api/v2/recordings/retention/query',
    permissions: ['recording:recording:view'],
  },
  createJob: { words: 'create recording jobs', method: 'POST', path: JOBS, permissions: ['recording:job:add'] },
  executeJob: {
    words: 'execute recording jobs',
    method: 'PUT',
    path: `${JOBS}/{jobId}`,
    permissions: [
      'recording:job:edit',
      'recording:recording:editRetention',
      'recording:screenRecording:editRetention',
      'recording:snippetRecording:editRetention',
    ],
  },
  cancelJob: {
    words: 'cancel recording jobs',
    method: 'DELETE',
    path: `${JOBS}/{jobId}`,
    permissions: ['recording:job:delete'],
  },
  protect: {
    words: 'hold by deletion protection',
    method: 'PUT',
    path: PROTECTION,
    permissions: ['recording:deletionProtection:apply'],
  },
  createHold: {
    words: 'create legal holds',
    method: 'POST',
    path: HOLDS,
    permissions: ['compliance:legalHold:add'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
