/**
 * Held at once: a retention policy would delete recordings before the export is finished, so the hold stands beside the export and
 * waits for nothing. The files are held when they are there.
 *
 *     CDKTF_OUTDIR=cdktf.out npx tsx examples/cdktf/preserve-first.ts
 *
 * In a project of your own, import from 'genesyscloud-compliance'.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  Channel,
  ComplianceChecks,
  ComplianceProvider,
  ExportBucket,
  ExportRole,
  HoldRegister,
  HoldRole,
  LegalHoldExport,
} from '../../src/constructs';

const app = new App();
const stack = new TerraformStack(app, 'preserve-first');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
const register = new HoldRegister(stack, 'register', { bucketName: 'acme-holds' });
new ComplianceProvider(stack, 'genesyscloud', { register });

const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'acme-recordings' });
const role = new ExportRole(stack, 'exporter', {
  bucket,
  organizationId: '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b',
  tagging: false,
});
const holdRole = new HoldRole(stack, 'holder', { bucket, assumedBy: ['arn:aws:iam::123456789012:role/terraform'] });

new LegalHoldExport(stack, 'sms', {
  integrationId: '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d',
  interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
  channel: Channel.sms(),
  bucket,
  role,
  holdRole,
  register,
  hold: { name: 'Acme v. Example', externalReferenceId: 'MATTER-2026-0017' },
  preserve: 'at-once',
  objectHold: { tags: { Matter: 'MATTER-2026-0017' } },
});

ComplianceChecks.apply(app, { strict: true });
app.synth();
