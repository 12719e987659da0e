/** Collectors that fill the facts which the rules look at, each from another moment. */
export { declareIntent, type DeclaredBucket, type DeclaredRole, type Intent } from './intent';
export { collectSynthFacts } from './synth';
export { collectLiveFacts, type LiveRoleSubject, type LiveSources, type LiveSubject } from './live';
