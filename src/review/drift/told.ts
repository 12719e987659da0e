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

/** A number of state; `fallback` when there is none. */
export function numberAt(values: Readonly<Record<string, unknown>>, name: string, fallback = 0): number {
  const value = values[name];
  return typeof value === 'number' ? value : fallback;
}

/** A text of state, or undefined for none. */
export function textAt(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `1 conversation`, `2,000 conversations`. */
export function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`; more than `most` are counted. */
export function enumerated(words: readonly string[], most = 4): string {
  if (words.length > most) return `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** Terraform keeps no record of who changes things; these services do. */
export const WHO_GENESYS =
  'Terraform cannot tell who did it: the audit viewer of Genesys Cloud (service Recording) and the OAuth clients with recording permissions can.';
export const WHO_AWS = 'Terraform cannot tell who did it: CloudTrail can.';
