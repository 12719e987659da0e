/** Answers that are none: what stands in place of Genesys Cloud's own is never taken for one. */
import { ConversationSet, createGenesys, type Genesys, GenesysError, ProcessState } from '../../src/genesys';
import { warnAboutClock } from '../../src/provider/clock-skew';
import { systemClock, type Clock } from '../../src/time';
import { firstWords } from '../../src/genesys/foreign';
import { operations } from '../../src/genesys/operations';
import { read } from '../../src/genesys/reading';
import type { FalseAnswerKind, Simulator } from '../../src/simulator';
import { FALSE_ANSWERS, startSimulator } from '../../src/simulator';
import { configFor, fastClock, never, seeded, uuid } from './helpers';

const PROTECTION = '/api/v2/recordings/deletionprotection';
const HOLDS = '/api/v2/compliance/legalholds';
const REQUEST = { name: 'Acme v. Example' };
const KINDS = Object.keys(FALSE_ANSWERS) as FalseAnswerKind[];

let simulator: Simulator;

afterEach(() => simulator.stop());

async function organization(
  options: Parameters<typeof startSimulator>[0] = {},
  clock: Clock = fastClock(100),
): Promise<Genesys> {
  const conversations = Array.from({ length: 11 }, (_, n) => ({ id: uuid(n), start: '2026-01-10T00:00:00Z' }));
  simulator = await startSimulator({ rateLimitPerMinute: 1_000_000, seed: { conversations }, ...options });
  const config = configFor(Number(new URL(simulator.url).port), {
    clientId: simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'] ?? '',
    clientSecret: simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '',
    holdApi: 'auto',
    retryTimeoutMs: 20_000,
  });
  return createGenesys(config, { clock, random: seeded(), state: new ProcessState() });
}

/** An organization that has answered before: then a request is repeated for the whole retry timeout. */
async function known(options: Parameters<typeof startSimulator>[0] = {}): Promise<Genesys> {
  const genesys = await organization(options);
  await genesys.organizationId(never);
  return genesys;
}

const conversations = ConversationSet.of(Array.from({ length: 11 }, (_, n) => uuid(n)));

async function failure(work: Promise<unknown>): Promise<GenesysError> {
  const error: unknown = await work.then(
    () => new Error('it worked'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GenesysError)) throw error;
  return error;
}

describe('an answer that is none', () => {
  test('names address, status, content type and its first words, and says whose it is not', async () => {
    const genesys = await known();
    simulator.addFault({ kind: 'html-200', path: PROTECTION, times: 1_000 });
    const error = await failure(genesys.holds.api('deletion_protection').status(null, conversations, never));
    expect(error).toMatchObject({ status: 200, trouble: 'foreign', correlationId: null });
    expect(error.message).toContain(simulator.url);
    expect(error.message).toContain('text/html');
    expect(error.message).toContain('not an answer of Genesys Cloud');
    expect(error.message).toContain('"Notice Notice This page was checked by your web filter."');
  });

  // The contract has an empty 204 and an object that names no failures: there only looking helps.
  test.each(KINDS.filter((kind) => kind !== 'empty-204' && kind !== 'empty-object'))(
    'is asked again: %s, then the real one',
    async (kind) => {
      const genesys = await known();
      for (const method of ['POST', 'PUT']) simulator.addFault({ kind, method, path: PROTECTION });
      const api = genesys.holds.api('deletion_protection');
      await api.protect(REQUEST, null, conversations, never);
      expect((await api.status(null, conversations, never)).held.size).toBe(11);
      expect(simulator.state().protected).toHaveLength(11);
    },
  );

  test.each(['html-200', 'empty-object', 'truncated', 'foreign-404'] as const)(
    'of the login, too: %s',
    async (kind) => {
      const genesys = await organization();
      simulator.addFault({ kind, path: '/oauth/token' });
      expect(await genesys.organizationId(never)).toBe(simulator.organizationId);
    },
  );

  test('of the login names the login', async () => {
    const genesys = await organization();
    simulator.addFault({ kind: 'html-200', path: '/oauth/token', times: 1_000 });
    const error = await failure(genesys.organizationId(never));
    expect(error).toMatchObject({ path: '/oauth/token', trouble: 'foreign' });
  });

  test.each(['foreign-404', 'foreign-404-json'] as const)('chooses no hold API: %s', async (kind) => {
    const genesys = await known({ complianceApi: true });
    simulator.addFault({ kind, method: 'GET', path: HOLDS });
    expect((await genesys.holds.choose('auto', never)).name).toBe('compliance');
  });

  test('to the question which hold API there is leaves that open', async () => {
    const genesys = await known({ complianceApi: true });
    simulator.addFault({ kind: 'foreign-404', method: 'GET', path: HOLDS, times: 1_000 });
    expect(await failure(genesys.holds.choose('auto', never))).toMatchObject({ status: 404, trouble: 'foreign' });
  });

  test('to a creation makes it looked for: no second hold of the same name', async () => {
    const genesys = await known({ complianceApi: true });
    simulator.addFault({ kind: 'truncated', method: 'POST', path: HOLDS });
    simulator.addFault({ kind: 'html-200', done: true, method: 'POST', path: `${HOLDS}/*` });
    const api = genesys.holds.api('compliance');
    const outcome = await api.protect(REQUEST, null, conversations, never);
    expect((await api.status(outcome.holdId, conversations, never)).held.size).toBe(11);
    expect(simulator.state().holds).toHaveLength(1);
  });

  test('that a recording is still being transcoded is said, and not taken for an answer of somebody else', async () => {
    const genesys = await known();
    const id = uuid(1);
    simulator.addFault({ kind: 'empty-202', path: `/api/v2/conversations/${id}/recordingmetadata`, times: 1_000 });
    const error = await failure(genesys.recordingsOf(id, never));
    expect(error).toMatchObject({ status: 202, code: 'not.ready' });
    expect(error.message).toMatch(
      /answered without a result each of \d+ times, which means that Genesys Cloud is still transcoding the recordings/,
    );
    expect(error.remedy).toContain('Wait some minutes and run again');
    expect(error.message).not.toContain('not an answer of Genesys Cloud');
  });

  test('behind a byte order mark is read as what it is', async () => {
    const genesys = await known();
    simulator.addFault({ kind: 'bom', path: '/api/v2/conversations/*/recordingmetadata' });
    expect(await genesys.recordingsOf(uuid(1), never)).toHaveLength(1);
  });

  test.each(['bytes', 'empty-object'] as const)('with %s for recordings is none', async (kind) => {
    const genesys = await known();
    const path = '/api/v2/conversations/*/recordingmetadata';
    simulator.addFault({ kind, path, times: 1_000 });
    expect(await failure(genesys.recordingsOf(uuid(1), never))).toMatchObject({ code: 'not.an.answer' });
  });

  test('never empties a conversation: a 202, a page, then its recordings', async () => {
    const genesys = await known();
    const id = uuid(1);
    const path = `/api/v2/conversations/${id}/recordingmetadata`;
    simulator.addFault({ kind: 'empty-202', path });
    simulator.addFault({ kind: 'foreign-404', path });
    const spec = {
      integrationId: simulator.integrationId,
      scope: { conversationIds: [id], mediaTypes: [], messageTypes: [] },
      includeScreenRecordings: false,
      includeRecordingsWithSensitiveData: false,
      includeMetadata: false,
    };
    const outcome = await genesys.exports.run(spec, [], { waitFor: 'fulfilled', signal: never });
    expect(outcome.batches).toMatchObject([{ conversations: 1 }]);
  });
});

describe('the time', () => {
  test("is Genesys Cloud's, by the Date of its last answer", async () => {
    const genesys = await organization({ now: () => Date.now() + 5 * 60_000 }, systemClock);
    expect([genesys.serverTime(), genesys.serverClockAhead()]).toEqual([null, null]);
    await genesys.organizationId(never);
    expect(Math.abs((genesys.serverClockAhead() ?? 0) - 5 * 60_000)).toBeLessThan(3_000);
    expect(Math.abs(Number(genesys.serverTime()) - Date.now() - 5 * 60_000)).toBeLessThan(3_000);
  });

  test('that differs by more than a minute is said, once', async () => {
    const genesys = await organization({ now: () => Date.now() + 5 * 60_000 }, systemClock);
    const said: string[] = [];
    const diagnostics = { warn: (...texts: string[]) => void said.push(texts.join('\n')) };
    warnAboutClock(genesys, diagnostics);
    await genesys.organizationId(never);
    warnAboutClock(genesys, diagnostics);
    warnAboutClock(genesys, diagnostics);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/clock is (299|300|301) seconds ahead of this machine's/);
  });
});

describe('the reading of an answer', () => {
  beforeEach(async () => {
    simulator = await startSimulator();
  });

  const json = { 'content-type': 'application/json' };
  const metadata = { operation: operations.getRecordingMetadata, params: { conversationId: 'c-1' } };

  test('takes a list for a list only', () => {
    for (const body of [{}, { entities: [] }, '', null, 'text', 0, [{}], [{ id: 'r', exportedDate: 'soon' }]]) {
      expect(read(metadata, { status: 200, headers: json, body }).kind).toBe('foreign');
    }
    expect(read(metadata, { status: 200, headers: json, body: [] })).toEqual({ kind: 'success', body: [] });
  });

  test('wants it to be about what was asked', () => {
    const body = [{ id: 'r-1', conversationId: 'c-2' }];
    expect(read(metadata, { status: 200, headers: json, body })).toMatchObject({
      kind: 'foreign',
      why: 'it is about c-2',
    });
  });

  test('takes a 404 for "not there" only with the whole error of Genesys Cloud', () => {
    const error = { message: 'No.', code: 'not.found', status: 404, contextId: 'x' };
    expect(read(metadata, { status: 404, headers: json, body: error }).kind).toBe('refusal');
    for (const lost of ['message', 'code', 'status', 'contextId']) {
      const body = Object.fromEntries(Object.entries(error).filter(([name]) => name !== lost));
      expect(read(metadata, { status: 404, headers: json, body }).kind).toBe('foreign');
    }
  });

  test('shows the first words of a page without markup and without what it was sent', () => {
    const token = 'canary-0123456789-abcdefghijklmnop';
    const page = `<html><style>p { color: red }</style><p>Authorization:\n Bearer ${token}</p><script>x()</script>Go away</html>`;
    const words = firstWords(page);
    expect(words).not.toContain('canary');
    expect(words).toContain('Go away');
    expect(words).not.toContain('<');
    expect(firstWords('x '.repeat(1_000)).length).toBeLessThan(130);
  });
});
