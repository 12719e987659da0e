/** Secrets that a plan holds in the open: `terraform show -json` covers none of them. */
import { saysSecret } from './environment';
import { registerSecrets } from './process';

/**
 * Registers the values of sensitive variables, and what provider blocks have written out for arguments that are called
 * secret, password or token. `plan` is the JSON of `terraform show -json`, of whatever form.
 */
export function registerPlan(plan: unknown): void {
  const { variables, configuration } = fieldsOf(plan);
  const { root_module: root, provider_config: providers } = fieldsOf(configuration);
  const declared = fieldsOf(fieldsOf(root)['variables']);
  for (const [name, variable] of Object.entries(fieldsOf(variables))) {
    if (fieldsOf(declared[name])['sensitive'] === true || saysSecret(name)) registerTexts(fieldsOf(variable)['value']);
  }
  for (const provider of Object.values(fieldsOf(providers))) {
    registerArguments(fieldsOf(fieldsOf(provider)['expressions']));
  }
}

/** Arguments, those in nested blocks too; blocks that may be repeated come as a list. */
function registerArguments(expressions: Readonly<Record<string, unknown>>): void {
  for (const [name, expression] of Object.entries(expressions)) {
    const { constant_value: value } = fieldsOf(expression);
    if (value !== undefined) {
      if (saysSecret(name)) registerTexts(value);
    } else {
      for (const block of Array.isArray(expression) ? expression : [expression]) registerArguments(fieldsOf(block));
    }
  }
}

function registerTexts(value: unknown): void {
  if (typeof value === 'string') registerSecrets(value);
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(registerTexts);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
