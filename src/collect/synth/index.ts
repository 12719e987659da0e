/** Facts from the construct tree, at synth. Needs cdktf. */
export { collectSynthFacts } from './collect-synth-facts';
export { declareIntent, type DeclaredBucket, type DeclaredRole, type Intent } from './intent';
