/** The hook and the steps of the recipe for Atlantis, with the real terraform in place of Atlantis' own steps. */
import { join } from 'node:path';
import { Checkout, recipe, type Ran } from './checkout';

type Step = string | { readonly run?: string; readonly env?: { readonly name: string; readonly command: string } };
interface Server {
  readonly repos: readonly {
    readonly workflow: string;
    readonly pre_workflow_hooks: readonly { readonly run: string }[];
  }[];
  readonly workflows: Readonly<Record<string, { readonly plan: { readonly steps: readonly Step[] } }>>;
}
interface Repository {
  readonly projects: readonly { readonly name: string; readonly dir: string }[];
}

const SERVER = recipe<Server>('atlantis/repos.yaml');
const REPOSITORY = recipe<Repository>('atlantis/atlantis.yaml');

/** What Atlantis does in a step that it knows by name. */
const BUILT_IN: Readonly<Record<string, string>> = {
  init: 'terraform init -input=false -no-color',
  plan: 'terraform plan -input=false -no-color -out="$PLANFILE"',
  show: 'terraform show -json "$PLANFILE" > "$SHOWFILE"',
};

let checkout: Checkout;

beforeAll(async () => {
  checkout = await Checkout.start();
  await checkout.run('git init --quiet');
}, 120_000);
afterAll(() => checkout.stop());

/** The hook of the server, then every step of the workflow in the project's folder, until one fails. */
async function plan(env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const [repo] = SERVER.repos;
  const hooked = await checkout.run(repo?.pre_workflow_hooks.map(({ run }) => run).join('\n') ?? '', env);
  if (hooked.code !== 0) return hooked;
  const folder = join(checkout.folder, REPOSITORY.projects.find(({ name }) => name === 'compliance')?.dir ?? '');
  const steps = SERVER.workflows[repo?.workflow ?? '']?.plan.steps ?? [];
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
  const { code, text } = await plan();

  expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
  expect(text).toContain('<!-- genesyscloud-compliance:review -->');
  expect(text).toContain('holds 4 conversations');
  expect(text).toContain('compliance/acme');
}, 300_000);

test('what releases a hold fails the plan, so there is nothing to apply', async () => {
  const folder = join(checkout.folder, 'synthesized/stacks/compliance');
  expect((await checkout.run('terraform apply -input=false default.tfplan', {}, folder)).code).toBe(0);

  const { code, text } = await plan({ WITHOUT_HOLD: '1' });

  expect(code).toBe(2);
  expect(text).toContain('Releases the legal hold on 4 conversations');
}, 300_000);
