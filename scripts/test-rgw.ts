/**
 * `npm run test:rgw [-- NAME …]`: the suite in `test/rgw` against a real S3 server, Ceph's gateway from Debian, started for it on
 * loopback and ended with it. Without its packages the run says so and counts as skipped.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { missingExecutables, startCluster, type Gateway } from './rgw/cluster';

const ROOT = resolve(__dirname, '..');
const INSTALL = 'apt-get install -y --no-install-recommends ceph-mon ceph-osd radosgw ceph-common';

async function main(args: readonly string[], stop: AbortSignal): Promise<number> {
  const missing = missingExecutables();
  if (missing.length > 0) {
    console.log(`test:rgw skipped: ${missing.join(', ')} not on PATH. To run it: ${INSTALL}`);
    return 0;
  }
  const started = Date.now();
  const cluster = await startCluster(stop);
  try {
    console.log(`radosgw answers on ${cluster.url} after ${Math.round((Date.now() - started) / 1000)} s`);
    return await runSuite(cluster, args, stop);
  } finally {
    await cluster.stop();
  }
}

/** Ends with the exit code of jest. */
function runSuite(gateway: Gateway, args: readonly string[], stop: AbortSignal): Promise<number> {
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const config = join(ROOT, 'test', 'rgw', 'jest.config.js');
  const child = spawn(process.execPath, [jest, '--config', config, '--runInBand', ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      RGW_URL: gateway.url,
      RGW_ACCESS_KEY_ID: gateway.accessKeyId,
      RGW_SECRET_ACCESS_KEY: gateway.secretAccessKey,
    },
    stdio: 'inherit',
  });
  const end = (): void => void child.kill('SIGTERM');
  stop.addEventListener('abort', end);
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      stop.removeEventListener('abort', end);
      done(code ?? 1);
    });
  });
}

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => interrupted.abort(new Error(`interrupted by ${name}`)));
}
main(process.argv.slice(2), interrupted.signal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
