/** `/__simulator/…`: looking inside and interfering, for tests and for whoever explores. No token is needed. */
import type { AuditActor } from '../genesys/audit-log';
import { ApiError } from '../genesys/api-error';
import { noContent, ok, type ApiRequest, type Route } from '../genesys/exchange';
import type { Fault } from './faults';
import { checkQuietChange, type QuietChange } from './quiet-change';
import type { LoggedAwsRequest, LoggedRequest, LoggedS3Request } from './request-log';
import type { Seed } from './seed-input';
import type { SettingsChange } from '../options';
import type { RecordingChoice, ShownConversation } from './recording-changes';
import type { SimulatorState } from './state';
import { jsonBody, list, object, type Json } from '../genesys/validation';

/** What the control routes and the simulator's own methods have in common. */
export interface Controls {
  /** What was asked of the Genesys Cloud API; the newest 50,000 at least. */
  requests(): readonly LoggedRequest[];
  /** What was asked of S3. */
  s3Requests(): readonly LoggedS3Request[];
  /** What was asked of S3, S3 Control, IAM, STS and KMS, in order. */
  awsRequests(): readonly LoggedAwsRequest[];
  state(): SimulatorState;
  addFault(fault: Fault): void;
  clearFaults(): void;
  seed(seed: Seed): void;
  /** Moves the simulator's time forward, in milliseconds. */
  advance(milliseconds: number): void;
  settings(): Required<SettingsChange>;
  /** Changes settings while it runs: times, limits, retention. */
  configure(change: SettingsChange): void;
  /** Every conversation that can be seen, with its recordings. */
  conversations(): readonly ShownConversation[];
  /** Sets delete dates, or takes them away with null. Answers how many recordings. */
  setDeleteDate(choice: RecordingChoice, date: string | null): number;
  /** Erases recordings, as a request for erasure does. */
  erase(choice: RecordingChoice): { readonly erased: number; readonly spared: number };
  /** Takes conversations away with all that they have. Answers how many there were. */
  vanish(conversationIds: readonly string[]): number;
  /** As when Genesys Cloud clears its job history. Without ids all jobs go. Answers how many were forgotten. */
  forgetJobs(ids?: readonly string[]): number;
  /** Releases holds on these conversations behind everybody's back, whichever API made them. Who is named in `by` is in the audits. Answers how many were held. */
  releaseQuietly(conversationIds: readonly string[], by?: AuditActor): number;
  /** Releases the legal hold or changes the tags of versions behind everybody's back. Answers how many were changed. */
  changeObjectsQuietly(change: QuietChange): number;
  /** Everything as at the start: the initial seed, no jobs, no faults, an empty request log. */
  reset(): Promise<void>;
}

export function controlRoutes(controls: Controls): readonly Route[] {
  const post = (name: string, handle: (request: ApiRequest) => unknown): Route => ({
    method: 'POST',
    path: `/__simulator/${name}`,
    authenticated: false,
    handle: async (request) => {
      try {
        const answer = await handle(request);
        return answer === undefined ? noContent() : ok(answer);
      } catch (error) {
        if (error instanceof RangeError) throw new ApiError(400, 'bad.request', error.message);
        throw error;
      }
    },
  });
  const get = (name: string, handle: () => unknown): Route => ({
    method: 'GET',
    path: `/__simulator/${name}`,
    authenticated: false,
    handle: () => ok(handle()),
  });
  return [
    get('requests', () => controls.requests()),
    get('s3-requests', () => controls.s3Requests()),
    get('aws-requests', () => controls.awsRequests()),
    get('state', () => controls.state()),
    get('settings', () => controls.settings()),
    post('settings', (request) => {
      controls.configure(jsonBody(request));
      return controls.settings();
    }),
    get('conversations', () => controls.conversations()),
    post('delete-dates', (request) => {
      const { deleteDate, ...choice } = jsonBody(request);
      if (deleteDate === undefined) throw new RangeError('deleteDate: give an ISO-8601 instant, or null');
      return { recordings: controls.setDeleteDate(choiceIn(choice), deleteDate === null ? null : String(deleteDate)) };
    }),
    post('erase', (request) => controls.erase(choiceIn(jsonBody(request)))),
    post('vanish', (request) => ({ vanished: controls.vanish(ids(request, 'conversationIds') ?? []) })),
    post('faults', (request) => controls.addFault(jsonBody(request) as Fault)),
    {
      method: 'DELETE',
      path: '/__simulator/faults',
      authenticated: false,
      handle: () => (controls.clearFaults(), noContent()),
    },
    post('seed', (request) => controls.seed(jsonBody(request) as Seed)),
    post('reset', () => controls.reset()),
    post('advance', (request) => controls.advance(Number(jsonBody(request)['milliseconds']))),
    post('forget-jobs', (request) => ({ forgotten: controls.forgetJobs(ids(request, 'jobIds')) })),
    post('change-objects', (request) => ({
      changed: controls.changeObjectsQuietly(checkQuietChange(jsonBody(request))),
    })),
    post('release', (request) => ({
      released: controls.releaseQuietly(ids(request, 'conversationIds') ?? [], actorIn(jsonBody(request)['by'])),
    })),
  ];
}

function choiceIn(body: Json): RecordingChoice {
  const unknown = Object.keys(body).filter((name) => !['all', 'conversationIds', 'recordingIds'].includes(name));
  if (unknown.length > 0) throw new RangeError(`unknown field ${unknown.join(', ')}`);
  for (const name of ['conversationIds', 'recordingIds']) {
    if (body[name] !== undefined && !Array.isArray(body[name])) throw new RangeError(`${name}: expected a list`);
  }
  return body;
}

function actorIn(value: unknown): AuditActor | undefined {
  if (value === undefined) return undefined;
  const fields = ['clientId', 'userId', 'userName', 'address'];
  const actor = object(value, 'by');
  for (const [name, content] of Object.entries(actor)) {
    if (!fields.includes(name)) throw new RangeError(`by: unknown field ${name}; there is ${fields.join(', ')}`);
    if (typeof content !== 'string') throw new RangeError(`by: ${name} is a text`);
  }
  return actor;
}

function ids(request: ApiRequest, field: string): readonly string[] | undefined {
  if (request.bytes.length === 0) return undefined;
  const value = jsonBody(request)[field];
  return value === undefined ? undefined : list(value, field).map((id) => String(id).toLowerCase());
}
