/** What the batches of an export cover, and how they are kept when the export comes to ask for more, or for less. Pure. */
import type { Batch, ExportScope, ExportSpec, ScopeFilters } from '../../genesys';
import { parseInterval } from '../../time';
import { joined, type NewPart, type Reach } from './growth';
import type { Outline } from './private';
import { baseOf } from './state';

/** What is covered by the finished batches of an export that asked for `spec`. */
export function reachOf({ batches, reach }: Pick<Outline, 'batches' | 'reach'>, spec: ExportSpec): Reach {
  return reach ?? reachOfBatches(batches, spec);
}

/** What these batches cover, or will. */
export function reachOfBatches(batches: readonly Batch[], spec: ExportSpec): Reach {
  return joined(baseOf(batches, spec).flatMap((batch) => scopeOf(batch, spec) ?? []));
}

/** Conversations of an export by interval that had to be named are no part of an interval: what they are part of is kept apart. */
function scopeOf(batch: Batch, { scope }: ExportSpec): ExportScope | undefined {
  const filters = batch.filters ?? filtersIn(scope);
  if (scope.interval === undefined) {
    return { ...filters, conversationIds: batch.conversationIds ?? scope.conversationIds ?? [] };
  }
  return batch.first === true ? undefined : { ...filters, interval: batch.interval };
}

/** The filters of a scope. */
export function filtersIn({ interval: _, conversationIds: __, ...filters }: ExportScope): ScopeFilters {
  return filters;
}

/** Whether two scopes have the same filters. */
export function sameFilters(left: ExportScope, right: ExportScope): boolean {
  return JSON.stringify(filtersIn(left)) === JSON.stringify(filtersIn(right));
}

/** Batches keep the filters that their jobs were made with, when those of the export change. */
export function pinned(batches: readonly Batch[], before: ExportSpec, wanted: ExportSpec): readonly Batch[] {
  if (sameFilters(before.scope, wanted.scope)) return batches;
  const filters = filtersIn(before.scope);
  return batches.map((batch) => ({ ...batch, filters: batch.filters ?? filters }));
}

/** Whether a batch has a job that continues, or has done its work: it is not taken back, whatever is asked for by now. */
export function isUnderWay({ jobId, state }: Batch): boolean {
  return jobId !== null && !['planned', 'failed', 'cancelled', 'forgotten'].includes(state);
}

/** The batches for those parts that a query can say. */
export function plannedBatches(parts: readonly NewPart[], { scope }: ExportSpec): readonly Batch[] {
  return parts.flatMap((part) =>
    part.kind === 'interval'
      ? [
          {
            jobId: null,
            interval: part.interval,
            ...(sameFilters(part.filters, scope) ? {} : { filters: part.filters }),
            state: 'planned' as const,
            conversations: 0,
            recordings: 0,
            failedRecordings: 0,
            error: null,
          },
        ]
      : [],
  );
}

/** In the order of time, and what was exported again at the end. */
export function inOrder(batches: readonly Batch[], spec: ExportSpec): readonly Batch[] {
  if (spec.scope.interval === undefined) return batches;
  const base = new Set(baseOf(batches, spec));
  const startOf = ({ interval }: Batch): number => parseInterval(interval).start;
  return [...[...base].sort((a, b) => startOf(a) - startOf(b)), ...batches.filter((batch) => !base.has(batch))];
}
