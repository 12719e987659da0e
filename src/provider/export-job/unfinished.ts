/** What an export that was never finished continues with, when more is asked for, or it is divided in another way. Pure. */
import type { StateOf } from '../../framework';
import type { Batch, ExportSpec } from '../../genesys';
import { rebatched } from './batches';
import { growthOf } from './growth';
import type { Outline } from './private';
import { inOrder, pinned, plannedBatches, reachOfBatches } from './reach';
import type { ExportJobSchema } from './schema';
import { sameScope, specAt, specOf, type ScopeArguments } from './spec';

/**
 * Its batches, and those for what is new in scope. Undefined where it has to be replaced: something that was asked for is not
 * wanted any more, and is not to be exported, or the new conversations have to be asked for by name.
 */
export function unfinishedBatches(
  { batches }: Pick<Outline, 'batches'>,
  prior: StateOf<ExportJobSchema>,
  args: ScopeArguments,
  now: Date,
): readonly Batch[] | undefined {
  const asked = specOf(prior);
  const divided =
    prior.batch_interval === args.batch_interval ? batches : rebatched(batches, args.batch_interval ?? undefined);
  const wanted = specAt(args, now);
  // Before its first run has divided it there is nothing to add to; an open interval may not have its first step yet.
  if (divided.length === 0 || wanted === undefined) return sameScope(asked, specOf(args)) ? divided : undefined;
  if (sameScope(asked, wanted)) return divided;
  const reach = reachOfBatches(divided, asked);
  const growth = growthOf(asked, reach, wanted);
  if (growth.kind === 'replaces' || !isWithin(reach, wanted)) return undefined;
  if (growth.kind === 'covered') return pinned(divided, asked, wanted);
  if (!growth.parts.every(({ kind }) => kind === 'interval')) return undefined;
  return inOrder([...pinned(divided, asked, wanted), ...plannedBatches(growth.parts, wanted)], wanted);
}

/** Whether nothing of what was asked for falls out: seen from there, what is wanted covers all. */
function isWithin(reach: ReturnType<typeof reachOfBatches>, wanted: ExportSpec): boolean {
  const { batchInterval: _, ...manner } = wanted;
  return reach.every((scope) => growthOf(wanted, [wanted.scope], { ...manner, scope }).kind === 'covered');
}
