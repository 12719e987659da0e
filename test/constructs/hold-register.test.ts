import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Testing, type TerraformStack } from 'cdktf';
import {
  ComplianceChecks,
  ComplianceProvider,
  ExportBucket,
  ExportEncryption,
  ExportRole,
  HoldRegister,
  HoldRole,
  ReleaseRole,
  type HoldRegisterProps,
  type IHoldRegister,
} from '../../src/constructs';
import { collectSynthFacts } from '../../src/collect/synth';
import { evaluate, type Decision, type PolicySource } from '../../src/iam';
import { checkRules } from '../../src/rules';
import { newStack, only, ORGANIZATION, smsHold, synthesised } from './app';

const ACCOUNT = '123456789012';
const COUNSEL = `arn:aws:iam::${ACCOUNT}:role/counsel`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/9a1c`;
const LEFT_TO_THE_ACCOUNT = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
};
const ENTRY = 'arn:aws:s3:::acme-holds/register/e/0000000001';
const BUCKET = 'arn:aws:s3:::acme-holds';

const newRegister = (stack: TerraformStack, props: Partial<HoldRegisterProps> = {}): HoldRegister =>
  new HoldRegister(stack, 'register', { bucketName: 'acme-holds', ...props });
const given = (): ExportEncryption => ExportEncryption.kmsKey(KEY);

interface Asked {
  readonly who: string;
  readonly action: string;
  readonly on?: string;
  /** What the request says: `*` for If-None-Match, nothing where it is left out. */
  readonly ifNoneMatch?: '*';
  readonly tls?: boolean;
  /** Policies that somebody attached elsewhere. */
  readonly more?: readonly object[];
}

/** What AWS would say to a request, judged by the policies that a stack makes. */
function judge(stack: TerraformStack) {
  const { resource = {} } = synthesised(stack);
  const blocks = (type: string) => Object.entries(resource[type] ?? {});
  const source = (kind: PolicySource['kind']) => (document: string | object) => ({ name: kind, kind, document });
  const bucketPolicies = blocks('aws_s3_bucket_policy').filter(([, { policy }]) => String(policy).includes(BUCKET));
  return ({ who, action, on = ENTRY, ifNoneMatch, tls = true, more = [] }: Asked): Decision => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/${who}`;
    const address = blocks('aws_iam_role').find(([, role]) => role['name'] === who)?.[0];
    const own = blocks('aws_iam_role_policy').filter(([, { role }]) => role === `\${aws_iam_role.${address}.name}`);
    const policies = [
      ...[...own.map(([, { policy }]) => String(policy)), ...more].map(source('identity')),
      ...(action.startsWith('kms:')
        ? [source('key')(LEFT_TO_THE_ACCOUNT)]
        : bucketPolicies.map(([, { policy }]) => source('bucket')(String(policy)))),
    ];
    return evaluate(policies, {
      action,
      resource: { exactly: on },
      caller: { kind: 'role', arn, account: ACCOUNT },
      context: {
        values: {
          'aws:PrincipalArn': arn,
          'aws:SecureTransport': String(tls),
          ...(ifNoneMatch === undefined ? {} : { 's3:if-none-match': ifNoneMatch }),
        },
        others: 'absent',
      },
    }).decision;
  };
}

/** A bucket of recordings, roles, and a register that they use. */
function made(register: (stack: TerraformStack) => IHoldRegister) {
  const stack = newStack('storage');
  const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'acme-recordings' });
  const claims = register(stack);
  new ExportRole(stack, 'exporter', { bucket, organizationId: ORGANIZATION });
  new HoldRole(stack, 'holder', { bucket, assumedBy: [COUNSEL], register: claims });
  new ReleaseRole(stack, 'releaser', { bucket, assumedBy: [COUNSEL], register: claims });
  const looking = new HoldRole(stack, 'looking', { bucket, assumedBy: [COUNSEL], roleName: 'looking' });
  claims.grantRead(looking);
  return judge(stack);
}

const HOLDER = 'acme-recordings-holder';
const RELEASER = 'acme-recordings-releaser';
const EXPORTER = 'acme-recordings-exporter';
const EVERYTHING = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const CREATE = { action: 's3:PutObject', ifNoneMatch: '*' } as const;
const DELETIONS = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention', 's3:ReplicateDelete'];

describe.each<[string, (stack: TerraformStack) => IHoldRegister]>([
  ['a register that is made here', (stack) => newRegister(stack, { encryption: given() })],
  ['one that is made elsewhere', () => HoldRegister.fromPlace('s3://acme-holds/register', { kmsKeyArn: KEY })],
])('with %s', (_name, register) => {
  const ask = made(register);

  test.each([HOLDER, RELEASER])('%s may list, read and create, and use the key for it', (who) => {
    expect(ask({ who, ...CREATE })).toBe('Allowed');
    expect(ask({ who, action: 's3:GetObject' })).toBe('Allowed');
    expect(ask({ who, action: 's3:ListBucket', on: BUCKET })).toBe('Allowed');
    expect(ask({ who, action: 'kms:GenerateDataKey', on: KEY })).toBe('Allowed');
    expect(ask({ who, action: 'kms:Decrypt', on: KEY })).toBe('Allowed');
  });

  test.each([HOLDER, RELEASER])('%s may neither overwrite nor delete, nor write beside the register', (who) => {
    expect(ask({ who, action: 's3:PutObject' })).toMatch(/Denied$/);
    for (const action of [...DELETIONS, 's3:PutObjectRetention']) expect(ask({ who, action })).toMatch(/Denied$/);
    expect(ask({ who, action: 's3:PutLifecycleConfiguration', on: BUCKET })).toMatch(/Denied$/);
    expect(ask({ who, action: 's3:PutBucketPolicy', on: BUCKET })).toMatch(/Denied$/);
    expect(ask({ who, ...CREATE, on: `${BUCKET}/elsewhere` })).toMatch(/Denied$/);
  });

  test('who only looks may list and read, and create nothing', () => {
    expect(ask({ who: 'looking', action: 's3:GetObject' })).toBe('Allowed');
    expect(ask({ who: 'looking', action: 's3:ListBucket', on: BUCKET })).toBe('Allowed');
    expect(ask({ who: 'looking', action: 'kms:Decrypt', on: KEY })).toBe('Allowed');
    expect(ask({ who: 'looking', action: 'kms:GenerateDataKey', on: KEY })).toMatch(/Denied$/);
    expect(ask({ who: 'looking', ...CREATE })).toMatch(/Denied$/);
  });

  test.each([EXPORTER, 'stranger'])('%s may nothing', (who) => {
    expect(ask({ who, ...CREATE })).toMatch(/Denied$/);
    expect(ask({ who, action: 's3:GetObject' })).toMatch(/Denied$/);
    expect(ask({ who, action: 's3:ListBucket', on: BUCKET })).toMatch(/Denied$/);
  });
});

describe('the policy of the bucket', () => {
  const ask = made((stack) => newRegister(stack));

  test('denies an administrator, too, what replaces, deletes or lets expire', () => {
    const who = 'administrator';
    const more = [EVERYTHING];
    expect(ask({ who, more, ...CREATE })).toBe('Allowed');
    expect(ask({ who, more, action: 's3:PutObject' })).toBe('ExplicitlyDenied');
    for (const action of DELETIONS) expect(ask({ who, more, action })).toBe('ExplicitlyDenied');
    expect(ask({ who, more, action: 's3:PutLifecycleConfiguration', on: BUCKET })).toBe('ExplicitlyDenied');
    expect(ask({ who, more, action: 's3:PutBucketPolicy', on: BUCKET })).toBe('Allowed');
  });

  test('denies everything without TLS', () => {
    expect(ask({ who: HOLDER, ...CREATE, tls: false })).toBe('ExplicitlyDenied');
    expect(ask({ who: HOLDER, action: 's3:ListBucket', on: BUCKET, tls: false })).toBe('ExplicitlyDenied');
  });
});

describe('the bucket', () => {
  test('is closed, versioned, of one owner, encrypted with a key of its own, and kept by Terraform', () => {
    const stack = newStack();
    newRegister(stack, { tags: { Team: 'legal' } });

    expect(only(stack, 'aws_s3_bucket')).toMatchObject({
      bucket: 'acme-holds',
      tags: { Team: 'legal' },
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'aws_s3_bucket')).not.toHaveProperty('object_lock_enabled');
    expect(only(stack, 'aws_s3_bucket_versioning')).toMatchObject({ versioning_configuration: { status: 'Enabled' } });
    expect(only(stack, 'aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(only(stack, 'aws_s3_bucket_ownership_controls')).toMatchObject({
      rule: { object_ownership: 'BucketOwnerEnforced' },
    });
    expect(only(stack, 'aws_kms_key')).toMatchObject({
      description: 'Encrypts the register of claims in acme-holds',
      enable_key_rotation: true,
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'aws_s3_bucket_server_side_encryption_configuration')).toMatchObject({
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms' }, bucket_key_enabled: true }],
    });
    const types = Object.keys(synthesised(stack).resource ?? {});
    expect(types).not.toContain('aws_s3_bucket_lifecycle_configuration');
    expect(types).not.toContain('aws_s3_bucket_object_lock_configuration');
  });

  test.each([
    [{ years: 7 }, { mode: 'GOVERNANCE', years: 7 }],
    [{ days: 30 }, { mode: 'GOVERNANCE', days: 30 }],
    [{ days: 1, mode: 'COMPLIANCE' } as const, { mode: 'COMPLIANCE', days: 1 }],
  ])('with a retention of %j locks entries with %j', (retention, expected) => {
    const stack = newStack();
    newRegister(stack, { retention });

    expect(only(stack, 'aws_s3_bucket')).toMatchObject({ object_lock_enabled: true });
    expect(only(stack, 'aws_s3_bucket_object_lock_configuration')).toMatchObject({
      rule: { default_retention: expected },
    });
  });

  test.each([[{}], [{ days: 1, years: 1 }], [{ days: 0 }], [{ years: 1.5 }]])(
    'refuses a retention of %j',
    (retention) => {
      expect(() => newRegister(newStack(), { retention })).toThrow('Give either days or years');
    },
  );

  test('uses a key that is there already, and the partition of the region', () => {
    const stack = newStack();
    newRegister(stack, { encryption: given(), partition: 'aws-cn' });

    expect(synthesised(stack).resource).not.toHaveProperty('aws_kms_key');
    expect(only(stack, 'aws_s3_bucket_policy')['policy']).toContain('arn:aws-cn:s3:::acme-holds/*');
  });
});

describe('its place', () => {
  test.each([
    [{}, 's3://acme-holds/register'],
    [{ prefix: '/claims/eu/' }, 's3://acme-holds/claims/eu'],
    [{ prefix: '' }, 's3://acme-holds'],
  ])('with %j is %s, which the provider takes', (props, place) => {
    const stack = newStack();
    const register = newRegister(stack, props);
    new ComplianceProvider(stack, 'genesyscloud', { register, showMatters: true });

    expect(register.place).toBe(place);
    expect(synthesised(stack).provider?.['compliance']).toEqual([{ register: place, show_matters: true }]);
  });

  test('can be one made elsewhere, or a text', () => {
    const stack = newStack();
    new ComplianceProvider(stack, 'one', { register: HoldRegister.fromPlace('s3://acme-holds/'), alias: 'one' });
    new ComplianceProvider(stack, 'two', { register: '/srv/register', alias: 'two' });
    new ComplianceProvider(stack, 'three', { alias: 'three' });

    expect(synthesised(stack).provider?.['compliance']).toEqual([
      { alias: 'one', register: 's3://acme-holds' },
      { alias: 'two', register: '/srv/register' },
      { alias: 'three' },
    ]);
  });

  test.each(['/srv/register', 's3:/acme-holds', 'arn:aws:s3:::acme-holds', 's3://Acme'])('is not %s', (place) => {
    expect(() => HoldRegister.fromPlace(place)).toThrow('is not a place in S3');
  });
});

describe('an export with its holds', () => {
  /** Everything of one matter in one stack. */
  function matter(register: (stack: TerraformStack) => IHoldRegister | string) {
    const stack = newStack();
    new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
    const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'acme-recordings' });
    const role = new ExportRole(stack, 'exporter', { bucket, organizationId: ORGANIZATION, tagging: false });
    const holdRole = new HoldRole(stack, 'holder', { bucket, assumedBy: [COUNSEL] });
    const used = register(stack);
    new ComplianceProvider(stack, 'genesyscloud', { register: used });
    const hold = { name: 'Acme v. Example', externalReferenceId: 'MATTER-2026-0017' };
    const sms = smsHold(stack, 'sms', { bucket, role, holdRole, register: used, hold, objectHold: {} });
    return { stack, sms };
  }

  test('lets its hold role use the register, and waits for it and for that right', () => {
    const { stack } = matter((one) => newRegister(one));
    const ask = judge(stack);

    expect(ask({ who: HOLDER, ...CREATE })).toBe('Allowed');
    expect(ask({ who: EXPORTER, ...CREATE })).toMatch(/Denied$/);
    const waits = String(only(stack, 'genesyscloud_recording_export_job')['depends_on']);
    expect(waits).toMatch(/aws_s3_bucket_policy\.register_policy/);
    expect(waits).toMatch(/aws_iam_role_policy\.holder_register_/);
  });

  test('is right by every rule, in strict mode', () => {
    const { stack } = matter((one) => newRegister(one, { encryption: given() }));
    ComplianceChecks.apply(stack, { strict: true });

    expect(() => Testing.synth(stack, true)).not.toThrow();
    const { findings } = checkRules(collectSynthFacts(stack), { today: '2026-11-29' });
    expect(findings.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['hold/register', 'iam/least-privilege', 'iam/action-names']),
    );
  });

  test('is one matter on both sides: claims are kept by reference and name', () => {
    const { stack } = matter(() => 's3://acme-holds/register');
    const { name, external_reference_id } = only(stack, 'genesyscloud_compliance_legalhold');

    expect({ name, external_reference_id }).toEqual({
      name: 'Acme v. Example',
      external_reference_id: 'MATTER-2026-0017',
    });
    expect(only(stack, 'genesyscloud_compliance_object_hold')).toMatchObject({ name, external_reference_id });
  });

  test.each([
    ['uses another', 's3://acme-holds/other', /holds uses s3:\/\/acme-holds\/other/],
    ['names none', undefined, /holds names none/],
  ])('fails where the provider %s', (_name, other, problem) => {
    const stack = newStack();
    new ComplianceProvider(stack, 'genesyscloud', other === undefined ? {} : { register: other });
    smsHold(stack, 'sms', { register: 's3://acme-holds/register' });

    expect(() => Testing.synth(stack, true)).toThrow(problem);
  });

  test('is checked against the provider that it was given', () => {
    const stack = newStack();
    new ComplianceProvider(stack, 'genesyscloud', { register: 's3://elsewhere' });
    const provider = new ComplianceProvider(stack, 'eu', { register: 's3://acme-holds/eu', alias: 'eu' });
    smsHold(stack, 'sms', { register: HoldRegister.fromPlace('s3://acme-holds/eu'), provider });

    expect(() => Testing.synth(stack, true)).not.toThrow();
  });

  test('leaves a role that is made elsewhere as it is', () => {
    const stack = newStack();
    const holdRole = HoldRole.fromRoleArn(stack, 'holder', COUNSEL);
    newRegister(stack).grantUse(holdRole);

    expect(synthesised(stack).resource).not.toHaveProperty('aws_iam_role_policy');
  });
});
