/** The provider SDK: schemas with inferred types, plan logic, diagnostics, and the shapes a provider is made of. */
export { checkProvider, checkSchema } from './check-schema';
export * from './definition';
export * from './diagnostics';
export * from './docs';
export * from './relations';
export { createProviderServer, type ServerOptions } from './runtime/server';
export * from './schema';
export { timeouts, type Operation, type TimeoutDefaults, type TimeoutsBlock } from './timeouts';
export * from './validation';
export * from './validators';
/** A provider is written against this room alone: what it plans with and how it is served are part of its door. */
export { isUnknown, serve, startServer, Unknown, UNKNOWN, type CtyType, type Value } from '../plugin';
