/**
 * `npm run dev`: a simulator and the provider from the sources, in processes that stay, and the provider anew whenever a file
 * of src/ changes. Another shell takes both with `. build/dev/env`, and runs terraform in any folder without init.
 * Stops everything it started with Ctrl-C. The simulator's state is kept in build/dev/simulated.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, watch, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startSimulator } from '../src/simulator';

const ROOT = resolve(__dirname, '..');
const FOLDER = join(ROOT, 'build', 'dev');
const ENV_FILE = join(FOLDER, 'env');
/** An editor saves in several steps. */
const SETTLED_MS = 150;

/** Starts the provider from its sources and resolves with how Terraform is attached to it. */
async function startProvider(): Promise<{ readonly child: ChildProcess; readonly attach: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'src/provider/main.ts'), '--debug'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const data of child.stdout as AsyncIterable<Buffer>) {
    printed += data.toString('utf8');
    const [, attach] = /TF_REATTACH_PROVIDERS='([^']+)'/.exec(printed) ?? [];
    if (attach !== undefined) return { child, attach };
  }
  throw new Error(`The provider did not start:\n${printed}`);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const simulator = await startSimulator({ port: 0, dataDir: join(FOLDER, 'simulated') });
  let provider: ChildProcess | undefined;

  const renew = async (): Promise<void> => {
    if (provider !== undefined) await stopChild(provider);
    provider = undefined;
    try {
      const started = await startProvider();
      provider = started.child;
      const settings = { ...simulator.env, TF_REATTACH_PROVIDERS: started.attach };
      const lines = Object.entries(settings).map(([name, value]) => `export ${name}='${value}'\n`);
      // In one step: another shell may read it at any moment.
      writeFileSync(`${ENV_FILE}.new`, lines.join(''), { mode: 0o600 });
      renameSync(`${ENV_FILE}.new`, ENV_FILE);
      console.log(
        `${new Date().toLocaleTimeString('en-GB')} provider started: ". ${ENV_FILE}" in the shell that runs terraform`,
      );
    } catch (error) {
      // A mistake in the sources: the next change may mend it.
      console.log((error as Error).message);
    }
  };

  console.log(`simulator ${simulator.url}`);
  let working = renew();
  let settled: NodeJS.Timeout | undefined;
  const watcher = watch(join(ROOT, 'src'), { recursive: true }, () => {
    clearTimeout(settled);
    settled = setTimeout(() => {
      working = working.then(renew);
    }, SETTLED_MS);
  });
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  watcher.close();
  clearTimeout(settled);
  await working;
  if (provider !== undefined) await stopChild(provider);
  await simulator.stop();
}

void main();
