/** Every remedy that rules print in tests and in golden plans, with what is there where it is followed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../../../src/facts';
import { causesOf, checkRules } from '../../../src/rules';
import { isRow, rows } from '../../../src/plan';
import { reviewOf } from '../../review/golden/answers';
import { ACCOUNT_CASES } from './account-cases';
import { CONFIGURATION_CASES } from './configuration-cases';
import { POLICY_CASES } from './policy-cases';

/** A remedy, and where it would be followed. */
export interface ShownRemedy {
  /** What it is about, for people who read a failure. */
  readonly from: string;
  /** What its reader writes. */
  readonly language: 'hcl' | 'cdktf';
  readonly remedy: string;
  /** Address of what it is about. */
  readonly subject: string;
  /** Addresses of what the configuration has. */
  readonly there: readonly string[];
}

/** The facts as those who write HCL have them: without paths of constructs, in a plan. */
export const inHclPlan = (facts: Facts): Facts => ({
  ...(JSON.parse(
    JSON.stringify(facts, (key, value: unknown) => (key === 'constructPath' ? undefined : value)),
  ) as Facts),
  moment: 'plan',
});

/** Everything in the facts that stands in a configuration. */
function addressesIn(facts: Facts): readonly string[] {
  const found = new Set<string>();
  JSON.stringify(facts, (key, value: unknown) => {
    if (key === 'address' && typeof value === 'string') found.add(value);
    return value;
  });
  return [...found];
}

/** The remedies of the rules' own tests, in HCL (in a plan) or as the author of a CDKTF program reads them (at synth). */
export function remediesOfTests(language: 'hcl' | 'cdktf'): readonly ShownRemedy[] {
  const cases = [...POLICY_CASES, ...CONFIGURATION_CASES, ...ACCOUNT_CASES];
  return cases.flatMap(({ rule, mistake, facts }) => {
    const now = language === 'hcl' ? inHclPlan(facts) : { ...facts, moment: 'synth' as const };
    const there = addressesIn(now);
    // Cases that are about HCL alone, or about an account.
    const isProgram = [...now.roles, ...now.buckets].every(({ constructPath }) => constructPath !== undefined);
    if (language === 'cdktf' && (!isProgram || facts.moment === 'live')) return [];
    const problems = checkRules(now).findings.filter(({ status, remedy }) => status !== 'pass' && remedy !== '');
    const causes = causesOf(problems).filter(({ findings }) => findings.length > 1);
    return [
      ...problems.map((one) => [one, one.remedy] as const),
      ...causes.map((one) => [one.findings[0], one.remedy] as const),
    ].map(([one, remedy]) => ({
      from: `${rule}: ${mistake}: ${one.rule}`,
      language,
      remedy,
      subject: one.subject.address,
      there,
    }));
  });
}

/** The remedies of the golden plans, causes with all that follows from them as one. */
export async function remediesOfGoldenPlans(): Promise<readonly ShownRemedy[]> {
  const folder = join(__dirname, '../../review/golden');
  const names = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory());
  const all = await Promise.all(
    names.map(async ({ name }): Promise<readonly ShownRemedy[]> => {
      const { items } = await reviewOf(name);
      const plan: unknown = JSON.parse(readFileSync(join(folder, name, 'plan.json'), 'utf8'));
      const there = [
        ...addressesOf(
          (plan as { readonly configuration?: { readonly root_module?: unknown } }).configuration?.root_module,
        ),
      ];
      const language = existsSync(join(folder, name, 'cdk.tf.json')) ? 'cdktf' : 'hcl';
      return items
        .filter(({ remedy, place }) => remedy !== '' && place.address !== undefined)
        .map((one) => ({
          from: `${name}: ${one.rule}`,
          language,
          remedy: one.remedy,
          subject: one.place.address!,
          there,
        }));
    }),
  );
  return all.flat();
}

/** Resources of a module of the configuration and of those that it calls. */
function addressesOf(module: unknown): readonly string[] {
  if (!isRow(module)) return [];
  const calls = isRow(module['module_calls']) ? Object.values(module['module_calls']) : [];
  return [
    ...rows(module['resources']).map(({ address }) => String(address)),
    ...calls.flatMap((call) => (isRow(call) ? addressesOf(call['module']) : [])),
  ];
}
