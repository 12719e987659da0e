import { dependable, type ITerraformDependable, type TerraformResource } from 'cdktf';

/** The `depends_on` token of what many resources wait for. */
const tokens = new WeakMap<ITerraformDependable, string>();

/**
 * Makes a resource wait for these. The framework makes a token for each entry of each resource, and every token records
 * a stack trace: with a thousand exports into one bucket that is a good part of the synthesis. One token serves them all.
 */
export function waitFor(resource: TerraformResource, dependencies: readonly ITerraformDependable[]): void {
  if (dependencies.length === 0) return;
  resource.dependsOn = dependencies.map((dependency) => tokenOf(dependency));
}

function tokenOf(dependency: ITerraformDependable): string {
  const known = tokens.get(dependency);
  if (known !== undefined) return known;
  const made = dependable(dependency);
  tokens.set(dependency, made);
  return made;
}
