/** What a finished export lacks of what is asked for at an instant. Pure. */
import { DiagnosticError } from '../../framework';
import type { Batch, ExportSpec } from '../../genesys';
import { formatInterval, parseInterval } from '../../time';
import { growthOf, type Growth, type NewPart } from './growth';
import type { Outline } from './private';
import { isUnderWay, reachOf, reachOfBatches } from './reach';
import { specAt, specOf, type ScopeArguments } from './spec';

/** What is to be done, and what is asked for by then. */
export interface GrowthAt {
  readonly growth: Growth;
  /** An open interval ends here with the last whole step. */
  readonly spec: ExportSpec;
}

/** What is new in scope: neither covered by the finished batches, nor by those that are under way. */
export function growthAt(
  kept: Omit<Outline, 'finished'>,
  asked: ExportSpec,
  args: ScopeArguments,
  now: Date,
): GrowthAt {
  const spec = specAt(args, now);
  // Of an open interval not even the first step has ended.
  if (spec === undefined) return { growth: { kind: 'covered' }, spec: specOf(args) };
  const underWay = (kept.growth ?? []).filter(isUnderWay);
  const reach = [...reachOf(kept, asked), ...reachOfBatches(underWay, asked)];
  try {
    return { growth: growthOf(asked, reach, spec), spec };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new DiagnosticError('Too many batches', error.message, ['batch_interval'], { cause: error });
  }
}

/** The scope from where what is new begins to where it ends; undefined where nothing is, or it is named by id. */
export function newPartOf(spec: ExportSpec, parts: readonly (NewPart | Batch)[]): ExportSpec | undefined {
  const intervals = parts.flatMap((part) => ('interval' in part ? [parseInterval(part.interval)] : []));
  if (intervals.length === 0 || spec.scope.interval === undefined) return undefined;
  const start = Math.min(...intervals.map((each) => each.start));
  const end = Math.max(...intervals.map((each) => each.end));
  return { ...spec, scope: { ...spec.scope, interval: formatInterval({ start, end }) } };
}
