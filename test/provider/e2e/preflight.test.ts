import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { bundleProvider } from '../../../scripts/bundle-provider';
import { startSimulator, type Simulator } from '../../../src/simulator';
import { Aws } from '../../simulator/aws';
import { Workspace } from '../workspace';

describe('data genesyscloud_compliance_preflight, by the built executable', () => {
  let folder: string;
  let simulator: Simulator;
  let admin: Aws;
  let workspace: Workspace;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gcc-preflight-'));
    await bundleProvider(folder);
    simulator = await startSimulator();
    admin = new Aws(simulator);
    workspace = Workspace.launching(folder, { ...simulator.env });
    await admin.iam.send(
      new CreateRoleCommand({
        RoleName: 'exporter',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::765628985471:root' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'sts:ExternalId': simulator.organizationId } },
          },
        }),
      }),
    );
  });
  afterAll(async () => {
    admin.close();
    workspace.remove();
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function allow(...objectActions: string[]): Promise<void> {
    const bucket = `arn:aws:s3:::${simulator.bucket}`;
    const onBucket = ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration'];
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: onBucket, Resource: bucket },
        { Effect: 'Allow', Action: objectActions, Resource: `${bucket}/*` },
      ],
    });
    await admin.iam.send(new PutRolePolicyCommand({ RoleName: 'exporter', PolicyName: 'export', PolicyDocument }));
  }

  test('fails a check block while the role may not tag, and passes once it may', async () => {
    workspace.write(`
      data "genesyscloud_compliance_preflight" "sms" {
        role_arn       = "arn:aws:iam::${simulator.accountId}:role/exporter"
        bucket         = "${simulator.bucket}"
        integration_id = "${simulator.integrationId}"
        interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
        message_types  = ["sms"]
        batch_interval = "P7D"
      }
      check "ready" {
        assert {
          condition     = data.genesyscloud_compliance_preflight.sms.passed
          error_message = join(" ", [for f in data.genesyscloud_compliance_preflight.sms.findings : "\${f.rule}"])
        }
      }
      output "errors" {
        value = data.genesyscloud_compliance_preflight.sms.error_count
      }
    `);
    await allow('s3:PutObject', 's3:PutObjectAcl');
    const warned = await workspace.apply();
    expect(warned.text).toContain('iam/put-object-tagging');

    await allow('s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTagging');
    const passed = await workspace.apply();
    expect(passed.text).not.toContain('Check block assertion failed');
    expect(passed.text).toMatch(/errors\s*=\s*0/);
  });

  test('refuses two ways to say what is exported', async () => {
    workspace.write(`
      data "genesyscloud_compliance_preflight" "sms" {
        interval         = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
        conversation_ids = ["7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d"]
      }
    `);
    expect((await workspace.plan()).code).toBe(1);
  });
});
