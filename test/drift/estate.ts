/** A small estate: many stacks with the real terraform, over the simulator, with both providers in this process. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createProviderServer, startServer } from '../../src/framework';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';
import { attach, type Attached } from '../provider/attached';
import { Aws } from '../simulator/aws';
import { connectAws } from '../stand-ins/aws/clients';
import { standInAws } from '../stand-ins/aws/provider';

const QUICK = { pendingMs: 20, processingMs: 20, exportDelayMs: 20, rateLimitPerMinute: 1_000_000 };

const PROVIDERS = `
terraform {
  required_providers {
    genesyscloud = { source = "terraform.local/genesyscloud/compliance" }
    aws          = { source = "hashicorp/aws" }
  }
}
`;

export class Estate {
  /** The folder that all stacks lie in. */
  readonly folder = mkdtempSync(join(tmpdir(), 'gcc-drift-'));
  private readonly before = { ...process.env };

  private constructor(
    readonly simulator: Simulator,
    readonly aws: Aws,
    private readonly attached: Attached,
    private readonly closeAws: () => Promise<void>,
    private readonly reattach: string,
  ) {
    writeFileSync(join(this.folder, 'cli.tfrc'), 'disable_checkpoint = true\n');
  }

  static async start(options: SimulatorOptions): Promise<Estate> {
    const simulator = await startSimulator({ ...QUICK, ...options });
    const environment = { ...process.env };
    // The stand-in runs in this process and finds the simulator as the AWS SDK does.
    Object.assign(process.env, simulator.env);
    const attached = await attach({ env: { ...simulator.env, GENESYSCLOUD_REQUESTS_PER_MINUTE: '1000000' } });
    const server = await startServer(createProviderServer(standInAws(connectAws)), {
      address: 'registry.terraform.io/hashicorp/aws',
    });
    const reattach = JSON.stringify({ ...JSON.parse(attached.reattach), ...JSON.parse(server.reattach) });
    const estate = new Estate(simulator, new Aws(simulator), attached, () => server.close(), reattach);
    Object.assign(estate.before, environment);
    return estate;
  }

  /** What terraform, and whoever starts it, needs. */
  get env(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      TMPDIR: tmpdir(),
      HOME: this.folder,
      CHECKPOINT_DISABLE: '1',
      TF_CLI_CONFIG_FILE: join(this.folder, 'cli.tfrc'),
      TF_REATTACH_PROVIDERS: this.reattach,
    };
  }

  /** Writes a stack's configuration and answers its folder. */
  write(name: string, hcl: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'main.tf'), PROVIDERS + hcl);
    return folder;
  }

  /** Applies a stack that is written. */
  async apply(name: string): Promise<void> {
    await this.terraform(name, 'apply', '-auto-approve', '-input=false', '-no-color');
  }

  /** Runs terraform in a stack; rejects with what it said when it fails. */
  async terraform(name: string, ...args: readonly string[]): Promise<string> {
    const options = { cwd: join(this.folder, name), env: this.env, maxBuffer: 64_000_000 };
    const { stdout } = await promisify(execFile)('terraform', args, options);
    return stdout;
  }

  async stop(): Promise<void> {
    this.aws.close();
    await this.closeAws();
    await this.attached.close();
    await this.simulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
    for (const name of Object.keys(this.simulator.env)) {
      if (this.before[name] === undefined) delete process.env[name];
      else process.env[name] = this.before[name];
    }
  }
}

/** Conversations of a matter, as the simulator's seed and as HCL. */
export function conversationIds(matter: number, count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, n) => `${String(matter).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`,
  );
}

/** A legal hold over its own conversations. */
export const matterStack = (matter: number, count: number) => `
resource "genesyscloud_compliance_legalhold" "matter" {
  name             = "Matter ${matter}"
  conversation_ids = ${JSON.stringify(conversationIds(matter, count))}
}`;

/** An export of one day in February, and the hold on what it exported. */
export const exportStack = (integrationId: string, day: number) => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${integrationId}"
  interval       = "2026-02-0${day}T00:00:00Z/2026-02-0${day + 1}T00:00:00Z"
}
resource "genesyscloud_compliance_legalhold" "sms" {
  name          = "Export ${day}"
  export_job_id = genesyscloud_recording_export_job.sms.id
}
output "state" { value = genesyscloud_recording_export_job.sms.state }`;

/** Objects under a prefix, tagged and locked. */
export const filesStack = (bucket: string, prefix: string) => `
resource "genesyscloud_compliance_object_hold" "files" {
  bucket = "${bucket}"
  prefix = "${prefix}"
  tags   = { matter = "M-17" }
}`;

/** A bucket and the role that writes to it. */
export const storageStack = (name: string, more = '') => `
resource "aws_s3_bucket" "files" {
  bucket = "${name}"
}
resource "aws_s3_bucket_versioning" "files" {
  bucket = aws_s3_bucket.files.bucket
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_public_access_block" "files" {
  bucket                  = aws_s3_bucket.files.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket_policy" "files" {
  bucket = aws_s3_bucket.files.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Tls", Effect = "Deny", Principal = "*", Action = "s3:*"
      Resource  = ["arn:aws:s3:::${name}", "arn:aws:s3:::${name}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
resource "aws_iam_role" "writer" {
  name               = "${name}-writer"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::765628985471:root" }
      Condition = { StringEquals = { "sts:ExternalId" = "5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b" } } }]
  })
  ${more}
}
resource "aws_iam_role_policy" "writer" {
  name   = "export"
  role   = aws_iam_role.writer.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid = "Write", Effect = "Allow", Resource = "arn:aws:s3:::${name}/*"
      Action = ["s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectTagging"]
    }]
  })
}`;
