/** Over thirty stacks by the real terraform: nothing is found where nothing happened, and ten planted drifts are found, no more. */
import { DeleteRolePolicyCommand, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inParallel } from '../../src/time';
import { drifted, runDrift, told, type DriftRun } from './drift-run';
import { conversationIds, Estate, exportStack, filesStack, matterStack, storageStack } from './estate';

// Three terraform commands in each of 31 stacks.
jest.setTimeout(400_000);

const MATTERS = 7;
const FILES = 5;
const STORAGES = 12;
const EXPORTS = 3;
const HELD = 5;
const BUCKET = 'recordings';

let estate: Estate;
let stacks: Readonly<Record<string, string>>;

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

/** Stacks of the less common kinds: a module, a move, an import, data sources. */
const others = (): Readonly<Record<string, string>> => ({
  module: `module "matter" {
    source = "./matter"
  }`,
  moved: matterStack(MATTERS + 2, HELD),
  imported: `import {
      to = genesyscloud_compliance_legalhold.matter
      id = "conversations/${conversationIds(MATTERS, HELD).join(',')}"
    }
    ${matterStack(MATTERS, HELD).replace('"Matter', '"A second matter over those of matter')}`,
  data: `data "aws_iam_policy_document" "write" {
      statement {
        actions   = ["s3:PutObject"]
        resources = ["arn:aws:s3:::data/*"]
      }
    }
    data "aws_caller_identity" "me" {}
    resource "aws_iam_policy" "write" {
      name   = "write-${'$'}{data.aws_caller_identity.me.account_id}"
      policy = data.aws_iam_policy_document.write.json
    }
    output "number" { value = 0.1 + 0.2 }`,
});

beforeAll(async () => {
  const start = '2026-01-10T12:00:00Z';
  const conversations = [
    ...numbers(MATTERS + 2).flatMap((n) => conversationIds(n, HELD).map((id) => ({ id, start }))),
    ...numbers(EXPORTS).flatMap((n) =>
      conversationIds(100 + n, HELD).map((id) => ({ id, start: `2026-02-0${n}T12:00:00Z` })),
    ),
  ];
  estate = await Estate.start({ seed: { conversations } });
  await estate.aws.lockedBucket(BUCKET);
  estate.simulator.seed({ objects: numbers(FILES).map((n) => ({ bucket: BUCKET, prefix: `org/${n}/`, count: 4 })) });
  stacks = {
    ...Object.fromEntries(numbers(MATTERS).map((n) => [`matter-${n}`, matterStack(n, HELD)])),
    ...Object.fromEntries(numbers(FILES).map((n) => [`files-${n}`, filesStack(BUCKET, `org/${n}/`)])),
    ...Object.fromEntries(numbers(STORAGES).map((n) => [`storage-${n}`, storageStack(`estate-${n}`)])),
    ...Object.fromEntries(numbers(EXPORTS).map((n) => [`export-${n}`, exportStack(estate.simulator.integrationId, n)])),
    ...others(),
  };
  for (const [name, hcl] of Object.entries(stacks)) estate.write(name, hcl);
  mkdirSync(join(estate.folder, 'module', 'matter'));
  estate.write('module/matter', matterStack(MATTERS + 1, HELD));
  await estate.terraform('module', 'init', '-input=false');
  const late = ['imported'];
  await inParallel(
    Object.keys(stacks).filter((name) => !late.includes(name)),
    3,
    (name) => estate.apply(name),
  );
  // What it imports is held by then.
  await estate.apply('imported');
});
afterAll(() => estate.stop());

const drift = (names: readonly string[] = Object.keys(stacks), ...words: readonly string[]): Promise<DriftRun> =>
  runDrift(
    [...names.flatMap((name) => ['--dir', join(estate.folder, name)]), '--no-init', '--parallel', '3', ...words],
    estate.env,
  );

/** State files and all else that lies in the stacks. */
const lying = () =>
  Object.keys(stacks).map((name) => {
    const folder = join(estate.folder, name);
    return [name, readdirSync(folder).sort(), statSync(join(folder, 'terraform.tfstate')).mtimeMs];
  });

const targets = ({ report }: DriftRun) =>
  (report?.targets ?? []).map(
    ({ name, state, problems }) => [name.split('/').at(-1), state, problems.join('\n')] as const,
  );

test('over thirty untouched stacks: no finding, exit code 0, nothing written', async () => {
  const before = lying();

  const run = await drift();

  expect(run.err).toBe('');
  expect(targets(run).filter(([, state]) => state !== 'complete')).toEqual([]);
  expect(run.report?.items).toEqual([]);
  expect(run.report?.title).toBe('Drift: none found in 31 stacks');
  expect(run.code).toBe(0);
  expect(lying()).toEqual(before);
});

/** The policy of a writer as the stack has it, with other actions or another order of words. */
const writing = (storage: number, more: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Write', Effect: 'Allow', Resource: `arn:aws:s3:::estate-${storage}/*`, ...more }],
  });

const putRolePolicy = (storage: number, PolicyDocument: string) =>
  estate.aws.iam.send(
    new PutRolePolicyCommand({ RoleName: `estate-${storage}-writer`, PolicyName: 'export', PolicyDocument }),
  );

async function plantTenDrifts(): Promise<void> {
  const { simulator, aws } = estate;
  // Holds released, whole and in part.
  simulator.releaseQuietly(conversationIds(1, HELD));
  simulator.releaseQuietly(conversationIds(2, HELD).slice(0, 2));
  // Objects: a lock lifted, a tag changed, a delete marker over one that is held, a file that came late.
  simulator.changeObjectsQuietly({ bucket: BUCKET, key: 'org/1/000000000.json', legalHold: 'OFF' });
  simulator.changeObjectsQuietly({ bucket: BUCKET, key: 'org/2/000000001.json', tags: { matter: 'M-18' } });
  await aws.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'org/3/000000002.json' }));
  await aws.put(BUCKET, 'org/4/late.json');
  // Storage: a permission lost, somebody else trusted, versioning suspended, a bucket gone with its settings.
  await putRolePolicy(1, writing(1, { Action: ['s3:PutObject', 's3:PutObjectAcl'] }));
  await aws.iam.send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: 'estate-2-writer',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::999999999999:root' } },
        ],
      }),
    }),
  );
  await aws.s3.send(
    new PutBucketVersioningCommand({ Bucket: 'estate-3', VersioningConfiguration: { Status: 'Suspended' } }),
  );
  await aws.s3.send(new DeleteBucketCommand({ Bucket: 'estate-4' }));
}

/** None of this is drift: history that expired, what is not applied yet, a move, a policy that only reads differently. */
async function doWhatIsNoDrift(): Promise<void> {
  estate.simulator.forgetJobs();
  estate.write('storage-6', storageStack('estate-6', 'description = "Writes recordings."'));
  estate.write(
    'moved',
    `moved {
      from = genesyscloud_compliance_legalhold.matter
      to   = genesyscloud_compliance_legalhold.acme
    }
    ${matterStack(MATTERS + 2, HELD).replace('"matter"', '"acme"')}`,
  );
  const actions = ['s3:PutObjectTagging', 's3:PutObject', 's3:PutObjectAcl'];
  await putRolePolicy(7, JSON.stringify(JSON.parse(writing(7, { Action: actions })), null, 2));
}

test('ten planted drifts: exactly ten, in the right words; what is not drift is told apart', async () => {
  await plantTenDrifts();
  await doWhatIsNoDrift();
  const before = lying();

  const run = await drift();

  expect(told(drifted(run.report))).toEqual([
    [
      'files-1',
      'error',
      'drift/object-hold-lost',
      `The object hold on s3://${BUCKET}/org/1/: 1 object version lost the legal hold`,
    ],
    [
      'files-2',
      'error',
      'drift/object-hold-lost',
      `The object hold on s3://${BUCKET}/org/2/: 1 object version lacks tags`,
    ],
    [
      'files-3',
      'error',
      'drift/object-hold-lost',
      `The object hold on s3://${BUCKET}/org/3/: 1 key was hidden under delete markers`,
    ],
    [
      'files-4',
      'error',
      'drift/objects-late',
      `The object hold on s3://${BUCKET}/org/4/: 1 object version came after the hold and is not held`,
    ],
    ['matter-1', 'error', 'drift/hold-released', 'The legal hold "Matter 1" was released on all 5 conversations'],
    ['matter-2', 'error', 'drift/hold-released', 'The legal hold "Matter 2" was released on 2 of 5 conversations'],
    [
      'storage-1',
      'error',
      'drift/policy-changed',
      'The policy export of the role estate-1-writer no longer allows s3:PutObjectTagging',
    ],
    [
      'storage-2',
      'error',
      'drift/policy-changed',
      'The role estate-2-writer now lets AWS arn:aws:iam::999999999999:root take it on without a condition and no longer lets AWS arn:aws:iam::765628985471:root take it on',
    ],
    ['storage-3', 'error', 'drift/bucket-setting', 'Versioning of the bucket estate-3 is Suspended'],
    ['storage-4', 'error', 'drift/deleted', 'The bucket estate-4 was deleted outside of Terraform'],
  ]);
  expect(run.report?.title).toBe('Drift: 10 errors in 31 stacks');
  expect(run.code).toBe(2);
  expect(targets(run).filter(([, state]) => state !== 'complete')).toEqual([]);
  const notes = run.report?.items.filter(({ level }) => level === 'note') ?? [];
  const isWarning = ({ rule }: (typeof notes)[number]): boolean => rule === 'terraform/warning';
  expect(notes.filter(isWarning).map(({ headline }) => headline)).toEqual([
    'Held objects look deleted',
    'Legal hold is not whole',
    'Legal hold is not whole',
  ]);
  expect(notes.filter((note) => !isWarning(note)).map(({ category, headline }) => [category, headline])).toEqual([
    ['pending', 'genesyscloud_compliance_legalhold.acme is configured and not applied yet: move'],
    ['pending', 'aws_iam_role.writer is configured and not applied yet: update (description)'],
  ]);
  const bucket = run.report?.items.find(({ rule }) => rule === 'drift/deleted');
  expect(bucket?.text).toContain(
    'With it went aws_s3_bucket_policy.files, aws_s3_bucket_public_access_block.files and aws_s3_bucket_versioning.files.',
  );
  expect(lying()).toEqual(before);
});

test('the report for people says what happened, who can tell more, and what to do', async () => {
  const { out } = await drift(['matter-2', 'storage-1']);

  expect(out).toContain('The legal hold "Matter 2" was released on 2 of 5 conversations');
  expect(out).toContain('3 of 5 conversations are held.');
  expect(out).toMatch(/audit\s+viewer\s+of\s+Genesys\s+Cloud/);
  expect(out).toMatch(/Run "terraform plan" and "terraform apply": it holds exactly what is missing/);
  expect(out).toContain('Gone: Allow s3:PutObjectTagging on arn:aws:s3:::estate-1/*');
});

test('a state that was refreshed and not repaired still says that the hold is released', async () => {
  await estate.terraform('matter-2', 'apply', '-refresh-only', '-auto-approve', '-input=false');

  const { report, code } = await drift(['matter-2']);

  expect(told(drifted(report))).toEqual([
    ['matter-2', 'error', 'drift/hold-released', 'The legal hold "Matter 2" was released on 2 of 5 conversations'],
  ]);
  expect(report?.items.filter(({ category }) => category === 'pending')).toEqual([]);
  expect(code).toBe(2);
});

test('drifts of a few more kinds: a bucket policy replaced, a role policy deleted, public access opened', async () => {
  const { aws } = estate;
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: '999999999999' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::estate-8/*',
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await aws.s3.send(new PutBucketPolicyCommand({ Bucket: 'estate-8', Policy }));
  await aws.iam.send(new DeleteRolePolicyCommand({ RoleName: 'estate-9-writer', PolicyName: 'export' }));
  await aws.s3.send(new DeletePublicAccessBlockCommand({ Bucket: 'estate-10' }));

  const { report } = await drift(['storage-8', 'storage-9', 'storage-10']);

  expect(told(drifted(report)).map(([, level, , headline]) => [level, headline])).toEqual([
    ['error', 'The public access block of the bucket estate-10 was removed'],
    ['error', 'The policy of the bucket estate-8 no longer denies s3:* and now allows s3:GetObject'],
    ['error', 'The policy export of the role estate-9-writer was deleted'],
  ]);
});

describe('what could not be looked at is never clean', () => {
  test('an error in one resource, a broken configuration, no folder; the others are looked at', async () => {
    const { simulator } = estate;
    simulator.addFault({ path: '/api/v2/recordings/deletionprotection', status: 403, times: 1_000 });
    writeFileSync(join(estate.folder, 'storage-11', 'broken.tf'), 'resource "aws_s3_bucket" {');
    const run = await drift(['matter-5', 'storage-11', 'nowhere', 'storage-12']).finally(() => simulator.clearFaults());

    const [partial, broken, nowhere, complete] = targets(run);
    expect([partial, broken, nowhere, complete].map((one) => one?.slice(0, 2))).toEqual([
      ['matter-5', 'partial'],
      ['storage-11', 'failed'],
      ['nowhere', 'failed'],
      ['storage-12', 'complete'],
    ]);
    expect(partial?.[2]).toContain('genesyscloud_compliance_legalhold.matter: Legal hold could not be read');
    expect(broken?.[2]).toContain('Missing name for resource');
    expect(nowhere?.[2]).toContain('There is no folder');
    expect(run.code).toBe(1);
  });

  test.each([
    ['credentials that are refused', 'access_token = "wrong"', /401|credentials|access token/i],
    [
      'a Genesys Cloud that is not reached',
      'gateway {\n host = "127.0.0.1"\n port = "1"\n protocol = "http"\n}',
      /ECONNREFUSED|reach/i,
    ],
  ])('%s', async (_, settings, message) => {
    const name = 'matter-6';
    estate.write(name, `provider "genesyscloud" {\n retry_timeout = "1s"\n ${settings}\n}\n${matterStack(6, HELD)}`);

    const run = await drift([name]);

    expect(targets(run)[0]?.[1]).not.toBe('complete');
    expect(targets(run)[0]?.[2]).toMatch(message);
    expect([run.report?.items, run.code]).toEqual([[], 1]);
  });

  test('a folder that is not initialised', async () => {
    estate.write('fresh', storageStack('fresh'));
    const { TF_REATTACH_PROVIDERS: _, ...env } = estate.env;

    const run = await runDrift(['--dir', join(estate.folder, 'fresh'), '--no-init'], {
      ...env,
      TF_REATTACH_PROVIDERS: '',
    });

    expect(targets(run)[0]?.slice(0, 2)).toEqual(['fresh', 'failed']);
    expect(targets(run)[0]?.[2]).toContain('terraform init');
    expect(run.code).toBe(1);
  });

  test('no terraform', async () => {
    const run = await drift(['matter-5'], '--terraform', 'no-such-terraform');

    expect(targets(run)[0]?.[2]).toContain('Install it, or name it with --terraform.');
    expect(run.code).toBe(1);
  });
});
