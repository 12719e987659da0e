/** The steps of the recipes for GitHub Actions, with the real terraform and a gh that remembers what it was asked. */
import { Checkout, HOLD, recipe, type Ran } from './checkout';

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly if?: string;
  readonly uses?: string;
}
interface Job {
  readonly if?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const REVIEW = recipe<Workflow>('github/plan-review.yml');
const DRIFT = recipe<Workflow>('github/drift.yml');
const APPLY = recipe<Workflow>('github/apply.yml');

let checkout: Checkout;
/** What GitHub's runner gives to every step, and what one step leaves for the next. */
let env: Record<string, string>;

/** Runs a step by its name. */
function step(job: Job | undefined, name: string, more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const found = job?.steps.find((one) => one.name === name)?.run;
  if (found === undefined) throw new Error(`There is no step "${name}" that runs something.`);
  return checkout.run(found, { ...env, ...more });
}

/** The exit code that a step handed on as an output. */
const handedOn = (): string => /^code=(\d+)$/m.exec(checkout.read('output'))?.[1] ?? '';

beforeAll(async () => {
  checkout = await Checkout.start();
  const { folder } = checkout;
  env = {
    GITHUB_REPOSITORY: 'acme/infrastructure',
    GITHUB_OUTPUT: `${folder}/output`,
    GITHUB_ENV: `${folder}/env`,
    GITHUB_STEP_SUMMARY: `${folder}/summary`,
    RUNNER_TEMP: `${folder}/temp`,
    PULL_REQUEST: '7',
  };
  // Lists the comment that it was made to write, and remembers what else it is asked.
  checkout.tool(
    'gh',
    `if [ -n "$REFUSES" ]; then exit 22; fi
case "$*" in *--paginate*) cat ${folder}/comments 2>/dev/null || true ;; *) echo "$*" >> ${folder}/asked; echo 42 > ${folder}/comments ;; esac`,
  );
  const made = await checkout.run(
    'npx cdktf synth && cd cdktf.out/stacks/compliance && terraform init -input=false && terraform apply -auto-approve -input=false',
  );
  if (made.code !== 0) throw new Error(made.text);
}, 300_000);
afterAll(() => checkout.stop());

test('the review asks for least rights, and leaves pull requests from forks alone', () => {
  for (const { permissions, jobs } of [REVIEW, DRIFT, APPLY]) {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions['contents']).toBe('read');
  }
  expect(REVIEW.jobs['review']?.if).toBe('github.event.pull_request.head.repo.full_name == github.repository');
});

test('secrets are in the steps that plan, and nowhere else; what others wrote is pinned by its digest', () => {
  for (const [{ jobs }, needing] of [
    [REVIEW, ['Plan']],
    [DRIFT, ['Look']],
    [APPLY, ['Plan', 'Apply']],
  ] as const) {
    for (const job of Object.values(jobs)) {
      const { steps, ...rest } = job;
      expect(JSON.stringify(rest)).not.toContain('secrets.');
      expect(rest).toHaveProperty('environment');
      const withSecrets = steps.filter((one) => JSON.stringify(one).includes('secrets.'));
      expect(withSecrets.map(({ name }) => name)).toEqual(needing);
      const uses = steps.flatMap((one) => (one as { readonly uses?: string }).uses ?? []);
      expect(uses.length).toBeGreaterThan(3);
      expect(uses.filter((one) => !/@[0-9a-f]{40}$/.test(one))).toEqual([]);
      const scripts = steps.map(({ run }) => run ?? '').join('\n');
      expect(scripts).toContain('npm ci --ignore-scripts');
      expect(scripts).not.toMatch(/npx (?!--no-install)/);
    }
  }
});

test('the provider is installed, and terraform is told where', async () => {
  const { code, text } = await step(REVIEW.jobs['review'], 'Install');

  expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
  expect(checkout.read('env')).toBe(`TF_CLI_CONFIG_FILE=${checkout.folder}/temp/providers/terraform.rc\n`);
}, 120_000);

test('a pull request that releases a hold: a comment that is kept up to date, a report, and a failing check', async () => {
  const job = REVIEW.jobs['review'];
  expect((await step(job, 'Synthesise', { WITHOUT_HOLD: '1' })).code).toBe(0);
  expect((await step(job, 'Plan', { WITHOUT_HOLD: '1' })).code).toBe(0);

  const reviewed = await step(job, 'Review');

  expect(reviewed.code).toBe(0);
  expect(reviewed.text).toContain('::error title=Releases the legal hold on 4 conversations');
  expect(handedOn()).toBe('2');
  expect(checkout.read('review.md')).toMatch(/^<!-- genesyscloud-compliance:review -->/);
  expect(checkout.read('summary')).toContain('Releases the legal hold on 4 conversations');
  expect(checkout.read('review.sarif')).toContain(HOLD);
  // What a reader of tfcmt looks for
  expect(checkout.read('review.md')).toContain('Terraform, compliance:</b> Plan: 0 to add, 0 to change, 1 to destroy.');
  expect(checkout.read('review.md')).toContain(`# ${HOLD} will be destroyed`);

  for (const _push of [1, 2]) expect((await step(job, 'Comment')).code).toBe(0);
  expect(checkout.read('asked').trim().split('\n')).toEqual([
    'api --silent --method POST repos/acme/infrastructure/issues/7/comments -F body=@review.md',
    'api --silent --method PATCH repos/acme/infrastructure/issues/comments/42 -F body=@review.md',
  ]);
  expect((await step(job, 'Label')).code).toBe(0);
  expect(checkout.read('asked').trim().split('\n').slice(2)).toEqual([
    'api --silent --method DELETE repos/acme/infrastructure/issues/7/labels/no-changes',
    'api --silent --method DELETE repos/acme/infrastructure/issues/7/labels/add-or-update',
    'api --silent --method POST repos/acme/infrastructure/issues/7/labels -f labels[]=destroy',
  ]);
  const verdict = await step(job, 'Verdict', { CODE: handedOn() });
  expect(verdict).toEqual({ code: 2, text: 'There are findings: see the comment.\n' });
}, 300_000);

test.each([
  ['Plan: 1 to add, 0 to change, 0 to destroy.', 'add-or-update'],
  ['Plan: 0 to add, 10 to change, 0 to destroy.', 'add-or-update'],
  ['Plan: 1 to import, 0 to add, 0 to change, 0 to destroy.', 'add-or-update'],
  ['Plan: 3 to add, 0 to change, 20 to destroy.', 'destroy'],
  ['No changes. Your infrastructure matches the configuration.', 'no-changes'],
  ['Plan: 0 to add, 0 to change, 0 to destroy.', 'no-changes'],
  ['There is no plan: see the run.', undefined],
])('the label of "%s" is %s', async (said, label) => {
  checkout.write('said.txt', `No changes. Another stack.\n${said}\n`);
  checkout.write('asked', '');

  expect((await step(REVIEW.jobs['review'], 'Label')).code).toBe(0);

  expect(/labels\[\]=(.*)/.exec(checkout.read('asked'))?.[1]).toBe(label);
});

test('comments that cannot be listed make no second comment', async () => {
  checkout.write('asked', '');
  checkout.write('review.md', 'text');

  const { code } = await step(REVIEW.jobs['review'], 'Comment', { REFUSES: '1' });

  expect({ code, asked: checkout.read('asked') }).toEqual({ code: 22, asked: '' });
});

test('a plan that cannot be made is no pass', async () => {
  const job = REVIEW.jobs['review'];
  checkout.estate.simulator.addFault({ path: '/api/v2/recordings/deletionprotection', status: 403, times: 1_000 });
  expect((await step(job, 'Synthesise')).code).toBe(0);
  const planned = await step(job, 'Plan').finally(() => checkout.estate.simulator.clearFaults());
  expect(planned.code).toBe(0);

  await step(job, 'Review');

  expect(handedOn()).not.toBe('0');
  const codes = checkout.read('output').trim().split('\n');
  expect(codes[codes.length - 1]).toBe('code=1');
  expect((await step(job, 'Verdict', { CODE: '1' })).text).toContain('this is no pass');
}, 300_000);

test('apply: what releases stops before it, and is applied by the job of the other environment alone', async () => {
  const { apply, release } = APPLY.jobs;
  const clientOf = (job: Job | undefined) => (job as { readonly environment?: string } | undefined)?.environment;
  expect([clientOf(apply), clientOf(release)]).toEqual(['compliance-apply', 'compliance-release']);
  expect(apply?.if).toBe("github.event_name == 'push'");
  expect(release?.if).toContain("github.event_name == 'workflow_dispatch'");

  expect((await step(apply, 'Synthesise', { WITHOUT_HOLD: '1' })).code).toBe(0);
  expect((await step(apply, 'Plan')).code).toBe(0);
  const stopped = await step(apply, 'Review');
  expect(stopped.code).toBe(2);
  expect(stopped.text).toContain('This is not applied.');

  expect((await step(release, 'Plan')).code).toBe(0);
  expect((await step(release, 'Review')).code).toBe(0);
  expect((await step(release, 'Apply')).text).toContain('0 added, 0 changed, 1 destroyed');

  for (const name of ['Synthesise', 'Plan', 'Review']) expect((await step(apply, name)).code).toBe(0);
  expect((await step(apply, 'Apply')).text).toContain('1 added, 0 changed, 0 destroyed');
}, 300_000);

test('drift: a hold that somebody released is found in the morning, dated, and fails the job', async () => {
  const job = DRIFT.jobs['drift'];
  checkout.estate.simulator.releaseQuietly([...new Set(checkout.read('main.ts').match(/00000017-[0-9a-f-]+/g))]);
  checkout.write('output', '');

  expect((await step(job, 'Synthesise')).code).toBe(0);
  const looked = await step(job, 'Look', { GENESYSCLOUD_COMPLIANCE_WEBHOOK: '' });

  expect(looked.code).toBe(0);
  expect(looked.text).toContain('was released on all 4 conversations');
  expect(handedOn()).toBe('2');
  expect(checkout.read('drift.md')).toContain('was released on all 4 conversations');
  expect(checkout.read('drift-baseline.json')).toContain('drift/hold-released');
  expect((await step(job, 'Verdict', { CODE: handedOn() })).code).toBe(2);
}, 300_000);
