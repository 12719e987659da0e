/** Checks of request bodies and query parameters; each throws the {@link ApiError} that the API answers. */
import { ApiError, constraint, invalidParameter, invalidValue, unknownProperty } from './api-error';
import type { ApiRequest } from './exchange';
import { isUuid } from '../ids';
import { parseInterval } from './interval';

export type Json = Readonly<Record<string, unknown>>;

/** The body as a JSON object. Throws 415 for another content type, 400 for anything else than an object. */
export function jsonBody(request: ApiRequest): Json {
  const type = request.headers['content-type'] ?? '';
  if (request.bytes.length > 0 && !/^application\/json\b/i.test(type)) {
    throw new ApiError(
      415,
      'unsupported.media.type',
      `Unsupported Media Type - ${type === '' ? 'none' : type} was sent.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(request.bytes.toString('utf8'));
  } catch {
    throw new ApiError(400, 'bad.request', 'The request could not be understood: the body is not JSON.');
  }
  return object(value, 'body');
}

export function object(value: unknown, field: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidValue(kindOf(value), field, 'an object');
  }
  return value as Json;
}

export function list(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidValue(kindOf(value), field, 'a list');
  return value;
}

/** Refuses properties that the model does not have. */
export function onlyProperties(value: Json, allowed: readonly string[], model: string): void {
  for (const name of Object.keys(value)) if (!allowed.includes(name)) throw unknownProperty(name, model);
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[], field: string): T {
  if (typeof value === 'string' && (allowed as readonly string[]).includes(value)) return value as T;
  throw invalidValue(value, field, allowed.join(', '));
}

export function text(value: unknown, field: string): string {
  if (typeof value !== 'string') throw invalidValue(kindOf(value), field, 'a string');
  return value;
}

/** True or false; undefined stays undefined. */
export function optionalBoolean(value: unknown, field: string): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  throw invalidValue(value, field, 'true, false');
}

export function optionalWhole(value: unknown, field: string): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isInteger(value)) return value as number;
  throw invalidValue(value, field, 'a whole number');
}

/** Milliseconds since 1970; undefined stays undefined. Throws 400 `invalid.date`. */
export function optionalInstant(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const instant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(instant)) {
    throw new ApiError(
      400,
      'invalid.date',
      'Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ',
    );
  }
  return instant;
}

/** Throws 400 `bad.request` when it is no ISO-8601 start/end. */
export function interval(value: unknown, field: string): { readonly start: number; readonly end: number } {
  const parsed = typeof value === 'string' ? parseInterval(value) : null;
  if (parsed === null) {
    throw new ApiError(
      400,
      'bad.request',
      `Invalid ${field} [${String(value)}]: expected ISO-8601 start/end, with the start before the end`,
    );
  }
  return parsed;
}

/** A query parameter as a whole number within limits. */
export function wholeParameter(
  query: URLSearchParams,
  name: string,
  limits: { readonly from: number; readonly to: number; readonly fallback: number },
): number {
  const value = query.get(name);
  if (value === null) return limits.fallback;
  const number = /^-?\d{1,9}$/.test(value) ? Number(value) : NaN;
  if (number >= limits.from && number <= limits.to) return number;
  throw invalidParameter(value, name, `${limits.from} to ${limits.to}`);
}

export function booleanParameter(query: URLSearchParams, name: string, fallback: boolean): boolean {
  const value = query.get(name);
  if (value === null) return fallback;
  if (value === 'true' || value === 'false') return value === 'true';
  throw invalidParameter(value, name, 'true, false');
}

/** A UUID in the path, in lower case. Throws 400: the API refuses other texts before it looks anything up. */
export function uuidParameter(request: ApiRequest, name: string): string {
  const value = request.params[name];
  if (isUuid(value)) return value.toLowerCase();
  throw invalidParameter(value, name, 'a UUID');
}

/** The most conversations that one call of the hold endpoints takes. */
export const MAX_CONVERSATIONS_PER_CALL = 100;

/** Conversation ids in lower case. Throws the codes that the contract lists for deletion protection. */
export function conversationIds(body: Json): readonly string[] {
  const ids = list(body['conversationIds'] ?? [], 'conversationIds');
  if (ids.length === 0) throw new ApiError(400, 'recording.empty.payload', 'Recording payload was empty.');
  if (ids.length > MAX_CONVERSATIONS_PER_CALL) {
    throw constraint(`conversationIds: ${ids.length} were sent, at most ${MAX_CONVERSATIONS_PER_CALL} are allowed`);
  }
  return ids.map((id) => {
    if (isUuid(id)) return id.toLowerCase();
    throw new ApiError(
      400,
      'recording.conversation.id.not.uuid',
      `A conversation id must be a UUID: [${String(id)}] is none.`,
    );
  });
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : String(value);
}
