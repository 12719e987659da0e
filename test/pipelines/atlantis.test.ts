/** The hook and the steps of the recipe for Atlantis, with the real terraform in place of Atlantis' own steps. */
import { join } from 'node:path';
import { Checkout, recipe, type Ran } from './checkout';

type Step = string | { readonly run?: string; readonly env?: { readonly name: string; readonly command: string } };
interface Server {
  readonly repos: readonly {
    readonly workflow: string;
    readonly pre_workflow_hooks: readonly { readonly commands: string; readonly run: string }[];
  }[];
  readonly workflows: Readonly<Record<string, Readonly<Record<'plan' | 'apply', { readonly steps: readonly Step[] }>>>>;
}
interface Repository {
  readonly projects: readonly { readonly name: string; readonly dir: string }[];
}

const SERVER = recipe<Server>('atlantis/repos.yaml');
const RELEASES = recipe<Server>('atlantis/release.yaml');
const REPOSITORY = recipe<Repository>('atlantis/atlantis.yaml');

/** What Atlantis does in a step that it knows by name. */
const BUILT_IN: Readonly<Record<string, string>> = {
  init: 'terraform init -input=false -no-color',
  plan: 'terraform plan -input=false -no-color -out="$PLANFILE"',
  show: 'terraform show -json "$PLANFILE" > "$SHOWFILE"',
  apply: 'terraform apply -input=false -no-color "$PLANFILE"',
};

let checkout: Checkout;

beforeAll(async () => {
  checkout = await Checkout.start();
  await checkout.run('git init --quiet');
}, 120_000);
afterAll(() => checkout.stop());

/** The hooks for a command of Atlantis, then every step of it in the project's folder, until one fails. */
async function command(
  name: 'plan' | 'apply',
  server: Server = SERVER,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const [repo] = server.repos;
  for (const { commands, run } of repo?.pre_workflow_hooks ?? []) {
    if (commands !== name) continue;
    const hooked = await checkout.run(run, env);
    if (hooked.code !== 0) return hooked;
  }
  const folder = join(checkout.folder, REPOSITORY.projects.find((project) => project.name === 'compliance')?.dir ?? '');
  const steps = server.workflows[repo?.workflow ?? '']?.[name].steps ?? [];
  const script = steps.map((step) => {
    if (typeof step === 'string') return BUILT_IN[step] ?? `echo "unknown step ${step}"; exit 99`;
    return step.env === undefined ? (step.run ?? '') : `export ${step.env.name}="$(${step.env.command})"`;
  });
  return checkout.run(
    script.join('\n'),
    { ...env, PLANFILE: join(folder, 'default.tfplan'), SHOWFILE: join(folder, 'default.json') },
    folder,
  );
}

test('a project is planned and reviewed; its construct paths are in the comment', async () => {
  const { code, text } = await command('plan');

  expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
  expect(text).toContain('<!-- genesyscloud-compliance:review -->');
  expect(text).toContain('holds 4 conversations');
  expect(text).toContain('compliance/acme');
}, 300_000);

test('what releases a hold fails the plan, so there is nothing to apply; the server for releases applies it', async () => {
  expect((await command('apply')).code).toBe(0);

  const { code, text } = await command('plan', SERVER, { WITHOUT_HOLD: '1' });
  expect(code).toBe(2);
  expect(text).toContain('Releases the legal hold on 4 conversations');

  const shown = await command('plan', RELEASES, { WITHOUT_HOLD: '1' });
  expect({ code: shown.code, text: shown.code === 0 ? '' : shown.text }).toEqual({ code: 0, text: '' });
  expect(shown.text).toContain('Releases the legal hold on 4 conversations');
  expect((await command('apply', RELEASES)).text).toContain('0 added, 0 changed, 1 destroyed');
}, 300_000);

test('a hook that fails part of the way fails, so that no old stacks are planned', async () => {
  const { code } = await command('plan', SERVER, { NO_INSTALL: '1' });

  expect(code).toBe(3);
}, 300_000);

test('the servers ask for an approval, and install and synthesise before plans only', () => {
  for (const { repos } of [SERVER, RELEASES]) {
    const [repo] = repos as unknown as readonly { readonly apply_requirements: readonly string[] }[];
    expect(repo?.apply_requirements).toContain('approved');
    expect(repos[0]?.pre_workflow_hooks.map(({ commands }) => commands)).toEqual(['plan']);
  }
});
