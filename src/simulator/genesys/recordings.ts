/** Recordings of a conversation, and the retention query over all of them. */
import { invalidParameter, notFound } from './api-error';
import { Clock } from '../clock';
import type { Conversation, Recording } from '../conversations';
import { ok, type ApiRequest, type Route } from './exchange';
import { readCursor, uriOf, writeCursor } from './paging';
import { jsonBody, onlyProperties, text, uuidParameter, wholeParameter } from './validation';
import type { World } from '../world';

const VIEW = ['recording:recording:view', 'recording:recordingSegment:view'];
const DAY = 86_400_000;
const MAX_THRESHOLD_DAYS = 1_000_000;
const MAX_RETENTION_PAGE = 500;

export function recordingRoutes(world: World): readonly Route[] {
  const list = (request: ApiRequest, form: Form): unknown => {
    const conversation = conversationOf(world, request);
    return conversation.recordings.map((recording) => present(conversation, recording, form));
  };
  const one = (request: ApiRequest, form: Form): unknown => {
    const conversation = conversationOf(world, request);
    const id = uuidParameter(request, 'recordingId');
    const recording = conversation.recordings.find((candidate) => candidate.id === id);
    if (recording === undefined) {
      throw notFound('recording.recording.not.found', `Recording with recordingId [${id}] was not found.`, id);
    }
    return present(conversation, recording, form);
  };
  const base = '/api/v2/conversations/{conversationId}';
  return [
    {
      method: 'GET',
      path: `${base}/recordingmetadata`,
      any: VIEW,
      handle: (request) => ok(list(request, 'RecordingMetadata')),
    },
    {
      method: 'GET',
      path: `${base}/recordingmetadata/{recordingId}`,
      any: VIEW,
      handle: (request) => ok(one(request, 'RecordingMetadata')),
    },
    { method: 'GET', path: `${base}/recordings`, any: VIEW, handle: (request) => ok(list(request, 'Recording')) },
    {
      method: 'GET',
      path: `${base}/recordings/{recordingId}`,
      any: VIEW,
      handle: (request) => ok(one(request, 'Recording')),
    },
    {
      method: 'GET',
      path: '/api/v2/recordings/retention/query',
      any: ['recording:recording:view'],
      handle: (request) => ok(retention(world, request)),
    },
    {
      method: 'PUT',
      path: `${base}/tags`,
      any: ['conversation:externalTag:edit'],
      handle: (request) => tag(world, request),
    },
  ];
}

function conversationOf(world: World, request: ApiRequest): Conversation {
  const id = uuidParameter(request, 'conversationId');
  const conversation = world.conversations.get(id);
  if (conversation === undefined) {
    throw notFound('conversation.not.found', `Conversation with conversationId [${id}] was not found.`, id);
  }
  return conversation;
}

/** The models of `/recordingmetadata` and `/recordings`: only the second knows of other conversations. */
type Form = 'RecordingMetadata' | 'Recording';

function present(conversation: Conversation, recording: Recording, form: Form): Record<string, unknown> {
  const shared = form === 'Recording' && recording.associated !== undefined;
  return {
    id: recording.id,
    conversationId: conversation.id,
    startTime: Clock.iso(recording.start),
    endTime: Clock.iso(recording.end),
    media: recording.media,
    ...(recording.media === 'audio' ? { mediaSubtype: 'Trunk' } : {}),
    ...(recording.media === 'screen' ? { mediaSubtype: 'Screen' } : {}),
    annotations: [],
    fileState: 'AVAILABLE',
    ...dates(recording),
    ...(shared ? { associatedConversationIds: [conversation.id, ...(recording.associated ?? [])] } : {}),
    selfUri: `/api/v2/conversations/${conversation.id}/recordings/${recording.id}`,
  };
}

function dates(recording: Recording): Record<string, string> {
  return {
    ...(recording.deleteDate === undefined ? {} : { deleteDate: Clock.iso(recording.deleteDate) }),
    ...(recording.exportDate === undefined ? {} : { exportDate: Clock.iso(recording.exportDate) }),
    ...(recording.exportedDate === undefined ? {} : { exportedDate: Clock.iso(recording.exportedDate) }),
  };
}

/** Recordings that have been kept for more days than the threshold, by conversation, behind a cursor. */
function retention(world: World, { query, path }: ApiRequest): unknown {
  if (!query.has('retentionThresholdDays')) throw invalidParameter('', 'retentionThresholdDays', 'a whole number');
  const days = wholeParameter(query, 'retentionThresholdDays', { from: 0, to: MAX_THRESHOLD_DAYS, fallback: 0 });
  const createdBefore = world.clock.now() - days * DAY;
  const pageSize = wholeParameter(query, 'pageSize', { from: 1, to: MAX_RETENTION_PAGE, fallback: 25 });
  const entities: unknown[] = [];
  // Reads from where the last page ended: 200 pages over 100,000 recordings look at each recording once.
  const [firstPlace = 0, firstRecording = 0] = readCursor(query.get('cursor'));
  let cursor: string | undefined;
  for (let place = firstPlace; place < world.conversations.places && cursor === undefined; place += 1) {
    const conversation = world.conversations.at(place);
    if (!world.conversations.isVisible(conversation)) continue;
    for (const [index, recording] of conversation.recordings.entries()) {
      if (place === firstPlace && index < firstRecording) continue;
      if (recording.start >= createdBefore) continue;
      if (entities.length === pageSize) {
        cursor = writeCursor([place, index]);
        break;
      }
      entities.push({
        conversationId: conversation.id,
        recordingId: recording.id,
        ...dates(recording),
        creationTime: Clock.iso(recording.start),
      });
    }
  }
  return {
    entities,
    selfUri: uriOf(path, query, {}),
    ...(cursor === undefined ? {} : { nextUri: uriOf(path, query, { cursor }) }),
  };
}

function tag(world: World, request: ApiRequest): { status: number; body: unknown } {
  const id = uuidParameter(request, 'conversationId');
  const conversation = world.conversations.get(id);
  if (conversation === undefined) {
    throw notFound('conversation.error.conversation.not.found', 'The conversation does not exist.', id);
  }
  const body = jsonBody(request);
  onlyProperties(body, ['externalTag'], 'ConversationTagsUpdate');
  conversation.externalTag = text(body['externalTag'], 'externalTag');
  world.conversations.touch(id);
  return { status: 202, body: '' };
}
