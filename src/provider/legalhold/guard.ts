/** What a legal hold says about itself when somebody wants to destroy or replace it. */
import type { StateOf } from '../../framework';
import type { HoldAbilities } from '../../genesys';
import type { Held } from '../release-guard';
import { conversations, holdNamed } from './computed';
import type { LegalHoldSchema } from './schema';

/** `name` and `id` where they are known; `count` is undefined where it is unknown what the hold covers. */
export function heldConversations(hold: {
  readonly name: string | null;
  readonly id?: string | null;
  readonly count: number | undefined;
}): Held {
  const named = holdNamed(hold);
  const id = hold.id ?? null;
  return {
    kind: 'Legal hold',
    named: id === null || named.endsWith(id) ? named : `${named} (${id})`,
    things: 'conversations',
    counted: hold.count === undefined ? 'conversations that are unknown here' : conversations(hold.count),
  };
}

type Consent = Pick<StateOf<LegalHoldSchema>, 'release_on_destroy' | 'release_reason'>;

/** Whether a state or a configuration agrees to a release, with its reason. */
export function consents({ release_on_destroy: agreed, release_reason: reason }: Consent): boolean {
  return agreed && reason !== null;
}

/** Whether an update releases what has fallen out of scope: it was agreed to before, and is still. */
export function releasesLeaving(prior: Consent, args: Consent, abilities: HoldAbilities): boolean {
  return abilities.releasesParts && consents(prior) && consents(args);
}
