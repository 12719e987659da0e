import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleProvider } from '../../../scripts/bundle-provider';
import { VERSION } from '../../../src/provider/version';
import { startSimulator, type Simulator } from '../../../src/simulator';
import { Workspace } from '../workspace';

const EXPORT = 'genesyscloud_recording_export_job.sms';

/** Processes of this machine that run this executable. */
function processesOf(executable: string): readonly string[] {
  return readdirSync('/proc').filter((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      return readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(executable);
    } catch {
      return false;
    }
  });
}

async function until(what: string, holds: () => boolean, milliseconds = 30_000): Promise<void> {
  for (const begun = Date.now(); !holds();) {
    if (Date.now() - begun > milliseconds) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

describe('the built executable', () => {
  let folder: string;
  let executable: string;
  let simulator: Simulator;
  let workspace: Workspace;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gcc-provider-'));
    executable = await bundleProvider(folder);
    simulator = await startSimulator({
      pendingMs: 100,
      processingMs: 3_000,
      exportDelayMs: 200,
      rateLimitPerMinute: 10_000,
      seed: { conversations: 20 },
    });
    workspace = Workspace.launching(folder, { ...simulator.env, GENESYSCLOUD_REQUESTS_PER_MINUTE: '6000' });
  });
  afterAll(async () => {
    workspace.remove();
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('says what it is when somebody starts it by hand', () => {
    const run = spawnSync(executable, { encoding: 'utf8' });

    expect(run.status).toBe(1);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain('plugin');
  });

  test('carries the version of the package', () => {
    const { version } = JSON.parse(readFileSync(resolve(__dirname, '../../../package.json'), 'utf8')) as {
      readonly version: string;
    };
    expect(VERSION).toBe(version);
  });

  const made = () =>
    simulator.requests().filter(({ method, path }) => method === 'POST' && path === '/api/v2/recording/jobs');

  // /proc is Linux; the life cycle itself is tested for every platform with the plugin.
  (process.platform === 'linux' ? test : test.skip)(
    'does not outlive a killed terraform, and the next apply adopts the jobs that continue',
    async () => {
      workspace.write(`
        resource "genesyscloud_recording_export_job" "sms" {
          integration_id = "${simulator.integrationId}"
          interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
          batch_interval = "P10D"
        }`);
      const { child, ended } = workspace.start(['apply', '-auto-approve']);
      await until('two jobs are processing', () => (simulator.requests().at(-1)?.jobs.processing ?? 0) === 2);

      child.kill('SIGKILL');
      await ended;
      await until('no provider is left', () => processesOf(executable).length === 0, 10_000);
      rmSync(join(workspace.folder, '.terraform.tfstate.lock.info'), { force: true });
      await workspace.apply('-lock=false');

      expect(made()).toHaveLength(3);
      expect(await workspace.attributes(EXPORT)).toMatchObject({ state: 'exported', batch_count: 3 });
      expect((await workspace.plan()).code).toBe(0);

      // Its state is lost altogether: what was finished lately is found again, and nothing is exported twice.
      await workspace.run(['state', 'rm', EXPORT]);
      const again = await workspace.apply();
      expect(again.text).toContain('Finished export taken over');
      expect(made()).toHaveLength(3);
      expect((await workspace.plan()).code).toBe(0);
    },
  );
});
