/** What `terraform plan -generate-config-out` writes for import blocks, with the real terraform. */
import { PutObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../../src/simulator';
import { blocksIn } from '../../docs/blocks';
import { Aws } from '../../simulator/aws';
import { QUICK_IN_S3, registersIn } from '../../support/registers';
import { attach, type Attached } from '../attached';

const JOB = 'genesyscloud_recording_export_job';
const HOLD = 'genesyscloud_compliance_legalhold';
const FILES = 'genesyscloud_compliance_object_hold';

/** What an import of each resource takes, of something that was applied and whose state is lost. */
interface Lost {
  readonly jobs: string;
  readonly holdClaim: string;
  readonly filesClaim: string;
}

let simulator: Simulator;
let attached: Attached;
let aws: Aws;
let lost: Lost;
/** The command that docs/importing.md gives for the local name `genesyscloud`. */
const withoutProvider = blocksIn(join(__dirname, '../../../docs/importing.md')).find(({ text }) =>
  text.startsWith('sed '),
)?.text;
const environment = { ...process.env };

beforeAll(async () => {
  const quick = { pendingMs: 50, processingMs: 100, exportDelayMs: 200, rateLimitPerMinute: 10_000 };
  simulator = await startSimulator({ ...quick, seed: { conversations: 20 } });
  aws = new Aws(simulator);
  // The provider runs in this process, and the AWS SDK looks for keys and addresses in its environment.
  Object.assign(process.env, simulator.env);
  attached = await attach({
    env: { ...simulator.env, GENESYSCLOUD_REQUESTS_PER_MINUTE: '6000' },
    registers: registersIn(undefined, { timing: QUICK_IN_S3 }),
  });
  await aws.s3.send(
    new PutObjectLockConfigurationCommand({
      Bucket: simulator.bucket,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
    }),
  );
  const { workspace } = attached;
  workspace.write(`
    resource "${JOB}" "sms" {
      integration_id = "${simulator.integrationId}"
      interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
      media_types    = ["message"]
      message_types  = ["sms"]
      batch_interval = "P15D"
    }
    resource "${HOLD}" "sms" {
      name                  = "Acme v. Example"
      external_reference_id = "MATTER-2026-0017"
      export_job_id         = ${JOB}.sms.id
    }
    resource "${FILES}" "sms" {
      export_job_id = ${JOB}.sms.id
      bucket        = "${simulator.bucket}"
      tags          = { matter = "M-17" }
    }`);
  await workspace.apply();
  lost = {
    jobs: String((await workspace.attributes(`${JOB}.sms`))['id']),
    holdClaim: String((await workspace.attributes(`${HOLD}.sms`))['claim_id']),
    filesClaim: String((await workspace.attributes(`${FILES}.sms`))['claim_id']),
  };
});
beforeEach(() => {
  for (const file of ['terraform.tfstate', 'generated.tf', 'imported.tf']) {
    rmSync(join(attached.workspace.folder, file), { force: true });
  }
});
afterAll(async () => {
  await attached.close();
  aws.close();
  await simulator.stop();
  process.env = { ...environment };
});

/** Import blocks alone, under one of the local names that README recommends. */
function imports(localName: string, blocks: Readonly<Record<string, string>>): string {
  const meta = localName === 'genesyscloud' ? '' : `provider = ${localName}`;
  return `
    terraform {
      required_providers {
        ${localName} = { source = "terraform.local/genesyscloud/compliance" }
      }
    }
    ${Object.entries(blocks)
      .map(([to, id]) => `import {\n to = ${to}\n id = "${id}"\n ${meta}\n}`)
      .join('\n')}`;
}

test.each([
  [
    'genesyscloud, by what is there',
    'genesyscloud',
    () => ({ hold: `export/${lost.jobs}`, files: `${simulator.bucket}/${simulator.organizationId}/` }),
  ],
  [
    'compliance, by the claims',
    'compliance',
    () => ({ hold: `claim/${lost.holdClaim}`, files: `claim/${lost.filesClaim}` }),
  ],
])('is a configuration that Terraform takes as it is: %s', async (_, localName, ids) => {
  const { workspace } = attached;
  const { hold, files } = ids();
  workspace.writeWhole(
    imports(localName, { [`${JOB}.sms`]: lost.jobs, [`${HOLD}.sms`]: hold, [`${FILES}.sms`]: files }),
  );

  const generating = await workspace.plan('-generate-config-out=generated.tf');
  expect(generating.stderr).toBe('');
  expect(generating.code).toBe(2);
  const generated = readFileSync(join(workspace.folder, 'generated.tf'), 'utf8');

  // Nothing but arguments, and what the hold is called, which deletion protection does not know
  expect(generated.match(/^resource /gm)).toHaveLength(3);
  expect(generated).toMatch(/name += "Acme v. Example"/);
  expect(generated).toMatch(/external_reference_id += "MATTER-2026-0017"/);
  expect(generated).not.toMatch(/_count|status|claim_id|sha256/);
  // Terraform writes the last word of the source address, whatever the local name is.
  expect(generated.match(/^ {2}provider += compliance$/gm)).toHaveLength(3);
  if (localName === 'genesyscloud') {
    execFileSync('sh', ['-c', withoutProvider ?? 'exit 1'], { cwd: workspace.folder });
  }

  // The export is imported as it is. Both holds are taken over in the register, and nothing of what is configured changes.
  expect(await workspace.actions()).toEqual({
    [`${JOB}.sms`]: 'no-op',
    [`${HOLD}.sms`]: 'update',
    [`${FILES}.sms`]: 'update',
  });
  await workspace.apply();
  expect((await workspace.plan()).code).toBe(0);
  expect(await workspace.attributes(`${HOLD}.sms`)).toMatchObject({ claim_id: lost.holdClaim, held_count: 20 });
  expect(await workspace.attributes(`${FILES}.sms`)).toMatchObject({ status: 'active', version_count: 40 });
});
