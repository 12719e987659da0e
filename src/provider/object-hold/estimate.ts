/** Which engine does the work and what that takes, in the words of the schema. Pure. */
import { chooseEngine, type EngineChoice } from '../../aws';
import type { StateOf } from '../../framework';
import type { ObjectHoldSchema } from './schema';
import { number } from '../../words';

type State = StateOf<ObjectHoldSchema>;

/** The arguments that decide the engine. */
export type EngineArguments = Pick<State, 'engine' | 'batch_operations' | 'tags' | 'object_lock_legal_hold'>;

/** How much there is to do. */
export interface Work {
  readonly versions: number;
  readonly toHold: number;
  readonly toTag: number;
  readonly tagSets: number;
}

/** Everything is to be done to so many versions: an upper bound, before anybody has looked. */
export function wholeWork(versions: number, args: EngineArguments): Work {
  return {
    versions,
    toHold: args.object_lock_legal_hold ? versions : 0,
    toTag: wantsTags(args) ? versions : 0,
    tagSets: 1,
  };
}

/** What is left to do, as the last look found it. */
export function workLeft(prior: State, tagSets: number): Work {
  const versions = prior.version_count ?? 0;
  return {
    versions,
    toHold: prior.held_count === null ? 0 : versions - prior.held_count,
    toTag: prior.tagged_count === null ? 0 : versions - prior.tagged_count,
    tagSets,
  };
}

/** Chooses an engine. */
export function choose(args: EngineArguments, { versions, toHold, toTag, tagSets }: Work): EngineChoice {
  return chooseEngine({
    requested: args.engine as 'auto' | 'direct' | 'batch_operations',
    versions,
    toHold,
    toTag,
    distinctTagSets: tagSets,
    wantsHold: args.object_lock_legal_hold,
    wantsTags: wantsTags(args),
    batchConfigured: args.batch_operations !== null,
    ...(args.batch_operations === null ? {} : { threshold: args.batch_operations.threshold }),
  });
}

/** The attribute `estimate`. */
export function estimateOf({ engine, reason, estimate }: EngineChoice): NonNullable<State['estimate']> {
  const { requests, costUsd, durationSeconds } = estimate;
  return { engine, reason, requests, cost_usd: costUsd, seconds: durationSeconds };
}

/** "about 12,000 requests, 0.03 USD, 12 seconds": for messages. */
export function describeEstimate({ estimate: { requests, costUsd, durationSeconds } }: EngineChoice): string {
  const time =
    durationSeconds < 120 ? `${durationSeconds} seconds` : `${number(Math.ceil(durationSeconds / 60))} minutes`;
  return `about ${number(requests)} requests, ${costUsd.toFixed(2)} USD and ${time}`;
}

/** An empty map asks for no tags. */
export function wantsTags({ tags }: Pick<State, 'tags'>): boolean {
  return tags !== null && tags.size > 0;
}
