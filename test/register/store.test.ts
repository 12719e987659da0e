import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectS3 } from '../../src/aws';
import { RegisterProblem, type Store } from '../../src/register';
import { FolderStore } from '../../src/register/folder-store';
import { Log } from '../../src/register/log';
import { probe } from '../../src/register/probe';
import { S3Store } from '../../src/register/s3-store';
import { parseS3Place } from '../../src/words';
import { startSimulator, type Simulator } from '../../src/simulator';
import { systemClock } from '../../src/time';

const FOREVER = new AbortController().signal;

let simulator: Simulator;
let folder: string;

const credentials = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;
const before = credentials.map((name) => [name, process.env[name]] as const);

beforeAll(async () => {
  simulator = await startSimulator({});
  for (const name of credentials) setVariable(name, simulator.env[name]);
  folder = mkdtempSync(join(tmpdir(), 'register-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, value] of before) setVariable(name, value);
  await simulator.stop();
});

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

const stores: Readonly<Record<string, (name: string) => Store>> = {
  'a folder': (name) => new FolderStore(join(folder, name)),
  'an S3 prefix': (name) =>
    new S3Store({
      bucket: 'genesys-recordings',
      prefix: `register/${name}`,
      client: () => connectS3({ region: 'eu-central-1', endpoints: { s3: simulator.s3Url } }),
    }),
};

describe.each(Object.entries(stores))('a register in %s', (_kind, open) => {
  it('creates what is absent, and leaves what exists', async () => {
    const store = open('create');
    expect(await store.create('e/1', Buffer.from('one'), FOREVER)).toBe('created');
    expect(await store.create('e/1', Buffer.from('two'), FOREVER)).toBe('exists');
    expect((await store.read('e/1', FOREVER))?.toString()).toBe('one');
  });

  it('lists in order what comes after a key, and nothing of another prefix', async () => {
    const store = open('list');
    for (const key of ['e/3', 'e/1', 'c/9', 'e/2']) await store.create(key, Buffer.from(key), FOREVER);
    expect(await store.list('e/', undefined, FOREVER)).toEqual(['e/1', 'e/2', 'e/3']);
    expect(await store.list('e/', 'e/1', FOREVER)).toEqual(['e/2', 'e/3']);
  });

  it('has nothing where nothing is', async () => {
    const store = open('empty');
    expect(await store.list('e/', undefined, FOREVER)).toEqual([]);
    expect(await store.read('e/1', FOREVER)).toBeUndefined();
  });

  it('lets one of many writers have an entry', async () => {
    const logs = Array.from({ length: 4 }, (_, actor) => logOf(open('race'), `machine ${actor}`));
    await Promise.all(
      logs.map((log, actor) => log.append(() => ({ kind: 'drop', claim: `claim-${actor}`, reason: 'race' }), FOREVER)),
    );
    const reader = logOf(open('race'), 'reader');
    expect((await reader.read(FOREVER)).last).toBe(4);
  });

  it('passes the probe', async () => {
    const store = open('probe');
    await store.create('e/1', Buffer.from('one'), FOREVER);
    await expect(probe(store, 'e/1', Buffer.from('one'), FOREVER)).resolves.toBeUndefined();
  });
});

describe('a store that ignores conditions', () => {
  it('is refused', async () => {
    const store = stores['a folder']?.('careless') as Store;
    const careless: Store = {
      place: store.place,
      list: (...args) => store.list(...args),
      read: (...args) => store.read(...args),
      create: () => Promise.resolve('created'),
    };
    await expect(probe(careless, 'e/1', Buffer.from('one'), FOREVER)).rejects.toThrow('cannot keep a register');
  });
});

describe('a register in a folder', () => {
  it('is private, and leaves no temporary file', async () => {
    const place = join(folder, 'private');
    await new FolderStore(place).create('e/1', Buffer.from('one'));
    expect(readdirSync(join(place, 'e'))).toEqual(['1']);
    expect(statSync(join(place, 'e', '1')).mode & 0o777).toBe(0o600);
  });
});

describe('a damaged log', () => {
  it('names the entry that was changed', async () => {
    const { place, log } = await logOfThree('changed');
    writeFileSync(join(place, 'e', '0000000002'), '{}\n');
    await expect(log.read(FOREVER)).rejects.toThrow(/damaged at .*e\/0000000002/);
  });

  it('names the entry that is missing', async () => {
    const { place, log } = await logOfThree('missing');
    rmSync(join(place, 'e', '0000000002'));
    await expect(log.read(FOREVER)).rejects.toThrow('e/0000000002 is missing');
  });

  it('notices an entry whose predecessor was changed', async () => {
    const { place, log } = await logOfThree('chain');
    const other = await logOfThree('other');
    const bytes = (await new FolderStore(other.place).read('e/0000000002')) as Buffer;
    writeFileSync(join(place, 'e', '0000000002'), bytes);
    await expect(log.read(FOREVER)).rejects.toBeInstanceOf(RegisterProblem);
  });

  it('of a newer format says to upgrade', async () => {
    const { place, log } = await logOfThree('newer');
    writeFileSync(join(place, 'e', '0000000003'), '{"format":2}\n');
    await expect(log.read(FOREVER)).rejects.toThrow('Upgrade genesyscloud-compliance');
  });
});

describe('the place of a register in S3', () => {
  it.each([
    ['s3://bucket', { bucket: 'bucket', prefix: '' }],
    ['s3://bucket/a/b/', { bucket: 'bucket', prefix: 'a/b' }],
    ['/var/register', undefined],
    ['s3://', undefined],
  ])('%s', (text, place) => {
    expect(parseS3Place(text)).toEqual(place);
  });
});

async function logOfThree(name: string): Promise<{ readonly place: string; readonly log: Log }> {
  const place = join(folder, name);
  const writer = logOf(new FolderStore(place), name);
  for (const claim of ['a', 'b', 'c']) await writer.append(() => ({ kind: 'drop', claim, reason: name }), FOREVER);
  return { place, log: logOf(new FolderStore(place), 'reader') };
}

function logOf(store: Store, actor: string): Log {
  return new Log({
    store,
    actor,
    random: Math.random,
    clock: { ...systemClock, monotonic: () => performance.now() },
  });
}
