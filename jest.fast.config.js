/** `npm run test:fast`: the suites that start no process, neither themselves nor through what they import from test/ and scripts/. */
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');
const [unit] = require('./jest.config').projects;
const shared = require('./jest.config');

const STARTS_A_PROCESS = /['"](node:)?child_process['"]|\bWorkspace\.(attached|launching)\b/;
const known = new Map();

/** Whether this file, or one that it imports from outside of src/, starts a process. */
function starts(file) {
  if (known.has(file)) return known.get(file);
  known.set(file, false);
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(/from '(\.[^']+)'/g)]
    .map(([, path]) => resolve(dirname(file), path))
    .flatMap((path) => [`${path}.ts`, join(path, 'index.ts')].filter(existsSync))
    .filter((path) => !path.startsWith(join(__dirname, 'src')));
  const answer = STARTS_A_PROCESS.test(text) || imported.some(starts);
  known.set(file, answer);
  return answer;
}

const suites = readdirSync(join(__dirname, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join(__dirname, 'test', file));

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: shared.maxWorkers,
  testTimeout: shared.testTimeout,
  testSequencer: shared.testSequencer,
  projects: [{ ...unit, displayName: 'fast', testMatch: suites.filter((file) => !starts(file)) }],
};
