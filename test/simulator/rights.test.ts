import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { startSimulator, type Simulator } from '../../src/simulator';
import { Aws } from './aws';

let simulator: Simulator;
let admin: Aws;
const opened: Aws[] = [];

beforeAll(async () => {
  simulator = await startSimulator({ seed: 'none' });
  admin = new Aws(simulator);
});
afterAll(async () => {
  for (const aws of [admin, ...opened]) aws.close();
  await simulator.stop();
});

const DENIED = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };
const policy = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const trust = (AWS: string): string => policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' });

/** Somebody in a new role that may do these actions on every object and bucket. */
async function someone(RoleName: string, ...Action: string[]): Promise<Aws> {
  const { Role } = await admin.iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(simulator.accountId) }),
  );
  if (Action.length > 0) await grant(RoleName, ...Action);
  const aws = await admin.as(Role?.Arn ?? '');
  opened.push(aws);
  return aws;
}

async function grant(RoleName: string, ...Action: string[]): Promise<void> {
  const PolicyDocument = policy({ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::*' });
  await admin.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: `p${Action.length}`, PolicyDocument }));
}

describe('who asks', () => {
  test('is told by the access key', async () => {
    const role = await someone('who');
    const identity = await role.sts.send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: simulator.accountId,
      Arn: `arn:aws:sts::${simulator.accountId}:assumed-role/who/session`,
    });
    expect((await admin.sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(
      `arn:aws:iam::${simulator.accountId}:user/simulator-admin`,
    );
    expect(simulator.awsRequests().at(-1)).toMatchObject({ service: 'sts', path: '/GetCallerIdentity' });
  });

  test('an unknown or expired key is refused', async () => {
    const stranger = new Aws(simulator, { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' });
    opened.push(stranger);
    await expect(stranger.put(simulator.bucket, 'a')).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    const role = await someone('expired', 's3:*');
    await role.put(simulator.bucket, 'a');
    simulator.advance(3_700_000);
    await expect(role.put(simulator.bucket, 'a')).rejects.toMatchObject({ name: 'ExpiredToken' });
  });

  test('a role is taken on only by whom it trusts, with the external id', async () => {
    const account = `arn:aws:iam::${simulator.accountId}:root`;
    const AssumeRolePolicyDocument = policy({
      Effect: 'Allow',
      Principal: { AWS: account },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'org-1' } },
    });
    const { Role } = await admin.iam.send(new CreateRoleCommand({ RoleName: 'external', AssumeRolePolicyDocument }));
    const arn = Role?.Arn ?? '';
    await expect(admin.as(arn)).rejects.toMatchObject(DENIED);
    await expect(admin.as(arn, { ExternalId: 'org-2' })).rejects.toMatchObject(DENIED);
    opened.push(await admin.as(arn, { ExternalId: 'org-1' }));
    const genesys = trust('765628985471');
    const other = await admin.iam.send(
      new CreateRoleCommand({ RoleName: 'theirs', AssumeRolePolicyDocument: genesys }),
    );
    await expect(admin.as(other.Role?.Arn ?? '')).rejects.toMatchObject(DENIED);
  });
});

describe('the rights of a role', () => {
  let Bucket: string;
  let VersionId: string;
  beforeAll(async () => {
    Bucket = await admin.lockedBucket('guarded');
    VersionId = await admin.put(Bucket, 'a');
  });
  const version = (): { Bucket: string; Key: string; VersionId: string } => ({ Bucket, Key: 'a', VersionId });
  const Tagging = { TagSet: [{ Key: 'k', Value: 'v' }] };

  test.each([
    ['s3:GetObject', (aws: Aws) => aws.s3.send(new GetObjectCommand({ Bucket, Key: 'a' }))],
    ['s3:GetObjectVersion', (aws: Aws) => aws.s3.send(new GetObjectCommand(version()))],
    ['s3:PutObject', (aws: Aws) => aws.put(Bucket, 'b')],
    ['s3:ListBucketVersions', (aws: Aws) => aws.s3.send(new ListObjectVersionsCommand({ Bucket }))],
    ['s3:GetObjectTagging', (aws: Aws) => aws.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'a' }))],
    ['s3:PutObjectTagging', (aws: Aws) => aws.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging }))],
    [
      's3:PutObjectTagging s3:PutObjectVersionTagging',
      (aws: Aws) => aws.s3.send(new PutObjectTaggingCommand({ ...version(), Tagging })),
    ],
    [
      's3:PutObject s3:PutObjectTagging',
      (aws: Aws) => aws.s3.send(new PutObjectCommand({ Bucket, Key: 'c', Body: 'x', Tagging: 'a=b' })),
    ],
    [
      's3:PutObjectLegalHold',
      (aws: Aws) => aws.s3.send(new PutObjectLegalHoldCommand({ ...version(), LegalHold: { Status: 'ON' } })),
    ],
    ['s3:DeleteObject', (aws: Aws) => aws.s3.send(new DeleteObjectCommand({ Bucket, Key: 'zzz' }))],
  ])('%s is exactly what is needed', async (rights, act: (aws: Aws) => Promise<unknown>) => {
    const all = rights.split(' ');
    const name = rights.replace(/\W/g, '');
    const partly = await someone(`lacks-${name}`.slice(0, 60), 's3:GetBucketLocation', ...all.slice(0, -1));
    await expect(act(partly)).rejects.toMatchObject(DENIED);
    await act(await someone(`has-${name}`.slice(0, 60), ...all));
  });

  test('BypassGovernanceRetention is a right of its own', async () => {
    const key = { Bucket, Key: 'retained', VersionId: await admin.put(Bucket, 'retained') };
    const RetainUntilDate = new Date(Date.now() + 864e6);
    await admin.s3.send(new PutObjectRetentionCommand({ ...key, Retention: { Mode: 'GOVERNANCE', RetainUntilDate } }));
    const remove = new DeleteObjectCommand({ ...key, BypassGovernanceRetention: true });
    const deleter = await someone('deleter', 's3:DeleteObjectVersion');
    await expect(deleter.s3.send(remove)).rejects.toMatchObject(DENIED);
    await grant('deleter', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention');
    await deleter.s3.send(remove);
  });

  test('a batch of deletes is judged key by key', async () => {
    const aws = await someone('batch-deleter');
    const PolicyDocument = policy({
      Effect: 'Allow',
      Action: 's3:DeleteObject',
      Resource: `arn:aws:s3:::${Bucket}/mine/*`,
    });
    await admin.iam.send(new PutRolePolicyCommand({ RoleName: 'batch-deleter', PolicyName: 'p', PolicyDocument }));
    const Objects = [{ Key: 'mine/1' }, { Key: 'theirs/1' }];
    const { Deleted, Errors } = await aws.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect([Deleted?.map((one) => one.Key), Errors?.map((one) => [one.Key, one.Code])]).toEqual([
      ['mine/1'],
      [['theirs/1', 'AccessDenied']],
    ]);
  });

  test('the hold shows only to who may see it, and a missing key only to who may list', async () => {
    await admin.s3.send(new PutObjectLegalHoldCommand({ ...version(), LegalHold: { Status: 'ON' } }));
    const reader = await someone('reader', 's3:GetObject', 's3:GetObjectVersion');
    const look = new HeadObjectCommand(version());
    expect((await reader.s3.send(look)).ObjectLockLegalHoldStatus).toBeUndefined();
    await expect(reader.s3.send(new GetObjectCommand({ Bucket, Key: 'no' }))).rejects.toMatchObject(DENIED);
    await grant('reader', 's3:GetObject', 's3:GetObjectVersion', 's3:GetObjectLegalHold', 's3:ListBucket');
    expect((await reader.s3.send(look)).ObjectLockLegalHoldStatus).toBe('ON');
    await expect(reader.s3.send(new GetObjectCommand({ Bucket, Key: 'no' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });

  test('boundary, session policy and managed policies count', async () => {
    const aws = await someone('bounded');
    const create = async (PolicyName: string, Action: string): Promise<string> => {
      const PolicyDocument = policy({ Effect: 'Allow', Action, Resource: '*' });
      return (await admin.iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }))).Policy?.Arn ?? '';
    };
    const [everything, reading] = [await create('everything', 's3:*'), await create('reading', 's3:Get*')];
    await admin.iam.send(new AttachRolePolicyCommand({ RoleName: 'bounded', PolicyArn: everything }));
    await aws.put(Bucket, 'd');
    const session = { Policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }) };
    const limited = await admin.as(`arn:aws:iam::${simulator.accountId}:role/bounded`, session);
    opened.push(limited);
    await limited.s3.send(new GetObjectCommand({ Bucket, Key: 'd' }));
    await expect(limited.put(Bucket, 'd')).rejects.toMatchObject(DENIED);
    const bound = new PutRolePermissionsBoundaryCommand({ RoleName: 'bounded', PermissionsBoundary: reading });
    await admin.iam.send(bound);
    await expect(aws.put(Bucket, 'd')).rejects.toMatchObject(DENIED);
    await aws.s3.send(new GetObjectCommand({ Bucket, Key: 'd' }));
  });
});

describe('a bucket policy', () => {
  test('grants, denies, and binds the administrator too, who can always repair it', async () => {
    const Bucket = await admin.lockedBucket('with-policy');
    const VersionId = await admin.put(Bucket, 'a');
    const aws = await someone('no-policies');
    const Principal = { AWS: `arn:aws:iam::${simulator.accountId}:role/no-policies` };
    const Resource = `arn:aws:s3:::${Bucket}/*`;
    const put = (...statements: object[]): Promise<unknown> =>
      admin.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(...statements) }));
    await put(
      { Sid: 'Read', Effect: 'Allow', Principal, Action: 's3:GetObject', Resource },
      {
        Sid: 'DenyInsecure',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [Resource, `arn:aws:s3:::${Bucket}`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    );
    await aws.s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    await expect(aws.put(Bucket, 'a')).rejects.toMatchObject(DENIED);

    await put({ Sid: 'Nobody', Effect: 'Deny', Principal: '*', Action: 's3:PutObjectLegalHold', Resource });
    const LegalHold = { Status: 'ON' } as const;
    await expect(
      admin.s3.send(new PutObjectLegalHoldCommand({ Bucket, Key: 'a', VersionId, LegalHold })),
    ).rejects.toMatchObject(DENIED);
    await put({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [Resource, `arn:aws:s3:::${Bucket}`] });
    await expect(admin.put(Bucket, 'a')).rejects.toMatchObject(DENIED);
    await admin.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    await expect(admin.s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
    await admin.put(Bucket, 'a');
  });

  test('can ask for tags of the request and of the object', async () => {
    const Bucket = await admin.lockedBucket('by-tag');
    await admin.put(Bucket, 'a');
    const Resource = `arn:aws:s3:::${Bucket}/*`;
    await admin.s3.send(
      new PutBucketPolicyCommand({
        Bucket,
        Policy: policy(
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:PutObjectTagging',
            Resource,
            Condition: { StringNotEquals: { 's3:RequestObjectTag/matter': '1' } },
          },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:GetObject',
            Resource,
            Condition: { StringEquals: { 's3:ExistingObjectTag/matter': '1' } },
          },
        ),
      }),
    );
    const tag = (Value: string): Promise<unknown> =>
      admin.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: { TagSet: [{ Key: 'matter', Value }] } }));
    await expect(tag('2')).rejects.toMatchObject(DENIED);
    await admin.s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    await tag('1');
    await expect(admin.s3.send(new GetObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject(DENIED);
  });

  test('can tell putting a legal hold ON from taking it OFF', async () => {
    const Bucket = await admin.lockedBucket('one-way');
    const VersionId = await admin.put(Bucket, 'a');
    await admin.s3.send(
      new PutBucketPolicyCommand({
        Bucket,
        Policy: policy({
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:PutObjectLegalHold',
          Resource: `arn:aws:s3:::${Bucket}/*`,
          Condition: { StringNotEquals: { 's3:object-lock-legal-hold': 'ON' } },
        }),
      }),
    );
    const hold = (Status: 'ON' | 'OFF'): Promise<unknown> =>
      admin.s3.send(new PutObjectLegalHoldCommand({ Bucket, Key: 'a', VersionId, LegalHold: { Status } }));
    await hold('ON');
    await expect(hold('OFF')).rejects.toMatchObject(DENIED);
  });

  test('is refused when it is malformed, public, about another bucket, or names nobody', async () => {
    const Bucket = await admin.lockedBucket('refused');
    const put = (statement: object): Promise<unknown> =>
      admin.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(statement) }));
    const Resource = `arn:aws:s3:::${Bucket}/*`;
    const good = { Effect: 'Allow', Principal: { AWS: simulator.accountId }, Action: 's3:GetObject', Resource };
    await put(good);
    const malformed = { name: 'MalformedPolicy', $metadata: { httpStatusCode: 400 } };
    await expect(put({ ...good, Effect: 'Permit' })).rejects.toMatchObject(malformed);
    await expect(put({ ...good, Resource: 'arn:aws:s3:::elsewhere/*' })).rejects.toMatchObject(malformed);
    const AWS = `arn:aws:iam::${simulator.accountId}:role/nobody`;
    await expect(put({ ...good, Principal: { AWS } })).rejects.toMatchObject({
      ...malformed,
      message: expect.stringContaining('Invalid principal'),
    });
    await expect(put({ ...good, Principal: '*' })).rejects.toMatchObject(DENIED);
  });
});

describe('a bucket encrypted with a key of its own', () => {
  test('takes objects only from who may use the key', async () => {
    const Bucket = await admin.lockedBucket('encrypted');
    const { KeyMetadata } = await admin.kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.Arn ?? '';
    await admin.s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KeyId } }],
        },
      }),
    );
    const writer = await someone('writer', 's3:PutObject', 's3:GetObject');
    await expect(writer.put(Bucket, 'a')).rejects.toMatchObject(DENIED);
    const Principal = { AWS: `arn:aws:iam::${simulator.accountId}:role/writer` };
    const root = { AWS: `arn:aws:iam::${simulator.accountId}:root` };
    const Policy = policy(
      { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' },
      { Effect: 'Allow', Principal, Action: 'kms:GenerateDataKey', Resource: '*' },
    );
    await admin.kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy }));
    await writer.put(Bucket, 'a');
    await expect(writer.s3.send(new GetObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject(DENIED);
    const head = await admin.s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }));
    expect(head).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KeyId });
  });
});
