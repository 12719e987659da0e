import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installProvider } from '../src/cli';
import { startSimulator } from '../src/simulator';
import { median } from './median';
import { timed } from './timed';
import type { BenchResult } from './result';

const RUNS = 9;
/** DESIGN, section 9. */
const LIMIT = 6.5;

/** `terraform plan` of an export and its hold, the provider launched as users launch it, against an empty node. */
export async function run(): Promise<BenchResult> {
  const simulator = await startSimulator({ port: 0, rateLimitPerMinute: 100_000 });
  const folder = mkdtempSync(join(tmpdir(), 'plan-bench-'));
  try {
    const { cliConfig } = installProvider(join(folder, 'mirror'), resolve(__dirname, '../dist/provider'));
    const work = join(folder, 'work');
    mkdirSync(work);
    writeFileSync(join(work, 'main.tf'), configuration(simulator.integrationId));
    const env = {
      ...process.env,
      ...simulator.env,
      TF_CLI_CONFIG_FILE: cliConfig,
      CHECKPOINT_DISABLE: '1',
      GENESYSCLOUD_COMPLIANCE_REGISTER: join(folder, 'register'),
    };
    const terraform = (...args: string[]): Promise<number> => timed('terraform', args, work, env);
    await terraform('init', '-input=false');
    const empty: number[] = [];
    const plan: number[] = [];
    for (let round = 0; round < RUNS; round += 1) {
      empty.push(await timed(process.execPath, ['-e', '0'], work, env));
      plan.push(await terraform('plan', '-input=false', '-no-color'));
    }
    const ratio = median(plan) / median(empty);
    return {
      name: 'plan',
      what: `terraform plan of export and hold against an empty node process, median of ${RUNS}`,
      measured: [
        { label: 'node -e 0', value: median(empty), unit: 'ms' },
        { label: 'terraform plan', value: median(plan), unit: 'ms' },
      ],
      bar: { label: 'plan / empty node', value: ratio, limit: `at most ${LIMIT}x`, met: ratio <= LIMIT },
    };
  } finally {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function configuration(integrationId: string): string {
  return `
terraform {
  required_providers {
    genesyscloud = { source = "terraform.local/genesyscloud/compliance" }
  }
}

resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${integrationId}"
  interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
  media_types    = ["message"]
  message_types  = ["sms"]
  batch_interval = "P7D"
}

resource "genesyscloud_compliance_legalhold" "sms_export" {
  name          = "Acme v. Example"
  export_job_id = genesyscloud_recording_export_job.sms.id
}
`;
}
