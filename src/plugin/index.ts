/** How Terraform talks to a provider. Knows nothing of Genesys Cloud. */
export * from './codec';
export * from './protocol';
export * from './value';
