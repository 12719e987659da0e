/** A workspace with the state that an earlier version wrote, and the simulator in which that state is true. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';
import { FolderStore } from '../../src/register';
import { registersIn } from '../support/registers';
import { attach, type Attached } from './attached';

/** Folders of test/fixtures: the version that wrote the state. */
export const EARLIER = ['state-0.1.0', 'state-before-growth'] as const;
export type Earlier = (typeof EARLIER)[number];

/** Folders in those: the hold API that the organization had. */
export type OldHoldApi = 'compliance' | 'deletion-protection';

/** The addresses in those states. */
export const OLD_ADDRESSES = [
  'genesyscloud_compliance_legalhold.exported',
  'genesyscloud_compliance_legalhold.named',
  'genesyscloud_compliance_object_hold.exported',
  'genesyscloud_compliance_object_hold.prefix',
  'genesyscloud_recording_export_job.named',
  'genesyscloud_recording_export_job.sms',
] as const;

const FIXTURES = resolve(__dirname, '../fixtures');

export interface OldState {
  readonly simulator: Simulator;
  readonly attached: Attached;
  /** Stops both and removes every file; the process's environment is again what it was. */
  close(): Promise<void>;
}

/** Starts simulator and provider on copies of the fixture; `options` are the simulator's, beside what the fixture decides. */
export async function openState(
  version: Earlier,
  holdApi: OldHoldApi,
  options: SimulatorOptions = {},
): Promise<OldState> {
  const fixture = join(FIXTURES, version, holdApi);
  const folder = mkdtempSync(join(tmpdir(), 'gcc-old-state-'));
  const environment = { ...process.env };
  cpSync(join(fixture, 'simulator'), join(folder, 'simulator'), { recursive: true });
  const simulator = await startSimulator({
    pendingMs: 50,
    processingMs: 100,
    exportDelayMs: 200,
    rateLimitPerMinute: 10_000,
    ...options,
    complianceApi: holdApi === 'compliance',
    dataDir: join(folder, 'simulator'),
  });
  // The provider runs in this process, and the AWS SDK looks for keys and addresses in its environment.
  Object.assign(process.env, simulator.env);
  // Version 0.1.0 had no register.
  const register = join(folder, 'register');
  const written = join(fixture, 'journals/genesyscloud-compliance/register');
  if (existsSync(written)) cpSync(written, register, { recursive: true });
  const attached = await attach({
    env: { ...simulator.env, GENESYSCLOUD_REQUESTS_PER_MINUTE: '6000' },
    registers: registersIn(new FolderStore(register)),
  });
  const { workspace, journalFolder } = attached;
  cpSync(join(fixture, 'journals/genesyscloud-compliance/object-holds'), journalFolder, { recursive: true });
  for (const file of [join(FIXTURES, version, 'main.tf'), join(fixture, 'terraform.tfstate')]) {
    cpSync(file, join(workspace.folder, file.slice(file.lastIndexOf('/') + 1)));
  }
  workspace.writeVariables({ integration_id: simulator.integrationId, bucket: simulator.bucket });
  return {
    simulator,
    attached,
    close: async () => {
      await attached.close();
      await simulator.stop();
      for (const name of Object.keys(simulator.env)) delete process.env[name];
      Object.assign(process.env, environment);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
