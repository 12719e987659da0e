import { randomUUID } from 'node:crypto';
import { s } from '../../../src/framework';

/** The name of something; who gives none gets one that nothing else has. */
export const generatedName = s.string({
  optional: true,
  computed: true,
  keepIfUnchanged: true,
  requiresReplace: true,
  description: 'Name. Default: one that nothing else has.',
});

/** The configured name, or a new one in the manner of Terraform. */
export function nameOr(configured: string | null): string {
  return configured ?? `terraform-${randomUUID()}`;
}
