import { NotAPlan } from '../not-a-plan';

/** What people hand in instead of the JSON of a plan, by how it begins. */
const MISTAKEN: readonly (readonly [beginning: RegExp, why: string])[] = [
  [/^PK/, 'it is a plan file as terraform saves it. Make it readable: "terraform show -json PLANFILE > plan.json"'],
  [
    /^\s*\{"@level":/,
    'it is the log of "terraform plan -json", which leaves out most of the plan. Save the plan with "terraform plan -out=PLANFILE", then "terraform show -json PLANFILE > plan.json"',
  ],
  [
    /^\s*\{\s*"version":\s*\d+,\s*"terraform_version":/,
    'it is a state file. What is needed is a plan: "terraform plan -out=PLANFILE", then "terraform show -json PLANFILE > plan.json"',
  ],
  [
    /^\s*\{[^{}]{0,200}"encrypted_data"/,
    'it is encrypted. Make it readable where the key is: "tofu show -json PLANFILE > plan.json"',
  ],
  [/^\s*$/, 'it is empty. See whether "terraform show -json PLANFILE > plan.json" ended with an error'],
];

/** Throws {@link NotAPlan} for what is mistaken for the JSON of a plan, with how to get one. `beginning` is its first characters. */
export function refuseMistaken(beginning: string): void {
  const mistaken = MISTAKEN.find(([pattern]) => pattern.test(beginning));
  if (mistaken !== undefined) throw new NotAPlan(`Not a Terraform plan that can be read: ${mistaken[1]}.`);
}
