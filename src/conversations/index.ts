/** Sets of conversations, at 16 bytes each: what exports, holds, claims and evidence are about. */
export * from './conversation-set';
export { compareIds, copyIds } from './id-bytes';
