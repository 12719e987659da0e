/**
 * Every rule that has three moments finds its mistake at each of them, as the same finding: in a CDKTF program, in the plan that
 * the real terraform makes of it, and in the accounts once it is applied. One program holds all the mistakes.
 */
import { collectLiveFacts, type LiveSubject } from '../../src/collect/live';
import { readPlans } from '../../src/collect/plan';
import { collectSynthFacts } from '../../src/collect/synth';
import type { Facts } from '../../src/facts';
import { createSurvey, ProcessState, type Survey } from '../../src/genesys';
import type { PlanInput } from '../../src/plan';
import { causesOf, checkRules, RULES, type Finding, type RuleId } from '../../src/rules';
import { conversationIds, Estate } from '../drift/estate';
import { Picture } from './picture';

const YEAR = '2025-01-01T00:00:00Z/2026-01-01T00:00:00Z';
const SPACED = 'Acme v. Ex';
const GATEWAY = 'gateway.example.net';
const never = new AbortController().signal;

const document = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

let estate: Estate;
let found: Readonly<Record<'synth' | 'plan' | 'live', readonly Finding[]>>;
let addresses: Readonly<Record<'exporter' | 'holder' | 'bucket' | 'export' | 'hold', string>>;

beforeAll(async () => {
  const conversations = conversationIds(1, 3).map((id) => ({ id, start: '2026-01-10T12:00:00Z' }));
  estate = await Estate.start({ seed: { conversations } });
  const picture = new Picture(estate, { interval: YEAR });
  const { storage, compliance } = picture;
  const [exporter, holder, bucket] = [picture.role, picture.holder, picture.bucket];
  addresses = {
    exporter: picture.address(exporter, 'aws_iam_role'),
    holder: picture.address(holder, 'aws_iam_role'),
    bucket: picture.address(bucket, 'aws_s3_bucket'),
    export: picture.address(compliance, 'genesyscloud_recording_export_job'),
    hold: picture.address(compliance, 'genesyscloud_compliance_legalhold'),
  };

  const objects = `arn:aws:s3:::${picture.bucketName}/*`;
  exporter.node.tryRemoveChild('tagging');
  holder.node.tryRemoveChild('tagging');
  picture.element(exporter, 'aws_iam_role').addOverride(
    'assume_role_policy',
    document({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::765628985471:root' },
      Action: 'sts:AssumeRole',
    }),
  );
  // Writes and deletes, under one name that is none; neither looks at the bucket nor ends uploads that went wrong.
  picture.element(exporter, 'aws_iam_role_policy').addOverride(
    'policy',
    document({
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTags', 's3:DeleteObjectVersion'],
      Resource: objects,
    }),
  );
  picture.element(bucket, 'aws_s3_bucket').addOverride('object_lock_enabled', false);
  picture.element(bucket, 'aws_s3_bucket_policy').addOverride(
    'policy',
    document(
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: objects,
        Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
      },
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: objects },
    ),
  );
  const closed = picture.element(bucket, 'aws_s3_bucket_public_access_block');
  for (const name of ['block_public_policy', 'restrict_public_buckets']) closed.addOverride(name, false);
  picture
    .element(bucket, 'aws_s3_bucket_lifecycle_configuration')
    .addOverride('rule', [{ id: 'tidy', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: 90 }] }]);
  picture.element(compliance, 'genesyscloud_recording_export_job').addOverride('batch_interval', undefined);
  const provider = compliance.node.tryFindChild('genesyscloud') as unknown as {
    addOverride(path: string, value: unknown): void;
  };
  const register = `${estate.folder}/register`;
  provider.addOverride('register', register);

  picture.app.synth();
  const plans = [await picture.planned('storage'), unfit(await picture.planned('compliance'))];
  await picture.makeStorage();

  // What the provider refuses to plan, and a gateway that it could not reach.
  picture.element(compliance, 'genesyscloud_compliance_legalhold').addOverride('external_reference_id', SPACED);
  provider.addOverride('gateway', { protocol: 'http', host: GATEWAY });
  const subject: LiveSubject = {
    askedBy: 'preflight',
    exportRole: { role: exporter.roleName, address: addresses.exporter },
    taggingRole: { role: holder.roleName, address: addresses.holder },
    holdRole: { role: holder.roleName, address: addresses.holder },
    bucket: { name: picture.bucketName, address: addresses.bucket },
    export: { scope: { interval: YEAR, mediaTypes: ['message'], messageTypes: ['sms'] }, address: addresses.export },
    hold: { externalReferenceId: SPACED, address: addresses.hold },
    register,
  };
  expect(storage.node.children.length).toBeGreaterThan(0);
  found = {
    synth: problems(collectSynthFacts(picture.app)),
    plan: problems(readPlans(plans).facts),
    live: problems(await collectLiveFacts({ aws: estate.aws, genesys: behindGateway() }, subject, never)),
  };
});
afterAll(() => estate.stop());

/** Writes into a plan of the right thing what a provider without its checks would plan. */
function unfit(input: PlanInput): PlanInput {
  for (const { type, change } of input.plan.resource_changes ?? []) {
    if (type === 'genesyscloud_compliance_legalhold') Object.assign(change.after!, { external_reference_id: SPACED });
  }
  for (const block of Object.values(input.plan.configuration?.provider_config ?? {})) {
    if (!(block.full_name ?? '').includes('compliance')) continue;
    const gateway = [{ protocol: { constant_value: 'http' }, host: { constant_value: GATEWAY } }];
    Object.assign(block, { expressions: { ...block.expressions, gateway } });
  }
  return input;
}

/** The simulator's organization, as if a gateway without TLS stood before it. */
function behindGateway(): Survey {
  const survey = createSurvey(
    {
      clientId: estate.simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'],
      clientSecret: estate.simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'],
      region: 'us-east-1',
      gateway: { protocol: 'http', host: '127.0.0.1', port: Number(new URL(estate.simulator.url).port) },
      requestsPerMinute: 1_000_000,
      retryTimeoutMs: 1_000,
      holdApi: 'auto',
    },
    { state: new ProcessState() },
  );
  const own: Partial<Survey> = { gateway: { host: `${GATEWAY}:80`, tls: false } };
  return new Proxy(survey, {
    get: (target, name) => {
      const value: unknown = name in own ? own[name as keyof Survey] : target[name as keyof Survey];
      return typeof value === 'function' ? (value as (...words: unknown[]) => unknown).bind(target) : value;
    },
  });
}

const problems = (facts: Facts): readonly Finding[] =>
  checkRules(facts).findings.filter(({ status }) => status === 'fail' || status === 'warn');

/** The finding of each rule's mistake, by the rule. */
const MISTAKES: Readonly<Partial<Record<RuleId, () => string>>> = {
  'iam/put-object-tagging': () => `${addresses.holder} ${addresses.bucket}`,
  'iam/export-actions': () => `${addresses.exporter} ${addresses.bucket} s3:GetBucketLocation`,
  'iam/external-id': () => addresses.exporter,
  'iam/least-privilege': () => `${addresses.exporter} ${addresses.bucket}`,
  'iam/action-names': () => `${addresses.exporter} s3:PutObjectTags`,
  's3/policy-lockout': () => `${addresses.bucket} export ${addresses.exporter}`,
  's3/public': () => addresses.bucket,
  's3/retention-loss': () => addresses.bucket,
  's3/large-objects': () => `${addresses.exporter} ${addresses.bucket} s3:AbortMultipartUpload`,
  's3/object-lock': () => addresses.bucket,
  'export/batch-size': () => addresses.export,
  'hold/external-reference-id': () => addresses.hold,
  'hold/register': () => 'provider.compliance',
  'byoc/certificate-verification': () => `the gateway before the API ${GATEWAY}:80`,
};

const THREE = RULES.filter(({ moments }) => (['synth', 'plan', 'live'] as const).every((one) => moments.includes(one)));

test('every rule with three moments has a mistake here', () => {
  expect(Object.keys(MISTAKES).sort()).toEqual(THREE.map(({ id }) => id).sort());
});

test.each(THREE.map(({ id }) => id))('%s', (rule) => {
  const id = `${rule} ${MISTAKES[rule]!()}`;
  const of = (findings: readonly Finding[]): readonly string[] =>
    [...new Set(findings.map((one) => one.id))].filter((one) => one.startsWith(`${rule} `)).sort();
  const told = { synth: of(found.synth), plan: of(found.plan), live: of(found.live) };

  expect(told).toEqual({
    synth: expect.arrayContaining([id]) as unknown,
    plan: expect.arrayContaining([id]) as unknown,
    live: expect.arrayContaining([id]) as unknown,
  });
});

test('what has one cause is told as one at each of them', () => {
  const everywhere = (id: string): boolean =>
    Object.values(found).every((findings) => findings.some((one) => one.id === id));
  const told = (findings: readonly Finding[]): readonly string[] =>
    causesOf(findings)
      .map((cause) => cause.findings.map(({ id }) => id).filter(everywhere))
      .filter((ids) => ids.length > 0)
      .map((ids) => [...new Set(ids)].sort().join('\n'))
      .sort();

  expect(told(found.synth).some((one) => one.includes('\n'))).toBe(true);
  expect(told(found.plan)).toEqual(told(found.synth));
  expect(told(found.live)).toEqual(told(found.synth));
});
