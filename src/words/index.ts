/** Words that several rooms use: numbers and lists in English, and the names of our own resource types and their limits. */
export { counted, enumerated, number, numberOf } from './numbers';
export { expressionIn, withoutEnd } from './ends';
export { partitionOf } from './partition';
export * from './product';
export { REFERENCE_ID, referenceIdProblem } from './reference-id';
export { patternProblem } from './whole-match';
