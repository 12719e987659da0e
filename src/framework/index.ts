/** The provider SDK: schemas with inferred types, plan logic, diagnostics, and the shapes a provider is made of. */
export * from './definition';
export * from './diagnostics';
export { duration, parseDuration } from './duration';
export * from './relations';
export { createProviderServer, type ServerOptions } from './runtime/server';
export * from './schema';
export { timeouts, type Operation, type TimeoutDefaults, type TimeoutsBlock } from './timeouts';
export * from './validation';
export * from './validators';
/** A provider is written against this room alone: unknown values, and how it is served, belong to that. */
export { isUnknown, serve, startServer, Unknown, UNKNOWN } from '../plugin';
/** A provider is written against this room alone: unknown values are part of what it plans with. */
export { isUnknown, serve, startServer, Unknown, UNKNOWN, type CtyType, type Value } from '../plugin';
