/** `drift --who`: changes by five actors, found in the audits and in CloudTrail; without the right, unknown. */
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  DeleteObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { rmSync } from 'node:fs';
import type { Item } from '../../src/review';
import { startSimulator, type Simulator } from '../../src/simulator';
import { Aws } from '../simulator/aws';
import { Session } from '../simulator/session';
import { runDrift } from './drift-run';
import { PlanFolder, planOf, stateOf } from './plans';

const ACCOUNT = '123456789012';
const IDS = Array.from({ length: 4 }, (_, n) => `${n}0000000-0000-4000-8000-000000000000`);
const ANNA = { id: '11111111-1111-4111-8111-111111111111', name: 'Anna Archivist' };
const HOLD = 'genesyscloud_compliance_legalhold.acme';
const OBJECTS = 'genesyscloud_compliance_object_hold.acme';
const POLICY = 'aws_s3_bucket_policy.recordings';
const BUCKET = 'acme-recordings';

let simulator: Simulator;
let admin: Aws;
let sessions: Aws[];
let folder: PlanFolder;

beforeEach(async () => {
  folder = new PlanFolder();
  simulator = await startSimulator({
    pendingMs: 0,
    rateLimitPerMinute: 1e6,
    trailLookupsPerSecond: 1000,
    seed: {
      conversations: IDS.map((id) => ({ id, start: '2026-02-20T10:00:00Z' })),
      clients: [
        { id: 'console', secret: 'x', user: ANNA },
        { id: 'robot', secret: 'x' },
        { id: 'blind', secret: 'x', without: ['audits:audit:view'] },
      ],
    },
  });
  simulator.configure({ trail: { bucket: simulator.bucket, prefix: 'trail/', delayMs: 0 } });
  admin = new Aws(simulator);
  sessions = [admin];
  await admin.lockedBucket(BUCKET);
});
afterEach(async () => {
  for (const one of sessions) one.close();
  await simulator.stop();
  rmSync(folder.path, { recursive: true });
});

/** A role that may do this, and somebody who has taken it on. */
async function role(name: string, actions: readonly string[]): Promise<Aws> {
  const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' };
  const document = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await admin.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document(trust) }));
  const PolicyDocument = document({ Effect: 'Allow', Action: actions, Resource: '*' });
  await admin.iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'all', PolicyDocument }));
  const session = await admin.as(`arn:aws:iam::${ACCOUNT}:role/${name}`);
  sessions.push(session);
  return session;
}

function from(client: S3Client, address: string): S3Client {
  client.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers['x-forwarded-for'] = address;
      return next(args);
    },
    { step: 'build' },
  );
  return client;
}

const protect = (by: Session, ids: readonly string[], wanted: boolean, address: string): Promise<unknown> =>
  by.send(
    'PUT',
    `/api/v2/recordings/deletionprotection?protect=${wanted}`,
    { conversationIds: ids },
    { 'x-forwarded-for': address },
  );

const policyText = (action: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: action, Resource: `arn:aws:s3:::${BUCKET}/held/*` }],
  });

const gap = (kind: string, id: string) => ({ kind, id, detail: null });

/** A plan that found all of it. */
function plan(released: readonly string[], lifted: string, lost: string, policy: string): string {
  const bucket = BUCKET;
  const hold = (gaps: readonly object[]) => ({
    id: 'deletion-protection-1',
    name: 'Acme v. Example',
    hold_api: 'deletion_protection',
    status: gaps.length === 0 ? 'active' : 'partially_released',
    conversation_count: 4,
    held_count: 4 - gaps.length,
    missing_count: gaps.length,
    gap_count: gaps.length,
    gaps,
    gaps_sha256: gaps.length === 0 ? null : 'ab'.repeat(32),
  });
  const objects = (gaps: readonly object[]) => ({
    id: 'o-1',
    bucket,
    prefix: 'held/',
    object_lock_legal_hold: true,
    status: gaps.length === 0 ? 'active' : 'partially_released',
    version_count: 3,
    held_count: gaps.length === 0 ? 3 : 2,
    missing_count: gaps.length === 0 ? 0 : 1,
    lost_count: gaps.length === 0 ? 0 : 1,
    gap_count: gaps.length,
    gaps,
    gaps_sha256: gaps.length === 0 ? null : 'cd'.repeat(32),
  });
  const held = hold(released.map((id) => gap('released', id)));
  const files = objects([
    gap('released', `${bucket}/held/a.opus?versionId=${lifted}`),
    gap('lost', `${bucket}/held/b.opus?versionId=${lost}`),
  ]);
  return folder.write(
    'plan.json',
    planOf(
      [
        { address: HOLD, before: hold([]), after: held },
        { address: OBJECTS, before: objects([]), after: files },
        {
          address: POLICY,
          before: { id: bucket, bucket, policy: policyText('s3:AbortMultipartUpload') },
          after: { id: bucket, bucket, policy },
        },
      ],
      {
        prior_state: stateOf([
          { address: HOLD, values: held },
          { address: OBJECTS, values: files },
        ]),
      },
    ),
  );
}

function who(items: readonly Item[] | undefined, address: string, rule: string): Item['who'] {
  return items?.find((item) => item.place.address === address && item.rule === rule)?.who;
}

/** Five of them, each with something of their own. */
async function misdeeds(): Promise<string> {
  const bucket = BUCKET;
  const everyday = await Session.join(simulator);
  await protect(everyday, IDS, true, '192.0.2.1');
  const [anna, robot] = [
    await everyday.as({ id: 'console', secret: 'x' }),
    await everyday.as({ id: 'robot', secret: 'x' }),
  ];
  const put = async (Key: string): Promise<string> =>
    (await admin.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Key }))).VersionId ?? '';
  const [a, b] = [await put('held/a.opus'), await put('held/b.opus')];
  const lock = (s3: S3Client, Status: 'ON' | 'OFF') =>
    s3.send(new PutObjectLegalHoldCommand({ Bucket: bucket, Key: 'held/a.opus', VersionId: a, LegalHold: { Status } }));
  await lock(admin.s3, 'ON');
  await admin.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policyText('s3:AbortMultipartUpload') }));
  const [eve, mallory, carol] = [
    await role('eve', ['s3:*']),
    await role('mallory', ['s3:*']),
    await role('carol', ['s3:*']),
  ];
  simulator.advance(2000);
  await protect(anna, IDS.slice(0, 2), false, '198.51.100.7');
  await protect(robot, IDS.slice(2, 3), false, '198.51.100.8');
  await lock(from(eve.s3, '203.0.113.1'), 'OFF');
  await from(mallory.s3, '203.0.113.2').send(
    new DeleteObjectCommand({ Bucket: bucket, Key: 'held/b.opus', VersionId: b }),
  );
  await from(carol.s3, '203.0.113.3').send(
    new PutBucketPolicyCommand({ Bucket: bucket, Policy: policyText('s3:PutObjectAcl') }),
  );
  simulator.advance(1000);
  return plan(IDS.slice(0, 4), a, b, policyText('s3:PutObjectAcl'));
}

test('each of five is named, with client, address and time; what nobody did is unknown', async () => {
  const file = await misdeeds();
  const words = ['--plan', file, '--who', '--trail', `s3://${simulator.bucket}/trail`];
  const { report, out } = await runDrift(words, simulator.env);
  expect(who(report?.items, HOLD, 'drift/hold-released')).toMatchObject([
    {
      known: true,
      count: 2,
      actor: `user ${ANNA.name} (${ANNA.id})`,
      client: 'client console',
      address: '198.51.100.7',
    },
    { known: true, count: 1, actor: 'client robot', address: '198.51.100.8' },
    // Protected by the first client, and revoked by nobody.
    { known: false, count: 1, why: expect.stringContaining('held it again') as string },
  ]);
  const session = (name: string) => `role ${name} (session session)`;
  expect(who(report?.items, OBJECTS, 'drift/object-hold-lost')).toMatchObject([
    { known: true, count: 1, actor: session('eve'), address: '203.0.113.1' },
  ]);
  expect(who(report?.items, OBJECTS, 'drift/lost')).toMatchObject([
    { known: true, count: 1, actor: session('mallory'), address: '203.0.113.2' },
  ]);
  expect(who(report?.items, POLICY, 'drift/policy-changed')).toMatchObject([
    { known: true, count: 1, actor: session('carol'), address: '203.0.113.3' },
  ]);
  expect(out.replace(/\s+/g, ' ')).toContain(
    `Done by user ${ANNA.name} (${ANNA.id}), with client console, from 198.51.100.7`,
  );
});

test('without the right it is unknown, and the right is named', async () => {
  const file = await misdeeds();
  const nobody = await (await role('nobody', ['sts:GetCallerIdentity'])).s3.config.credentials();
  const env = {
    ...simulator.env,
    GENESYSCLOUD_OAUTHCLIENT_ID: 'blind',
    GENESYSCLOUD_OAUTHCLIENT_SECRET: 'x',
    AWS_ACCESS_KEY_ID: nobody.accessKeyId,
    AWS_SECRET_ACCESS_KEY: nobody.secretAccessKey,
    AWS_SESSION_TOKEN: nobody.sessionToken ?? '',
  };
  const words = ['--plan', file, '--who', '--trail', `s3://${simulator.bucket}/trail`];
  const { code, report } = await runDrift(words, env);
  expect(code).toBe(2);
  const why = (address: string, rule: string) => who(report?.items, address, rule)?.map((one) => !one.known && one.why);
  expect(why(HOLD, 'drift/hold-released')).toEqual([expect.stringContaining('audits:audit:view')]);
  expect(why(OBJECTS, 'drift/lost')).toEqual([expect.stringContaining('s3:ListBucket')]);
  expect(why(POLICY, 'drift/policy-changed')).toEqual([
    expect.stringContaining('cloudtrail:LookupEvents on * is denied'),
  ]);
});

test('without a trail, who lifted a lock is unknown; without --who nobody is asked', async () => {
  const file = await misdeeds();
  const { report } = await runDrift(['--plan', file, '--who'], simulator.env);
  expect(who(report?.items, OBJECTS, 'drift/object-hold-lost')).toMatchObject([
    { known: false, why: expect.stringContaining('--trail names none') as string },
  ]);
  const quiet = await runDrift(['--plan', file], {});
  expect(quiet.report?.items.every((item) => item.who === undefined)).toBe(true);
  expect((await runDrift(['--plan', file, '--trail', 's3://acme'])).err).toContain('--trail needs --who.');
});
