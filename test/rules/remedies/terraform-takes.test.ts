/**
 * Everything in HCL that remedies and the rules' pages say to write is valid and refers to nothing that is neither printed nor
 * there: one `terraform validate` over all of it, each in a module of its own.
 */
import { RULES } from '../../../src/rules';
import { dedent } from '../../../src/rules/pages/markdown';
import { OfflineTerraform, PROVIDERS, type Wrong } from '../../support/offline-terraform';
import { instructions } from './follow-policies';
import { HclModule } from './hcl-module';
import { remediesOfGoldenPlans, remediesOfTests, type ShownRemedy } from './shown-remedies';

let terraform: OfflineTerraform;
beforeAll(async () => {
  terraform = await OfflineTerraform.start();
});
afterAll(() => terraform.close());

/** What the provider refuses by itself: examples of the mistake that a rule finds earlier, or in other words. */
const REFUSED: Readonly<Record<string, string>> = {
  'export/metadata-resolution': 'include_metadata',
};

/** Texts of modules, each once, with where they come from. */
type Modules = ReadonlyMap<string, readonly string[]>;

function collected(all: readonly (readonly [text: string, from: string])[]): Modules {
  const found = new Map<string, string[]>();
  for (const [text, from] of all) found.set(text, [...(found.get(text) ?? []), from]);
  return found;
}

/** Validates all modules at once; answers what is wrong, with where it comes from. */
async function validated(name: string, modules: Modules): Promise<readonly string[]> {
  const files = new Map<string, string>();
  const calls: string[] = [];
  const roots: string[] = [];
  [...modules.keys()].forEach((text, index) => {
    // Imports may stand in the root module only.
    if (/^import \{/m.test(text)) roots.push(text);
    else {
      files.set(`m${index}/main.tf`, `${PROVIDERS}\n${text}\n`);
      const variables = [...text.matchAll(/^variable "(\w+)"/gm)].map(([, name]) => `\n  ${name} = var.anything`);
      calls.push(`module "m${index}" {\n  source = "./m${index}"${variables.join('')}\n}`);
    }
  });
  files.set('main.tf', [PROVIDERS, 'variable "anything" {}', ...calls, ...roots].join('\n'));
  const texts = [...modules];
  return (await terraform.validate(name, files)).map(({ summary, detail, place }: Wrong) => {
    const [text, from] = texts[Number(/^m(\d+)\//.exec(place)?.[1] ?? -1)] ?? ['', ['the root module']];
    return `${from[0]}: ${summary}: ${detail}\n${text}`;
  });
}

function moduleOf({ remedy, subject, there }: ShownRemedy): string {
  const module = new HclModule(there);
  for (const [words, paste] of instructions(remedy)) module.follow(words, paste, subject);
  return module.text();
}

/** An example of a page with what it refers to and does not show. */
function exampleModule(text: string): string {
  const shown = text.replace(/^(?:moved|removed) \{\n[^]*?^\}$/gm, '');
  const variables = new Set([...shown.matchAll(/\bvar\.(\w+)/g)].map(([, name]) => `variable "${name}" {}`));
  const named = [...shown.matchAll(/(?<![\w."-])(?:aws|genesyscloud)_\w+\.[a-z]\w*/g)].map(([address]) => address);
  const own = [...shown.matchAll(/^resource "(\w+)" "(\w+)"/gm)].map(([, type, name]) => `${type}.${name}`);
  return [...variables, new HclModule(named.filter((one) => !own.includes(one))).text(), text].join('\n\n');
}

const examples = RULES.flatMap((rule) =>
  (['compliant', 'nonCompliant'] as const).flatMap((kind) =>
    rule[kind]
      .filter(({ language }) => language === 'hcl')
      .map(({ text }) => ({ rule: rule.id, kind, module: exampleModule(dedent(text)) })),
  ),
);

test('what remedies say to write', async () => {
  const all = [...remediesOfTests('hcl'), ...(await remediesOfGoldenPlans())].filter(
    ({ language }) => language === 'hcl',
  );
  const modules = collected(all.map((one) => [moduleOf(one), one.from]));
  expect(modules.size).toBeGreaterThan(60);

  expect(await validated('remedies', modules)).toEqual([]);
}, 120_000);

test("the rules' examples", async () => {
  const right = examples.filter(({ rule, kind }) => kind === 'compliant' || !(rule in REFUSED));
  const modules = collected(right.map(({ rule, kind, module }) => [module, `${rule}, ${kind}`]));

  expect(await validated('examples', modules)).toEqual([]);
}, 120_000);

test('an example that the provider refuses is refused for what it shows', async () => {
  const refused = examples.filter(({ rule, kind }) => kind === 'nonCompliant' && rule in REFUSED);
  const wrong = await validated('refused', collected(refused.map(({ rule, module }) => [module, rule])));

  for (const [rule, argument] of Object.entries(REFUSED)) {
    expect(wrong.filter((one) => one.startsWith(`${rule}: `)).join('\n')).toContain(argument);
  }
}, 120_000);
