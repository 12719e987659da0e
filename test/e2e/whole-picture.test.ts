import { S3 } from '@aws-sdk/client-s3';
import { runCli } from '../../src/cli';
import { startSimulator, type Simulator } from '../../src/simulator';
import { changesIn, Stacks } from './stacks';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/genesys-recordings-exporter';
const MATTER = 'MATTER-2026-0017';
const BOTH = ['storage', 'compliance'] as const;

let simulator: Simulator;
let stacks: Stacks;
let s3: S3;
const environment = { ...process.env };

beforeAll(async () => {
  simulator = await startSimulator({
    pendingMs: 50,
    processingMs: 200,
    exportDelayMs: 300,
    rateLimitPerMinute: 100_000,
  });
  Object.assign(process.env, simulator.env);
  s3 = new S3({});
  // The integration is set up for a bucket that the storage stack makes.
  await s3.deleteBucket({ Bucket: simulator.bucket });
  stacks = await Stacks.install({
    ...simulator.env,
    GENESYSCLOUD_REQUESTS_PER_MINUTE: '6000',
    OBJECT_HOLD: 'true',
  });
}, 600_000);
afterAll(async () => {
  await simulator.stop();
  stacks.remove();
  process.env = environment;
});

/** Every exported version with its lock and its tags, as S3 has them. */
async function versions(): Promise<readonly { Key: string; VersionId: string; lock: string; matter: string }[]> {
  const Bucket = simulator.bucket;
  const { Versions = [] } = await s3.listObjectVersions({ Bucket });
  return Promise.all(
    Versions.map(async ({ Key = '', VersionId = '' }) => {
      const where = { Bucket, Key, VersionId };
      const { LegalHold } = await s3.getObjectLegalHold(where).catch(() => ({ LegalHold: undefined }));
      const { TagSet = [] } = await s3.getObjectTagging(where);
      const matter = TagSet.find((tag) => tag.Key === 'LegalHold')?.Value ?? 'none';
      return { Key, VersionId, lock: LegalHold?.Status ?? 'none', matter };
    }),
  );
}

const states = async (): Promise<readonly string[]> => [
  ...new Set((await versions()).map(({ lock, matter }) => `${lock} ${matter}`)),
];

/** The command `preflight` over role and bucket: its exit code and what it prints. */
async function preflight(): Promise<{ code: number; out: string }> {
  let out = '';
  const code = await runCli(['preflight', '--role-arn', ROLE_ARN, '--bucket', simulator.bucket], {
    out: (text) => void (out += text),
    err: (text) => void (out += text),
    signal: new AbortController().signal,
  });
  return { code, out };
}

describe('bucket, roles, export, hold and object hold', () => {
  test('are deployed with one command; every file is locked and tagged', async () => {
    const deployed = await stacks.cdktfDeploy(...BOTH);

    expect({ code: deployed.code, text: deployed.code === 0 ? '' : deployed.text }).toEqual({ code: 0, text: '' });
    expect(await versions()).not.toHaveLength(0);
    expect(await states()).toEqual([`ON ${MATTER}`]);
    expect(simulator.state().protected.length).toBeGreaterThan(0);
  }, 600_000);

  test('are deployed again without changing anything, and nothing is left to do', async () => {
    const before = await versions();

    const deployed = await stacks.cdktfDeploy(...BOTH);

    expect(deployed.code).toBe(0);
    expect(await versions()).toEqual(before);
    for (const stack of BOTH) {
      const { code, text, plan } = await stacks.plan(stack);
      expect(text).toContain('No changes.');
      expect(changesIn(plan)).toEqual({});
      expect(code).toBe(0);
    }
  }, 600_000);

  test('pass the live rules about role and bucket', async () => {
    const { code, out } = await preflight();

    expect({ code, out: code === 0 ? '' : out }).toEqual({ code: 0, out: '' });
  });
});

describe('what is done behind its back', () => {
  test('a lock that was lifted and a tag that was removed are found, and exactly those are put right', async () => {
    const [first, second] = await versions();
    const Bucket = simulator.bucket;
    const { Key, VersionId } = first!;
    const lift = () => s3.putObjectLegalHold({ Bucket, Key, VersionId, LegalHold: { Status: 'OFF' } });
    // The bucket policy keeps administrators from it, but not from taking the policy away for a moment.
    await expect(lift()).rejects.toThrow(/not authorized to perform: s3:PutObjectLegalHold/);
    const { Policy } = await s3.getBucketPolicy({ Bucket });
    await s3.deleteBucketPolicy({ Bucket });
    await lift();
    await s3.putBucketPolicy({ Bucket, Policy });
    await s3.deleteObjectTagging({ Bucket, Key: second!.Key, VersionId: second!.VersionId });

    const { code, plan } = await stacks.plan('compliance');

    expect(code).toBe(2);
    expect(changesIn(plan)).toEqual({ genesyscloud_compliance_object_hold: 'update' });
    const from = simulator.s3Requests().length;
    expect(await stacks.terraform('compliance', 'apply', '-input=false', 'tfplan')).toMatchObject({ code: 0 });
    const written = simulator
      .s3Requests()
      .slice(from)
      .filter(({ method, path }) => method === 'PUT' && path.startsWith(`/${Bucket}/`));
    expect(new Set(written.map(({ path }) => path)).size).toBe(new Set([first!.Key, second!.Key]).size);
    expect(await states()).toEqual([`ON ${MATTER}`]);
    expect((await stacks.plan('compliance')).code).toBe(0);
  }, 400_000);

  test('a bucket policy that was weakened is named by preflight and put right by the storage stack', async () => {
    const Bucket = simulator.bucket;
    const lockout = {
      Sid: 'NoTags',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObjectTagging',
      Resource: `arn:aws:s3:::${Bucket}/*`,
    };
    await s3.putBucketPolicy({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [lockout] }) });

    const { code, out } = await preflight();

    expect(code).toBe(2);
    expect(out).toContain('s3/policy-lockout');
    expect(out).toContain('iam/put-object-tagging');
    expect(out).toContain('NoTags');
    const { plan } = await stacks.plan('storage');
    expect(changesIn(plan)).toEqual({ aws_s3_bucket_policy: 'update' });
    await stacks.terraform('storage', 'apply', '-input=false', 'tfplan');
    expect((await preflight()).code).toBe(0);
  }, 400_000);
});

describe('destroying', () => {
  test('is refused while releasing is not agreed to, and nothing is released', async () => {
    const destroyed = await stacks.terraform('compliance', 'destroy', '-auto-approve', '-input=false');

    expect(destroyed.code).not.toBe(0);
    expect(destroyed.text).toContain('release_on_destroy');
    expect(await states()).toEqual([`ON ${MATTER}`]);
    expect((await stacks.plan('compliance')).code).toBe(0);
  }, 300_000);
});
