/**
 * The order of a run: what takes long begins first, so that no worker is left alone with it in the end. Where Jest has no times
 * of an earlier run, as in a fresh clone, it goes by the size of files, and these are small.
 */
const Sequencer = require('@jest/test-sequencer').default;

const SLOW = [
  'docs/readme',
  'pipelines/github',
  'answers/answers',
  'pipelines/atlantis',
  'answers/crash',
  'pipelines/gitlab',
  'cli/packed',
  'constructs/programs',
  'genesys/two-at-once',
  'register/interleave/interleave',
  'drift/who',
  'evidence/collect/simulated',
  'provider/e2e/generated-configuration',
  'provider/e2e/preflight',
];

const rank = ({ path }) => {
  const place = SLOW.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return place < 0 ? SLOW.length : place;
};

module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
