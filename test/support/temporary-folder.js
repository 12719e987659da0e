/**
 * Every test run has a folder of its own for temporary files, which goes with it: what a library leaves behind (cdktf makes a
 * folder for each app) does not fill the machine's.
 */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

let folder;

/** Jest's globalSetup, run before the workers start. */
module.exports = async () => {
  // Once for all projects. Short: sockets are made in there.
  if (process.env.GCC_TEST_TMPDIR !== undefined) return;
  folder = mkdtempSync(join(tmpdir(), 'gcc-'));
  process.env.GCC_TEST_TMPDIR = folder;
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
};
