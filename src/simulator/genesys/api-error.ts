/** Errors as Genesys Cloud answers them: a status and a body with message, code, status and contextId. */

/** Answers the request with the API's error body. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly extra: {
      readonly entityId?: string;
      readonly entityName?: string;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
  }
}

/** The body of an error answer. `contextId` is the correlation id of the request. */
export function errorBody(error: ApiError, contextId: string): Record<string, unknown> {
  const { entityId, entityName } = error.extra;
  return {
    message: error.message,
    code: error.code,
    status: error.status,
    contextId,
    details: [],
    errors: [],
    ...(entityId === undefined ? {} : { entityId }),
    ...(entityName === undefined ? {} : { entityName }),
  };
}

/** 400: the value breaks a rule of the model. */
export function constraint(message: string): ApiError {
  return new ApiError(400, 'constraint.validation', message);
}

/** 400: a body field that the model does not have. */
export function unknownProperty(property: string, object: string): ApiError {
  return new ApiError(400, 'invalid.property', `Value [${property}] is not a valid property for object [${object}]`);
}

/** 400: a body field with a value of the wrong kind. */
export function invalidValue(value: unknown, field: string, allowed: string): ApiError {
  return new ApiError(
    400,
    'invalid.value',
    `Value [${String(value)}] is not valid for field type [${field}]. Allowable values are: ${allowed}`,
  );
}

/** 400: a query parameter with a value of the wrong kind. */
export function invalidParameter(value: unknown, parameter: string, allowed: string): ApiError {
  return new ApiError(
    400,
    'invalid.query.param.value',
    `Value [${String(value)}] is not valid for parameter [${parameter}]. Allowable values are: ${allowed}`,
  );
}

/** 404. */
export function notFound(code = 'not.found', message = 'The requested resource was not found.', id?: string): ApiError {
  return new ApiError(404, code, message, id === undefined ? {} : { entityId: id });
}

/** The code and message that go with a status when a fault names nothing else. */
export function standardError(status: number): ApiError {
  const [code, message] = STANDARD[status] ?? ['error', `HTTP ${status}`];
  return new ApiError(status, code, message);
}

const STANDARD: Readonly<Record<number, readonly [string, string]>> = {
  400: ['bad.request', 'The request could not be understood by the server due to malformed syntax.'],
  401: ['bad.credentials', 'Invalid login credentials.'],
  403: ['not.authorized', 'You are not authorized to perform the requested action.'],
  404: ['not.found', 'The requested resource was not found.'],
  408: ['client.timeout', 'The client did not produce a request within the server timeout limit.'],
  409: ['request.conflict', 'The request conflicts with the current state of the target resource.'],
  413: ['request.entity.too.large', 'The request is over the size limit.'],
  415: ['unsupported.media.type', 'Unsupported Media Type - send application/json.'],
  429: ['too.many.requests', 'Rate limit exceeded the maximum.'],
  500: [
    'internal.server.error',
    'The server encountered an unexpected condition which prevented it from fulfilling the request.',
  ],
  501: ['not.implemented', 'Not implemented.'],
  502: ['bad.gateway', 'Bad gateway.'],
  503: ['service.unavailable', 'Service Unavailable - The server is currently unavailable.'],
  504: ['request.timeout', 'The request timed out.'],
};
