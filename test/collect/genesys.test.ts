import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { Fn, TerraformHclModule, TerraformLocal, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { DataResource } from 'cdktf';
import { Construct } from 'constructs';
import {
  ComplianceProvider,
  GenesyscloudComplianceLegalhold,
  GenesyscloudRecordingExportJob,
} from '../../src/constructs';
import { collectSynthFacts, declareIntent } from '../../src/collect/synth';
import { declareTagging, seen, tagging } from './app';

const INTEGRATION = '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d';

function withExport() {
  const app = Testing.app();
  const stack = new TerraformStack(app, 'stack');
  const job = new GenesyscloudRecordingExportJob(stack, 'job', { integrationId: INTEGRATION });
  return { app, stack, job };
}

const holdOf = (app: Construct) => collectSynthFacts(app).holds[0]!;

describe('how a hold comes to wait for its export', () => {
  test('by a reference to an attribute', () => {
    const { app, stack, job } = withExport();
    new GenesyscloudComplianceLegalhold(stack, 'hold', { name: 'x', exportJobId: job.id });
    expect(holdOf(app)).toMatchObject({
      exportJobId: { known: true, value: '${genesyscloud_recording_export_job.job.id}' },
      dependsOn: [{ export: 'genesyscloud_recording_export_job.job', via: 'reference', attribute: 'export_job_id' }],
      belongsTo: null,
    });
  });

  test('by depends_on alone', () => {
    const { app, stack, job } = withExport();
    new GenesyscloudComplianceLegalhold(stack, 'hold', { name: 'x', conversationIds: ['a'], dependsOn: [job] });
    expect(holdOf(app).dependsOn).toEqual([{ export: 'genesyscloud_recording_export_job.job', via: 'depends_on' }]);
  });

  test('not at all', () => {
    const { app, stack } = withExport();
    new GenesyscloudComplianceLegalhold(stack, 'hold', { name: 'x', conversationIds: ['a'] });
    expect(holdOf(app).dependsOn).toEqual([]);
  });

  test('through a local, a function and another resource', () => {
    const { app, stack, job } = withExport();
    const local = new TerraformLocal(stack, 'id', Fn.upper(job.id));
    const between = new DataResource(stack, 'between', { input: { id: local.asString } });
    new GenesyscloudComplianceLegalhold(stack, 'hold', { name: 'x', exportJobId: 'a', dependsOn: [between] });
    expect(holdOf(app).dependsOn).toEqual([{ export: 'genesyscloud_recording_export_job.job', via: 'depends_on' }]);
  });

  test('as written by hand in an override', () => {
    const { app, stack } = withExport();
    const hold = new GenesyscloudComplianceLegalhold(stack, 'hold', { name: 'x' });
    hold.addOverride('depends_on', ['genesyscloud_recording_export_job.job']);
    expect(holdOf(app).dependsOn).toEqual([{ export: 'genesyscloud_recording_export_job.job', via: 'depends_on' }]);
  });

  test('not by a text that only speaks of it', () => {
    const { app, stack } = withExport();
    const reason = 'see genesyscloud_recording_export_job.job';
    new GenesyscloudComplianceLegalhold(stack, 'hold', { name: 'x', conversationIds: ['a'], reason });
    expect(holdOf(app).dependsOn).toEqual([]);
  });

  test('across stacks', () => {
    const { app, job } = withExport();
    const other = new TerraformStack(app, 'other');
    new GenesyscloudComplianceLegalhold(other, 'hold', { name: 'x', exportJobId: job.id });
    expect(holdOf(app).dependsOn).toHaveLength(1);
  });

  test('of two stacks with the same addresses, each hold keeps to its own export', () => {
    const app = Testing.app();
    for (const name of ['one', 'two']) {
      const stack = new TerraformStack(app, name);
      const job = new GenesyscloudRecordingExportJob(stack, 'job', { integrationId: INTEGRATION });
      new GenesyscloudComplianceLegalhold(stack, 'hold', { name, exportJobId: job.id });
    }
    expect(collectSynthFacts(app).holds.map(({ address, dependsOn }) => [address, dependsOn[0]?.export])).toEqual([
      ['one/genesyscloud_compliance_legalhold.hold', 'one/genesyscloud_recording_export_job.job'],
      ['two/genesyscloud_compliance_legalhold.hold', 'two/genesyscloud_recording_export_job.job'],
    ]);
  });
});

describe('an export', () => {
  test('says what was given and what was not', () => {
    const { app, job } = withExport();
    job.interval = '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z';
    job.mediaTypes = ['Message'];
    expect(collectSynthFacts(app).exports[0]).toMatchObject({
      address: 'genesyscloud_recording_export_job.job',
      constructPath: 'stack/job',
      integrationId: { known: true, value: INTEGRATION },
      interval: { known: true, value: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z' },
      conversationIds: { known: true, value: null },
      mediaTypes: { known: true, value: ['message'] },
      messageTypes: { known: true, value: [] },
      includeMetadata: { known: true, value: false },
      batchInterval: { known: true, value: null },
      destination: { known: true, value: null },
      bucket: { known: true, value: null },
    });
  });

  test('shows what an override smuggles in, at any depth', () => {
    const { app, job } = withExport();
    job.addOverride('legal_hold', true);
    job.addOverride('destination.legal_hold', '${var.hold}');
    const given = collectSynthFacts(app).exports[0]!.given.filter(({ path }) => path.endsWith('legal_hold'));
    expect(given).toMatchObject([
      { path: 'destination.legal_hold', value: { known: false } },
      { path: 'legal_hold', value: { known: true, value: true } },
    ]);
  });

  test('that takes metadata from a variable does not say whether it does', () => {
    const { app, stack, job } = withExport();
    job.includeMetadata = new TerraformVariable(stack, 'metadata', {}).booleanValue;
    expect(collectSynthFacts(app).exports[0]!.includeMetadata).toMatchObject({ known: false });
  });

  test('that nobody speaks for has a tagging role that is not said', () => {
    const { app } = withExport();
    expect(collectSynthFacts(app).duties).toMatchObject([
      { duty: 'tag', role: { known: false }, bucket: { known: false }, origin: { constructPath: 'stack/job' } },
    ]);
  });
});

describe('a bucket', () => {
  test('has the settings of the resources around it', async () => {
    const { S3BucketVersioningA } = await import('@cdktf/provider-aws/lib/s3-bucket-versioning');
    const { S3BucketObjectLockConfigurationA } =
      await import('@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration');
    const { app, stack, bucket } = tagging();
    bucket.objectLockEnabled = true;
    new S3BucketVersioningA(stack, 'v', { bucket: bucket.id, versioningConfiguration: { status: 'Suspended' } });
    new S3BucketObjectLockConfigurationA(stack, 'l', {
      bucket: 'recordings',
      rule: { defaultRetention: { mode: 'GOVERNANCE', days: 7 } },
    });
    expect(collectSynthFacts(app).buckets[0]).toMatchObject({
      arn: { value: 'arn:aws:s3:::recordings' },
      versioning: { value: 'suspended' },
      objectLock: { value: { enabled: true, defaultRetention: { mode: 'GOVERNANCE', days: 7, years: null } } },
      abortsIncompleteUploads: { value: false },
      policies: [],
    });
  });

  test('without a name of its own is known by its reference', () => {
    const { app } = tagging({ bucketName: undefined });
    expect(collectSynthFacts(app).buckets).toMatchObject([
      { address: 'aws_s3_bucket.bucket', arn: { value: 'arn:aws:s3:::${aws_s3_bucket.bucket.bucket}' } },
    ]);
  });

  test('that is not made by the app: its policy in the app is seen, its settings are not', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'stack');
    declareTagging(stack, 'arn:aws:iam::123456789012:role/x', 'elsewhere');
    new S3BucketPolicy(stack, 'policy', { bucket: 'elsewhere', policy: '{"Statement":[]}' });
    const [bucket] = collectSynthFacts(app).buckets;
    expect(bucket?.policies.map(seen)).toEqual([{ Statement: [] }]);
    expect(bucket?.versioning).toMatchObject({ known: false, why: 'belongs to a bucket that is not made by this app' });
  });

  test('is one fact, however many constructs speak of it', () => {
    const { app, stack, role } = tagging();
    for (const id of ['a', 'b']) {
      const construct = new Construct(stack, id);
      declareIntent(construct, () => ({
        duties: [{ duty: 'tag', role: { arn: role.arn, construct }, bucketName: 'recordings', prefix: '' }],
      }));
    }
    const { buckets, roles, duties } = collectSynthFacts(app);
    expect([buckets.length, roles.length, duties.length]).toEqual([1, 1, 1]);
  });

  test('that no construct speaks of is left out', () => {
    const app = Testing.app();
    new S3Bucket(new TerraformStack(app, 'stack'), 'bucket', { bucket: 'other' });
    expect(collectSynthFacts(app).buckets).toEqual([]);
  });
});

test('modules are named as what could not be looked into', () => {
  const app = Testing.app();
  new TerraformHclModule(new TerraformStack(app, 'stack'), 'iam', { source: 'example/iam/aws' });
  expect(collectSynthFacts(app).unseen).toMatchObject([
    { known: false, origin: { address: 'module.iam', constructPath: 'stack/iam' } },
  ]);
});

test('the pattern of reference ids comes from the provider', () => {
  const app = Testing.app();
  new ComplianceProvider(new TerraformStack(app, 'stack'), 'p', { externalReferenceIdPattern: '^X' });
  expect(collectSynthFacts(app).externalReferenceIdPattern).toMatchObject({ known: true, value: '^X' });
});

test('collecting twice gives the same and changes nothing', () => {
  const { app, stack } = tagging();
  const before = Testing.synth(stack);
  expect(collectSynthFacts(app)).toEqual(collectSynthFacts(app));
  expect(Testing.synth(stack)).toBe(before);
});

describe('the register', () => {
  const registerIn = (place?: string) => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    new ComplianceProvider(stack, 'genesyscloud', place === undefined ? {} : { register: place });
    new GenesyscloudComplianceLegalhold(stack, 'hold', { name: 'x', conversationIds: ['a'] });
    return collectSynthFacts(stack.node.root).register?.place;
  };

  test('is what the provider block says, null where it says nothing', () => {
    expect(registerIn('s3://holds/register')).toMatchObject({ known: true, value: 's3://holds/register' });
    expect(registerIn()).toMatchObject({ known: true, value: null });
  });

  test('is not asked about where nothing is held', () => {
    expect(collectSynthFacts(withExport().app).register).toBeUndefined();
  });
});
