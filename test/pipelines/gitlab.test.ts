/** The jobs of the recipe for GitLab, with the real terraform and curl, and a GitLab that keeps notes. */
import { existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Checkout, hold, recipe, type Ran } from './checkout';

interface Job {
  readonly extends?: string;
  readonly environment?: string | { readonly name: string };
  readonly id_tokens?: object;
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly string[];
  readonly after_script?: readonly string[];
  readonly script?: readonly string[];
  readonly rules?: readonly { readonly if: string }[];
}

const JOBS = recipe<Readonly<Record<string, Job>>>('gitlab/.gitlab-ci.yml');
const MARKER = '<!-- genesyscloud-compliance:review -->';
const PROVIDERS = `
terraform {
  required_providers {
    genesyscloud = { source = "terraform.local/genesyscloud/compliance" }
  }
}
`;

let checkout: Checkout;
let gitlab: Server;
const notes: { id: number; author: { id: number }; body: string }[] = [
  { id: 1, author: { id: 99 }, body: `${MARKER}\nwritten by somebody else` },
];
const asked: string[] = [];

beforeAll(async () => {
  checkout = await Checkout.start();
  gitlab = createServer((request, response) => {
    let form = '';
    request.on('data', (data: Buffer) => (form += data.toString()));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      const isKnown = request.headers['private-token'] === 'token';
      asked.push(`${method} ${url.split('?')[0]}`);
      const body = new URLSearchParams(form).get('body') ?? '';
      if (method === 'POST') notes.push({ id: 2, author: { id: 5 }, body });
      const changed = notes.find(({ id }) => url.endsWith(`/notes/${id}`));
      if (method === 'PUT' && changed !== undefined) changed.body = body;
      response.statusCode = isKnown ? 200 : 401;
      response.end(JSON.stringify(url.endsWith('/user') ? { id: 5 } : notes));
    });
  });
  await new Promise<void>((done) => gitlab.listen(0, '127.0.0.1', done));
  checkout.write('infrastructure/main.tf', PROVIDERS + hold());
  const made = await checkout.run(
    'terraform init -input=false && terraform apply -auto-approve -input=false',
    {},
    `${checkout.folder}/infrastructure`,
  );
  if (made.code !== 0) throw new Error(made.text);
}, 300_000);
afterAll(async () => {
  await new Promise((done) => gitlab.close(done));
  await checkout.stop();
});

/** A job with what it extends. */
function whole(name: string): Job {
  const own = JOBS[name] ?? {};
  const base = own.extends === undefined ? {} : whole(own.extends);
  return { ...base, ...own, variables: { ...base.variables, ...own.variables } };
}

/** GitLab runs both lists of a job in one shell, and what comes after in another. */
function job(name: string, last: 'script' | 'after_script' = 'script'): Promise<Ran> {
  const { before_script: before = [], script = [], after_script: after = [], variables = {} } = whole(name);
  const lines = last === 'script' ? [...before, ...script] : after;
  const expanded = Object.entries(variables).map(([key, value]): [string, string] => [
    key,
    value.replace('$CI_PROJECT_DIR', checkout.folder),
  ]);
  return checkout.run(lines.join('\n'), {
    ...Object.fromEntries(expanded),
    COMPLIANCE_AWS_TOKEN: 'id-token',
    CI_PROJECT_DIR: checkout.folder,
    CI_PROJECT_ID: '3',
    CI_MERGE_REQUEST_IID: '7',
    CI_API_V4_URL: `http://127.0.0.1:${(gitlab.address() as AddressInfo).port}/api/v4`,
    COMPLIANCE_TOKEN: 'token',
    TERRAFORM_FOLDERS: 'infrastructure',
  });
}

test('a merge request without a change passes, and says so in a note', async () => {
  const { code, text } = await job('plan review');

  expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
  expect(notes).toHaveLength(2);
  expect(notes[1]?.body).toContain('no problems found');
  expect(checkout.read('review.xml')).toContain('<testsuites');
}, 300_000);

test('one that releases a hold fails, and its note is kept up to date; nobody else’s is touched', async () => {
  checkout.write('infrastructure/main.tf', PROVIDERS);

  const { code, text } = await job('plan review');

  expect(code).toBe(2);
  expect(text).toContain('Releases the legal hold on 4 conversations');
  expect(notes.map(({ body }) => body.includes('Releases the legal hold'))).toEqual([false, true]);
  expect(asked[asked.length - 1]).toBe('PUT /api/v4/projects/3/merge_requests/7/notes/2');
}, 300_000);

test('a configuration that cannot be planned is no pass', async () => {
  checkout.write('infrastructure/main.tf', `${PROVIDERS}${hold('reason = 1 +')}`);
  await checkout.run('rm -f infrastructure/plan infrastructure/plan.json');

  expect((await job('plan review')).code).not.toBe(0);
}, 300_000);

test('drift: nothing in an untouched estate, and a released hold fails the job', async () => {
  checkout.write('infrastructure/main.tf', PROVIDERS + hold());
  expect((await job('drift')).code).toBe(0);
  checkout.estate.simulator.releaseQuietly([...new Set(hold().match(/00000017-[0-9a-f-]+/g))]);

  const { code, text } = await job('drift');

  expect(code).toBe(2);
  expect(text).toContain('was released on all 4 conversations');
  expect(checkout.read('drift-baseline.json')).toContain('drift/hold-released');
}, 300_000);

test('AWS gets a token of this job in a file that nobody else reads, and that does not stay', async () => {
  const file = join(checkout.folder, '.aws-token');

  expect(Object.keys(whole('apply').id_tokens ?? {})).toEqual(['COMPLIANCE_AWS_TOKEN']);
  expect(whole('apply').variables).toMatchObject({ AWS_WEB_IDENTITY_TOKEN_FILE: '$CI_PROJECT_DIR/.aws-token' });
  expect({ text: checkout.read('.aws-token'), mode: statSync(file).mode & 0o777 }).toEqual({
    text: 'id-token',
    mode: 0o600,
  });
  expect((await job('apply', 'after_script')).code).toBe(0);
  expect(existsSync(file)).toBe(false);
});

test('apply: what releases stops before it, and is applied by the job of the other environment alone', async () => {
  expect([whole('apply').environment, whole('release').environment]).toEqual([
    'compliance-apply',
    'compliance-release',
  ]);
  checkout.write('infrastructure/main.tf', PROVIDERS);

  const stopped = await job('apply');
  expect(stopped.code).toBe(2);
  expect(stopped.text).toContain('This is not applied.');
  expect(stopped.text).not.toContain('Destroying...');

  const released = await job('release');
  expect({ code: released.code, text: released.code === 0 ? '' : released.text }).toEqual({ code: 0, text: '' });
  expect(released.text).toContain('0 added, 0 changed, 1 destroyed');

  checkout.write('infrastructure/main.tf', PROVIDERS + hold());
  expect((await job('apply')).text).toContain('1 added, 0 changed, 0 destroyed');
}, 300_000);

test('a release that cannot be reviewed is not applied', async () => {
  checkout.write('infrastructure/main.tf', `${PROVIDERS}${hold('reason = 1 +')}`);

  expect((await job('release')).code).toBe(1);
}, 300_000);

test('neither runs for a fork, and an apply only for what was merged', () => {
  const merged = '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH';
  expect(JOBS['apply']?.rules).toEqual([{ if: merged }]);
  expect(JOBS['release']?.rules).toEqual([{ if: merged, when: 'manual', allow_failure: true }]);
  expect(JOBS['plan review']?.rules).toEqual([
    {
      if: '$CI_PIPELINE_SOURCE == "merge_request_event" && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID',
    },
  ]);
  expect(JOBS['drift']?.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "schedule"' }]);
});
