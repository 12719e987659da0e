/** Object holds with the real terraform against the simulator's S3 and S3 Control. */
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeleteObjectCommand, PutObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProvider } from '../../../scripts/bundle-provider';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator';
import { Aws } from '../../simulator/aws';
import { QUICK_IN_S3, registersIn } from '../../support/registers';
import { attach, type Attached } from '../attached';
import { errorsIn, Workspace } from '../workspace';

const HOLD = 'genesyscloud_compliance_object_hold.files';
const CONSENT = 'release_on_destroy = true\nrelease_reason = "settled"';
const QUICK = {
  pendingMs: 50,
  processingMs: 100,
  exportDelayMs: 200,
  rateLimitPerMinute: 10_000,
  batchStateMs: 1,
  batchTasksPerSecond: 1_000_000,
};

let simulator: Simulator;
let attached: Attached;
let aws: Aws;
const environment = { ...process.env };

async function start(options: SimulatorOptions): Promise<void> {
  simulator = await startSimulator({ ...QUICK, ...options });
  aws = new Aws(simulator);
  // The provider runs in this process, and the AWS SDK looks for keys and addresses in its environment.
  Object.assign(process.env, simulator.env);
  attached = await attach({
    env: { ...simulator.env, GENESYSCLOUD_REQUESTS_PER_MINUTE: '6000' },
    registers: registersIn(undefined, { timing: QUICK_IN_S3 }),
  });
}
async function stop(): Promise<void> {
  await attached.close();
  aws.close();
  await simulator.stop();
  process.env = { ...environment };
}

const bucketState = (name: string) => simulator.state().buckets.find((bucket) => bucket.name === name);
const writes = (from = 0) =>
  simulator
    .s3Requests()
    .slice(from)
    .filter(({ method }) => method !== 'GET' && method !== 'HEAD')
    .map(
      ({ path, query }) =>
        `${Object.keys(query)
          .filter((name) => name !== 'versionId' && name !== 'x-id')
          .join()} ${path}`,
    );

const named = (more = '') => `
resource "genesyscloud_compliance_object_hold" "files" {
  bucket = "recordings"
  prefix = "org/"
  tags   = { matter = "M-17" }
  ${more}
}`;
const keyOf = (n: number) => `org/${String(n).padStart(9, '0')}.json`;

describe('the files of an export', () => {
  const main = (more = '') => `
    resource "genesyscloud_recording_export_job" "sms" {
      integration_id = "${simulator.integrationId}"
      interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
      media_types    = ["message"]
      message_types  = ["sms"]
    }
    resource "genesyscloud_compliance_object_hold" "files" {
      export_job_id = genesyscloud_recording_export_job.sms.id
      bucket        = "${simulator.bucket}"
      tags          = { matter = "M-17" }
      ${more}
    }`;

  beforeAll(async () => {
    await start({ seed: { conversations: 100 } });
    await aws.s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket: simulator.bucket,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
      }),
    );
    await aws.put(simulator.bucket, 'somebody/elses.txt');
    attached.workspace.write(main());
    await attached.workspace.apply();
  });
  afterAll(stop);

  test('are all tagged and held, recordings and what lies beside them, and nothing else', async () => {
    expect(bucketState(simulator.bucket)).toMatchObject({ versions: 201, held: 200, tagged: 200 });
    expect(await attached.workspace.attributes(HOLD)).toMatchObject({
      status: 'active',
      version_count: 200,
      held_count: 200,
      tagged_count: 200,
      absent_conversation_count: 0,
    });
  });

  test('are not written before the last of them has arrived', () => {
    const exported = simulator.state().exports.map(({ exportedDate }) => exportedDate ?? 'never');
    const first = simulator.s3Requests().find(({ query }) => 'legal-hold' in query || 'tagging' in query);

    expect((first?.time ?? '') >= (exported.sort().at(-1) ?? '')).toBe(true);
  });

  test('leave nothing to do: a second apply makes no write, and there is no drift where there is none', async () => {
    const before = simulator.s3Requests().length;

    expect((await attached.workspace.plan()).code).toBe(0);
    expect((await attached.workspace.plan('-refresh-only')).code).toBe(0);
    await attached.workspace.apply();

    expect(writes(before)).toEqual([]);
  });

  test('are repaired exactly where they were changed, and a delete marker is told', async () => {
    const { workspace } = attached;
    const bucket = simulator.bucket;
    const [lifted = '', untagged = '', hidden = ''] = keysOf(bucket);
    simulator.changeObjectsQuietly({ bucket, key: lifted, legalHold: 'OFF' });
    simulator.changeObjectsQuietly({ bucket, key: untagged, tags: { matter: null } });
    await aws.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: hidden }));
    const late = lifted.replace(/[^/]*$/, 'late.json');
    await aws.put(bucket, late);

    const plan = await workspace.plan();
    expect(plan.code).toBe(2);
    expect(plan.text).toContain('0 to add, 1 to change, 0 to destroy');
    expect(plan.stdout).toMatch(/missing_count\s+= 3 -> \(known after apply\)/);
    expect(plan.text).toContain('Held objects look deleted');
    expect(plan.text).toContain(hidden);

    const before = simulator.s3Requests().length;
    await workspace.apply();

    const paths = (key: string) => `/${bucket}/${key}`;
    const sent = writes(before).map(decodeURIComponent).sort();
    expect(sent).toEqual(
      [
        `legal-hold ${paths(lifted)}`,
        `legal-hold ${paths(late)}`,
        `tagging ${paths(late)}`,
        `tagging ${paths(untagged)}`,
      ].sort(),
    );
    expect((await workspace.plan()).code).toBe(0);
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', version_count: 201, hidden_count: 1 });
  });

  test('stay found when Genesys Cloud has forgotten the jobs', async () => {
    simulator.forgetJobs();

    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('are not released without consent; with it, nothing of them stays held', async () => {
    const { workspace } = attached;
    const refused = await workspace.run(['plan', '-destroy']);
    expect(refused.code).toBe(1);
    expect(errorsIn(refused)).toHaveLength(1);
    expect(refused.text).toContain('release_on_destroy = true');

    workspace.write(main(CONSENT));
    await workspace.apply();
    const destroyed = await workspace.run(['destroy', '-auto-approve']);

    expect(destroyed.code).toBe(0);
    expect(bucketState(simulator.bucket)).toMatchObject({ held: 0, tagged: 201 });
  });

  function keysOf(bucket: string): readonly string[] {
    return [
      ...new Set(
        simulator
          .s3Requests()
          .filter(({ path, query }) => 'legal-hold' in query && path.startsWith(`/${bucket}/`))
          .map(({ path }) => decodeURIComponent(path).slice(bucket.length + 2)),
      ),
    ].sort();
  }
});

describe('objects under a prefix', () => {
  beforeEach(async () => {
    await start({ seed: 'none' });
    await aws.lockedBucket('recordings');
    simulator.seed({ objects: { bucket: 'recordings', prefix: 'org/', count: 200 } });
  });
  afterEach(stop);

  test('a refused key and a slow down in the middle: the rest is held, the key is named, the next apply finishes', async () => {
    const { workspace } = attached;
    simulator.addFault({ server: 's3', method: 'PUT', status: 503, skip: 60, times: 2 });
    simulator.addFault({
      server: 's3',
      path: `/recordings/${keyOf(7)}`,
      method: 'PUT',
      query: 'legal-hold',
      status: 403,
      times: 99,
    });
    workspace.write(named());

    const applied = await workspace.apply();

    expect(applied.text).toContain('lacks 1 of 200 object versions');
    expect(applied.text).toContain('s3:PutObjectLegalHold');
    expect(workspace.stateText()).not.toContain('tainted');
    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'incomplete',
      held_count: 199,
      failed_count: 1,
      failures: [{ key: keyOf(7), step: 'write-hold', code: 'AccessDenied' }],
    });

    simulator.clearFaults();
    const before = simulator.s3Requests().length;
    await workspace.apply();

    expect(writes(before)).toEqual([`legal-hold /recordings/${keyOf(7)}`]);
    expect((await workspace.plan()).code).toBe(0);
  }, 180_000);

  test('S3 Batch Operations holds and tags them by jobs; then there is nothing to do', async () => {
    const { workspace } = attached;
    await aws.lockedBucket('reports');
    const statement = (more: object): string =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
    const RoleName = 'batch';
    const trust = { Principal: { Service: 'batchoperations.s3.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const { Role } = await aws.iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: statement(trust) }),
    );
    const rights = ['s3:GetObject*', 's3:PutObject*', 's3:GetBucketObjectLockConfiguration'];
    const PolicyDocument = statement({ Action: rights, Resource: 'arn:aws:s3:::*' });
    await aws.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'hold', PolicyDocument }));
    workspace.write(
      named(
        `batch_operations = { role_arn = "${Role?.Arn ?? ''}", report_bucket = "reports", threshold = 100, checksums = true }`,
      ),
    );

    const plan = await workspace.plan();
    expect(plan.text).toContain('the engine batch_operations takes');
    await workspace.apply();

    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'active',
      engine_used: 'batch_operations',
      held_count: 200,
      tagged_count: 200,
    });
    expect(bucketState('recordings')).toMatchObject({ held: 200, tagged: 200 });
    expect(writes().filter((write) => /^(legal-hold|tagging) /.test(write))).toEqual([]);
    expect((await workspace.plan()).code).toBe(0);

    // A few versions are quicker done one by one.
    simulator.changeObjectsQuietly({ bucket: 'recordings', key: keyOf(3), legalHold: 'OFF' });
    expect((await workspace.plan()).stdout).toMatch(/engine_used\s+= "batch_operations" -> "direct"/);
    await workspace.apply();
    expect(bucketState('recordings')).toMatchObject({ held: 200 });
  });

  test('are taken over by import, without a write', async () => {
    const { workspace } = attached;
    simulator.changeObjectsQuietly({
      bucket: 'recordings',
      prefix: 'org/',
      legalHold: 'ON',
      tags: { matter: 'M-17' },
    });
    const before = simulator.s3Requests().length;
    workspace.write(named());

    expect((await workspace.run(['import', HOLD, 'recordings/org/'])).code).toBe(0);
    await workspace.apply();

    expect(writes(before)).toEqual([]);
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', held_count: 200, tagged_count: 200 });
    expect((await workspace.plan()).code).toBe(0);
  });
});

// /proc is Linux; the life cycle itself is tested for every platform with the plugin.
(process.platform === 'linux' ? describe : describe.skip)('the built executable, killed in the middle', () => {
  let folder: string;
  let executable: string;
  let workspace: Workspace;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gcc-object-hold-'));
    executable = await bundleProvider(folder);
    simulator = await startSimulator({ ...QUICK, seed: 'none' });
    aws = new Aws(simulator);
    await aws.lockedBucket('recordings');
    simulator.seed({ objects: { bucket: 'recordings', prefix: 'org/', count: 1_500 } });
    workspace = Workspace.launching(folder, simulator.env);
  });
  afterAll(async () => {
    workspace.remove();
    aws.close();
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('continues from its journal: nothing that was done is written again', async () => {
    workspace.write(named());
    const { child, ended } = workspace.start(['apply', '-auto-approve']);
    const done = () => writes().length;
    while (done() < 1_500) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const pid of processesOf(executable)) process.kill(Number(pid), 'SIGKILL');
    child.kill('SIGKILL');
    await ended;
    const journals = join(workspace.folder, '.local', 'state', 'genesyscloud-compliance', 'object-holds');
    expect(readdirSync(journals).filter((name) => name.endsWith('.jsonl'))).toHaveLength(1);
    expect(done()).toBeLessThan(3_000);
    rmSync(join(workspace.folder, '.terraform.tfstate.lock.info'), { force: true });

    const again = await workspace.apply('-lock=false');

    expect(again.text).not.toContain('NodeVersionSupportWarning');
    // Requests that were under way when it was killed may have been answered to nobody.
    expect(done()).toBeLessThanOrEqual(3_000 + 64);
    expect(bucketState('recordings')).toMatchObject({ held: 1_500, tagged: 1_500 });
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', version_count: 1_500 });
    expect((await workspace.plan()).code).toBe(0);
    expect(existsSync(join(journals, readdirSync(journals)[0] ?? ''))).toBe(true);
  }, 300_000);

  /** Processes of this machine that run this executable. */
  function processesOf(path: string): readonly string[] {
    return readdirSync('/proc').filter((entry) => {
      if (!/^\d+$/.test(entry)) return false;
      try {
        return readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(path);
      } catch {
        return false;
      }
    });
  }
});
