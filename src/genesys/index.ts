/** Genesys Cloud: credentials, regions, requests, recording jobs, conversation scope and both hold APIs. */
export * from './conversation-set';
export type * from './model';
