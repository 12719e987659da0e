import type { TerraformStack } from 'cdktf';
import {
  BatchOperationsRole,
  ExportBucket,
  ExportRole,
  HoldRole,
  ReleaseRole,
  type BatchOperationsRoleProps,
  type IExportBucket,
} from '../../src/constructs';
import { evaluate, type Decision, type PolicySource } from '../../src/iam';
import { newStack, ORGANIZATION, synthesised } from './app';

const ACCOUNT = '123456789012';
const COUNSEL = `arn:aws:iam::${ACCOUNT}:role/counsel`;
const OBJECTS = 'arn:aws:s3:::acme-recordings/*';
const BUCKET = 'arn:aws:s3:::acme-recordings';

const newBucket = (stack: TerraformStack): IExportBucket =>
  new ExportBucket(stack, 'recordings', { bucketName: 'acme-recordings' });
const importedBucket = (stack: TerraformStack): IExportBucket =>
  ExportBucket.fromBucketName(stack, 'recordings', 'acme-recordings');

interface Made {
  readonly bucket?: (stack: TerraformStack) => IExportBucket;
  /** What one does to the bucket and the roles beyond making them. */
  readonly withRelease?: boolean;
  readonly withBatch?: boolean;
}

/** An app with a bucket and roles, and a way to ask what AWS would say to a request, judged by what was synthesised. */
function made({ bucket: make = newBucket, withRelease = true, withBatch = false }: Made = {}) {
  const stack = newStack('storage');
  const bucket = make(stack);
  new ExportRole(stack, 'exporter', { bucket, organizationId: ORGANIZATION });
  new HoldRole(stack, 'holder', { bucket, assumedBy: [COUNSEL] });
  if (withRelease) new ReleaseRole(stack, 'releaser', { bucket, assumedBy: [COUNSEL] });
  if (withBatch) new BatchOperationsRole(stack, 'batch', { bucket, workspace: { bucketName: 'acme-jobs' } });
  return judge(stack);
}

interface Asked {
  readonly who: string;
  readonly action: string;
  readonly on?: string;
  readonly hold?: 'ON' | 'OFF' | undefined;
  /** Policies that somebody attached elsewhere. */
  readonly more?: readonly object[];
}

function judge(stack: TerraformStack) {
  const { resource = {} } = synthesised(stack);
  const blocks = (type: string) => Object.entries(resource[type] ?? {});
  const source = (kind: PolicySource['kind']) => (document: string | object) => ({ name: kind, kind, document });
  return ({ who, action, on = OBJECTS, hold, more = [] }: Asked): Decision => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/${who}`;
    const address = blocks('aws_iam_role').find(([, role]) => role['name'] === who)?.[0];
    const own = blocks('aws_iam_role_policy').filter(([, { role }]) => role === `\${aws_iam_role.${address}.name}`);
    const policies = [
      ...[...own.map(([, { policy }]) => String(policy)), ...more].map(source('identity')),
      ...blocks('aws_s3_bucket_policy').map(([, { policy }]) => source('bucket')(String(policy))),
    ];
    return evaluate(policies, {
      action,
      resource: on.endsWith('*') ? { every: on } : { exactly: on },
      caller: { kind: 'role', arn, account: ACCOUNT },
      context: {
        values: {
          'aws:PrincipalArn': arn,
          'aws:SecureTransport': 'true',
          'iam:PassedToService': 'batchoperations.s3.amazonaws.com',
          ...(hold === undefined ? {} : { 's3:object-lock-legal-hold': hold }),
        },
        others: 'absent',
      },
    }).decision;
  };
}

const EXPORTER = 'acme-recordings-exporter';
const HOLDER = 'acme-recordings-holder';
const RELEASER = 'acme-recordings-releaser';
const EVERYTHING = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

describe.each<[string, Made]>([
  ['a bucket that is made here', {}],
  ['one without a release role', { withRelease: false }],
  ['one with S3 Batch Operations', { withBatch: true }],
  ['an imported bucket', { bucket: importedBucket }],
])('with %s', (_name, options) => {
  const ask = made(options);

  test.each([
    ['s3:PutObject', OBJECTS],
    ['s3:PutObjectAcl', OBJECTS],
    ['s3:PutObjectTagging', OBJECTS],
    ['s3:AbortMultipartUpload', OBJECTS],
    ['s3:ListMultipartUploadParts', OBJECTS],
    ['s3:GetBucketLocation', BUCKET],
    ['s3:GetEncryptionConfiguration', BUCKET],
  ])('the exporter may %s', (action, on) => {
    expect(ask({ who: EXPORTER, action, on })).toBe('Allowed');
  });

  test.each([
    's3:DeleteObject',
    's3:DeleteObjectVersion',
    's3:PutObjectRetention',
    's3:BypassGovernanceRetention',
    's3:GetObject',
  ])('the exporter may not %s', (action) => {
    expect(ask({ who: EXPORTER, action })).toMatch(/Denied$/);
  });

  test.each([
    ['s3:PutObjectTagging', OBJECTS],
    ['s3:PutObjectVersionTagging', OBJECTS],
    ['s3:GetObjectTagging', OBJECTS],
    ['s3:GetObjectVersionTagging', OBJECTS],
    ['s3:GetObjectLegalHold', OBJECTS],
    ['s3:ListBucketVersions', BUCKET],
    ['s3:GetBucketObjectLockConfiguration', BUCKET],
  ])('the holder may %s', (action, on) => {
    expect(ask({ who: HOLDER, action, on })).toBe('Allowed');
  });

  test.each(['s3:PutObject', 's3:GetObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'])(
    'the holder may not %s',
    (action) => expect(ask({ who: HOLDER, action })).toMatch(/Denied$/),
  );

  test('the holder puts holds on and cannot take them off', () => {
    const hold = { who: HOLDER, action: 's3:PutObjectLegalHold' };
    expect(ask({ ...hold, hold: 'ON' })).toBe('Allowed');
    expect(ask({ ...hold, hold: 'OFF' })).toMatch(/Denied$/);
  });

  test('the exporter does neither', () => {
    for (const hold of ['ON', 'OFF'] as const) {
      expect(ask({ who: EXPORTER, action: 's3:PutObjectLegalHold', hold })).toMatch(/Denied$/);
    }
  });
});

describe('holds on a bucket that is made here', () => {
  const release = { action: 's3:PutObjectLegalHold', hold: 'OFF' } as const;

  test('are lifted by the release role', () => {
    expect(made()({ ...release, who: RELEASER })).toBe('Allowed');
  });

  test.each([EXPORTER, HOLDER, 'admin', `x-${RELEASER}`, `${RELEASER}-2`])(
    'are not lifted by %s, whatever is attached to it',
    (who) => expect(made()({ ...release, who, more: [EVERYTHING] })).toBe('ExplicitlyDenied'),
  );

  test('are lifted by nobody as long as there is no release role', () => {
    expect(made({ withRelease: false })({ ...release, who: RELEASER, more: [EVERYTHING] })).toBe('ExplicitlyDenied');
  });

  test('are not lifted by a request that does not say what it wants', () => {
    expect(made()({ ...release, who: HOLDER, hold: undefined, more: [EVERYTHING] })).toBe('ExplicitlyDenied');
  });

  test('may be put on by others who are allowed to', () => {
    expect(made()({ ...release, who: 'admin', hold: 'ON', more: [EVERYTHING] })).toBe('Allowed');
  });

  test('are lifted by an imported role that was granted it', () => {
    const stack = newStack('storage');
    newBucket(stack).grantRelease(ReleaseRole.fromRoleArn(stack, 'legal', `arn:aws:iam::${ACCOUNT}:role/team/legal`));
    const ask = judge(stack);
    expect(ask({ ...release, who: 'team/legal', more: [EVERYTHING] })).toBe('Allowed');
    expect(ask({ ...release, who: 'legal', more: [EVERYTHING] })).toBe('ExplicitlyDenied');
  });
});

test.each([
  ['s3:DeleteObjectVersion', OBJECTS],
  ['s3:PutObjectRetention', OBJECTS],
  ['s3:PutBucketPolicy', BUCKET],
  ['s3:PutLifecycleConfiguration', BUCKET],
  ['s3:PutBucketVersioning', BUCKET],
])('what is attached to the exporter later does not let it %s', (action, on) => {
  const ask = made();
  expect(ask({ who: EXPORTER, action, on, more: [EVERYTHING] })).toBe('ExplicitlyDenied');
  expect(ask({ who: 'admin', action, on, more: [EVERYTHING] })).toBe('Allowed');
});

describe('grants', () => {
  test('are given once, and once for each bucket', () => {
    const stack = newStack('storage');
    const bucket = newBucket(stack);
    const other = new ExportBucket(stack, 'other', { bucketName: 'globex-recordings' });
    const role = new HoldRole(stack, 'holder', { bucket, assumedBy: [COUNSEL] });
    bucket.grantHold(role);
    other.grantHold(role);
    const names = Object.values(synthesised(stack).resource?.['aws_iam_role_policy'] ?? {}).map(({ name }) => name);
    expect(names.sort()).toEqual(['hold', expect.stringMatching(/^hold-[0-9a-f]{8}$/), 'tagging']);
    expect(judge(stack)({ who: HOLDER, action: 's3:ListBucketVersions', on: other.bucketArn })).toBe('Allowed');
  });

  test('do not depend on the order in which exporters are made', () => {
    const policyOf = (ids: readonly string[]) => {
      const stack = newStack('storage');
      const bucket = newBucket(stack);
      for (const id of ids) new ExportRole(stack, id, { bucket, organizationId: ORGANIZATION, roleName: id });
      return Object.values(synthesised(stack).resource?.['aws_s3_bucket_policy'] ?? {}).map(({ policy }) => policy);
    };
    expect(policyOf(['a', 'b'])).toEqual(policyOf(['b', 'a']));
  });
});

describe('who may assume a role', () => {
  const trustOf = (assumedBy: readonly string[]) => {
    const stack = newStack('storage');
    const role = new HoldRole(stack, 'holder', { bucket: newBucket(stack), assumedBy });
    const { assume_role_policy: text } = synthesised(stack).resource!['aws_iam_role']![role.role.friendlyUniqueId]!;
    return (JSON.parse(String(text)) as { readonly Statement: object[] }).Statement[0];
  };

  test('is who was named', () => {
    expect(trustOf([COUNSEL, ACCOUNT])).toMatchObject({ Principal: { AWS: [COUNSEL, ACCOUNT] } });
    expect(trustOf([COUNSEL])).toMatchObject({ Principal: { AWS: COUNSEL } });
  });

  test.each(['*', 'arn:aws:iam::123456789012:role/*', 'counsel'])('is never "%s"', (principal) => {
    expect(() => trustOf([principal])).toThrow(/names no single role, user or account/);
  });

  test('is somebody', () => {
    expect(() => trustOf([])).toThrow(/\[storage\/holder\] Nobody may assume this role/);
  });
});

describe('BatchOperationsRole', () => {
  const BATCH = 'acme-recordings-batch';
  const batchIn = (props: Partial<BatchOperationsRoleProps> = {}) => {
    const stack = newStack('storage');
    const bucket = newBucket(stack);
    const workspace = { bucketName: 'acme-jobs', prefix: 'holds/' };
    const role = new BatchOperationsRole(stack, 'batch', { bucket, workspace, ...props });
    const holder = new HoldRole(stack, 'holder', { bucket, assumedBy: [COUNSEL] });
    role.grantJobs(holder);
    return { stack, role, ask: judge(stack) };
  };

  test.each([
    ['s3:PutObjectTagging', OBJECTS],
    ['s3:PutObjectVersionTagging', OBJECTS],
    ['s3:GetBucketObjectLockConfiguration', BUCKET],
    ['s3:GetObjectVersion', 'arn:aws:s3:::acme-jobs/holds/*'],
    ['s3:PutObject', 'arn:aws:s3:::acme-jobs/holds/*'],
  ])('may %s on %s', (action, on) => {
    expect(batchIn().ask({ who: BATCH, action, on })).toBe('Allowed');
  });

  test('puts holds on and cannot take them off', () => {
    const hold = { who: BATCH, action: 's3:PutObjectLegalHold' };
    const { ask } = batchIn();
    expect([ask({ ...hold, hold: 'ON' }), ask({ ...hold, hold: 'OFF' })]).toEqual(['Allowed', 'ExplicitlyDenied']);
  });

  test('reads recordings only for checksums', () => {
    const read = { who: BATCH, action: 's3:GetObjectVersion' };
    expect(batchIn().ask(read)).toBe('ImplicitlyDenied');
    expect(batchIn({ checksums: true }).ask(read)).toBe('Allowed');
  });

  test.each([
    ['s3:CreateJob', '*'],
    ['s3:DescribeJob', 'arn:aws:s3:eu-central-1:123456789012:job/1'],
    ['s3:PutObject', 'arn:aws:s3:::acme-jobs/holds/*'],
    ['iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/${BATCH}`],
  ])('lets the hold role have jobs done: %s', (action, on) => {
    expect(batchIn().ask({ who: HOLDER, action, on })).toBe('Allowed');
  });

  test('is passed to nobody else, and no other role is passed', () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/admin`;
    expect(batchIn().ask({ who: HOLDER, action: 'iam:PassRole', on: role })).toBe('ImplicitlyDenied');
  });

  test('has manifests and reports elsewhere than among what is held', () => {
    expect(() => batchIn({ workspace: { bucketName: 'acme-recordings' } })).toThrow(
      /would lie in acme-recordings itself/,
    );
  });
});
