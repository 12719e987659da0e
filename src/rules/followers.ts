/** Which holds are over what an export covers, and which are by themselves: by scope, or over a list. */
import type { Facts, HoldFact } from '../facts';

/** Legal holds whose scope is that of the export. */
export function followersOf({ holds }: Pick<Facts, 'holds'>, address: string): readonly HoldFact[] {
  return holds.filter(
    (hold) => !isByItself(hold) && (hold.belongsTo === address || hold.dependsOn.some((on) => on.export === address)),
  );
}

/** Legal holds that follow none of the exports. */
export function holdsByThemselves({ holds, exports }: Pick<Facts, 'holds' | 'exports'>): readonly HoldFact[] {
  const followers = new Set(exports.flatMap(({ address }) => followersOf({ holds }, address)));
  return holds.filter((hold) => !followers.has(hold));
}

/** By scope or over a list: it may wait for an export, and is not over what that covers. */
function isByItself({ scope, conversationIds, atOnce }: HoldFact): boolean {
  const isByScope = scope?.known === true && scope.value !== null;
  return atOnce === true || isByScope || (conversationIds.known && conversationIds.value !== null);
}
