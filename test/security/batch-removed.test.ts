/** The policies for S3 Batch Operations, tried: without any one action the apply names it, and claims nothing as held. */
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { awsPolicies } from '../../scripts/docs/aws-policies';
import { applyWithBatchOperations, type AwsError, createJobControl, createS3ObjectStore } from '../../src/aws';
import { startSimulator, type Simulator } from '../../src/simulator';
import { fastClock, never } from '../genesys/helpers';
import { Aws } from '../simulator/aws';

const RECORDINGS = 'your-recordings';
const JOBS = 'your-jobs';
const JOB_ROLE = 'your-recordings-batch';
const STARTING = 'Starting jobs of S3 Batch Operations';
const WORKING = 'The role of jobs of S3 Batch Operations';

let simulator: Simulator;
let admin: Aws;
const clock = fastClock(1000);
let callers = 0;
const made = new Set<string>();

beforeAll(async () => {
  simulator = await startSimulator({ seed: 'none', now: clock.now, batchStateMs: 1, batchTasksPerSecond: 1000 });
  admin = new Aws(simulator);
  await admin.lockedBucket(RECORDINGS);
  await admin.lockedBucket(JOBS);
});
afterAll(async () => {
  admin.close();
  await simulator.stop();
});

const actionsOf = (title: string): readonly string[] =>
  awsPolicies()
    .filter((policy) => policy.title === title)
    .flatMap(({ statements }) => statements.flatMap(({ Action }) => Action));

/** Writes the policies of these titles, without one action, into a role of this name. Answers its ARN. */
async function role(RoleName: string, trusts: object, titles: readonly string[], without: string): Promise<string> {
  const document = (Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
  const AssumeRolePolicyDocument = document([{ Effect: 'Allow', Principal: trusts, Action: 'sts:AssumeRole' }]);
  if (!made.has(RoleName)) await admin.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  made.add(RoleName);
  const statements = titles
    .flatMap((title) => awsPolicies().find((policy) => policy.title === title)!.statements)
    .map((statement) => ({ ...statement, Action: [statement.Action].flat().filter((action) => action !== without) }))
    .filter(({ Action }) => Action.length > 0);
  await admin.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: document(statements) }));
  return `arn:aws:iam::${simulator.accountId}:role/${RoleName}`;
}

/** Holds and tags one new file by jobs, where one action is missing. Answers what is said of it. */
async function saidWithout(title: string, action: string): Promise<string> {
  callers += 1;
  const prefix = `${callers}/`;
  await admin.put(RECORDINGS, `${prefix}a`);
  const jobRole = await role(
    JOB_ROLE,
    { Service: 'batchoperations.s3.amazonaws.com' },
    [WORKING],
    title === WORKING ? action : '',
  );
  const caller = await admin.as(
    await role(
      `caller-${callers}`,
      { AWS: simulator.accountId },
      ['Tagging and holding exported files', STARTING],
      title === STARTING ? action : '',
    ),
  );
  const store = createS3ObjectStore({ bucket: RECORDINGS, client: () => Promise.resolve(caller.s3) });
  const jobs = createJobControl(simulator.accountId, () => Promise.resolve(caller.control));
  try {
    const result = await applyWithBatchOperations(
      {
        bucket: RECORDINGS,
        prefixes: [prefix],
        tags: new Map([['matter', 'M-1']]),
        legalHold: true,
        holdId: `hold-${callers}`,
        settings: {
          accountId: simulator.accountId,
          roleArn: jobRole,
          bucket: JOBS,
          prefix: 'genesyscloud-compliance/',
        },
      },
      { store, jobs, s3: () => Promise.resolve(caller.s3) as never, clock },
      never,
    );
    const { stopped, failures } = result;
    const why = stopped === null || stopped.why === 'aborted' ? null : (stopped.error as AwsError).missingRight;
    return [
      `stopped: ${why ?? 'null'}, failures: ${failures.count}`,
      ...failures.first.map(({ message }) => message),
    ].join('\n');
  } finally {
    caller.close();
  }
}

/** What a run that goes well does not ask for: it comes with cancelling, breaking off, and S3's own documents. */
const NOT_ASKED: Readonly<Record<string, readonly string[]>> = {
  [STARTING]: ['s3:UpdateJobStatus', 's3:AbortMultipartUpload', 's3:ListBucket'],
  [WORKING]: ['s3:GetBucketObjectLockConfiguration', 's3:GetObjectVersion'],
};
const NOTHING = 'stopped: null, failures: 0';

test('with both policies everything is done', async () => {
  expect(await saidWithout(STARTING, 'nothing')).toBe(NOTHING);
});

test.each(
  [STARTING, WORKING].flatMap((title) =>
    actionsOf(title)
      .filter((action) => !NOT_ASKED[title]!.includes(action))
      .map((action) => [title, action] as const),
  ),
)('%s, taken away: %s is named, and nothing is said to be done', async (title, action) => {
  const said = await saidWithout(title, action);
  expect(said).not.toContain(NOTHING);
  expect(said).toContain(action);
});

test.each([STARTING, WORKING].flatMap((title) => NOT_ASKED[title]!.map((action) => [title, action] as const)))(
  '%s, taken away: %s is not missed by a run that goes well',
  async (title, action) => {
    expect(actionsOf(title)).toContain(action);
    expect(await saidWithout(title, action)).toBe(NOTHING);
  },
);
