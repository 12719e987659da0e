import type { Genesys } from '../../src/genesys';
import { createGenesys, ProcessState } from '../../src/genesys';
import type { Simulator } from '../../src/simulator';
import { startSimulator } from '../../src/simulator';
import { contractIsThere, validateAgainstContract } from '../support/contract';
import { fastClock, never, seeded } from './helpers';

const JANUARY = '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z';

describe.each([false, true])('the whole job against the simulator, compliance API there: %p', (complianceApi) => {
  const clock = fastClock(20);
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ complianceApi, now: clock.now });
  });

  afterAll(() => simulator.stop());

  function genesys(): Genesys {
    const { port } = new URL(simulator.url);
    return createGenesys(
      {
        clientId: simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'],
        clientSecret: simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'],
        region: 'us-east-1',
        gateway: { protocol: 'http', host: '127.0.0.1', port: Number(port) },
        requestsPerMinute: 300,
        retryTimeoutMs: 300_000,
        holdApi: 'auto',
      },
      { clock, random: seeded(), state: new ProcessState() },
    );
  }

  test('exports, waits, holds, repairs a released hold, and keeps to the contract', async () => {
    const sut = genesys();
    const spec = {
      integrationId: simulator.integrationId,
      scope: { interval: JANUARY, mediaTypes: ['message'], messageTypes: ['sms'] },
      batchInterval: 'P7D',
      includeScreenRecordings: false,
      includeRecordingsWithSensitiveData: false,
      includeMetadata: false,
    };
    const outcome = await sut.exports.run(spec, [], { waitFor: 'exported', signal: never });
    expect(outcome.completion?.exported).toBe(true);
    const conversations = outcome.completion?.conversations ?? fail();
    expect(conversations.size).toBe(outcome.batches.reduce((sum, batch) => sum + batch.conversations, 0));
    expect(conversations.size).toBeGreaterThan(0);

    const api = await sut.holds.choose('auto', never);
    expect(api.name).toBe(complianceApi ? 'compliance' : 'deletion_protection');
    const held = await api.protect({ name: 'Acme v. Example' }, null, conversations, never);
    expect(held).toMatchObject({ alreadyHeld: 0, failures: [] });
    expect(held.held.size).toBe(conversations.size);

    simulator.releaseQuietly([...conversations].slice(0, 3));
    const before = simulator.requests().length;
    expect((await api.status(held.holdId, conversations, never)).held.size).toBe(conversations.size - 3);
    const repaired = await api.protect({ name: 'Acme v. Example' }, held.holdId, conversations, never);
    expect(repaired).toMatchObject({ alreadyHeld: conversations.size - 3, failures: [] });
    expect(repaired.held.size).toBe(conversations.size);
    expect(simulator.requests().length).toBeGreaterThan(before);

    const log = simulator.requests();
    expect(JSON.stringify(log)).not.toMatch(/legal_hold/);
    expect(log.filter((request) => request.status === 429)).toEqual([]);
    expect(Math.max(...log.map(({ jobs }) => jobs.pending + jobs.processing))).toBeLessThanOrEqual(2);
    const jobs = log.filter((request) => request.method === 'POST' && request.path === '/api/v2/recording/jobs');
    expect(jobs).toHaveLength(5);
    expect(jobs.map(({ body }) => (body as Record<string, unknown>)['include_metadata'])).toEqual(
      jobs.map(() => (complianceApi ? false : undefined)),
    );
    if (contractIsThere) expect(validateAgainstContract(log, { complianceApi })).toEqual([]);
  });
});

function fail(): never {
  throw new Error('the export has no completion');
}
