/** What a legal hold says about itself when somebody wants to destroy or replace it. */
import type { Held } from '../release-guard';
import { conversations, holdNamed } from './computed';

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
