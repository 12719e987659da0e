/** `evidence collect --who --trail`: what four people did is theirs in the pack; without the right, unknown. */
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  DeleteObjectCommand,
  PutBucketPolicyCommand,
  PutObjectLegalHoldCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../../src/cli';
import type { Difference } from '../../../src/evidence';
import { never } from '../../genesys/helpers';
import { Aws } from '../../simulator/aws';
import { Session } from '../../simulator/session';
import { MATTER, SimulatedMatter } from '../support/simulated-matter';

const ACCOUNT = '123456789012';
const TRAIL = 'acme-trail';
const ANNA = { id: '11111111-1111-4111-8111-111111111111', name: 'Anna Archivist' };
const start = '2026-01-02T03:04:05Z';
const environment = { ...process.env };

let matter: SimulatedMatter;
let admin: Aws;
const callers: Aws[] = [];

beforeAll(async () => {
  matter = await SimulatedMatter.start(Array.from({ length: 4 }, () => ({ start, recordings: 1 })));
  const { simulator } = matter;
  simulator.seed({
    buckets: [{ name: TRAIL }],
    clients: [
      { id: 'console', secret: 'x', user: ANNA },
      { id: 'blind', secret: 'x', without: ['audits:audit:view'] },
    ],
  });
  simulator.configure({ trail: { bucket: TRAIL, delayMs: 0 }, trailLookupsPerSecond: 1000 });
  admin = new Aws(simulator);
  callers.push(admin);
  await misdeeds();
});
afterEach(() => {
  process.env = { ...environment };
  rmSync(join(matter.folder, 'pack'), { recursive: true, force: true });
});
afterAll(async () => {
  for (const one of callers) one.close();
  await matter.stop();
});

async function role(name: string, actions: readonly string[]): Promise<Aws> {
  const document = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' };
  await admin.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document(trust) }));
  const PolicyDocument = document({ Effect: 'Allow', Action: actions, Resource: '*' });
  await admin.iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'all', PolicyDocument }));
  const caller = await admin.as(`arn:aws:iam::${ACCOUNT}:role/${name}`);
  callers.push(caller);
  return caller;
}

async function from(address: string, name: string): Promise<S3Client> {
  const { s3 } = await role(name, ['s3:*']);
  s3.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers['x-forwarded-for'] = address;
      return next(args);
    },
    { step: 'build' },
  );
  return s3;
}

/** Recordings' files, a version each, in the order of their conversations. */
const files: { readonly Key: string; readonly VersionId: string }[] = [];

async function misdeeds(): Promise<void> {
  const { simulator } = matter;
  const Bucket = simulator.bucket;
  for await (const { versions } of matter.readerOf(Bucket).store.listVersions('', never)) {
    for (const { key, versionId } of versions) {
      if (!key.includes('_metadata')) files.push({ Key: key, VersionId: versionId });
    }
  }
  files.sort((a, b) => (conversationOf(a.Key) < conversationOf(b.Key) ? -1 : 1));
  const [first, second, third] = files as [(typeof files)[0], (typeof files)[0], (typeof files)[0]];
  const anna = await Session.join(simulator, undefined, { id: 'console', secret: 'x' });
  await anna.send(
    'PUT',
    '/api/v2/recordings/deletionprotection?protect=false',
    { conversationIds: [conversationOf(first.Key)] },
    { 'x-forwarded-for': '198.51.100.7' },
  );
  const off = { Bucket, LegalHold: { Status: 'OFF' } } as const;
  await (await from('203.0.113.1', 'eve')).send(new PutObjectLegalHoldCommand({ ...off, ...second }));
  await admin.s3.send(new PutObjectLegalHoldCommand({ ...off, ...third }));
  await (await from('203.0.113.2', 'mallory')).send(new DeleteObjectCommand({ Bucket, ...third }));
  await (await from('203.0.113.3', 'carol')).send(new PutBucketPolicyCommand({ Bucket, Policy: policyText(Bucket) }));
  simulator.advance(60_000);
}

const policyText = (bucket: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:PutObjectAcl', Resource: `arn:aws:s3:::${bucket}/*` }],
  });

function conversationOf(key: string): string {
  return /conversation_id=([^/]+)/.exec(key)?.[1] ?? '';
}

async function collect(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  Object.assign(process.env, matter.simulator.env, { XDG_STATE_HOME: join(matter.folder, 'state') }, env);
  const pack = join(matter.folder, 'pack');
  const written = { out: '', err: '' };
  const jobs = matter.jobIds.flatMap((id) => ['--job', id]);
  const all = ['--matter', MATTER, '--register', matter.registerFolder, ...jobs, '--out', pack, '--unsigned', '--json'];
  const code = await runCli(['evidence', 'collect', ...all, ...words], {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    signal: never,
  });
  const read = (name: string): string => readFileSync(join(pack, name), 'utf8');
  return { code, ...written, read };
}

type Line = Pick<Difference, 'cause' | 'file' | 'actor'> & { readonly conversation_id: string; readonly at: string };

const linesOf = (text: string): readonly Line[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

test('each is named with client, address and time, and so is every change of a setting', async () => {
  const { code, read, err } = await collect(['--who', '--trail', `s3://${TRAIL}`]);

  expect(err).toBe('');
  const session = (name: string) => `role ${name} (session session)`;
  const lines = linesOf(read('differences.jsonl'));
  expect(lines).toMatchObject([
    {
      cause: 'claimed-without-hold',
      conversation_id: conversationOf(files[0]?.Key ?? ''),
      file: null,
      actor: { name: `user ${ANNA.name} (${ANNA.id})`, client: 'client console', address: '198.51.100.7' },
    },
    {
      cause: 'claimed-without-hold',
      file: { version: files[1]?.VersionId },
      actor: { name: session('eve'), address: '203.0.113.1', client: expect.stringContaining('access key') as string },
    },
    { cause: 'lost-version', actor: { name: session('mallory'), address: '203.0.113.2' } },
  ]);
  for (const { at, actor } of lines) expect(actor).toMatchObject({ known: true, at: Date.parse(at) });
  const { settingsSetBy } = JSON.parse(read('settings.json')) as {
    settingsSetBy: readonly { readonly setting: string; readonly setBy: object }[];
  };
  expect(settingsSetBy.find(({ setting }) => setting === 'policy')?.setBy).toMatchObject({
    known: true,
    name: session('carol'),
    address: '203.0.113.3',
  });
  expect(settingsSetBy.find(({ setting }) => setting === 'lifecycle')?.setBy).toMatchObject({
    known: false,
    why: expect.stringContaining('no such act since') as string,
  });
  expect(read('report.html')).toContain(`The policy of the bucket ${matter.simulator.bucket} was set`);
  expect(code).toBe(2);
});

test('without a trail, who changed files is unknown; without the rights, all is, and each right is named', async () => {
  const noTrail = await collect(['--who']);
  const [released, lifted] = linesOf(noTrail.read('differences.jsonl'));
  expect([released?.actor?.known, lifted?.actor]).toMatchObject([
    true,
    { known: false, why: expect.stringContaining('--trail names none') as string },
  ]);
  rmSync(join(matter.folder, 'pack'), { recursive: true });

  const looker = await role('looker', ['s3:GetObject*', 's3:ListBucketVersions', 's3:GetBucket*']);
  const keys = await looker.s3.config.credentials();
  const blind = await collect(['--who', '--trail', `s3://${TRAIL}`], {
    GENESYSCLOUD_OAUTHCLIENT_ID: 'blind',
    GENESYSCLOUD_OAUTHCLIENT_SECRET: 'x',
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: keys.sessionToken ?? '',
  });
  const whys = linesOf(blind.read('differences.jsonl')).map(({ actor }) => (actor?.known === false ? actor.why : ''));
  expect(whys[0]).toContain('audits:audit:view');
  expect(whys[1]).toContain('s3:ListBucket');
  const { notLookedAt } = JSON.parse(blind.out) as { notLookedAt: readonly { readonly why: string }[] };
  const all = notLookedAt.map(({ why }) => why).join('\n');
  for (const right of ['audits:audit:view', 's3:ListBucket', 'cloudtrail:LookupEvents']) expect(all).toContain(right);
});
