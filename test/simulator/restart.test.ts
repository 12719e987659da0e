import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../src/simulator';
import { adminKeys } from './aws';
import { Session, smsQuery } from './session';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function clientOf(simulator: Simulator): S3Client {
  return new S3Client({
    endpoint: simulator.s3Url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: adminKeys(simulator),
  });
}

describe('a simulator with a data folder', () => {
  test('goes on where it was: jobs run on, holds stay, files arrive, tokens are good', async () => {
    let now = Date.parse('2026-03-01T00:00:00Z');
    const start = (): Promise<Simulator> =>
      startSimulator({ dataDir: folder, now: () => now, complianceApi: true, seed: { conversations: 30 } });
    const first = await start();
    const s = await Session.join(first);
    const { body: job } = await s.createJob();
    const retention = await s.get('/api/v2/recordings/retention/query?retentionThresholdDays=0');
    const ids: string[] = retention.body.entities.map((entity: { conversationId: string }) => entity.conversationId);
    await s.put('/api/v2/recordings/deletionprotection', { conversationIds: ids.slice(0, 3) });
    await s.post('/api/v2/compliance/legalholds', { name: 'Acme', conversationIds: ids.slice(0, 5) });
    await s.put(`/api/v2/conversations/${ids[0]}/tags`, { externalTag: 'acme' });
    const s3 = clientOf(first);
    const upload = { Bucket: first.bucket, Key: 'note & more.txt' };
    await s3.send(new PutObjectCommand({ ...upload, Body: 'one', Tagging: 'a=b' }));
    await s3.send(new PutObjectCommand({ ...upload, Body: 'two' }));
    s3.destroy();
    // No graceful end: what a kill leaves behind is what was saved with each answer.
    const before = first.state();

    const second = await start();
    await first.stop();
    expect(second.state()).toEqual(before);
    expect(second.requests()).toEqual(first.requests());
    expect(second.requests().length).toBeGreaterThan(5);
    now += 1000;
    const again = await Session.join(second);
    expect((await again.get(job.selfUri)).body).toMatchObject({ state: 'READY', totalConversations: 30 });
    await again.put(job.selfUri, { state: 'PROCESSING' });
    now += 1500;
    expect((await again.get(job.selfUri)).body.state).toBe('FULFILLED');

    await second.stop();
    now += 60_000;
    const third = await start();
    try {
      const state = third.state();
      expect(state.exports.filter((one) => one.exportedDate !== null)).toHaveLength(30);
      expect(state.protected).toEqual(ids.slice(0, 3));
      expect(state.holds).toMatchObject([{ name: 'Acme', conversationIds: ids.slice(0, 5) }]);
      const reader = clientOf(third);
      expect(await (await reader.send(new GetObjectCommand(upload))).Body?.transformToString()).toBe('two');
      const { Versions } = await reader.send(new ListObjectVersionsCommand({ Bucket: third.bucket, Prefix: 'note' }));
      expect(Versions).toHaveLength(2);
      reader.destroy();
      const tagged = {
        ...smsQuery(),
        conversationFilters: [{ type: 'and', predicates: [{ dimension: 'externalTag', value: 'acme' }] }],
      };
      const third_ = await Session.join(third);
      expect((await third_.post('/api/v2/analytics/conversations/details/query', tagged)).body.totalHits).toBe(1);
    } finally {
      await third.stop();
    }
  });

  test('keeps exported files readable', async () => {
    let now = Date.parse('2026-03-01T00:00:00Z');
    const options = {
      dataDir: folder,
      now: () => now,
      seed: { conversations: 1 },
      pendingMs: 0,
      processingMs: 0,
      exportDelayMs: 0,
    };
    const first = await startSimulator(options);
    const s = await Session.join(first);
    const { body: job } = await s.createJob();
    await s.put(job.selfUri, { state: 'PROCESSING' });
    now += 1;
    await s.post('/__simulator/advance', { milliseconds: 1 });
    await first.stop();

    const second = await startSimulator(options);
    try {
      const s3 = clientOf(second);
      const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: second.bucket }));
      expect(Versions).toHaveLength(2);
      for (const { Key = '', Size } of Versions) {
        const text = await (
          await s3.send(new GetObjectCommand({ Bucket: second.bucket, Key }))
        ).Body?.transformToString();
        expect(text).toHaveLength(Size ?? -1);
        expect(Key).toContain((JSON.parse(text ?? '') as { recordingId: string }).recordingId);
      }
      s3.destroy();
    } finally {
      await second.stop();
    }
  });

  test('says which file is broken', async () => {
    writeFileSync(join(folder, 'state.json'), '{');
    await expect(startSimulator({ dataDir: folder })).rejects.toThrow(join(folder, 'state.json'));
  });
});

describe('starting and stopping', () => {
  test('frees both ports, with connections open, and may be asked twice', async () => {
    const simulator = await startSimulator();
    await (await fetch(simulator.url)).text();
    await Promise.all([simulator.stop(), simulator.stop()]);
    await expect(fetch(simulator.url)).rejects.toThrow();
    await expect(fetch(simulator.s3Url)).rejects.toThrow();
  });

  test('refuses a port that is taken and options that make no sense', async () => {
    const simulator = await startSimulator();
    try {
      await expect(startSimulator({ port: Number(new URL(simulator.url).port) })).rejects.toThrow('EADDRINUSE');
      await expect(startSimulator({ s3Port: Number(new URL(simulator.url).port) })).rejects.toThrow('EADDRINUSE');
      await expect(startSimulator({ pendingMs: -1 })).rejects.toThrow('pendingMs');
    } finally {
      await simulator.stop();
    }
  });
});
