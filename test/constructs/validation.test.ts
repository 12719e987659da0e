import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Fn, Lazy, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ComplianceChecks,
  ComplianceProvider,
  ExportBucket,
  ExportRole,
  GenesyscloudComplianceLegalhold,
  GenesyscloudRecordingExportJob,
  type ComplianceChecksProps,
} from '../../src/constructs';
import { INTEGRATION, newStack, ORGANIZATION, smsHold } from './app';

const OBJECTS = 'arn:aws:s3:::acme-recordings/*';
const EXPORTING = ['s3:PutObject', 's3:PutObjectAcl'];
const TAGGING = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'];

const statement = (Effect: 'Allow' | 'Deny', Action: string | string[], Resource: string | string[]) => ({
  Effect,
  Action,
  Resource,
});
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

/** What validation says: the error of the synthesis or null, and the warnings. */
function check(stack: TerraformStack): { readonly error: string | null; readonly warnings: readonly string[] } {
  let error: string | null = null;
  if (stack.node.tryFindChild('aws') === undefined) {
    new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
    new ComplianceProvider(stack, 'genesyscloud', { register: 's3://acme-holds/register' });
  }
  try {
    Testing.synth(stack, true);
  } catch (failure) {
    error = (failure as Error).message;
  }
  const warnings = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => String(data)));
  return { error, warnings };
}

/** A bucket, a role of the user's own that tags, and an export that uses both. */
function ownRole(settings?: ComplianceChecksProps) {
  const stack = newStack();
  const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'acme-recordings' });
  const iamRole = new IamRole(stack, 'iam-role', { name: 'exporter', assumeRolePolicy: '{}' });
  const role = ExportRole.fromRoleArn(stack, 'role', iamRole.arn);
  smsHold(stack, 'sms', { bucket, taggingRole: role });
  if (settings !== undefined) ComplianceChecks.apply(stack, settings);
  const write = (text: string, id = 'policy') => new IamRolePolicy(stack, id, { role: iamRole.name, policy: text });
  return { stack, bucket, iamRole, write };
}

describe('an app made with the constructs alone', () => {
  test('passes, and everything is seen', () => {
    const stack = newStack();
    const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'acme-recordings' });
    const role = new ExportRole(stack, 'role', { bucket, organizationId: ORGANIZATION });
    smsHold(stack, 'sms', { bucket, role });
    ComplianceChecks.apply(stack, { strict: true });
    expect(check(stack)).toEqual({ error: null, warnings: [] });
  });

  test('says that it cannot see the tagging role when none is named', () => {
    const stack = newStack();
    smsHold(stack);
    const { error, warnings } = check(stack);
    expect(error).toBeNull();
    expect(warnings).toEqual([expect.stringMatching(/iam\/put-object-tagging[\s\S]*compliance\/sms/)]);
  });
});

describe('a role that may tag passes, however its policy is written', () => {
  const right = policy(statement('Allow', [...EXPORTING, ...TAGGING], OBJECTS));

  test.each<[string, (app: ReturnType<typeof ownRole>) => unknown]>([
    ['JSON.stringify', ({ write }) => write(JSON.stringify(right))],
    ['Fn.jsonencode', ({ write }) => write(Fn.jsonencode(right))],
    ['a lazy value', ({ write }) => write(Lazy.stringValue({ produce: () => JSON.stringify(right) }))],
    [
      'tokens inside the JSON',
      ({ write, bucket }) =>
        write(JSON.stringify(policy(statement('Allow', 's3:PutObjectTagg*', `${bucket.bucket.arn}/*`)))),
    ],
    [
      'a policy document',
      ({ write, stack, bucket }) =>
        write(
          new DataAwsIamPolicyDocument(stack, 'document', {
            statement: [{ actions: TAGGING, resources: [`${bucket.bucket.arn}/*`] }],
          }).json,
        ),
    ],
    [
      'a managed policy, attached',
      ({ stack, iamRole }) => {
        const managed = new IamPolicy(stack, 'managed', { policy: JSON.stringify(right) });
        new IamRolePolicyAttachment(stack, 'attachment', { role: iamRole.name, policyArn: managed.arn });
      },
    ],
    ['an inline policy', ({ iamRole }) => iamRole.putInlinePolicy([{ name: 'x', policy: JSON.stringify(right) }])],
    ['an override', ({ write }) => write('{}').addOverride('policy', JSON.stringify(right))],
  ])('%s', (_name, arrange) => {
    const app = ownRole({ strict: true });
    arrange(app);
    expect(check(app.stack)).toEqual({ error: null, warnings: [] });
  });
});

describe('a role that may not tag fails the synthesis, however its policy is written', () => {
  const wrong = policy(statement('Allow', EXPORTING, OBJECTS));

  test.each<[string, (app: ReturnType<typeof ownRole>) => unknown]>([
    ['no policy at all', () => undefined],
    ['JSON.stringify', ({ write }) => write(JSON.stringify(wrong))],
    ['Fn.jsonencode', ({ write }) => write(Fn.jsonencode(wrong))],
    ['a lazy value', ({ write }) => write(Lazy.stringValue({ produce: () => JSON.stringify(wrong) }))],
    [
      'tokens inside the JSON',
      ({ write, bucket }) => write(JSON.stringify(policy(statement('Allow', EXPORTING, `${bucket.bucket.arn}/*`)))),
    ],
    [
      'a policy document',
      ({ write, stack }) =>
        write(
          new DataAwsIamPolicyDocument(stack, 'document', { statement: [{ actions: EXPORTING, resources: [OBJECTS] }] })
            .json,
        ),
    ],
    [
      'a managed policy, attached',
      ({ stack, iamRole }) => {
        const managed = new IamPolicy(stack, 'managed', { policy: JSON.stringify(wrong) });
        new IamRolePolicyAttachment(stack, 'attachment', { role: iamRole.name, policyArn: managed.arn });
      },
    ],
    [
      'an override that takes the right away',
      ({ write }) =>
        write(JSON.stringify(policy(statement('Allow', TAGGING, OBJECTS)))).addOverride(
          'policy',
          JSON.stringify(wrong),
        ),
    ],
    [
      'the objects of another bucket',
      ({ write }) => write(JSON.stringify(policy(statement('Allow', TAGGING, 'arn:aws:s3:::other/*')))),
    ],
    [
      'the bucket instead of its objects',
      ({ write, bucket }) => write(JSON.stringify(policy(statement('Allow', TAGGING, bucket.bucketArn)))),
    ],
    [
      'a Deny in another statement',
      ({ write }) =>
        write(JSON.stringify(policy(statement('Allow', 's3:*', OBJECTS), statement('Deny', 's3:*Tagging', '*')))),
    ],
    [
      'a Deny in another policy',
      ({ write }) => {
        write(JSON.stringify(policy(statement('Allow', 's3:*', OBJECTS))));
        write(JSON.stringify(policy(statement('Deny', 's3:PutObjectTagging', '*'))), 'deny');
      },
    ],
  ])('%s', (_name, arrange) => {
    const app = ownRole();
    arrange(app);
    expect(check(app.stack).error).toMatch(/iam\/put-object-tagging[\s\S]*s3:PutObjectTagging[\s\S]*Remedy/);
  });

  test('and the error names construct, deciding statement and remedy', () => {
    const { stack, write } = ownRole();
    write(JSON.stringify(policy(statement('Allow', 's3:*', OBJECTS), statement('Deny', 's3:PutObjectTagging', '*'))));
    const { error } = check(stack);
    expect(error).toMatch(/\[compliance\/\S+\]/);
    expect(error).toContain('compliance/iam-role');
    expect(error).toContain('compliance/policy');
    expect(error).toContain('"Deny"');
    expect(error).toMatch(/Remedy:\s+Remove statement 2 of/);
  });
});

describe('a policy that cannot be seen', () => {
  const hidden = (settings?: ComplianceChecksProps) => {
    const app = ownRole(settings);
    app.write(new TerraformVariable(app.stack, 'policy_text', {}).stringValue);
    return app.stack;
  };

  test('is a warning that says so', () => {
    const { error, warnings } = check(hidden());
    expect(error).toBeNull();
    // One policy that cannot be seen is one warning, with everything that it leaves open.
    expect(warnings).toEqual([
      expect.stringMatching(
        /^\[unknown\] 2 checks are unknown because of the policy .*var\.policy_text[^]*\(iam\/put-object-tagging: [^]*\(iam\/least-privilege: /,
      ),
    ]);
  });

  test('is an error in strict mode', () => {
    expect(check(hidden({ strict: true })).error).toMatch(/unknown[\s\S]*var\.policy_text/);
  });

  test('is said as often as once, however often the app is synthesised', () => {
    const stack = hidden();
    const { warnings } = check(stack);
    expect(check(stack).warnings).toEqual(warnings);
  });

  test('does not hide a Deny that can be seen', () => {
    const app = ownRole();
    app.write(new TerraformVariable(app.stack, 'policy_text', {}).stringValue);
    app.write(JSON.stringify(policy(statement('Deny', 's3:*', '*'))), 'deny');
    expect(check(app.stack).error).toMatch(/iam\/put-object-tagging/);
  });

  test('of an imported role is not seen either', () => {
    const stack = newStack();
    const bucket = ExportBucket.fromBucketName(stack, 'bucket', 'elsewhere');
    const role = ExportRole.fromRoleArn(stack, 'role', 'arn:aws:iam::123456789012:role/exporter');
    smsHold(stack, 'sms', { bucket, role });
    const { error, warnings } = check(stack);
    expect(error).toBeNull();
    expect(warnings).toContainEqual(
      expect.stringMatching(/^\[unknown\] 8 checks are unknown [^]*\(iam\/put-object-tagging: /),
    );
    expect(warnings.every((warning) => warning.startsWith('[unknown]'))).toBe(true);
  });
});

describe('the order of export and hold', () => {
  test('of bare resources is checked where checks are applied', () => {
    const stack = newStack();
    const ids = ['7f0b7b0e-4e0f-4d3c-8a53-0a4d1b6f5f01'];
    new GenesyscloudRecordingExportJob(stack, 'job', { integrationId: INTEGRATION, conversationIds: ids });
    new GenesyscloudComplianceLegalhold(stack, 'hold', { name: 'x', conversationIds: ids });
    ComplianceChecks.apply(stack);
    const { error, warnings } = check(stack);
    expect(error).toBeNull();
    expect(warnings).toContainEqual(expect.stringMatching(/hold\/after-export[\s\S]*dependsOn/));
  });

  test('cannot be undone by an override', () => {
    const stack = newStack();
    const { legalHold } = smsHold(stack);
    legalHold.addOverride('export_job_id', undefined);
    legalHold.addOverride('conversation_ids', ['7f0b7b0e-4e0f-4d3c-8a53-0a4d1b6f5f01']);
    legalHold.dependsOn = [];
    expect(check(stack).error).toMatch(/\[compliance\/sms\] [\s\S]*hold\/after-export/);
  });
});

test.each([
  ['legal_hold', true, 'export/no-legal-hold-parameter'],
  ['include_metadata', true, 'export/metadata-resolution'],
])('an override that sets %s on an export fails', (attribute, value, rule) => {
  const stack = newStack();
  smsHold(stack).exportJob.addOverride(attribute, value);
  expect(check(stack).error).toContain(rule);
});

describe('settings', () => {
  const failing = (settings: ComplianceChecksProps) => ownRole({ today: '2026-06-01', ...settings }).stack;

  test('make a rule a warning, with the reason', () => {
    const rules = { 'iam/put-object-tagging': { severity: 'warn', reason: 'tagged by hand' } } as const;
    expect(check(failing({ rules }))).toEqual({ error: null, warnings: [expect.stringContaining('tagged by hand')] });
  });

  test('switch a rule off, and say so', () => {
    const stack = failing({ rules: { 'iam/put-object-tagging': { severity: 'off', reason: 'tagged by hand' } } });
    expect(check(stack)).toEqual({ error: null, warnings: [] });
    expect(stack.node.metadata.map(({ data }) => data as unknown)).toContain(
      'iam/put-object-tagging is off: tagged by hand',
    );
  });

  const ignore = { rule: 'iam/put-object-tagging', address: 'aws_iam_role.iam-role', reason: 'next sprint' } as const;

  test('ignore a finding until a day', () => {
    expect(check(failing({ ignores: [{ ...ignore, until: '2026-06-01' }] })).error).toBeNull();
  });

  test('and not a day longer', () => {
    const { error, warnings } = check(failing({ ignores: [{ ...ignore, until: '2026-05-31' }] }));
    expect(error).toContain('iam/put-object-tagging');
    expect(warnings).toEqual([expect.stringContaining('it held until 2026-05-31')]);
  });

  test('can be given to a scope once', () => {
    const stack = newStack();
    ComplianceChecks.apply(stack);
    expect(() => ComplianceChecks.apply(stack)).toThrow(/\[compliance\] ComplianceChecks are set twice/);
  });

  test('of an app hold for the stacks in it', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'compliance');
    smsHold(stack);
    ComplianceChecks.apply(app, { strict: true });
    expect(check(stack).error).toContain('iam/put-object-tagging');
  });
});

describe('stacks of one app', () => {
  function twoStacks() {
    const app = Testing.app();
    const storage = new TerraformStack(app, 'storage');
    const bucket = new ExportBucket(storage, 'recordings', { bucketName: 'acme-recordings' });
    const role = new ExportRole(storage, 'role', { bucket, organizationId: ORGANIZATION });
    const stack = new TerraformStack(app, 'compliance');
    smsHold(stack, 'sms', { bucket, role });
    return { storage, stack, role };
  }

  test('see each other', () => {
    const { storage, stack } = twoStacks();
    expect([check(storage), check(stack)]).toEqual([
      { error: null, warnings: [] },
      { error: null, warnings: [] },
    ]);
  });

  test('report what is wrong where it is', () => {
    const { storage, role } = twoStacks();
    new S3BucketPolicy(storage, 'deny', {
      bucket: 'acme-recordings',
      policy: JSON.stringify(policy({ ...statement('Deny', 's3:PutObjectTagging', '*'), Principal: '*' })),
    });
    expect(role.roleName).toBe('acme-recordings-exporter');
    expect(check(storage).error).toMatch(/\[storage\/role\] [\s\S]*iam\/put-object-tagging/);
  });

  test('are looked at again in every synthesis', () => {
    const { storage, role } = twoStacks();
    expect(check(storage).error).toBeNull();
    role.role.putInlinePolicy([{ name: 'x', policy: JSON.stringify(policy(statement('Deny', 's3:*', '*'))) }]);
    expect(check(storage).error).toContain('iam/put-object-tagging');
  });
});
