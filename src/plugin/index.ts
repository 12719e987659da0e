/** How Terraform talks to a provider. Knows nothing of Genesys Cloud. */
export * from './codec';
export { createLogger, type LogFields, type Logger, type LogLevel } from './log';
export * from './protocol';
export { serve, type ServeOptions } from './serve';
export { startServer, type AttachableServer } from './start-server';
export * from './value';
