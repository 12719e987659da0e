import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { encodeMsgpack } from '../../src/plugin';
import { listen, sweepStaleFolders } from '../../src/plugin/process/listen-address';
import { Bench, connectTo, INVITATION, isAlive, parseHandshake, until, type Provider } from './support/child';
import type { OutsideClient, Message } from './support/outside-client';
import { THING } from './support/tiny-server';

const bench = new Bench();
const clients: OutsideClient[] = [];

afterEach(() => {
  clients.splice(0).forEach((client) => client.close());
});
afterAll(() => bench.close());

async function connected(
  environment: Record<string, string | undefined> = {},
): Promise<{ provider: Provider; client: OutsideClient; line: string }> {
  const provider = bench.start({ ...INVITATION, ...environment });
  const line = await provider.line();
  const client = connectTo(line);
  clients.push(client);
  await client.provider('GetMetadata');
  return { provider, client, line };
}

/** A request to apply a thing whose name tells the tiny provider what to do. */
function applyOf(name: string): Message {
  const thing = { id: null, name, size: null, labels: null, tags: null };
  return { typeName: 'tiny_thing', plannedState: { msgpack: Buffer.from(encodeMsgpack(thing, THING)) } };
}

describe('a provider ends without a trace', () => {
  test('when Terraform asks it to', async () => {
    const { provider, client } = await connected();
    await expect(client.call('plugin.GRPCController', 'Shutdown', {})).resolves.toEqual({});
    expect(await provider.ended).toBe(0);
    expect(bench.leftovers()).toEqual([]);
  });

  test('when the last connection closes', async () => {
    const { provider, client } = await connected();
    client.close();
    expect(await provider.ended).toBe(0);
    expect(bench.leftovers()).toEqual([]);
  });

  test('when its parent is gone before anybody connected', async () => {
    const file = join(bench.folder, 'line');
    const parent = spawn('/bin/sh', ['-c', `"${bench.executable}" > "${file}" & echo $!; wait`], {
      env: { ...INVITATION, PATH: process.env.PATH, TMPDIR: bench.temporary },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
    );
    await until(() => existsSync(file) && readFileSync(file, 'utf8').includes('\n'));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid) && bench.leftovers().length === 0);
  });

  test.each(['SIGTERM', 'SIGHUP'] as const)('on %s', async (signal) => {
    const { provider } = await connected();
    provider.child.kill(signal);
    expect(await provider.ended).toBe(0);
    expect(bench.leftovers()).toEqual([]);
  });

  test('on SIGTERM before anybody connected', async () => {
    const provider = bench.start(INVITATION);
    await provider.line();
    provider.child.kill('SIGTERM');
    expect(await provider.ended).toBe(0);
    expect(bench.leftovers()).toEqual([]);
  });

  test('on SIGKILL, once Terraform is connected', async () => {
    const { provider } = await connected();
    provider.child.kill('SIGKILL');
    expect(await provider.ended).toBe('SIGKILL');
    expect(bench.leftovers()).toEqual([]);
  });

  test('when it crashes; and says so in the words that Terraform shows as a stack trace', async () => {
    const { provider, client } = await connected();
    await expect(client.provider('ApplyResourceChange', applyOf('crash'))).rejects.toThrow();
    expect(await provider.ended).toBe(1);
    expect(provider.stderr).toMatch(/^panic: TypeError: the tiny provider has a bug\n {4}at /m);
    expect(bench.leftovers()).toEqual([]);
  });

  test('thirty times, three at a time', async () => {
    const cycle = async (): Promise<void> => {
      const { provider, client } = await connected();
      await client.call('plugin.GRPCController', 'Shutdown', {});
      expect(await provider.ended).toBe(0);
    };
    for (let i = 0; i < 10; i += 1) await Promise.all([cycle(), cycle(), cycle()]);
    expect(bench.leftovers()).toEqual([]);
  });
});

describe('a signal', () => {
  test('of Ctrl-C is for Terraform to interpret: the provider continues', async () => {
    const { provider, client } = await connected();
    provider.child.kill('SIGINT');
    await expect(client.provider('GetProviderSchema')).resolves.toBeDefined();
    provider.child.kill('SIGINT');
    await expect(client.provider('GetMetadata')).resolves.toBeDefined();
  });

  test('to end lets a running call answer with what exists', async () => {
    const { provider, client } = await connected({ TF_LOG: 'info' });
    const answer = client.provider('ApplyResourceChange', applyOf('wait'));
    await provider.said('Waiting');
    provider.child.kill('SIGTERM');
    expect(await answer).toMatchObject({ diagnostics: [{ severity: 1, summary: 'Stopped' }] });
    expect(await provider.ended).toBe(0);
  });

  test('to end is obeyed also while a client that says nothing is connected', async () => {
    const { provider, client } = await connected();
    client.client('plugin.GRPCStdio').makeServerStreamRequest(
      '/plugin.GRPCStdio/StreamStdio',
      () => Buffer.alloc(0),
      (bytes: Buffer) => bytes,
      {},
    );
    await client.provider('GetMetadata');
    provider.child.kill('SIGTERM');
    expect(await provider.ended).toBe(0);
  });
});

describe('what was left by a provider that was killed before Terraform reached it', () => {
  const HOUR_MS = 3_600_000;
  const aged = (folder: string): string => {
    const then = new Date(Date.now() - HOUR_MS);
    utimesSync(folder, then, then);
    return folder;
  };

  test('is removed by the next one', async () => {
    const killed = bench.start(INVITATION);
    const folder = dirname(parseHandshake(await killed.line()).path);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(existsSync(folder)).toBe(true);
    aged(folder);
    const next = bench.start(INVITATION);
    await next.line();
    await until(() => !existsSync(folder));
    next.child.kill('SIGTERM');
    await next.ended;
    expect(bench.leftovers()).toEqual([]);
  });

  describe('is told from', () => {
    /** The number of a process that is gone. */
    async function deadPid(): Promise<number> {
      const child = spawn(process.execPath, ['-e', '0']);
      await new Promise((resolve) => child.on('close', resolve));
      return child.pid!;
    }

    /** Sweeps, and waits until a folder that must go is gone. */
    async function sweep(parent: string, pid: number): Promise<void> {
      const stale = join(parent, `terraform-plugin-${pid}-stale0`);
      mkdirSync(stale);
      writeFileSync(join(stale, 's'), '');
      aged(stale);
      sweepStaleFolders(parent, Date.now());
      await until(() => !existsSync(stale));
    }

    test('one that is fresh, one of a living process, one that answers, and whatever is not ours', async () => {
      const parent = mkdtempSync(join(bench.folder, 'sweep-'));
      const pid = await deadPid();
      const fresh = join(parent, `terraform-plugin-${pid}-fresh0`);
      mkdirSync(fresh);
      const living = join(parent, `terraform-plugin-${process.pid}-living`);
      mkdirSync(living);
      aged(living);
      const answering = join(parent, `terraform-plugin-${pid}-answer`);
      mkdirSync(answering);
      const other = await new Promise<Server>((resolve) => {
        const server = createServer().listen({ path: join(answering, 's') }, () => resolve(server));
      });
      aged(answering);
      const foreign = join(parent, `terraform-plugin-${pid}-my-own-notes`);
      mkdirSync(foreign);
      aged(foreign);
      const file = join(parent, `terraform-plugin-${pid}-afile0`);
      writeFileSync(file, '');
      aged(file);
      await sweep(parent, pid);
      other.close();
      expect([fresh, living, answering, foreign, file].map((path) => existsSync(path))).toEqual(Array(5).fill(true));
    });
  });
});

describe('where there are no unix sockets', () => {
  test('the provider listens on loopback only', async () => {
    const server = createServer();
    const listening = await listen(server, { platform: 'win32', folder: bench.temporary });
    expect(listening).toMatchObject({
      network: 'tcp',
      address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as unknown,
    });
    listening.removeFiles();
    server.close();
  });
});
