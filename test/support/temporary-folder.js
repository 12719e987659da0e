/**
 * Every test run has a folder of its own for temporary files, which goes with it: what a library leaves behind (cdktf makes a
 * folder for each app) does not fill the machine's.
 */
const { mkdtempSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const NAME = 'gcc-';

/** Jest's globalSetup, run before the workers start. */
module.exports = async () => {
  // Once for all projects.
  if (process.env.GCC_TEST_TMPDIR !== undefined) return;
  removeLeft();
  // Short: sockets are made in there.
  const folder = mkdtempSync(join(tmpdir(), `${NAME}${process.pid}-`));
  process.env.GCC_TEST_TMPDIR = folder;
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.once('SIGTERM', () => process.exit(143));
};

/** A run that was killed has removed nothing; its folder says which process that was. */
function removeLeft() {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${NAME}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's.
    return error.code !== 'ESRCH';
  }
}
