/** What was asked of the Genesys Cloud API and of AWS, in order, without secrets. */
import type { AwsService } from '../aws/request';

export interface LoggedRequest {
  /** ISO-8601, when it arrived. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  /** A parameter that was sent more than once has a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Names in lower case; `authorization` says only of what kind it was. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, the form of the token endpoint without secrets, or text; null for none. */
  readonly body: unknown;
  /** 0 when the connection was cut. */
  readonly status: number;
  readonly durationMs: number;
  readonly correlationId: string;
  /** As they stood after the request: recording jobs PENDING and PROCESSING, and files planned but not in S3 yet. */
  readonly jobs: { readonly pending: number; readonly processing: number; readonly exportsWaiting: number };
}

/** What was asked of AWS. */
export interface LoggedAwsRequest {
  /** ISO-8601 */
  readonly time: string;
  readonly service: AwsService;
  readonly method: string;
  /** Of S3 and S3 Control the path as it was sent, escaped; of the others the operation, `/GetRole`. */
  readonly path: string;
  readonly query: LoggedRequest['query'];
  /** 0 when the connection was cut. */
  readonly status: number;
  readonly requestId: string;
  /** ARN of who asked; null when that is not known. */
  readonly principal: string | null;
}

/** What was asked of S3. */
export type LoggedS3Request = LoggedAwsRequest;

const MOST = 50_000;
const SECRET_FIELDS = new Set(['client_secret', 'password', 'assertion', 'access_token', 'refresh_token']);

/** Keeps the newest 50,000 entries at least. */
export class RequestLog<Entry> {
  private entries: Entry[];

  /** Begins with the entries of an earlier run; `keep` is told of each new one. */
  constructor(
    earlier: readonly Entry[] = [],
    private readonly keep: (entry: Entry) => void = () => undefined,
  ) {
    this.entries = earlier.slice(-MOST);
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    this.keep(entry);
    // Cut rarely and far, so that the log costs next to nothing per request.
    if (this.entries.length > MOST * 1.1) this.entries = this.entries.slice(-MOST);
  }

  /** In order. */
  list(): readonly Entry[] {
    return [...this.entries];
  }

  clear(): void {
    this.entries = [];
  }
}

export function loggedQuery(query: URLSearchParams): LoggedRequest['query'] {
  const logged: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    logged[name] = values.length === 1 ? (values[0] as string) : values;
  }
  return logged;
}

export function loggedHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const authorization = headers['authorization'];
  if (authorization === undefined) return { ...headers };
  return { ...headers, authorization: `${authorization.split(' ')[0] ?? ''} …` };
}

export function loggedBody(bytes: Buffer, contentType: string | undefined): unknown {
  if (bytes.length === 0) return null;
  const text = bytes.toString('utf8');
  if ((contentType ?? '').includes('application/x-www-form-urlencoded')) {
    const form = [...new URLSearchParams(text)];
    return Object.fromEntries(form.map(([name, value]) => [name, SECRET_FIELDS.has(name) ? '…' : value]));
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
