/** Where the run of a pipeline can be read, by the variables that GitHub Actions and GitLab CI set; undefined elsewhere. */
export function runLink(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env;
  const made =
    server !== undefined && repository !== undefined && id !== undefined
      ? `${server}/${repository}/actions/runs/${id}`
      : (env['CI_JOB_URL'] ?? env['CI_PIPELINE_URL']);
  // It is put into a link: nothing that could end it.
  return made !== undefined && /^https?:\/\/[\w.:~%/+@-]+$/.test(made) ? made : undefined;
}
