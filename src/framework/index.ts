/** The provider SDK: schemas with inferred types, plan logic, diagnostics, and the shapes a provider is made of. */
export * from './definition';
export * from './diagnostics';
export * from './schema';
export * from './validation';
/** A provider is written against this room alone: unknown values are part of what it plans with. */
export { isUnknown, Unknown, UNKNOWN } from '../plugin';
