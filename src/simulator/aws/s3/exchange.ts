/** One S3 request and its answer, free of sockets. */
import type { Tags } from './object-version';
import type { ConditionalWrites } from './preconditions';

export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** @default `honored` */
  readonly conditionalWrites?: ConditionalWrites;
  /** Whether the caller may do this, on the object of the request or on another. */
  readonly may: (action: string, on?: RightsOn) => boolean;
}

/** What a right is asked for, where that is not plain from the request. */
export interface RightsOn {
  /** @default the key of the request; an empty one means the bucket */
  readonly key?: string;
  /** Of the version that is there already. */
  readonly existingTags?: Tags;
  readonly versionId?: string;
}

export interface S3Response {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An XML answer. */
export function xml(body: string, headers: Readonly<Record<string, string>> = {}): S3Response {
  return { status: 200, body, headers: { 'Content-Type': 'application/xml', ...headers } };
}

/** The version that a request asks for; undefined for the newest. */
export function versionIdOf(request: S3Request): string | undefined {
  return request.query.get('versionId') ?? undefined;
}
