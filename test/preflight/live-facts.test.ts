import {
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  CreatePolicyCommand,
} from '@aws-sdk/client-iam';
import { PutBucketEncryptionCommand, PutBucketLifecycleConfigurationCommand } from '@aws-sdk/client-s3';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { collectLiveFacts, type LiveSources, type LiveSubject } from '../../src/collect/live';
import type { CertificateChainFact } from '../../src/facts';
import { ConversationSet, createSurvey, ProcessState, type Survey } from '../../src/genesys';
import { checkRules, type Finding, type RuleId } from '../../src/rules';
import { startSimulator, type Seed, type Simulator, type SimulatorOptions } from '../../src/simulator';
import { Aws } from '../simulator/aws';
import { Session, type Answer } from '../simulator/session';

const JANUARY = '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z';
const SMS = { interval: JANUARY, mediaTypes: ['message'], messageTypes: ['sms'] };
const BUCKET = 'recordings';
const never = new AbortController().signal;
const document = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: string[], Resource: string | string[]) => ({ Effect: 'Allow', Action, Resource });
const complete = (): Promise<CertificateChainFact> => Promise.resolve({ state: 'complete', evidence: 'ok' });

let simulator: Simulator;
let admin: Aws;
const opened: Aws[] = [];

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator(options);
  admin = new Aws(simulator);
  opened.push(admin);
}

afterEach(async () => {
  for (const aws of opened.splice(0)) aws.close();
  await simulator.stop();
});

function survey(change: Partial<Parameters<typeof createSurvey>[0]> = {}): Survey {
  return createSurvey(
    {
      clientId: simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'],
      clientSecret: simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'],
      region: 'us-east-1',
      gateway: { protocol: 'http', host: '127.0.0.1', port: Number(new URL(simulator.url).port) },
      requestsPerMinute: 300,
      retryTimeoutMs: 1_000,
      holdApi: 'auto',
      ...change,
    },
    { state: new ProcessState() },
  );
}

async function findings(subject: Partial<LiveSubject>, sources: LiveSources): Promise<readonly Finding[]> {
  const facts = await collectLiveFacts(
    { inspectChain: complete, ...sources },
    { askedBy: 'preflight', ...subject },
    never,
  );
  return checkRules(facts).findings;
}

const about = (rule: RuleId, all: readonly Finding[]) => all.filter((finding) => finding.rule === rule);
const problems = (all: readonly Finding[]) => all.filter(({ status }) => status !== 'pass');

test('a key of an S3-compatible service is unknown, and KMS of AWS is not asked for it', async () => {
  await start({ seed: 'none' });
  await admin.lockedBucket(BUCKET);
  const byKey = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'their-key' } as const;
  await admin.s3.send(
    new PutBucketEncryptionCommand({
      Bucket: BUCKET,
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: byKey }] },
    }),
  );
  const { iam, s3, sts, kms } = admin;
  const aws = { iam, s3, sts, kms, s3Endpoint: 'https://s3.example.com' };

  const { keys } = await collectLiveFacts({ aws }, { askedBy: 'preflight', bucket: { name: BUCKET } }, never);

  expect(keys).toMatchObject([
    {
      address: 'their-key',
      policy: { document: { known: false, why: expect.stringContaining('https://s3.example.com') as string } },
    },
  ]);
});

describe('an AWS account', () => {
  const OBJECTS = `arn:aws:s3:::${BUCKET}/*`;
  let roleArn: string;

  beforeEach(async () => {
    await start({ seed: 'none' });
    await admin.lockedBucket(BUCKET);
    await admin.s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: BUCKET,
        LifecycleConfiguration: {
          Rules: [
            {
              ID: 'abort',
              Status: 'Enabled',
              Filter: { Prefix: '' },
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            },
          ],
        },
      }),
    );
    const { Role } = await admin.iam.send(
      new CreateRoleCommand({
        RoleName: 'exporter',
        AssumeRolePolicyDocument: document({
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::765628985471:root' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': simulator.organizationId } },
        }),
      }),
    );
    roleArn = Role?.Arn ?? '';
    await put(
      'export',
      allow(
        ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration', 's3:ListBucketMultipartUploads'],
        `arn:aws:s3:::${BUCKET}`,
      ),
      allow(['s3:PutObject', 's3:PutObjectAcl', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], OBJECTS),
    );
    await put('tagging', allow(['s3:PutObjectTagging'], OBJECTS));
  });

  async function put(PolicyName: string, ...statements: object[]): Promise<void> {
    const PolicyDocument = document(...statements);
    await admin.iam.send(new PutRolePolicyCommand({ RoleName: 'exporter', PolicyName, PolicyDocument }));
  }

  const look = (aws: Aws = admin) =>
    findings({ exportRole: { role: roleArn }, bucket: { name: BUCKET } }, { aws, genesys: survey() });

  /** Somebody who may read everything but this. */
  async function without(...actions: string[]): Promise<Aws> {
    const { Role } = await admin.iam.send(
      new CreateRoleCommand({
        RoleName: 'reader',
        AssumeRolePolicyDocument: document({
          Effect: 'Allow',
          Principal: { AWS: simulator.accountId },
          Action: 'sts:AssumeRole',
        }),
      }),
    );
    const PolicyDocument = document(allow(['*'], '*'), { Effect: 'Deny', Action: actions, Resource: '*' });
    await admin.iam.send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'read', PolicyDocument }));
    const reader = await admin.as(Role?.Arn ?? '');
    opened.push(reader);
    return reader;
  }

  test('that is right passes every rule', async () => {
    const all = await look();
    expect(problems(all)).toEqual([]);
    const asked = new Set(all.map(({ rule }) => rule));
    for (const rule of [
      'iam/put-object-tagging',
      'iam/external-id',
      's3/large-objects',
      's3/policy-lockout',
    ] as const) {
      expect(asked).toContain(rule);
    }
  });

  test('whose role was weakened behind its back is found, and the remedy makes it right again', async () => {
    await admin.iam.send(new DeleteRolePolicyCommand({ RoleName: 'exporter', PolicyName: 'tagging' }));
    const [problem, ...others] = problems(await look());
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ rule: 'iam/put-object-tagging', status: 'fail', subject: { address: roleArn } });

    const statement = JSON.parse(problem!.remedy.slice(problem!.remedy.indexOf('{'))) as object;
    await put('repaired', statement);
    expect(problems(await look())).toEqual([]);
  });

  test('whose role has a boundary that leaves tagging out is found', async () => {
    const { Policy } = await admin.iam.send(
      new CreatePolicyCommand({ PolicyName: 'fence', PolicyDocument: document(allow(['s3:PutObject'], '*')) }),
    );
    const PermissionsBoundary = Policy?.Arn ?? '';
    await admin.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'exporter', PermissionsBoundary }));
    const [problem] = about('iam/put-object-tagging', await look());
    expect(problem?.status).toBe('fail');
    expect(problem?.message).toContain('permissions boundary');
  });

  test.each([
    ['iam:GetRole', 'iam/put-object-tagging'],
    ['iam:GetRolePolicy', 'iam/put-object-tagging'],
    ['iam:ListAttachedRolePolicies', 'iam/export-actions'],
    ['iam:SimulatePrincipalPolicy', 'iam/put-object-tagging'],
    ['s3:GetBucketPolicy', 's3/policy-lockout'],
    ['s3:GetBucketObjectLockConfiguration', 's3/object-lock'],
    ['s3:GetLifecycleConfiguration', 's3/large-objects'],
  ] as const)('that may not be looked into for want of %s is unknown, and the right is named', async (right, rule) => {
    const subject = { exportRole: { role: roleArn }, holdRole: { role: roleArn }, bucket: { name: BUCKET } };
    const all = await findings(subject, { aws: await without(right), genesys: survey() });
    const open = about(rule, all).filter(({ status }) => status === 'unknown');
    expect(open.length).toBeGreaterThan(0);
    expect(open[0]?.message).toContain(right);
    expect(all.filter(({ status }) => status === 'fail')).toEqual([]);
  });

  test('with a role that is not there says so, once a finding', async () => {
    roleArn = 'arn:aws:iam::123456789012:role/nobody';
    const [problem] = about('iam/put-object-tagging', await look());
    expect(problem?.status).toBe('unknown');
    expect(problem?.message).toContain('IAM knows no role nobody');
    expect(problem?.evidence).toHaveLength(1);
  });

  test('with a key of its own is asked for kms:Decrypt, in role and key policy', async () => {
    const { KeyMetadata } = await admin.kms.send(new CreateKeyCommand({}));
    await admin.s3.send(
      new PutBucketEncryptionCommand({
        Bucket: BUCKET,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KeyMetadata?.Arn },
            },
          ],
        },
      }),
    );
    const found = problems(await look());
    expect(found.map(({ rule }) => rule)).toEqual(['iam/export-actions', 's3/large-objects']);
    await put('key', allow(['kms:GenerateDataKey', 'kms:Decrypt'], KeyMetadata?.Arn ?? ''));
    expect(problems(await look())).toEqual([]);
  });

  test('without a bucket, what needs one is unknown', async () => {
    const all = await findings({ exportRole: { role: roleArn } }, { aws: admin });
    expect(about('iam/put-object-tagging', all)).toMatchObject([{ status: 'unknown' }]);
    expect(about('iam/external-id', all)).toMatchObject([{ status: 'unknown' }]);
  });
});

describe('an organization', () => {
  const subject = (change: Partial<LiveSubject> = {}): Partial<LiveSubject> => ({
    integrationId: simulator.integrationId,
    export: { scope: { ...SMS, addressTo: '+13175550100' }, batchInterval: 'P7D' },
    latency: { samples: 4, thresholdMs: 60_000 },
    ...change,
  });

  test('that is right passes every rule, and nothing of it is changed', async () => {
    await start();
    const state = () => ({ ...simulator.state(), now: '' });
    const before = state();
    const all = await findings(subject(), { genesys: survey() });
    expect(problems(all)).toEqual([]);
    expect(state()).toEqual(before);
    const rules = new Set(all.map(({ rule }) => rule));
    for (const rule of [
      'export/integration',
      'hold/capacity',
      'api/permissions',
      'api/rate-limit',
      'api/hold-latency',
      'hold/deletion-window',
    ]) {
      expect(rules).toContain(rule);
    }
  });

  test('is told what an export takes', async () => {
    await start();
    const messages = about('api/rate-limit', await findings(subject(), { genesys: survey() })).map((f) => f.message);
    expect(messages.join('\n')).toMatch(/5 recording jobs, about \d+ requests for \d+ conversations/);
  });

  test('that deletes before the hold can be there is found; what is protected, or of another channel, is not', async () => {
    await start({ seed: 'none' });
    const soon = new Date(Date.now() + 86_400_000).toISOString();
    const due = (id: string, mediaType: 'message' | 'voice') => ({
      id,
      start: '2026-01-20T10:00:00Z',
      mediaType,
      recordings: [{ deleteDate: soon }],
    });
    const [first, held] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as const;
    simulator.seed({
      conversations: [
        due(first, 'message'),
        due(held, 'message'),
        due('00000000-0000-4000-8000-000000000003', 'voice'),
      ],
    });
    await send('PUT', '/api/v2/recordings/deletionprotection', { conversationIds: [held] });

    const found = about(
      'hold/deletion-window',
      await findings(subject({ export: { scope: SMS } }), { genesys: survey() }),
    );

    expect(found).toMatchObject([{ status: 'fail', severity: 'error' }]);
    expect(found[0]?.message).toContain('1 recording in scope is deleted');
    expect(found[0]?.message).toContain(`of conversation ${first}`);
  });

  test('whose integration is off, or is not there, is found', async () => {
    await start();
    const missing = '00000000-0000-4000-8000-000000000000';
    const [absent] = about(
      'export/integration',
      await findings(subject({ integrationId: missing }), { genesys: survey() }),
    );
    expect(absent).toMatchObject({ status: 'fail', subject: { address: missing } });
    await send('PATCH', `/api/v2/integrations/${simulator.integrationId}`, { intendedState: 'DISABLED' });
    const [off] = about('export/integration', await findings(subject(), { genesys: survey() }));
    expect(off).toMatchObject({ status: 'fail' });
    expect(off?.message).toContain('INACTIVE');
  });

  test('with a trunk that is not registered is warned of, with the words of the carrier', async () => {
    await start();
    const ids = await trunkIds();
    const all = await findings(subject({ trunkIds: ids }), { genesys: survey() });
    const [good, bad] = about('byoc/sip-registration', all);
    expect(good?.status).toBe('pass');
    expect(bad).toMatchObject({ status: 'warn', subject: { address: ids[1] } });
    expect(bad?.message).toContain('403 Forbidden');
    const chains = about('byoc/certificate-verification', all).map(({ detail }) => detail);
    expect(chains).toEqual(expect.arrayContaining(['sip-a.example.net:5061', 'sip-b.example.net:5061']));
  });

  test('with a carrier whose chain is incomplete is warned of; one that cannot be reached is unknown', async () => {
    await start();
    const [trunk = ''] = await trunkIds();
    const chain = async (inspectChain: LiveSources['inspectChain']) => {
      const all = await findings(
        { trunkIds: [trunk] },
        { genesys: survey(), ...(inspectChain ? { inspectChain } : {}) },
      );
      return about('byoc/certificate-verification', all).find(({ subject: { address } }) => address === trunk);
    };
    const incomplete = await chain(() => Promise.resolve({ state: 'incomplete', evidence: 'one certificate sent' }));
    expect(incomplete?.status).toBe('warn');
    const silent = await chain(() => Promise.reject(new Error('connect ECONNREFUSED')));
    expect(silent).toMatchObject({ status: 'unknown' });
    expect(silent?.message).toContain('connect ECONNREFUSED');
  });

  test('with a number that is pending is warned of, unless the export names another one', async () => {
    await start();
    const all = await findings(subject({ export: { scope: SMS } }), { genesys: survey() });
    expect(problems(about('byoc/sms-number', all))).toMatchObject([{ status: 'warn' }]);
    const voice = { interval: JANUARY, mediaTypes: ['voice'], messageTypes: [] };
    expect(
      about('byoc/sms-number', await findings(subject({ export: { scope: voice } }), { genesys: survey() })),
    ).toEqual([]);
  });

  test('without room for the conversations fails; told a number, it is not counted', async () => {
    await start({ seed: { conversations: 1_100 } });
    const whole = { export: { scope: { ...SMS } } };
    const [over] = about(
      'hold/capacity',
      await findings(subject(whole), { genesys: survey({ requestsPerMinute: 3000 }) }),
    );
    expect(over).toMatchObject({ status: 'fail' });
    expect(over?.message).toContain('100 would stay unprotected');

    const before = simulator.requests().filter(({ path }) => path.endsWith('/retention/query')).length;
    const one = { export: { scope: { ...SMS, interval: '2026-01-02T00:00:00Z/2026-01-05T00:00:00Z' } } };
    const told = await findings(subject({ ...one, protectedConversations: 990 }), { genesys: survey() });
    expect(about('hold/capacity', told)[0]?.status).toBe('fail');
    const after = simulator.requests().filter(({ path }) => path.endsWith('/retention/query')).length;
    // The permission is tried, and delete dates are asked for; nothing is counted.
    expect(after - before).toBe(2);
  });

  test('is counted: what is held already needs no room', async () => {
    await start();
    const inScope = [...(await survey().conversations(SMS, never))];
    await send('PUT', '/api/v2/recordings/deletionprotection?protect=true', { conversationIds: inScope.slice(0, 10) });
    const [finding] = about(
      'hold/capacity',
      await findings(subject({ export: { scope: SMS } }), { genesys: survey() }),
    );
    expect(finding?.status).toBe('pass');
    expect(finding?.message).toContain(`${inScope.length - 10} conversations, and there is room for 990`);
  });

  test('counts what shares a recording, and what claims of other matters need', async () => {
    await start({ seed: 'none' });
    const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
    const [first, sibling, protectedOne, released] = [id(1), id(2), id(3), id(4)];
    simulator.seed({
      conversations: [
        {
          id: first,
          start: '2026-01-20T10:00:00Z',
          mediaType: 'message',
          recordings: [{ associatedConversationIds: [sibling] }],
        },
        ...[sibling, protectedOne, released].map((one) => ({ id: one, start: '2025-01-20T10:00:00Z' })),
      ],
    });
    await send('PUT', '/api/v2/recordings/deletionprotection', { conversationIds: [protectedOne] });
    const claims = (): ReturnType<NonNullable<LiveSources['claims']>> =>
      Promise.resolve({ known: true, conversations: ConversationSet.of([first, protectedOne, released]) });
    const capacity = async (protectedConversations?: number) => {
      const asked = {
        export: { scope: SMS },
        ...(protectedConversations === undefined ? {} : { protectedConversations }),
      };
      return about('hold/capacity', await findings(subject(asked), { genesys: survey(), claims }))[0];
    };

    expect((await capacity())?.message).toContain(
      '2 conversations, counting 1 that share a recording with one in scope, and there is room for 998',
    );
    expect((await capacity(997))?.status).toBe('pass');
    expect(await capacity(998)).toMatchObject({
      status: 'fail',
      message: expect.stringContaining('and other holds need 1 more that are not protected') as string,
    });
  });

  test('tells the pace of an open interval, counted to the last step that has ended', async () => {
    const ahead = Date.parse('2026-01-11T12:00:00Z') - Date.now();
    await start({ seed: 'none', now: () => Date.now() + ahead });
    simulator.seed({
      conversations: Array.from({ length: 20 }, (_, at) => ({
        start: `2026-01-${String(1 + Math.floor(at / 2)).padStart(2, '0')}T10:00:00Z`,
        mediaType: 'message' as const,
        recordings: [{}],
      })),
    });
    const rolling = { ...SMS, interval: '2026-01-01T00:00:00Z/..' };
    const all = await findings(subject({ export: { scope: rolling, batchInterval: 'P1D' } }), { genesys: survey() });
    const [room] = about('hold/capacity', all);
    expect(room?.message).toContain('Its interval is open: 20 conversations in 10 days so far');
    expect(room?.message).toContain('lasts about 490 days');
  });

  test('whose client lacks permissions is told which, and what cannot be seen is unknown', async () => {
    const client = { id: 'c1e7a0d2-0000-4c58-9a14-7d2e5f8b9c02', secret: 'another-secret' };
    const lacking = [
      'recording:snippetRecording:editRetention',
      'recording:deletionProtection:apply',
      'telephony:plugin:all',
    ];
    await start();
    simulator.seed({ clients: [{ ...client, without: lacking }] } satisfies Seed);
    const sut = survey({ clientId: client.id, clientSecret: client.secret });
    const all = await findings(subject({ trunkIds: await trunkIds() }), { genesys: sut });
    const refused = problems(about('api/permissions', all));
    expect(refused.map(({ status }) => status)).toEqual(['fail', 'fail']);
    const remedies = refused.map(({ remedy }) => remedy).join('\n');
    expect(remedies).toContain('Grant recording:snippetRecording:editRetention to');
    expect(remedies).toContain('Grant recording:deletionProtection:apply to');
    const [trunk] = about('byoc/sip-registration', all);
    expect(trunk?.status).toBe('unknown');
    expect(trunk?.message).toContain('lacks telephony:plugin:all');
  });

  test('whose hold endpoint is slow is warned of', async () => {
    await start();
    simulator.addFault({ method: 'POST', path: '/api/v2/recordings/deletionprotection', delayMs: 700, times: 40 });
    const [none] = about('api/hold-latency', await findings({ latency: { samples: 0 } }, { genesys: survey() }));
    expect(none).toMatchObject({ status: 'unknown', message: expect.stringContaining('no read was made') as string });
    const slow = { latency: { samples: 2, thresholdMs: 500 } };
    const [problem] = about('api/hold-latency', await findings(slow, { genesys: survey() }));
    expect(problem?.status).toBe('warn');
    expect(problem?.evidence[0]?.text).toContain('2 reads');
  });

  test('that has the compliance API is asked through it', async () => {
    await start({ complianceApi: true });
    const all = await findings(subject(), { genesys: survey() });
    expect(problems(all)).toEqual([]);
    expect(about('hold/capacity', all)[0]?.message).toContain('no limit is documented');
    expect(about('api/hold-latency', all)[0]?.subject.address).toBe('GET /api/v2/compliance/legalholds');
    expect(about('api/permissions', all).map(({ detail }) => detail)).toContain('compliance:legalHold:add');
  });

  test('that cannot be reached leaves everything unknown after one try', async () => {
    await start();
    const sut = survey({ clientSecret: 'wrong' });
    const all = await findings(subject(), { genesys: sut });
    const asked = ['export/integration', 'hold/capacity', 'byoc/sms-number', 'api/permissions', 'api/hold-latency'];
    const told = all.filter(({ rule }) => asked.includes(rule));
    expect(new Set(told.map(({ rule }) => rule))).toEqual(new Set(asked));
    expect(told.filter(({ status }) => status !== 'unknown')).toEqual([]);
    expect(simulator.requests().filter(({ path }) => path !== '/oauth/token')).toEqual([]);
  });

  test('without verification of certificates is warned of', async () => {
    await start();
    const all = await findings({}, { genesys: survey(), verificationOff: 'NODE_TLS_REJECT_UNAUTHORIZED=0' });
    expect(about('byoc/certificate-verification', all)[0]?.message).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0');
  });
});

async function trunkIds(): Promise<readonly string[]> {
  const { body } = await send('GET', '/api/v2/telephony/providers/edges/trunks');
  return (body as { readonly entities: readonly { readonly id: string }[] }).entities.map(({ id }) => id);
}

async function send(method: string, path: string, body?: unknown): Promise<Answer> {
  return await (await Session.join(simulator)).send(method, path, body);
}
