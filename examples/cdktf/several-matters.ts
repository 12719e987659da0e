/**
 * One hold for each matter, strictly checked: what cannot be seen fails the synthesis.
 *
 *     CDKTF_OUTDIR=cdktf.out npx tsx examples/cdktf/several-matters.ts
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
  LegalHoldExport,
} from '../../src/constructs';

const MATTERS = [
  { id: 'acme', name: 'Acme v. Example', reference: 'MATTER-2026-0017', number: '+13175550100' },
  { id: 'globex', name: 'Globex inquiry', reference: 'MATTER-2026-0021', number: '+13175550101' },
] as const;

const app = new App();
const stack = new TerraformStack(app, 'matters');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
// The register of another program: what one matter releases, and the other needs, stays held.
new ComplianceProvider(stack, 'genesyscloud', { register: HoldRegister.fromPlace('s3://acme-holds/register') });

const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'acme-recordings' });
const role = new ExportRole(stack, 'role', { bucket, organizationId: '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b' });

for (const { id, name, reference, number } of MATTERS) {
  // The id is the hold's address in Terraform: keep it, wherever the code moves to.
  new LegalHoldExport(stack, id, {
    integrationId: '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d',
    interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
    channel: Channel.sms(),
    addressTo: number,
    bucket,
    role,
    hold: { name, externalReferenceId: reference },
  });
}

ComplianceChecks.apply(app, { strict: true });
app.synth();
