/**
 * Turns TypeScript into what Node runs, file by file, for Jest: types are only stripped, for `npm run typecheck` checks them. By
 * esbuild: TypeScript's own compiler takes ten times as long for each file, and half a second to load in every worker.
 */
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync, version } = require('esbuild');

const THIS = readFileSync(__filename);

/** @type {import('@jest/transform').SyncTransformer} */
module.exports = {
  // What Jest keeps belongs to this text of the file, and to how it was turned.
  getCacheKey: (text, file, { instrument }) =>
    createHash('sha256')
      .update(THIS)
      .update([version, process.version, instrument, file, text].join('\n'))
      .digest('hex'),
  process: (text, file) => ({
    code: transformSync(text, {
      loader: 'ts',
      format: 'cjs',
      target: `node${process.versions.node}`,
      // Jest knows `require` only.
      supported: { 'dynamic-import': false },
      sourcefile: file,
      sourcemap: 'inline',
      sourcesContent: false,
    }).code,
  }),
};
