import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { EchoedQuery } from '../../src/genesys/query';
import { uuid } from './helpers';

/** A request the fake got. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** What a handler answers; `drop` cuts the connection instead. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly drop?: true;
  readonly delayMs?: number;
}

export interface FakeRecording {
  readonly id: string;
  exportDate?: string;
  exportedDate?: string;
  deleteDate?: string;
  mediaSubtype?: string;
  startTime?: string;
  endTime?: string;
  failsOnce?: boolean;
  /** Jobs leave it out, and nothing that is read says why. */
  sensitive?: boolean;
}

interface FakeJob {
  readonly id: string;
  looks: number;
  state: string;
  readonly recordingJobsQuery: EchoedQuery;
  readonly dateCreated: string;
  readonly conversations: readonly string[];
  failed: { readonly conversation: { id: string }; readonly recording: { id: string } }[];
  errorMessage?: string;
  totalSkippedRecordings: number;
}

/** Error bodies carry the status and a context id, as Genesys Cloud's do; those of OAuth do not. */
function completed({ status = 200, body }: Reply): unknown {
  const isError = status >= 400 && typeof body === 'object' && body !== null && 'code' in body;
  return isError ? { message: 'No.', status, contextId: 'correlation-1', ...body } : body;
}

/** Replies to a request before the fake does; undefined leaves it to the fake. */
export type Intercept = (seen: Seen) => Reply | undefined | Promise<undefined>;

/**
 * The least of Genesys Cloud that these tests need, on loopback. Time does not count here: a job moves on each time it
 * is looked at, and recordings are exported after so many looks.
 */
export class FakeCloud {
  readonly seen: Seen[] = [];
  readonly jobs = new Map<string, FakeJob>();
  readonly conversations = new Map<string, FakeRecording[]>();
  readonly held = new Set<string>();
  /** Conversations that can be protected together. */
  room = Number.POSITIVE_INFINITY;
  intercept: Intercept = () => undefined;
  /** Called after a reply was made; `drop` loses it on the way. */
  lose: (seen: Seen) => boolean | Promise<boolean> = () => false;
  /** When the n-th job was created, as the fake says. */
  dateOf: (n: number) => Date = () => new Date();
  looksUntilExported = 1;
  /** Looks at a job that is PROCESSING until it is done. */
  looksUntilFulfilled = 1;
  mostRunning = 0;
  foreignRunning = 0;
  failJobsWith: string | undefined;
  tokens = 0;
  private looks = 0;
  private readonly scopes = new Map<string, readonly string[]>();
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((request, response) => void this.serve(request, response));

  static async start(): Promise<FakeCloud> {
    const fake = new FakeCloud();
    fake.server.on('connection', (socket) => {
      fake.sockets.add(socket);
      socket.on('close', () => fake.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** Conversations with one recording each. */
  addConversations(count: number, change: (recording: FakeRecording, n: number) => void = () => undefined): string[] {
    return Array.from({ length: count }, (_, n) => {
      const recording: FakeRecording = { id: `recording-${n}`, startTime: '2026-01-10T00:00:00Z' };
      change(recording, n);
      this.conversations.set(uuid(n), [recording]);
      return uuid(n);
    });
  }

  requests(method: string, path: RegExp | string): readonly Seen[] {
    return this.seen.filter(
      (seen) => seen.method === method && (typeof path === 'string' ? seen.path === path : path.test(seen.path)),
    );
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url ?? '/', 'http://fake');
    const json = (request.headers['content-type'] ?? '').includes('json') && text !== '';
    const seen: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: json ? (JSON.parse(text) as unknown) : text,
    };
    this.seen.push(seen);
    const reply = (await this.intercept(seen)) ?? this.reply(seen);
    if (reply.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, reply.delayMs).unref());
    if (reply.drop === true || (await this.lose(seen))) {
      request.socket.destroy();
      return;
    }
    response.writeHead(reply.status ?? 200, {
      'content-type': 'application/json',
      'ININ-Correlation-Id': 'correlation-1',
      ...reply.headers,
    });
    response.end(reply.body === undefined ? undefined : JSON.stringify(completed(reply)));
  }

  private reply(seen: Seen): Reply {
    const { method, path, body } = seen;
    const [, , , area, second, third, fourth] = path.split('/');
    if (path === '/oauth/token') {
      this.tokens += 1;
      return { body: { access_token: `token-${this.tokens}`, token_type: 'bearer', expires_in: 86_400 } };
    }
    if (path === '/api/v2/organizations/me') return { body: { id: 'org-1', version: 1 } };
    if (area === 'recording' && second === 'jobs') return this.job(method, third, fourth, seen);
    if (area === 'analytics') return this.analytics(method, path, body as EchoedQuery['conversationQuery']);
    if (area === 'conversations' && second !== undefined) return this.metadata(second);
    if (path === '/api/v2/recordings/retention/query') return this.retention(seen.query);
    if (path === '/api/v2/recordings/deletionprotection') return this.protection(method, seen);
    return { status: 404, body: { message: 'no such thing', code: 'not.found' } };
  }

  private job(method: string, id: string | undefined, sub: string | undefined, seen: Seen): Reply {
    if (id === undefined) return method === 'POST' ? this.createJob(seen) : this.listJobs(seen.query);
    const job = this.jobs.get(id);
    if (job === undefined) return { status: 404, body: { message: 'no such job', code: 'not.found' } };
    if (sub === 'failedrecordings') return this.pageOf(job.failed, seen.query);
    if (method === 'DELETE') {
      if (!/PENDING|READY|PROCESSING/.test(job.state))
        return { status: 409, body: { code: 'job.ended', message: `The job is ${job.state}` } };
      job.state = 'CANCELLED';
      return { status: 204 };
    }
    if (method === 'PUT') {
      if (job.state !== 'READY')
        return { status: 400, body: { code: 'job.not.ready', message: 'The job is not READY' } };
      if (this.running >= 2)
        return { status: 409, body: { code: 'busy', message: 'Two jobs are pending or processing' } };
      job.state = 'PROCESSING';
      this.mostRunning = Math.max(this.mostRunning, this.running);
      return { body: this.present(job) };
    }
    if (job.state === 'PENDING') job.state = 'READY';
    else if (job.state === 'PROCESSING' && (job.looks += 1) >= this.looksUntilFulfilled) this.finish(job);
    return { body: this.present(job) };
  }

  private get running(): number {
    return this.foreignRunning + [...this.jobs.values()].filter((job) => /PENDING|PROCESSING/.test(job.state)).length;
  }

  private createJob(seen: Seen): Reply {
    if (this.running >= 2)
      return { status: 409, body: { code: 'busy', message: 'Two jobs are pending or processing' } };
    const query = seen.body as EchoedQuery;
    const job: FakeJob = {
      id: `job-${this.jobs.size + 1}`,
      looks: 0,
      state: 'PENDING',
      recordingJobsQuery: query,
      dateCreated: this.dateOf(this.jobs.size + 1).toISOString(),
      conversations: this.match(query.conversationQuery),
      failed: [],
      totalSkippedRecordings: 0,
    };
    this.jobs.set(job.id, job);
    this.mostRunning = Math.max(this.mostRunning, this.running);
    return { status: 202, body: this.present(job) };
  }

  private finish(job: FakeJob): void {
    if (this.failJobsWith !== undefined) {
      job.state = 'FAILED';
      job.errorMessage = this.failJobsWith;
      return;
    }
    job.state = 'FULFILLED';
    for (const id of job.conversations) {
      for (const recording of this.conversations.get(id) ?? []) {
        if (recording.failsOnce === true) {
          recording.failsOnce = false;
          job.failed.push({ conversation: { id }, recording: { id: recording.id } });
        } else if (recording.mediaSubtype === 'Screen' || recording.sensitive === true) job.totalSkippedRecordings += 1;
        else recording.exportDate = new Date(0).toISOString();
      }
    }
  }

  private listJobs(query: URLSearchParams): Reply {
    const state = query.get('state');
    const own = [...this.jobs.values()]
      .filter((job) => state === null || job.state === state)
      .map((job) => this.present(job));
    const foreign =
      query.get('showOnlyMyJobs') !== 'true' && state === 'PROCESSING'
        ? Array.from({ length: this.foreignRunning }, (_, n) => ({
            id: `foreign-${n}`,
            state: 'PROCESSING',
            recordingJobsQuery: {},
            dateCreated: new Date().toISOString(),
            totalConversations: 1,
            totalRecordings: 1,
          }))
        : [];
    return this.pageOf([...own, ...foreign], query);
  }

  private present(job: FakeJob): Record<string, unknown> {
    const recordings = job.conversations.flatMap((id) => this.conversations.get(id) ?? []);
    return {
      id: job.id,
      state: job.state,
      recordingJobsQuery: job.recordingJobsQuery,
      dateCreated: job.dateCreated,
      ...(job.state === 'PENDING'
        ? {}
        : { totalConversations: job.conversations.length, totalRecordings: recordings.length }),
      totalSkippedRecordings: job.totalSkippedRecordings,
      totalFailedRecordings: job.failed.length,
      errorMessage: job.errorMessage,
    };
  }

  /** All conversations lie in January; a filter on ids is obeyed, other filters are not. */
  private match(query: unknown): readonly string[] {
    const text = JSON.stringify(query);
    const named = [...this.conversations.keys()].filter((id) => text.includes(id));
    if (text.includes('conversationId')) return named;
    const [start, end] = (query as { interval: string }).interval.split('/').map((part) => Date.parse(part)) as [
      number,
      number,
    ];
    return [...this.conversations].flatMap(([id, recordings]) => {
      const time = Date.parse(recordings[0]?.startTime ?? '2026-01-10T00:00:00Z');
      return time >= start && time < end ? [id] : [];
    });
  }

  private analytics(method: string, path: string, query: unknown): Reply {
    if (method === 'POST') {
      const id = `scope-${this.scopes.size + 1}`;
      this.scopes.set(id, this.match(query));
      return { status: 202, body: { jobId: id } };
    }
    if (method === 'DELETE') return { status: 204 };
    const id = path.split('/')[7] ?? '';
    if (!path.endsWith('/results')) return { body: { state: 'FULFILLED' } };
    return { body: { conversations: (this.scopes.get(id) ?? []).map((conversationId) => ({ conversationId })) } };
  }

  private metadata(id: string): Reply {
    const recordings = this.conversations.get(id);
    if (recordings === undefined)
      return { status: 404, body: { code: 'conversation.not.found', message: 'not found' } };
    this.look(recordings);
    return { body: recordings.map((recording) => ({ ...recording, conversationId: id })) };
  }

  private retention(query: URLSearchParams): Reply {
    const rows = [...this.conversations].flatMap(([conversationId, recordings]) =>
      recordings.map((recording) => ({
        conversationId,
        recordingId: recording.id,
        exportDate: recording.exportDate,
        exportedDate: recording.exportedDate,
        deleteDate: recording.deleteDate,
      })),
    );
    this.look([...this.conversations.values()].flat());
    return this.pageOf(rows, query);
  }

  private look(recordings: readonly FakeRecording[]): void {
    this.looks += 1;
    if (this.looks < this.looksUntilExported) return;
    for (const recording of recordings) {
      if (recording.exportDate !== undefined) recording.exportedDate ??= new Date().toISOString();
    }
  }

  private protection(method: string, seen: Seen): Reply {
    const ids = (seen.body as { conversationIds: string[] }).conversationIds;
    if (ids.length > 100) return { status: 400, body: { code: 'too.many', message: 'at most 100' } };
    const unknown = ids.find((id) => !this.conversations.has(id));
    if (method === 'POST') return { body: ids.filter((id) => this.held.has(id)).map((id) => ({ id })) };
    if (unknown !== undefined) {
      return { status: 404, body: { code: 'recording.conversation.not.found', message: `not found: ${unknown}` } };
    }
    const failed: unknown[] = [];
    for (const id of ids) {
      if (seen.query.get('protect') === 'false') this.held.delete(id);
      else if (this.held.size < this.room || this.held.has(id)) this.held.add(id);
      else failed.push({ conversation: { id }, errorCode: 'protection.limit.exceeded', errorMessage: 'No room' });
    }
    return failed.length === 0 ? { status: 204 } : { body: { failedUpdates: failed } };
  }

  private pageOf(entities: readonly unknown[], query: URLSearchParams): Reply {
    const size = Number(query.get('pageSize') ?? 25);
    const at = Number(query.get('cursor') ?? 0);
    const next = at + size < entities.length ? { nextUri: `/x?cursor=${at + size}` } : {};
    return { body: { entities: entities.slice(at, at + size), pageSize: size, ...next } };
  }
}
