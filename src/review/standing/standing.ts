/** How an export or a hold stands according to its state: what is whole, what is not, and what nobody has looked at. */
import type { ShortfallKind } from './kinds';

/** Attributes of a resource, as state holds them. */
export type Values = Readonly<Record<string, unknown>>;

/** One resource of a state. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
  /** Its creation or repair failed half-way; Terraform replaces it. */
  readonly tainted?: boolean;
  /** What state held before this look, where a plan shows both: it tells what came late from what was released. */
  readonly before?: Values;
}

export type Subject = 'export' | 'hold' | 'object-hold';

/** One thing that keeps a resource from being whole. Count and examples are of the same set. */
export interface Shortfall {
  readonly kind: ShortfallKind;
  /** How many conversations, recordings or object versions; null: not known. At least one. */
  readonly count: number | null;
  /** The count is a lower bound: state lists only the first of them. */
  readonly atLeast: boolean;
  /** What is counted, in the singular: `conversation`, `recording`, `object version`. */
  readonly thing: string;
  /** The first of them, each with its reason where that is known. */
  readonly examples: readonly string[];
  /** The one reason that holds for all examples. */
  readonly reason?: string;
  /** It is among the gaps of the resource, which `accepted_gaps` can accept; the rest can only be repaired. */
  readonly acceptable: boolean;
  /** The configuration that was applied accepts exactly this set. */
  readonly accepted: boolean;
}

/** What state says about one resource. */
export interface Standing {
  readonly address: string;
  readonly subject: Subject;
  /** `The legal hold "Acme v. Example"`, `The object hold on s3://recordings/org/`, `The export of 2026-01-01T…`. */
  readonly title: string;
  /** What is held or exported, half a sentence: `250 of 250 conversations are held`. */
  readonly words: string;
  /** Conversations or versions in scope; null: unknown, or an export, which counts recordings as well. */
  readonly scope: number | null;
  readonly shortfalls: readonly Shortfall[];
  /** What is unknown, a sentence each. Never read as zero. */
  readonly unknowns: readonly string[];
  /** What this state says nothing about by its nature, a sentence each: it keeps nothing from being whole. */
  readonly notLookedAt: readonly string[];
  /** Digest of all gaps, for `accepted_gaps`; null without gaps, and in states of versions that had none. */
  readonly digest: string | null;
  /** Why the gaps are accepted; null when they are not. */
  readonly acceptedReason: string | null;
  /** When it was last looked at, as state says; null when state does not. */
  readonly seenAt: string | null;
  readonly tainted: boolean;
}

/** Whether something is not whole and not accepted. */
export function isOpen({ shortfalls, tainted }: Standing): boolean {
  return tainted || shortfalls.some(({ accepted }) => !accepted);
}

/** Whether everything was looked at, is whole, or is accepted as it is. */
export function isWhole(standing: Standing): boolean {
  return !isOpen(standing) && standing.unknowns.length === 0;
}
