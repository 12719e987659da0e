/**
 * What Genesys Cloud's answers look like, as far as they are used here. What decides something is required even where the
 * contract calls it optional: an answer without it would be taken for "none", "zero" or "done".
 *
 * Source: the public OpenAPI description of the platform API, version 2.
 */
import * as v from 'valibot';

/** An identifier. */
export const id = v.pipe(v.string(), v.minLength(1));

/** An instant that can be read. */
export const instant = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'is not an instant'),
);

/** A number of things. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const object = v.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'is not an object',
);

/** An object with these fields. Others are left out. A list is not an object. */
export function entity<const Fields extends v.ObjectEntries>(
  fields: Fields,
): v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<Fields, undefined>>> {
  return v.pipe(object, v.object(fields)) as unknown as v.GenericSchema<
    unknown,
    v.InferOutput<v.ObjectSchema<Fields, undefined>>
  >;
}

/** An object of any fields, kept as it is. */
export const anything = v.pipe(object, v.record(v.string(), v.unknown()));

/** An empty body. */
export const nothing: v.GenericSchema<unknown, null> = v.pipe(
  v.custom<unknown>((value) => value === undefined || value === null || value === '', 'is not empty'),
  v.transform(() => null),
);

/** A field that may be missing or null: undefined then. */
export function maybe<Schema extends v.GenericSchema>(schema: Schema): v.NullishSchema<Schema, () => undefined> {
  return v.nullish(schema, () => undefined);
}

/** A page of a listing. The list itself is never missing, not even when it is empty. */
export interface Page<Entity> {
  readonly entities: readonly Entity[];
  readonly nextUri?: string | undefined;
  readonly cursor?: string | undefined;
  readonly pageNumber?: number | undefined;
  readonly pageCount?: number | undefined;
  readonly total?: number | undefined;
}

/** A page of these. */
export function pageOf<Entity>(one: v.GenericSchema<unknown, Entity>): v.GenericSchema<unknown, Page<Entity>> {
  return entity({
    entities: v.array(one),
    nextUri: maybe(v.string()),
    cursor: maybe(v.string()),
    pageNumber: maybe(count),
    pageCount: maybe(count),
    total: maybe(count),
  });
}

const reference = entity({ id });

/** States in which a job has counted what it covers. */
const COUNTED: ReadonlySet<string> = new Set(['READY', 'PROCESSING', 'FULFILLED']);

/** `RecordingJob` */
export const job = v.pipe(
  entity({
    id,
    state: v.picklist(['PENDING', 'READY', 'PROCESSING', 'FULFILLED', 'FAILED', 'CANCELLED']),
    recordingJobsQuery: anything,
    dateCreated: instant,
    totalConversations: maybe(count),
    totalRecordings: maybe(count),
    totalSkippedRecordings: maybe(count),
    totalFailedRecordings: maybe(count),
    errorMessage: maybe(v.string()),
    selfUri: maybe(v.string()),
  }),
  v.check(
    ({ state, totalConversations, totalRecordings }) =>
      !COUNTED.has(state) || (typeof totalConversations === 'number' && typeof totalRecordings === 'number'),
    'a job that has counted names no totals',
  ),
  v.check(
    ({ state, totalFailedRecordings }) => state !== 'FULFILLED' || typeof totalFailedRecordings === 'number',
    'a job that is done does not say how many recordings failed',
  ),
);

/** `RecordingJobFailedRecording` */
export const failedRecording = entity({ conversation: reference, recording: reference });

const recordingTimes = { startTime: maybe(instant), endTime: maybe(instant) };
const exportTimes = { exportDate: maybe(instant), exportedDate: maybe(instant) };

/** `RecordingMetadata` of one conversation; `[]` when it has no recordings. */
export const recordingMetadata = v.array(
  entity({
    id,
    conversationId: maybe(id),
    mediaSubtype: maybe(v.string()),
    fileState: maybe(v.string()),
    deleteDate: maybe(instant),
    ...exportTimes,
    ...recordingTimes,
  }),
);

/** `Recording`: only its times are used. */
export const recordings = v.array(entity({ id, conversationId: maybe(id), ...recordingTimes }));

/** `Recording`: only the conversations are used that it belongs to besides its own. */
export const sharedRecordings = v.array(
  entity({ id, conversationId: maybe(id), associatedConversationIds: maybe(v.array(id)) }),
);

/** `RecordingRetention` */
export const retention = entity({
  conversationId: id,
  recordingId: id,
  deleteDate: maybe(instant),
  creationTime: maybe(instant),
  ...exportTimes,
});

/** The organization's maximum retention of interaction data, in days; none is named where none was ever set. */
export const dataRetention = entity({ retentionDays: maybe(v.pipe(v.number(), v.integer(), v.minValue(1))) });

/** `AddressableEntityRef`s of the conversations that are protected. */
export const references = v.array(reference);

/** `ManageDeleteProtectionResult`; a failure need not name its conversation. */
export const protectionResult = v.pipe(
  object,
  v.check((body) => Object.keys(body).length === 0 || 'failedUpdates' in body, 'names no failedUpdates'),
  v.object({
    failedUpdates: maybe(
      v.array(
        entity({
          conversation: maybe(entity({ id: maybe(id) })),
          errorCode: maybe(v.string()),
          errorMessage: maybe(v.string()),
        }),
      ),
    ),
  }),
);

/** `Organization` */
export const organization = entity({ id, version: v.number(), selfUri: maybe(v.string()) });

/** `Integration` */
export const integration = entity({
  id,
  name: maybe(v.string()),
  integrationType: maybe(entity({ id: maybe(v.string()) })),
  intendedState: v.string(),
  reportedState: maybe(entity({ code: maybe(v.string()) })),
});

/** `AsyncQueryResponse` */
export const scopeQuery = entity({ jobId: id });

/** `AsyncQueryStatus`. It has no id: an answer with one is about something else that has a state, too. */
export const scopeQueryStatus = entity({
  state: v.picklist(['QUEUED', 'PENDING', 'FAILED', 'CANCELLED', 'FULFILLED', 'EXPIRED']),
  errorMessage: maybe(v.string()),
  id: v.optional(v.undefined_()),
});

/** `AnalyticsConversationAsyncQueryResponse` */
export const scopeResults = entity({
  conversations: v.array(
    entity({ conversationId: id, conversationStart: maybe(instant), conversationEnd: maybe(instant) }),
  ),
  cursor: maybe(v.string()),
});

/** `OAuthTokenResponse` */
export const token = entity({
  access_token: id,
  token_type: maybe(v.string()),
  expires_in: v.pipe(v.number(), v.minValue(1)),
});
