'use strict';
/**
 * Run by the node of an executable, without flags: `accept.cjs FOLDER PART…` makes V8 take each `PART.compiled`. The files carry
 * the flags that they were made with, which change nothing in them but their order: those of this process take their place.
 * Fails when V8 refuses one all the same.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

/** Where the digest of the flags is. Source: V8, src/snapshot/code-serializer.h, SerializedCodeData::kFlagHashOffset. */
const FLAGS = { from: 12, to: 16 };

const [folder, ...parts] = process.argv.slice(2);
const plain = new Script('0').createCachedData();
for (const part of parts) {
  const file = join(folder, `${part}.compiled`);
  const compiled = readFileSync(file);
  plain.copy(compiled, FLAGS.from, FLAGS.from, FLAGS.to);
  const text = readFileSync(join(folder, part), 'latin1');
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: `/genesyscloud-compliance/${part}`,
    cachedData: compiled,
  });
  if (script.cachedDataRejected !== false) {
    process.stderr.write(`V8 does not take ${file}.\n`);
    process.exit(1);
  }
  writeFileSync(file, compiled);
}
