import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { startSimulator, type Simulator } from '../../src/simulator';
import { changesIn, Stacks } from './stacks';

const ROLE = 'genesys-recordings-exporter';

let simulator: Simulator;
let stacks: Stacks;
let s3: S3;
let iam: IAM;
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
  iam = new IAM({});
  // The integration is set up for a bucket that the storage stack makes.
  await s3.deleteBucket({ Bucket: simulator.bucket });
  stacks = await Stacks.install({ ...simulator.env, GENESYSCLOUD_REQUESTS_PER_MINUTE: '6000' });
});
afterAll(async () => {
  await simulator.stop();
  stacks.remove();
  process.env = environment;
});

describe('main.ts', () => {
  test('is deployed with one command: storage, then export and hold', async () => {
    const deployed = await stacks.cdktfDeploy('storage', 'compliance');

    expect({ code: deployed.code, text: deployed.code === 0 ? '' : deployed.text }).toEqual({ code: 0, text: '' });
    const { Versions = [] } = await s3.listObjectVersions({ Bucket: simulator.bucket });
    expect(Versions.length).toBeGreaterThan(0);
    const lock = await s3.getObjectLockConfiguration({ Bucket: simulator.bucket });
    expect(lock.ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled' });
    const { PolicyNames } = await iam.listRolePolicies({ RoleName: ROLE });
    expect(PolicyNames).toEqual(['export', 'tagging']);
  });

  test('makes a role that may write and tag exported files, and neither delete nor release them', async () => {
    const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy({
      PolicySourceArn: `arn:aws:iam::123456789012:role/${ROLE}`,
      ActionNames: ['s3:PutObject', 's3:PutObjectTagging', 's3:DeleteObjectVersion', 's3:PutObjectLegalHold'],
      ResourceArns: [`arn:aws:s3:::${simulator.bucket}/any/file.opus`],
    });

    const decisions = EvaluationResults.map((each) => [each.EvalActionName, each.EvalDecision]);
    expect(Object.fromEntries(decisions)).toEqual({
      's3:PutObject': 'allowed',
      's3:PutObjectTagging': 'allowed',
      's3:DeleteObjectVersion': 'implicitDeny',
      's3:PutObjectLegalHold': 'implicitDeny',
    });
  });

  test.each(['storage', 'compliance'])('leaves nothing to do in %s', async (stack) => {
    const { code, text, plan } = await stacks.plan(stack);

    expect(text).toContain('No changes.');
    expect(changesIn(plan)).toEqual({});
    expect(code).toBe(0);
  });

  test('changes nothing when it is deployed again', async () => {
    // What changes nothing is a POST too: logging in, asking about conversations and what is held, and all of IAM. A query of
    // conversations is made and deleted.
    const asks = /token|query|^POST .*\/deletionprotection$|conversations\/details\/jobs|^POST \/(Get|List)/;
    const writes = () =>
      [...simulator.requests(), ...simulator.s3Requests()]
        .map(({ method, path }) => `${method} ${path}`)
        .filter((request) => !/^(GET|HEAD) /.test(request) && !asks.test(request));
    const before = writes();

    expect((await stacks.synth('main.ts')).code).toBe(0);
    for (const stack of ['storage', 'compliance']) {
      const applied = await stacks.terraform(stack, 'apply', '-auto-approve', '-input=false');
      expect(applied.text).toContain('Apply complete! Resources: 0 added, 0 changed, 0 destroyed.');
    }

    expect(writes()).toEqual(before);
  });
});

describe('drift of the storage', () => {
  test('a role whose tagging was taken away is found in the plan, and given back', async () => {
    const weaker = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:PutObjectVersionTagging', Resource: '*' }],
    });
    await iam.putRolePolicy({ RoleName: ROLE, PolicyName: 'tagging', PolicyDocument: weaker });

    const { code, text, plan } = await stacks.plan('storage');

    expect(code).toBe(2);
    expect(text).toContain('+ "s3:PutObjectTagging"');
    expect(plan.resource_drift?.map(({ type }) => type)).toEqual(['aws_iam_role_policy']);
    expect(plan.resource_drift?.[0]?.change.after).toMatchObject({ policy: weaker });
    expect(changesIn(plan)).toEqual({ aws_iam_role_policy: 'update' });

    await stacks.terraform('storage', 'apply', '-input=false', 'tfplan');

    expect((await stacks.plan('storage')).code).toBe(0);
    const { PolicyDocument = '' } = await iam.getRolePolicy({ RoleName: ROLE, PolicyName: 'tagging' });
    expect(decodeURIComponent(PolicyDocument)).toContain('"s3:PutObjectTagging"');
  });

  test('a bucket policy that shuts the exporter out and a bucket opened to the public are found', async () => {
    const Bucket = simulator.bucket;
    const lockout = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Deny', Principal: '*', Action: 's3:PutObjectTagging', Resource: `arn:aws:s3:::${Bucket}/*` },
      ],
    });
    await s3.putBucketPolicy({ Bucket, Policy: lockout });
    await s3.deletePublicAccessBlock({ Bucket });

    const { code, plan } = await stacks.plan('storage');

    expect(code).toBe(2);
    expect(changesIn(plan)).toEqual({ aws_s3_bucket_policy: 'update', aws_s3_bucket_public_access_block: 'create' });
    await stacks.terraform('storage', 'apply', '-input=false', 'tfplan');
    expect((await stacks.plan('storage')).code).toBe(0);
  });
});

describe('destroying', () => {
  test('the hold is refused while releasing is not agreed to, and nothing is released', async () => {
    const destroyed = await stacks.terraform('compliance', 'destroy', '-auto-approve', '-input=false');

    expect(destroyed.code).not.toBe(0);
    expect(destroyed.text).toContain('Acme v. Example');
    expect(destroyed.text).toContain('release_on_destroy');
    expect((await stacks.plan('compliance')).code).toBe(0);
  });

  test('the storage leaves the bucket while there are files in it', async () => {
    const destroyed = await stacks.terraform('storage', 'destroy', '-auto-approve', '-input=false');

    expect(destroyed.code).not.toBe(0);
    expect(destroyed.text).toContain('BucketNotEmpty');
    const { Versions = [] } = await s3.listObjectVersions({ Bucket: simulator.bucket });
    expect(Versions.length).toBeGreaterThan(0);
  });
});

describe('a role without s3:PutObjectTagging', () => {
  test('fails at synth, with the construct, the missing action and the remedy', async () => {
    const synthesised = await stacks.synth('test/e2e/programs/without-tagging.ts');

    expect(synthesised.code).not.toBe(0);
    expect(synthesised.text).toContain('storage/role');
    expect(synthesised.text).toContain('iam/put-object-tagging');
    expect(synthesised.text).toContain('s3:PutObjectTagging');
  });
});
