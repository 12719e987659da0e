/** What a legal hold says about itself when somebody wants to destroy or replace it. */
import type { Held } from '../release-guard';
import { conversations } from './computed';

/** `name` and `id` where they are known. */
export function heldConversations(hold: {
  readonly name: string | null;
  readonly id?: string | null;
  readonly count: number;
}): Held {
  const named = hold.name === null ? 'The hold' : `The hold "${hold.name}"`;
  return {
    kind: 'Legal hold',
    named: `${named}${hold.id == null ? '' : ` (${hold.id})`}`,
    things: 'conversations',
    counted: conversations(hold.count),
  };
}
