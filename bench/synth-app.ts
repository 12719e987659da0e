/**
 * The two apps of the synth bench. Prints the processor time from the first construct to the last file, in milliseconds:
 * what others do on the machine does not count.
 */
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  Channel,
  ComplianceProvider,
  ExportBucket,
  ExportRole,
  GenesyscloudComplianceLegalhold,
  GenesyscloudRecordingExportJob,
  LegalHoldExport,
} from '../src/constructs';

const [, , kind, count] = process.argv;
const integrationId = '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d';
const interval = '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z';

/** What LegalHoldExport writes for each, word for word, and no checks. */
function bare(stack: TerraformStack): void {
  new AwsProvider(stack, 'aws', { region: 'us-east-1' });
  const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'genesys-recordings' });
  const role = new IamRole(stack, 'role', { name: 'exporter', assumeRolePolicy: '{}' });
  const policies = ['export', 'tagging'].map(
    (name) => new IamRolePolicy(stack, name, { name, role: role.name, policy: '{}' }),
  );
  for (let index = 0; index < Number(count); index += 1) {
    const job = new GenesyscloudRecordingExportJob(stack, `export-${index}`, {
      integrationId,
      interval,
      mediaTypes: ['message'],
      messageTypes: ['sms'],
      batchInterval: 'P7D',
      includeMetadata: false,
      dependsOn: [...bucket.readiness, ...policies],
    });
    new GenesyscloudComplianceLegalhold(stack, `hold-${index}`, {
      name: `Case ${index}`,
      exportJobId: job.id,
      releaseOnDestroy: false,
      dependsOn: [job],
      lifecycle: {
        preventDestroy: true,
        postcondition: [{ condition: '${self.status == "active"}', errorMessage: 'The legal hold is not complete.' }],
      },
    });
  }
}

function constructs(stack: TerraformStack): void {
  new AwsProvider(stack, 'aws', { region: 'us-east-1' });
  const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'genesys-recordings' });
  const role = new ExportRole(stack, 'role', { bucket, organizationId: '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b' });
  for (let index = 0; index < Number(count); index += 1) {
    const hold = { name: `Case ${index}` };
    new LegalHoldExport(stack, `sms-${index}`, { integrationId, interval, channel: Channel.sms(), bucket, role, hold });
  }
}

const started = process.cpuUsage();
const app = new App();
const stack = new TerraformStack(app, 'compliance');
new ComplianceProvider(stack, 'genesyscloud');
if (kind === 'bare') bare(stack);
else constructs(stack);
app.synth();
const { user, system } = process.cpuUsage(started);
process.stdout.write(String((user + system) / 1000));
