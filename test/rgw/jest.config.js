/**
 * Against Ceph's gateway, which `npm run test:rgw` starts. The files end in `.rgw.ts`, so that `npm test`, which must need
 * nothing but Node and terraform, does not take them for its own.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  displayName: 'rgw',
  rootDir: '../..',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/rgw/**/*.rgw.ts'],
  testTimeout: 120_000,
  transform: { '^.+\\.ts$': '<rootDir>/test/support/strip-types.js' },
};
