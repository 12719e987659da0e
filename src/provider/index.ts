/** The Terraform provider: resources, data sources and functions for export and legal hold on Genesys Cloud. */
export type { BucketAccess, Place } from './bucket-access';
export { claimsOf } from './claimed-conversations';
export type { Compliance, Destination, ProviderDependencies } from './compliance';
export { resolveEnvironment } from './configuration';
export { defaultLookFolder, defaultRegisterFolder } from './journal-folder';
export { placeInWords } from './register-place';
export { complianceProvider } from './provider';
export { liveSources } from './preflight/sources';
export { registerSurroundings } from './register-surroundings';
export { providerSchema } from './provider-schema';
