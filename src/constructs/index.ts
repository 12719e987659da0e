/** CDKTF constructs: buckets and roles for exports, the export with its legal hold, and checks at synth. */
export { Channel } from './channel';
export type { ComplianceChecksProps } from './check-settings';
export { ComplianceChecks } from './compliance-checks';
export { ConstructError } from './errors';
export { ExportBucket, type ExportBucketProps, type IExportBucket, type IGrantee } from './export-bucket';
export { ExportRole, GENESYS_ACCOUNTS, type ExportRoleProps, type IExportRole } from './export-role';
export {
  LegalHoldExport,
  type DestinationProps,
  type HoldProps,
  type LegalHoldExportProps,
  type OperationTimeouts,
} from './legal-hold-export';
export type { Statement } from './policy';

export * from './bindings/data-genesyscloud-compliance-preflight';
export * from './bindings/data-genesyscloud-recording-export-job';
export * from './bindings/genesyscloud-compliance-legalhold';
export * from './bindings/genesyscloud-compliance-object-hold';
export * from './bindings/genesyscloud-recording-export-job';
export * from './bindings/provider';
