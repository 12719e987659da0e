/** Thirty stacks by the real terraform: nothing is found where nothing happened, and ten planted drifts are found, no more. */
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeletePublicAccessBlockCommand, PutBucketPolicyCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildDriftReport,
  driftExitCode,
  lookAtFolders,
  runProcess,
  type DriftOutcome,
  type TerraformSettings,
} from '../../src/review/drift';
import { countingItems } from '../../src/review';
import { inParallel } from '../../src/review/drift/pool';
import { conversationIds, Estate, filesStack, matterStack, storageStack } from './estate';

const MATTERS = 9;
const FILES = 6;
const STORAGES = 14;
const HELD = 5;
const BUCKET = 'recordings';

let estate: Estate;
let names: readonly string[];

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

beforeAll(async () => {
  const start = '2026-01-10T12:00:00Z';
  const conversations = numbers(MATTERS).flatMap((n) => conversationIds(n, HELD).map((id) => ({ id, start })));
  estate = await Estate.start({ seed: { conversations } });
  await estate.aws.lockedBucket(BUCKET);
  estate.simulator.seed({ objects: numbers(FILES).map((n) => ({ bucket: BUCKET, prefix: `org/${n}/`, count: 4 })) });
  const stacks: Record<string, string> = {
    ...Object.fromEntries(numbers(MATTERS).map((n) => [`matter-${n}`, matterStack(n, HELD)])),
    ...Object.fromEntries(numbers(FILES).map((n) => [`files-${n}`, filesStack(BUCKET, `org/${n}/`)])),
    ...Object.fromEntries(numbers(STORAGES).map((n) => [`storage-${n}`, storageStack(`estate-${n}`)])),
    export: `
      resource "genesyscloud_recording_export_job" "sms" {
        integration_id = "${estate.simulator.integrationId}"
        interval       = "2026-01-10T00:00:00Z/2026-01-11T00:00:00Z"
      }
      output "state" { value = genesyscloud_recording_export_job.sms.state }`,
  };
  names = Object.keys(stacks);
  for (const [name, hcl] of Object.entries(stacks)) estate.write(name, hcl);
  await inParallel(names, 3, (name) => estate.apply(name));
});
afterAll(() => estate.stop());

const settings = (): TerraformSettings => ({
  program: 'terraform',
  env: estate.env,
  timeoutMs: 60_000,
  init: false,
  run: runProcess,
  signal: new AbortController().signal,
});

async function drift(only: readonly string[] = names): Promise<DriftOutcome> {
  const folders = only.map((name) => ({ name, path: join(estate.folder, name) }));
  return buildDriftReport(await lookAtFolders(folders, 3, settings()), { today: '2026-11-23' });
}

/** State files and all else that lies in the stacks. */
const lying = () =>
  names.map((name) => {
    const folder = join(estate.folder, name);
    return [name, readdirSync(folder).sort(), statSync(join(folder, 'terraform.tfstate')).mtimeMs];
  });

test('thirty untouched stacks: no finding, nothing written', async () => {
  const before = lying();

  const outcome = await drift();

  expect(outcome.report.targets).toHaveLength(30);
  expect(outcome.report.targets.filter(({ state }) => state !== 'complete')).toEqual([]);
  expect(outcome.report.items).toEqual([]);
  expect(outcome.report.title).toBe('Drift: none found in 30 stacks');
  expect(driftExitCode(outcome, 'warn')).toBe(0);
  expect(lying()).toEqual(before);
});

test('ten planted drifts: exactly ten, in the right words; what is no drift is told apart', async () => {
  const { simulator, aws } = estate;
  // 1, 2: holds released, whole and in part
  simulator.releaseQuietly(conversationIds(1, HELD));
  simulator.releaseQuietly(conversationIds(2, HELD).slice(0, 2));
  // 3, 4, 5: a lock lifted, a tag changed, a file that came late
  simulator.changeObjectsQuietly({ bucket: BUCKET, key: 'org/1/000000000.json', legalHold: 'OFF' });
  simulator.changeObjectsQuietly({ bucket: BUCKET, key: 'org/2/000000001.json', tags: { matter: 'M-18' } });
  await aws.put(BUCKET, 'org/3/late.json');
  // 6, 7, 8: policies of a role and a bucket
  const write = (Action: readonly string[]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Sid: 'Write', Effect: 'Allow', Resource: 'arn:aws:s3:::estate-1/*', Action }],
    });
  await aws.iam.send(
    new PutRolePolicyCommand({
      RoleName: 'estate-1-writer',
      PolicyName: 'export',
      PolicyDocument: write(['s3:PutObject', 's3:PutObjectAcl']),
    }),
  );
  await aws.s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'estate-2',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: '999999999999' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::estate-2/*',
          },
        ],
      }),
    }),
  );
  await aws.iam.send(new DeleteRolePolicyCommand({ RoleName: 'estate-3-writer', PolicyName: 'export' }));
  // 9, 10: settings of buckets
  await aws.s3.send(
    new PutBucketVersioningCommand({ Bucket: 'estate-4', VersioningConfiguration: { Status: 'Suspended' } }),
  );
  await aws.s3.send(new DeletePublicAccessBlockCommand({ Bucket: 'estate-5' }));
  // None of these is drift: history that expired, configuration that is not applied yet, a policy that only reads differently.
  simulator.forgetJobs();
  estate.write('storage-6', storageStack('estate-6', 'description = "Writes recordings."'));
  await aws.iam.send(
    new PutRolePolicyCommand({
      RoleName: 'estate-7-writer',
      PolicyName: 'export',
      PolicyDocument: JSON.stringify(
        {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Sid: 'Write',
              Action: ['s3:PutObjectTagging', 's3:PutObject', 's3:PutObjectAcl'],
              Resource: ['arn:aws:s3:::estate-7/*'],
            },
          ],
        },
        null,
        2,
      ),
    }),
  );

  const before = lying();
  const outcome = await drift();

  const found = countingItems(outcome.report).map(({ target, level, rule, headline }) => [
    target,
    level,
    rule,
    headline,
  ]);
  expect(found).toEqual([
    ['files-1', 'error', 'drift/object-hold-lost', `s3://${BUCKET}/org/1/ lost the legal hold on 1 object version`],
    ['files-2', 'error', 'drift/object-hold-lost', `s3://${BUCKET}/org/2/ lost tags on 1 object version`],
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
      'The policy of the bucket estate-2 now allows s3:GetObject and no longer denies s3:*',
    ],
    ['storage-3', 'error', 'drift/policy-changed', 'The policy export of the role estate-3-writer was deleted'],
    ['storage-4', 'error', 'drift/bucket-setting', 'Versioning of the bucket estate-4 is Suspended'],
    ['storage-5', 'error', 'drift/bucket-setting', 'The public access block of the bucket estate-5 was removed'],
    [
      'files-3',
      'warn',
      'drift/objects-late',
      `1 object version came to s3://${BUCKET}/org/3/ after the hold and is not held`,
    ],
  ]);
  expect(outcome.report.title).toBe('Drift: 9 errors, 1 warning in 30 stacks');
  expect(driftExitCode(outcome, 'error')).toBe(2);
  const told = outcome.report.items
    .filter(({ level }) => level === 'note')
    .map(({ target, category, headline }) => [target, category, headline]);
  expect(told).toEqual([
    ['storage-6', 'pending', 'aws_iam_role.writer is configured and not applied yet: update (description)'],
  ]);
  expect(lying()).toEqual(before);
});

test('a state that was refreshed and not repaired still says that the hold is released', async () => {
  await estate.terraform('matter-2', 'apply', '-refresh-only', '-auto-approve', '-input=false');

  const { report } = await drift(['matter-2']);

  expect(countingItems(report).map(({ headline }) => headline)).toEqual([
    'The legal hold "Matter 2" was released on 2 of 5 conversations',
  ]);
  expect(report.items.filter(({ category }) => category === 'pending')).toEqual([]);
});

test('what could not be looked at is never clean: an error in one resource, a broken configuration, no folder', async () => {
  const { simulator } = estate;
  simulator.addFault({ path: '/api/v2/recordings/deletionprotection', status: 403, times: 1_000 });
  writeFileSync(join(estate.folder, 'storage-9', 'broken.tf'), 'resource "aws_s3_bucket" {');
  const outcome = await drift(['matter-5', 'storage-9', 'nowhere', 'storage-10']).finally(() =>
    simulator.clearFaults(),
  );

  const seen = outcome.report.targets.map(({ name, state }) => [name, state]);
  expect(seen).toEqual([
    ['matter-5', 'partial'],
    ['storage-9', 'failed'],
    ['nowhere', 'failed'],
    ['storage-10', 'complete'],
  ]);
  expect(outcome.report.targets[0]?.problems.join()).toContain('Legal hold could not be read');
  expect(outcome.report.targets[0]?.problems.join()).toContain('genesyscloud_compliance_legalhold.matter');
  expect(outcome.report.targets[1]?.problems.join()).toContain('Missing name for resource');
  expect(driftExitCode(outcome, 'error')).toBe(1);
});
