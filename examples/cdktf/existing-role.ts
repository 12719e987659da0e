/**
 * An export into a bucket and with a role that exist already or are written by hand. The checks look into the role's
 * policies, because the same program makes it; into the bucket, which another program makes, they cannot look, and say so.
 *
 *     CDKTF_OUTDIR=cdktf.out npx tsx examples/cdktf/existing-role.ts
 *
 * In a project of your own, import from 'genesyscloud-compliance'.
 */
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { Channel, ComplianceProvider, ExportBucket, ExportRole, LegalHoldExport } from '../../src/constructs';

const ORGANIZATION = '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';

const app = new App();
const stack = new TerraformStack(app, 'existing-role');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
new ComplianceProvider(stack, 'genesyscloud');

const bucket = ExportBucket.fromBucketName(stack, 'recordings', 'acme-recordings');

const trust = new DataAwsIamPolicyDocument(stack, 'trust', {
  statement: [
    {
      actions: ['sts:AssumeRole'],
      principals: [{ type: 'AWS', identifiers: ['arn:aws:iam::765628985471:root'] }],
      condition: [{ test: 'StringEquals', variable: 'sts:ExternalId', values: [ORGANIZATION] }],
    },
  ],
});
const permissions = new DataAwsIamPolicyDocument(stack, 'permissions', {
  statement: [
    { actions: ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration'], resources: [bucket.bucketArn] },
    {
      // Leave the tagging actions out, and the synthesis fails with the statement to add.
      actions: ['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTagging', 's3:PutObjectVersionTagging'],
      resources: [bucket.objectsArn],
    },
  ],
});
const iamRole = new IamRole(stack, 'role', { name: 'acme-exporter', assumeRolePolicy: trust.json });
new IamRolePolicy(stack, 'role-policy', { role: iamRole.name, policy: permissions.json });

new LegalHoldExport(stack, 'whatsapp', {
  integrationId: '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d',
  interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
  channel: Channel.whatsApp(),
  bucket,
  role: ExportRole.fromRoleArn(stack, 'exporter', iamRole.arn),
  hold: { name: 'Acme v. Example', externalReferenceId: 'MATTER-2026-0017', requestedBy: 'counsel@example.com' },
});

app.synth();
