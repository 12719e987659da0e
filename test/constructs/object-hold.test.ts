import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  BatchOperationsRole,
  ComplianceChecks,
  ComplianceProvider,
  ExportBucket,
  ExportRole,
  HoldRole,
} from '../../src/constructs';
import { collectSynthFacts } from '../../src/collect/synth';
import { addresses, newStack, only, ORGANIZATION, smsHold, synthesised } from './app';

const HOLD = 'genesyscloud_compliance_object_hold';
const HOLDERS = ['123456789012'];

test('follows the export, by reference and by order, and must be complete', () => {
  const stack = newStack();
  const bucket = ExportBucket.fromBucketName(stack, 'bucket', 'acme-recordings');
  smsHold(stack, 'sms', { bucket, objectHold: { tags: { Matter: '2026-0017' } } });
  expect(only(stack, HOLD)).toMatchInlineSnapshot(`
{
  "bucket": "acme-recordings",
  "depends_on": [
    "genesyscloud_recording_export_job.sms",
  ],
  "export_job_id": "\${genesyscloud_recording_export_job.sms.id}",
  "lifecycle": {
    "postcondition": [
      {
        "condition": "\${self.status == "active"}",
        "error_message": "The files of "Acme v. Example" are not all held. The attributes missing_count, missing and failures say which; apply again to continue.",
      },
    ],
    "prevent_destroy": true,
  },
  "name": "Acme v. Example",
  "object_lock_legal_hold": true,
  "provider": "compliance",
  "release_on_destroy": false,
  "tags": {
    "Matter": "2026-0017",
  },
}
`);
});

test('takes everything else that was said', () => {
  const stack = newStack();
  const bucket = ExportBucket.fromBucketName(stack, 'bucket', 'acme-recordings');
  const role = new BatchOperationsRole(stack, 'batch', { bucket, workspace: { bucketName: 'acme-jobs' } });
  smsHold(stack, 'sms', {
    bucket,
    destination: {
      bucket: 'acme-recordings',
      prefix: 'a/',
      region: 'eu-central-1',
      endpoint: 'https://s3.example.com',
    },
    objectHold: {
      objectLockLegalHold: false,
      engine: 'batch_operations',
      batchOperations: role.jobs(1000),
      journalDir: '/var/lib/holds',
      acceptedGaps: { sha256: 'c'.repeat(64), reason: 'expired before the order' },
      releaseOnDestroy: true,
      releaseReason: 'settled',
      timeouts: { create: '1h' },
    },
  });
  const hold = only(stack, HOLD);
  expect(hold).toMatchObject({
    bucket: 'acme-recordings',
    prefix: 'a/',
    region: 'eu-central-1',
    endpoint: 'https://s3.example.com',
    object_lock_legal_hold: false,
    engine: 'batch_operations',
    batch_operations: {
      role_arn: expect.stringContaining('aws_iam_role.') as string,
      report_bucket: 'acme-jobs',
      report_prefix: 'genesyscloud-compliance/',
      threshold: 1000,
    },
    journal_dir: '/var/lib/holds',
    accepted_gaps: { sha256: 'c'.repeat(64), reason: 'expired before the order' },
    release_on_destroy: true,
    release_reason: 'settled',
    timeouts: { create: '1h' },
  });
  expect(hold['lifecycle']).not.toHaveProperty('prevent_destroy');
});

test('keeps its address wherever the construct moves to', () => {
  const place = (scope: (stack: TerraformStack) => Construct) => {
    const stack = newStack();
    smsHold(scope(stack), 'sms', { destination: { bucket: 'acme-recordings' }, objectHold: {} });
    return addresses(stack);
  };
  expect(place((stack) => stack)).toContain(`${HOLD}.sms`);
  expect(place((stack) => new Construct(stack, 'team'))).toEqual(place((stack) => stack));
});

test('is made only when asked for, and only where a bucket is named', () => {
  const stack = newStack();
  expect(smsHold(stack, 'without').objectHold).toBeUndefined();
  expect(synthesised(stack).resource).not.toHaveProperty(HOLD);
  expect(() => smsHold(stack, 'sms', { objectHold: {} })).toThrow(
    /^\[compliance\/sms\] Objects are to be held, but it is not said in which bucket/,
  );
});

test('in a whole app with bucket and roles passes every check that synth can make', () => {
  const app = Testing.app();
  const stack = new TerraformStack(app, 'all');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  new ComplianceProvider(stack, 'genesyscloud');
  const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'acme-recordings' });
  const role = new ExportRole(stack, 'exporter', { bucket, organizationId: ORGANIZATION, tagging: false });
  const holdRole = new HoldRole(stack, 'holder', { bucket, assumedBy: HOLDERS });
  smsHold(stack, 'sms', { bucket, role, holdRole, objectHold: {} });
  ComplianceChecks.apply(app, { strict: true });
  expect(() => Testing.synth(stack, true)).not.toThrow();
  expect(collectSynthFacts(app).objectHolds).toMatchObject([
    { objectLockLegalHold: { value: true }, bucket: { value: expect.stringContaining('aws_s3_bucket.') as string } },
  ]);
});

test('fails the synthesis where the bucket has no Object Lock', () => {
  const app = Testing.app();
  const stack = new TerraformStack(app, 'all');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  new ComplianceProvider(stack, 'genesyscloud');
  const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'acme-recordings', objectLock: false });
  const role = new ExportRole(stack, 'exporter', { bucket, organizationId: ORGANIZATION });
  smsHold(stack, 'sms', { bucket, role, objectHold: {} });
  expect(() => Testing.synth(stack, true)).toThrow(/s3\/object-lock/);
});
