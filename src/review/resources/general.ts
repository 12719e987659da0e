/** What is said where a resource has no words of its own. */
import type { Drift } from '../drift/observe';
import { textAt } from '../attributes';
import { enumerated } from '../../words';
import { WHO_AWS, type DriftWords } from './drift-words';

/** What people call a resource, and the attribute that holds its name. */
export interface Named {
  readonly kind: string;
  readonly attribute: string;
}

/** A resource that no longer exists. */
export function deletedWords(
  { address, type, before, parts = [] }: Drift,
  level: 'error' | 'warn',
  named?: Named,
): DriftWords {
  const name = named && textAt(before, named.attribute);
  const known = named !== undefined && name !== undefined;
  return {
    rule: 'drift/deleted',
    level,
    headline: `${known ? `${named.kind} ${name}` : address} was deleted outside of Terraform`,
    text:
      `It is in the state${known ? ` as ${address}` : ''}, and no longer exists.` +
      (parts.length === 0 ? '' : ` With it went ${enumerated(parts, 8)}.`) +
      ` ${type.startsWith('aws_') ? WHO_AWS : 'Terraform does not record who did it.'}`,
    remedy: `Run "terraform plan" to see that it would be created again, and "terraform apply" if that is wanted; or take it out of the configuration. That does not bring back what it held.`,
  };
}

/** A resource with attributes that were changed. */
export function changedWords({ address, differences }: Drift): DriftWords {
  const names = differences.map(({ attribute }) => attribute);
  return {
    rule: 'drift/changed',
    level: 'warn',
    ...(names[0] === undefined ? {} : { attribute: names[0] }),
    headline: `${address} was changed outside of Terraform: ${enumerated(names)}`,
    text: 'It is not as Terraform left it. Terraform does not record who changed it.',
    remedy: `Run "terraform plan" and "terraform apply" to set it as configured, or change the configuration if the new value is intended.`,
  };
}
