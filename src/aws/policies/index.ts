/** Facts that are looked up in the live accounts. Nothing here judges them. */
export { parseArn, roleNameOf, type Arn } from './arn';
export { fetchBucket, type LiveBucket, type LiveEncryption, type LiveObjectLock } from './bucket';
export { fetchCallerIdentity, type CallerIdentity } from './identity';
export { fetchKey, type LiveKey } from './key';
export type { LookedUp, NotSeen, Seen } from './looked-up';
export { decodePolicyText } from './policy-text';
export { fetchRole, type LiveRole, type RolePolicy } from './role';
export { simulateRole, type SimulationAnswer, type SimulationQuestion } from './simulate';
