/** The policies for holding and releasing, tried against S3: without any one action exactly what needs it is refused. */
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { awsPolicies } from '../../scripts/docs/aws-policies';
import { AwsError, createS3ObjectStore, fetchBucket, type ObjectStore } from '../../src/aws';
import { startSimulator, type Simulator } from '../../src/simulator';
import { never } from '../genesys/helpers';
import { Aws } from '../simulator/aws';

const BUCKET = 'your-recordings';
let simulator: Simulator;
let admin: Aws;
let version: { readonly key: string; readonly versionId: string };
let roles = 0;

beforeAll(async () => {
  simulator = await startSimulator({ seed: 'none' });
  admin = new Aws(simulator);
  await admin.lockedBucket(BUCKET);
  version = { key: 'a', versionId: await admin.put(BUCKET, 'a') };
});
afterAll(async () => {
  admin.close();
  await simulator.stop();
});

/** What somebody with this policy, without one action, is refused. */
async function refusedTo(title: string, without: string): Promise<readonly string[]> {
  const aws = await admin.as(await roleOf(title, without));
  const store = createS3ObjectStore({ bucket: BUCKET, client: () => Promise.resolve(aws.s3) });
  const refused: string[] = [];
  for (const [name, work] of Object.entries(WORK)) {
    try {
      const seen = await work(store);
      if (seen !== undefined && (seen as { state?: string }).state === 'unseen') refused.push(name);
    } catch (error) {
      if (!(error instanceof AwsError) || error.missingRight === undefined) throw error;
      refused.push(name);
    }
  }
  aws.close();
  return refused;
}

/** The ARN of a role with this policy, without one action. */
async function roleOf(title: string, without: string): Promise<string> {
  const statements = awsPolicies()
    .find((policy) => policy.title === title)!
    .statements.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((action) => action !== without),
    }));
  const RoleName = `little-${(roles += 1)}`;
  const policy = (Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
  const trust = [{ Effect: 'Allow', Principal: { AWS: simulator.accountId }, Action: 'sts:AssumeRole' }];
  const { Role } = await admin.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(trust) }));
  const PolicyDocument = policy(statements.filter(({ Action }) => Action.length > 0));
  await admin.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }));
  return Role?.Arn ?? '';
}

const WORK: Readonly<Record<string, (store: ObjectStore) => Promise<unknown>>> = {
  list: async (store) => {
    for await (const page of store.listVersions('', never)) void page;
  },
  lock: (store) => store.lockSupport(never),
  readTags: (store) => store.readTags(version, never),
  writeTags: (store) => store.writeTags(version, new Map([['matter', 'M-1']]), never),
  readHold: (store) => store.readHold(version, never),
  hold: (store) => store.writeHold(version, 'ON', never),
  release: (store) => store.writeHold(version, 'OFF', never),
};

/** Looking at a bucket: what cannot be seen without one action, and which right the answer names. */
async function unseenWithout(action: string): Promise<readonly string[]> {
  const aws = await admin.as(await roleOf('Looking only', action));
  const live = await fetchBucket(aws.s3, BUCKET, never);
  aws.close();
  return Object.entries(live).flatMap(([name, fact]: [string, unknown]) => {
    const { known, missingRight } = fact as { readonly known?: boolean; readonly missingRight?: string };
    return known === false ? [`${name}: ${missingRight?.split(' ')[0] ?? 'no right named'}`] : [];
  });
}

test.each<[string, readonly string[]]>([
  ['nothing', []],
  ['s3:GetBucketPolicy', ['policy']],
  ['s3:GetBucketVersioning', ['versioning']],
  ['s3:GetBucketObjectLockConfiguration', ['objectLock']],
  ['s3:GetEncryptionConfiguration', ['encryption']],
  ['s3:GetLifecycleConfiguration', ['lifecycle', 'abortsIncompleteUploads']],
  ['s3:GetBucketPublicAccessBlock', ['publicAccessBlock']],
  ['s3:GetBucketOwnershipControls', ['groupGrants']],
  ['s3:ListBucketVersions', []],
])('Looking only, taken away: %s', async (action, facts) => {
  expect(await unseenWithout(action)).toEqual(facts.map((fact) => `${fact}: ${action}`));
});

const HOLDING = 'Tagging and holding exported files';
const RELEASING = 'Releasing exported files';

test.each<[string, string, readonly string[]]>([
  [HOLDING, 'nothing', ['release']],
  [HOLDING, 's3:ListBucketVersions', ['list', 'release']],
  [HOLDING, 's3:GetBucketObjectLockConfiguration', ['lock', 'release']],
  [HOLDING, 's3:GetObjectTagging', ['readTags', 'release']],
  [HOLDING, 's3:GetObjectVersionTagging', ['readTags', 'release']],
  [HOLDING, 's3:PutObjectTagging', ['writeTags', 'release']],
  [HOLDING, 's3:PutObjectVersionTagging', ['writeTags', 'release']],
  [HOLDING, 's3:GetObjectLegalHold', ['readHold', 'release']],
  [HOLDING, 's3:PutObjectLegalHold', ['hold', 'release']],
  [RELEASING, 'nothing', ['writeTags']],
  [RELEASING, 's3:ListBucketVersions', ['list', 'writeTags']],
  [RELEASING, 's3:PutObjectLegalHold', ['writeTags', 'hold', 'release']],
])('%s, taken away: %s', async (title, without, expected) => {
  expect(await refusedTo(title, without)).toEqual(expected);
});
