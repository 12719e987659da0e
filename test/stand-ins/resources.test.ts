import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { S3 } from '@aws-sdk/client-s3';
import { createProviderServer, startServer } from '../../src/framework';
import { startSimulator, type Simulator } from '../../src/simulator';
import { Workspace } from '../provider/workspace';
import { connectAws } from './aws/clients';
import { standInAws } from './aws/provider';

const NAME = 'stand-in-recordings';

const policy = (...actions: readonly string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

const keyPolicy = (...actions: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: actions, Resource: '*' }],
  });

/** Everything the stand-in knows, once. */
const PROGRAM = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
data "aws_caller_identity" "me" {}
data "aws_partition" "here" {}
data "aws_iam_policy_document" "tls" {
  statement {
    sid       = "DenyUnencryptedTransport"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:\${data.aws_partition.here.partition}:s3:::${NAME}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
resource "aws_s3_bucket" "logs" {
  bucket = "${NAME}-logs"
}
resource "aws_s3_bucket" "files" {
  bucket              = "${NAME}"
  object_lock_enabled = true
  tags                = { matter = "1" }
}
resource "aws_s3_bucket_versioning" "files" {
  bucket = aws_s3_bucket.files.bucket
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_object_lock_configuration" "files" {
  bucket = aws_s3_bucket.files.bucket
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = 1
    }
  }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "files" {
  bucket = aws_s3_bucket.files.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.files.arn
    }
  }
}
resource "aws_s3_bucket_public_access_block" "files" {
  bucket              = aws_s3_bucket.files.bucket
  block_public_policy = true
}
resource "aws_s3_bucket_ownership_controls" "files" {
  bucket = aws_s3_bucket.files.bucket
  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}
resource "aws_s3_bucket_lifecycle_configuration" "files" {
  bucket = aws_s3_bucket.files.bucket
  rule {
    id     = "uploads"
    status = "Enabled"
    filter {
      prefix = ""
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
  rule {
    id     = "old"
    status = "Disabled"
    filter {
      prefix = "tmp/"
    }
    expiration {
      days = 30
    }
    noncurrent_version_expiration {
      noncurrent_days = 3
    }
  }
}
resource "aws_s3_bucket_policy" "files" {
  bucket = aws_s3_bucket.files.bucket
  policy = data.aws_iam_policy_document.tls.json
}
resource "aws_s3_bucket_logging" "files" {
  bucket        = aws_s3_bucket.files.bucket
  target_bucket = aws_s3_bucket.logs.bucket
  target_prefix = "access/"
}
resource "aws_iam_policy" "bounds" {
  name   = "bounds"
  policy = ${JSON.stringify(policy('s3:*'))}
}
resource "aws_iam_policy" "extra" {
  name        = "extra"
  description = "More."
  policy      = ${JSON.stringify(policy('s3:ListBucket'))}
}
resource "aws_iam_role" "writer" {
  name                 = "writer"
  description          = "Writes."
  permissions_boundary = aws_iam_policy.bounds.arn
  assume_role_policy   = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = data.aws_caller_identity.me.account_id } }]
  })
  tags = { matter = "1" }
}
resource "aws_iam_role_policy" "writer" {
  name   = "write"
  role   = aws_iam_role.writer.name
  policy = ${JSON.stringify(policy('s3:PutObject', 's3:PutObjectTagging'))}
}
resource "aws_iam_role_policy" "nameless" {
  role   = aws_iam_role.writer.name
  policy = ${JSON.stringify(policy('s3:ListBucket'))}
}
resource "aws_iam_role_policy_attachment" "writer" {
  role       = aws_iam_role.writer.name
  policy_arn = aws_iam_policy.extra.arn
}
resource "aws_kms_key" "files" {
  description         = "Encrypts."
  enable_key_rotation = true
  policy              = ${JSON.stringify(keyPolicy('kms:*'))}
}
`;

let simulator: Simulator;
let workspace: Workspace;
let close: () => Promise<void>;
const environment = { ...process.env };

/** Of the simulator's account, with the rights of its administrator. */
const clients = () => ({ s3: new S3({}), iam: new IAM({}), kms: new KMS({}) });

beforeAll(async () => {
  simulator = await startSimulator({ seed: 'none' });
  // The provider runs in this process and finds the simulator as the AWS SDK does.
  Object.assign(process.env, simulator.env);
  const server = await startServer(createProviderServer(standInAws(connectAws)), {
    address: 'registry.terraform.io/hashicorp/aws',
  });
  workspace = Workspace.attached(server.reattach);
  workspace.writeWhole(PROGRAM);
  close = async () => {
    await server.close();
    workspace.remove();
    await simulator.stop();
  };
});
afterAll(async () => {
  await close();
  process.env = environment;
});

describe('every type of the stand-in', () => {
  test('is made, and then there is nothing to do', async () => {
    await workspace.apply();

    expect((await workspace.plan()).text).toContain('No changes.');
    expect((await workspace.plan('-refresh-only')).code).toBe(0);
  });

  test('is found changed when somebody changes it, and is put right', async () => {
    const { s3, iam, kms } = clients();
    const Bucket = NAME;
    await s3.putBucketTagging({ Bucket, Tagging: { TagSet: [{ Key: 'matter', Value: '2' }] } });
    await s3.putObjectLockConfiguration({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } });
    await s3.deleteBucketEncryption({ Bucket });
    await s3.deletePublicAccessBlock({ Bucket });
    await s3.deleteBucketOwnershipControls({ Bucket });
    await s3.deleteBucketLifecycle({ Bucket });
    await s3.deleteBucketPolicy({ Bucket });
    await s3.putBucketLogging({ Bucket, BucketLoggingStatus: {} });
    const RoleName = 'writer';
    await iam.putRolePolicy({ RoleName, PolicyName: 'write', PolicyDocument: policy('s3:PutObject') });
    await iam.deleteRolePermissionsBoundary({ RoleName });
    const [extra] = (await iam.listAttachedRolePolicies({ RoleName })).AttachedPolicies ?? [];
    const PolicyArn = extra?.PolicyArn ?? '';
    await iam.detachRolePolicy({ RoleName, PolicyArn });
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: policy('s3:*'), SetAsDefault: true });
    const key = await workspace.attributes('aws_kms_key.files');
    const KeyId = String(key['key_id']);
    await kms.disableKeyRotation({ KeyId });

    const actions = Object.entries(await workspace.actions()).filter(([, action]) => !/no-op|read/.test(action));

    expect(Object.fromEntries(actions)).toEqual({
      'aws_iam_policy.extra': 'update',
      'aws_iam_role.writer': 'update',
      'aws_iam_role_policy.writer': 'update',
      'aws_iam_role_policy_attachment.writer': 'create',
      'aws_kms_key.files': 'update',
      'aws_s3_bucket.files': 'update',
      'aws_s3_bucket_lifecycle_configuration.files': 'create',
      'aws_s3_bucket_logging.files': 'create',
      'aws_s3_bucket_object_lock_configuration.files': 'update',
      'aws_s3_bucket_ownership_controls.files': 'create',
      'aws_s3_bucket_policy.files': 'create',
      'aws_s3_bucket_public_access_block.files': 'create',
      'aws_s3_bucket_server_side_encryption_configuration.files': 'update',
    });

    await workspace.apply();

    expect((await workspace.plan()).code).toBe(0);
    const { PolicyDocument = '' } = await iam.getRolePolicy({ RoleName, PolicyName: 'write' });
    expect(decodeURIComponent(PolicyDocument)).toContain('s3:PutObjectTagging');
    expect(await kms.getKeyRotationStatus({ KeyId })).toMatchObject({ KeyRotationEnabled: true });

    await kms.putKeyPolicy({ KeyId, PolicyName: 'default', Policy: keyPolicy('kms:*', 's3:*') });

    expect(await workspace.actions()).toMatchObject({ 'aws_kms_key.files': 'update' });
    await workspace.apply();
    const { Policy } = await kms.getKeyPolicy({ KeyId, PolicyName: 'default' });
    expect(Policy).toBe(keyPolicy('kms:*'));
  });

  test('can be imported, and then there is nothing to do', async () => {
    const { key_id: keyId } = await workspace.attributes('aws_kms_key.files');
    const ids = {
      'aws_s3_bucket.files': NAME,
      'aws_s3_bucket_versioning.files': NAME,
      'aws_s3_bucket_object_lock_configuration.files': NAME,
      'aws_s3_bucket_server_side_encryption_configuration.files': NAME,
      'aws_s3_bucket_public_access_block.files': NAME,
      'aws_s3_bucket_ownership_controls.files': NAME,
      'aws_s3_bucket_lifecycle_configuration.files': NAME,
      'aws_s3_bucket_policy.files': NAME,
      'aws_s3_bucket_logging.files': NAME,
      'aws_kms_key.files': String(keyId),
      'aws_iam_role.writer': 'writer',
      'aws_iam_role_policy.writer': 'writer:write',
      'aws_iam_policy.extra': 'arn:aws:iam::123456789012:policy/extra',
      'aws_iam_role_policy_attachment.writer': 'writer/arn:aws:iam::123456789012:policy/extra',
    };
    await workspace.run(['state', 'rm', ...Object.keys(ids)]);
    const imports = Object.entries(ids).map(([to, id]) => `import {\n to = ${to}\n id = "${id}"\n}\n`);
    workspace.writeWhole(PROGRAM + imports.join(''));

    const applied = await workspace.apply();

    expect(applied.text).toContain('14 imported, 0 added, 0 changed, 0 destroyed');
  });

  test('is changed in place where AWS can', async () => {
    workspace.writeWhole(
      PROGRAM.replaceAll('matter = "1"', 'case = "2"')
        .replace('"sts:AssumeRole"', '["sts:AssumeRole", "sts:TagSession"]')
        .replace('days = 30', 'days = 60')
        .replace('"access/"', '"read/"'),
    );

    const actions = Object.entries(await workspace.actions()).filter(([, action]) => !/no-op|read/.test(action));
    await workspace.apply();

    expect(Object.fromEntries(actions)).toEqual({
      'aws_iam_role.writer': 'update',
      'aws_s3_bucket.files': 'update',
      'aws_s3_bucket_lifecycle_configuration.files': 'update',
      'aws_s3_bucket_logging.files': 'update',
    });
    expect((await workspace.plan()).code).toBe(0);
    const { Role } = await clients().iam.getRole({ RoleName: 'writer' });
    expect(Role).toMatchObject({ Tags: [{ Key: 'case', Value: '2' }] });
  });

  test('is planned again when its bucket is gone', async () => {
    const { s3 } = clients();
    await s3.deleteBucket({ Bucket: NAME });

    const actions = await workspace.actions();

    const ofBucket = Object.entries(actions).filter(([address]) => /^aws_s3_bucket.*\.files$/.test(address));
    expect(ofBucket).toHaveLength(9);
    expect(new Set(ofBucket.map(([, action]) => action))).toEqual(new Set(['create']));
    await workspace.apply();
  });

  test('is gone after a destroy', async () => {
    const { s3, iam } = clients();
    // The simulator keeps keys for good: it refuses to schedule their deletion.
    await workspace.run(['state', 'rm', 'aws_kms_key.files']);

    await workspace.apply('-destroy');

    const names = ((await s3.listBuckets({})).Buckets ?? []).map(({ Name }) => Name);
    expect(names.filter((name) => name?.startsWith(NAME))).toEqual([]);
    expect((await iam.listRoles({})).Roles).toEqual([]);
    await expect(iam.getPolicy({ PolicyArn: 'arn:aws:iam::123456789012:policy/extra' })).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });
});

describe('what the stand-in does not know', () => {
  test('is refused by name', async () => {
    workspace.writeWhole(`${PROGRAM}
      resource "aws_s3_bucket" "other" {
        bucket_prefix = "other-"
        acl           = "public-read"
      }`);

    const validated = await workspace.run(['validate']);

    expect(validated.code).toBe(1);
    expect(validated.text).toContain('An argument named "bucket_prefix" is not expected here.');
    expect(validated.text).toContain('An argument named "acl" is not expected here.');
  });

  test('and what AWS refuses is said in its words', async () => {
    workspace.writeWhole(`${PROGRAM}
      resource "aws_iam_role_policy" "stray" {
        name   = "stray"
        role   = "nobody"
        policy = "{}"
      }`);

    const applied = await workspace.run(['apply', '-auto-approve', '-target=aws_iam_role_policy.stray']);

    expect(applied.code).toBe(1);
    expect(applied.text).toContain('Putting policy stray into role nobody was refused');
    expect(applied.text).toContain('request id');
  });
});
