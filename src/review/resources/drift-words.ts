import type { Evidence } from '../../rules';
import type { Level } from '../report';
import type { DriftRule } from '../drift/drift-rules';
import { shown, type Difference } from '../differences';

/** What a drift or a gap means, in words. */
export interface DriftWords {
  readonly rule: DriftRule;
  /** Tells it from other findings of this rule at the same address. */
  readonly part?: string;
  readonly level: Level;
  /** The attribute that says it best. */
  readonly attribute?: string;
  /** One line without a full stop. */
  readonly headline: string;
  readonly text: string;
  readonly remedy: string;
}

/** Before and after of each attribute that counts. */
export function evidenceOf(address: string, differences: readonly Difference[]): readonly Evidence[] {
  return differences.map(({ attribute, before, after, sensitive }) => ({
    origin: { address, attribute },
    what: attribute,
    text: `${shown(before, sensitive)} -> ${shown(after, sensitive)}`,
  }));
}

/** Terraform keeps no record of who changes things; these services do. */
export const WHO_GENESYS =
  'Terraform does not record who changes things: the audit viewer of Genesys Cloud (service Recording) and the OAuth clients with recording permissions show who did it.';
export const WHO_AWS = 'Terraform does not record who changes things: CloudTrail shows who did it.';
