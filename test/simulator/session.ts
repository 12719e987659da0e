/** A client of the simulator for its own tests: signs in, sends JSON, and remembers what came back. */
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';

export interface Answer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers freely
  readonly body: any;
  readonly headers: Headers;
}

export class Session {
  readonly answers: Answer[] = [];

  private constructor(
    readonly simulator: Simulator,
    private readonly time: { now: number } | undefined,
    private readonly token: string,
  ) {}

  /** With its own clock, unless told to use the real one: time stands still until `pass`. */
  static async start(options: SimulatorOptions = {}, clock: 'own' | 'real' = 'own'): Promise<Session> {
    const time = clock === 'own' ? { now: Date.parse('2026-03-01T00:00:00Z') } : undefined;
    const simulator = await startSimulator({ ...(time === undefined ? {} : { now: () => time.now }), ...options });
    return Session.join(simulator, time);
  }

  static async join(
    simulator: Simulator,
    time?: { now: number },
    client: { readonly id: string; readonly secret: string } = {
      id: simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'] ?? '',
      secret: simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '',
    },
  ): Promise<Session> {
    const answer = await signIn(simulator, client.id, client.secret);
    return new Session(simulator, time, ((await answer.json()) as { access_token: string }).access_token);
  }

  /** Another client of the same simulator. */
  as(client: { readonly id: string; readonly secret: string }): Promise<Session> {
    return Session.join(this.simulator, this.time, client);
  }

  pass(milliseconds: number): void {
    if (this.time === undefined) throw new Error('this session runs on the real clock');
    this.time.now += milliseconds;
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.simulator.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: Answer = {
      method,
      path,
      status: response.status,
      body: text === '' ? null : response.headers.get('content-type') === 'application/json' ? JSON.parse(text) : text,
      headers: response.headers,
    };
    this.answers.push(answer);
    return answer;
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.send('POST', path, body);
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.send('PUT', path, body);
  }

  /** An export job of these conversations, as far as it is asked for. */
  createJob(query: unknown = smsQuery(), more: Record<string, unknown> = {}, parameters = ''): Promise<Answer> {
    return this.post(`/api/v2/recording/jobs${parameters}`, {
      action: 'EXPORT',
      integrationId: this.simulator.integrationId,
      conversationQuery: query,
      ...more,
    });
  }

  /** Creates and executes a job, and lets time pass until it is over. Needs the session's own clock. */
  async runJob(query: unknown = smsQuery(), more: Record<string, unknown> = {}): Promise<Answer> {
    const { body } = await this.createJob(query, more);
    this.pass(1000);
    await this.put(`/api/v2/recording/jobs/${body.id}`, { state: 'PROCESSING' });
    this.pass(1500);
    return this.get(`/api/v2/recording/jobs/${body.id}`);
  }
}

export function signIn(simulator: Simulator, id: string, secret: string): Promise<Response> {
  return fetch(`${simulator.url}/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
}

export const JANUARY = '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z';

export function matches(dimension: string, value: string): unknown {
  return { type: 'dimension', dimension, operator: 'matches', value };
}

export function smsQuery(interval = JANUARY): Record<string, unknown> {
  return {
    interval,
    segmentFilters: [{ type: 'and', predicates: [matches('mediaType', 'message'), matches('messageType', 'sms')] }],
  };
}

export function voiceQuery(interval = JANUARY): Record<string, unknown> {
  return { interval, segmentFilters: [{ type: 'and', predicates: [matches('mediaType', 'voice')] }] };
}

export function conversationsQuery(ids: readonly string[], interval = JANUARY): Record<string, unknown> {
  return {
    interval,
    conversationFilters: [{ type: 'or', predicates: ids.map((id) => matches('conversationId', id)) }],
  };
}
