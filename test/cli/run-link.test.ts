import { runLink } from '../../src/cli/run-link';

test.each([
  [
    { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/infra', GITHUB_RUN_ID: '17' },
    'https://github.com/acme/infra/actions/runs/17',
  ],
  [{ CI_JOB_URL: 'https://gitlab.example/acme/infra/-/jobs/17' }, 'https://gitlab.example/acme/infra/-/jobs/17'],
  [{ GITHUB_REPOSITORY: 'acme/infra' }, undefined],
  [{ CI_JOB_URL: 'https://gitlab.example/) [click](https://evil.example' }, undefined],
  [{ CI_JOB_URL: 'javascript:alert(1)' }, undefined],
])('%j is run %s', (env, link) => {
  expect(runLink(env)).toBe(link);
});
