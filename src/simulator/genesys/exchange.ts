/** One request and its answer, free of sockets, so that every route is a plain function. */
import type { Client } from './client';

export type Headers = Readonly<Record<string, string>>;

export interface ApiRequest {
  readonly method: string;
  /** Decoded path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** The variables of the route's path, decoded: `jobId`. */
  readonly params: Readonly<Record<string, string>>;
  /** Who asks; the anonymous client on routes without authentication. */
  readonly client: Client;
  /** IP address of who asks. */
  readonly address: string;
}

export interface ApiResponse {
  readonly status: number;
  /** Sent as JSON; undefined sends no body. */
  readonly body?: unknown;
  readonly headers?: Headers;
}

/** What a route needs before it is run. */
export interface Route {
  readonly method: string;
  /** `/api/v2/recording/jobs/{jobId}` */
  readonly path: string;
  /** False on routes without a bearer token: the token endpoint and the control routes. @default true */
  readonly authenticated?: boolean;
  /** All of these permissions are needed. */
  readonly all?: readonly string[];
  /** At least one of these is needed. */
  readonly any?: readonly string[];
  readonly handle: (request: ApiRequest) => ApiResponse | Promise<ApiResponse>;
}

export function ok(body: unknown): ApiResponse {
  return { status: 200, body };
}

export function noContent(): ApiResponse {
  return { status: 204 };
}
