/** Arguments that many resources have. */
import { s } from '../../../src/framework';

/** A text that AWS or the provider sets once, when the resource is made. */
export function fixed(description: string) {
  return s.string({ computed: true, keepIfUnchanged: true, description });
}

export const id = fixed('Name of the resource in Terraform.');
export const arn = fixed('ARN.');
/** Always the provider's; the real provider also lets it be set. */
export const region = fixed('Region that the resource is in.');
