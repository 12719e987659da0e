import type { Evidence } from '../../rules';
import type { Level } from '../report';
import type { DriftRule } from './drift-rules';
import { shown } from './differences';
import type { Drift } from './observe';

/** What a drift means, in words. */
export interface Told {
  readonly rule: DriftRule;
  readonly level: Level;
  /** The attribute that says it best. */
  readonly attribute?: string;
  /** One line without a full stop. */
  readonly headline: string;
  readonly text: string;
  readonly remedy: string;
}

/** Explains the drift of the types it knows. */
export type Explain = (drift: Drift) => Told;

/** Before and after of each attribute that counts. */
export function evidenceOf({ address, differences }: Drift): readonly Evidence[] {
  return differences.map(({ attribute, before, after, sensitive }) => ({
    origin: { address, attribute },
    what: attribute,
    text: `${shown(before, sensitive)} -> ${shown(after, sensitive)}`,
  }));
}

/** Terraform keeps no record of who changes things; these services do. */
export const WHO_GENESYS =
  'Terraform cannot tell who did it: the audit viewer of Genesys Cloud (service Recording) and the OAuth clients with recording permissions can.';
export const WHO_AWS = 'Terraform cannot tell who did it: CloudTrail can.';
