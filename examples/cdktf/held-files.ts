/**
 * The whole chain: a bucket with a key of its own and a trail of evidence, a register of who needs what held, separate roles for
 * writing and for holding, and an export whose conversations are held in Genesys Cloud and whose files are tagged and locked in S3.
 *
 *     CDKTF_OUTDIR=cdktf.out npx tsx examples/cdktf/held-files.ts
 *
 * In a project of your own, import from 'genesyscloud-compliance'.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  BatchOperationsRole,
  Channel,
  ComplianceChecks,
  ComplianceProvider,
  ExportBucket,
  ExportEncryption,
  ExportRole,
  HoldRegister,
  HoldRole,
  LegalHoldExport,
} from '../../src/constructs';

const app = new App();
const stack = new TerraformStack(app, 'held-files');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });

// Which matter needs what. Every machine and every stack that holds or releases names this place; nobody can delete from it.
const register = new HoldRegister(stack, 'register', { bucketName: 'acme-holds', retention: { years: 7 } });
new ComplianceProvider(stack, 'genesyscloud', { register });

const bucket = new ExportBucket(stack, 'recordings', {
  bucketName: 'acme-recordings',
  encryption: ExportEncryption.newKmsKey(),
  // Both buckets are there already, with policies that let S3 and CloudTrail write.
  accessLogs: { bucketName: 'acme-access-logs' },
  dataEvents: { trailBucketName: 'acme-trails' },
});

// Genesys Cloud writes and does nothing else; who holds can neither read, delete nor release.
const role = new ExportRole(stack, 'exporter', {
  bucket,
  organizationId: '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b',
  tagging: false,
});
const holdRole = new HoldRole(stack, 'holder', {
  bucket,
  assumedBy: ['arn:aws:iam::123456789012:role/terraform'],
});

// For very many files. As long as there is no ReleaseRole, nobody can take a hold off again.
const batchRole = new BatchOperationsRole(stack, 'batch', { bucket, workspace: { bucketName: 'acme-batch-jobs' } });
batchRole.grantJobs(holdRole);

new LegalHoldExport(stack, 'sms', {
  integrationId: '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d',
  interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
  channel: Channel.sms(),
  bucket,
  role,
  holdRole,
  register,
  hold: { name: 'Acme v. Example', externalReferenceId: 'MATTER-2026-0017' },
  objectHold: { tags: { Matter: 'MATTER-2026-0017' }, batchOperations: batchRole.jobs() },
});

ComplianceChecks.apply(app, { strict: true });
app.synth();
