/** Types are checked by `npm run typecheck`; here they are only stripped (test/support/strip-types.js), which keeps a focused run under two seconds. */
const shared = {
  testEnvironment: 'node',
  // So that a run leaves nothing in the temporary folder.
  cacheDirectory: '<rootDir>/build/jest',
  globalSetup: '<rootDir>/test/support/temporary-folder.js',
  // Jest 29 cannot drive prettier 3: inline snapshots are written plainly and formatted by `npm run format`.
  prettierPath: null,
  transform: { '^.+\\.ts$': '<rootDir>/test/support/strip-types.js' },
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/slow-first.js',
  testTimeout: 60_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/**/*.test.ts'] },
    {
      // The same tests against cdktf's successor, as a user has it who aliases cdktf to cdktn.
      ...shared,
      displayName: 'cdktn',
      testMatch: ['<rootDir>/test/{collect,constructs}/**/*.test.ts'],
      // Whole programs run in processes of their own, which this mapping does not reach; plans are read without cdktf.
      testPathIgnorePatterns: ['/programs\\.test\\.ts$', '/collect/plan/'],
      moduleNameMapper: { '^cdktf$': 'cdktn', '^cdktf/(.*)$': 'cdktn/$1' },
    },
  ],
};
