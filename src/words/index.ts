/** Words that several rooms use: numbers and lists in English, and the names of our own resource types and their limits. */
export { counted, enumerated, number, numberOf } from './numbers';
export { expressionIn, withoutEnd } from './ends';
export { partitionOf } from './partition';
export { amountInWords, leftInWords, secondsLeft } from './progress';
export * from './product';
export { refusedRelease } from './release-refusals';
export { HOLD_LIMITS, PROTECTION_LIMIT } from './hold-limits';
export { sentenceCase } from './sentence';
export { parseS3Place, s3Place } from './s3-place';
export { REFERENCE_ID, referenceIdProblem } from './reference-id';
export { LONGEST_COMPARED, patternProblem } from './whole-match';
