/** Types are checked by `npm run typecheck`; here they are only stripped, which keeps a focused run under two seconds. */
const transform = { '^.+\\.ts$': ['ts-jest', { isolatedModules: true, diagnostics: false }] };

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform,
  maxWorkers: 2,
  testTimeout: 60_000,
};
