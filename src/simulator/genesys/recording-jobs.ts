/** `/api/v2/recording/jobs`: create, execute, look at, list and cancel bulk jobs. */
import { ApiError, constraint, invalidValue, notFound } from './api-error';
import { actorOf } from './audit-log';
import { isPermitted } from './client';
import { Clock } from '../clock';
import { ASYNC_FIELDS, readConversationQuery, type ConversationQuery } from './conversation-query';
import { isDigital } from '../conversations';
import { noContent, ok, type ApiRequest, type ApiResponse, type Route } from './exchange';
import { CONCURRENT_JOBS, type JobAction, type JobState, type RecordingJobRecord } from './job-engine';
import { asksForHoldOrMetadata, refuseMixedExport } from './mixed-export';
import { cursorPage, numberedPage, uriOf } from './paging';
import {
  booleanParameter,
  interval,
  jsonBody,
  object,
  oneOf,
  onlyProperties,
  optionalBoolean,
  optionalInstant,
  optionalWhole,
  text,
  uuidParameter,
  type Json,
} from './validation';
import type { World } from '../world';

const PATH = '/api/v2/recording/jobs';
const ACTIONS: readonly JobAction[] = ['ARCHIVE', 'DELETE', 'EXPORT'];
const STATES: readonly JobState[] = ['FULFILLED', 'PENDING', 'READY', 'PROCESSING', 'CANCELLED', 'FAILED'];
const FIELDS = [
  'action',
  'actionDate',
  'actionAge',
  'screenRecordingActionDate',
  'screenRecordingActionAge',
  'integrationId',
  'includeRecordingsWithSensitiveData',
  'includeScreenRecordings',
  'includePolicyBasedRecordings',
  'includeSnippetRecordings',
  'clearExport',
  'conversationQuery',
  'agedConversationInterval',
];

export function recordingJobRoutes(world: World): readonly Route[] {
  return [
    { method: 'POST', path: PATH, all: ['recording:job:add'], handle: (request) => create(world, request) },
    { method: 'GET', path: PATH, all: ['recording:job:view'], handle: (request) => ok(listing(world, request)) },
    {
      method: 'GET',
      path: `${PATH}/{jobId}`,
      all: ['recording:job:view'],
      handle: (request) => ok(present(world, jobOf(world, request))),
    },
    {
      method: 'PUT',
      path: `${PATH}/{jobId}`,
      all: [
        'recording:job:edit',
        'recording:recording:editRetention',
        'recording:screenRecording:editRetention',
        'recording:snippetRecording:editRetention',
      ],
      handle: (request) => execute(world, request),
    },
    {
      method: 'DELETE',
      path: `${PATH}/{jobId}`,
      all: ['recording:job:delete'],
      handle: (request) => cancel(world, request),
    },
    {
      method: 'GET',
      path: `${PATH}/{jobId}/failedrecordings`,
      all: ['recording:job:view'],
      handle: (request) => ok(failedRecordings(world, request)),
    },
  ];
}

function create(world: World, request: ApiRequest): ApiResponse {
  const body = jsonBody(request);
  const query = readQuery(body);
  const places = matchedPlaces(world, query);
  if (asksForHoldOrMetadata(request.query, body)) {
    const digital =
      query.namesDigitalChannel || places.some((place) => isDigital(world.conversations.at(place).mediaType));
    refuseMixedExport(request.query, body, digital, world.settings.complianceApi);
  }
  const fields = world.settings.complianceApi ? [...FIELDS, 'include_metadata'] : FIELDS;
  onlyProperties(body, fields, 'RecordingJobsQuery');
  optionalBoolean(body['include_metadata'], 'include_metadata');
  const action = oneOf(body['action'], ACTIONS, 'action');
  const integrationId = action === 'EXPORT' ? exportIntegration(world, body) : undefined;
  checkSensitiveData(request, body);
  const dates = actionDates(body);
  refuseThirdJob(world);

  const job = world.jobs.create({
    clientId: request.client.id,
    action,
    query: body,
    ...dates,
    includeScreenRecordings: optionalBoolean(body['includeScreenRecordings'], 'includeScreenRecordings') ?? true,
    integrationId,
    matched: places,
  });
  audit(world, request, 'Create', job);
  return { status: 202, body: present(world, job) };
}

/** The job's conversation query; one by age has only an interval. */
function readQuery(body: Json): ConversationQuery {
  const aged = body['agedConversationInterval'];
  if ((aged === undefined) === (body['conversationQuery'] === undefined)) {
    throw constraint('Exactly one of conversationQuery and agedConversationInterval is needed.');
  }
  if (aged === undefined) {
    return readConversationQuery(
      object(body['conversationQuery'], 'conversationQuery'),
      ASYNC_FIELDS,
      'AsyncConversationQuery',
    );
  }
  return {
    interval: interval(aged, 'agedConversationInterval'),
    matches: () => true,
    namesDigitalChannel: false,
    descending: false,
    limit: undefined,
  };
}

function matchedPlaces(world: World, query: ConversationQuery): number[] {
  const places = world.conversations.select(query.interval, query.matches);
  return query.limit === undefined ? places : places.slice(0, query.limit);
}

function exportIntegration(world: World, body: Json): string {
  if (body['integrationId'] === undefined) throw constraint('integrationId is needed for the action EXPORT.');
  const id = text(body['integrationId'], 'integrationId').toLowerCase();
  const integration = world.integrations.get(id);
  if (integration === undefined) throw notFound('not.found', `There is no integration with the id [${id}].`, id);
  if (integration.intendedState !== 'ENABLED') {
    throw new ApiError(400, 'bad.request', `The integration [${id}] is not enabled.`, { entityId: id });
  }
  return id;
}

function checkSensitiveData(request: ApiRequest, body: Json): void {
  const wanted = optionalBoolean(body['includeRecordingsWithSensitiveData'], 'includeRecordingsWithSensitiveData');
  const permission = 'recording:recording:viewSensitiveData';
  if (wanted === true && !isPermitted(request.client, permission)) {
    throw new ApiError(
      403,
      'missing.permissions',
      `Unable to perform the requested action. You are missing the following permission(s): ${permission}`,
    );
  }
}

function actionDates(body: Json): { readonly actionDate: number | undefined; readonly actionAge: number | undefined } {
  for (const name of ['includePolicyBasedRecordings', 'includeSnippetRecordings', 'clearExport']) {
    optionalBoolean(body[name], name);
  }
  const actionDate = optionalInstant(body['actionDate']);
  const actionAge = optionalWhole(body['actionAge'], 'actionAge');
  if (actionDate !== undefined && actionAge !== undefined)
    throw constraint('actionDate and actionAge exclude each other.');
  if (actionAge !== undefined && actionAge < 0) throw invalidValue(actionAge, 'actionAge', 'a whole number from 0');
  const screenDate = optionalInstant(body['screenRecordingActionDate']);
  const screenAge = optionalWhole(body['screenRecordingActionAge'], 'screenRecordingActionAge');
  if ((screenDate !== undefined || screenAge !== undefined) && body['includeScreenRecordings'] === false) {
    throw constraint('screenRecordingActionDate and screenRecordingActionAge need includeScreenRecordings.');
  }
  return { actionDate, actionAge };
}

/** How the limit shows is not documented; 409 is the conflict that the contract lists for this endpoint. */
function refuseThirdJob(world: World): void {
  if (world.jobs.running < CONCURRENT_JOBS) return;
  throw new ApiError(
    409,
    'recording.job.concurrent.limit.reached',
    `The organization already has ${CONCURRENT_JOBS} recording jobs that are pending or processing, which is the maximum.`,
  );
}

function execute(world: World, request: ApiRequest): ApiResponse {
  const job = jobOf(world, request);
  const body = jsonBody(request);
  onlyProperties(body, ['state'], 'ExecuteRecordingJobsQuery');
  oneOf(body['state'], ['PROCESSING'], 'state');
  if (job.clientId !== request.client.id) {
    throw new ApiError(403, 'not.authorized', 'A job must be executed by the user who created it.', {
      entityId: job.id,
    });
  }
  if (job.state !== 'READY') {
    throw new ApiError(400, 'recording.job.not.ready', `The job is ${job.state}; only a READY job can be executed.`, {
      entityId: job.id,
    });
  }
  refuseThirdJob(world);
  world.jobs.execute(job);
  audit(world, request, 'Execute', job);
  return ok(present(world, job));
}

function cancel(world: World, request: ApiRequest): ApiResponse {
  const job = jobOf(world, request);
  if (job.state === 'FULFILLED' || job.state === 'FAILED' || job.state === 'CANCELLED') {
    throw new ApiError(
      400,
      'recording.job.not.cancellable',
      `The job is ${job.state} and can no longer be cancelled.`,
      {
        entityId: job.id,
      },
    );
  }
  world.jobs.cancel(job);
  audit(world, request, 'Delete', job);
  return noContent();
}

function audit(
  world: World,
  request: ApiRequest,
  action: 'Create' | 'Execute' | 'Delete',
  { id, action: name }: RecordingJobRecord,
): void {
  const entities = [{ id, name }];
  world.audits.add({ serviceName: 'Quality', action, entityType: 'BulkActions', entities, actor: actorOf(request) });
}

function jobOf(world: World, request: ApiRequest): RecordingJobRecord {
  const id = uuidParameter(request, 'jobId');
  const job = world.jobs.get(id);
  if (job === undefined) throw notFound('not.found', `There is no recording job with the id [${id}].`, id);
  return job;
}

function listing(world: World, { query, path, client }: ApiRequest): unknown {
  const state = query.get('state');
  const type = query.get('jobType');
  const wantedState = state === null ? undefined : oneOf(state, STATES, 'state');
  const wantedType = type === null ? undefined : oneOf(type, ACTIONS, 'jobType');
  const onlyMine = booleanParameter(query, 'showOnlyMyJobs', false);
  const sortBy = query.get('sortBy');
  if (sortBy !== null) oneOf(sortBy, ['userId', 'dateCreated'], 'sortBy');
  const jobs = world.jobs
    .list()
    .filter((job) => wantedState === undefined || job.state === wantedState)
    .filter((job) => wantedType === undefined || job.action === wantedType)
    .filter((job) => !onlyMine || job.clientId === client.id);
  return page(jobs, query, path, (job) => present(world, job));
}

/** With `includeTotal=false` the page is found by cursor and has no totals; else by number. */
function page<T>(items: readonly T[], query: URLSearchParams, path: string, toEntity: (item: T) => unknown): unknown {
  if (booleanParameter(query, 'includeTotal', true)) {
    return numberedPage(items, query, path, toEntity, { maxPageSize: 100 });
  }
  const { items: some, pageSize, cursor } = cursorPage(items, query, { maxPageSize: 100 });
  return {
    entities: some.map(toEntity),
    pageSize,
    selfUri: uriOf(path, query, {}),
    ...(cursor === undefined ? {} : { nextUri: uriOf(path, query, { cursor }) }),
  };
}

function failedRecordings(world: World, request: ApiRequest): unknown {
  const job = jobOf(world, request);
  return page(job.failed, request.query, request.path, ({ conversationId, recordingId }) => ({
    conversation: { id: conversationId, selfUri: `/api/v2/conversations/${conversationId}` },
    recording: {
      id: recordingId,
      selfUri: `/api/v2/conversations/${conversationId}/recordings/${recordingId}`,
    },
  }));
}

/** A job as the API shows it. */
export function present(world: World, job: RecordingJobRecord): Record<string, unknown> {
  const { conversations, recordings, skipped } = job.totals;
  const percent = world.jobs.progress(job);
  const selfUri = `${PATH}/${job.id}`;
  return {
    id: job.id,
    state: job.state,
    recordingJobsQuery: job.query,
    dateCreated: Clock.iso(job.created),
    totalConversations: conversations,
    totalRecordings: recordings,
    totalSkippedRecordings: skipped,
    totalFailedRecordings: job.failed.length,
    totalProcessedRecordings: Math.max(0, Math.floor(((recordings - skipped) * percent) / 100) - job.failed.length),
    percentProgress: percent,
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
    failedRecordings: `${selfUri}/failedrecordings`,
    selfUri,
    user: { id: job.clientId, selfUri: `/api/v2/users/${job.clientId}` },
  };
}
