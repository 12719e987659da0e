/** CDKTF constructs: buckets and roles for exports, the export with its legal hold, and checks at synth. */
export { Channel } from './channel';
export type { ComplianceChecksProps } from './check-settings';
export { ComplianceChecks } from './compliance-checks';
// Takes the place of the binding, whose `register` is a text only.
export { ComplianceProvider, type ComplianceProviderConfig } from './compliance-provider';
export { ConstructError } from './errors';
export {
  BatchOperationsRole,
  type BatchOperationsProps,
  type BatchOperationsRoleProps,
  type BatchWorkspace,
} from './batch-operations-role';
export type { AccessLogs, DataEvents } from './bucket-audit';
export { ExportBucket, type ExportBucketAttributes, type ExportBucketProps, type IExportBucket } from './export-bucket';
export { ExportEncryption, type NewKmsKeyProps } from './export-encryption';
export { ExportRole, GENESYS_ACCOUNTS, type ExportRoleProps } from './export-role';
export type { AcceptedGapsProps, HoldProps, ObjectHoldProps, OperationTimeouts } from './hold-props';
export {
  HoldRegister,
  type HoldRegisterProps,
  type IHoldRegister,
  type RegisterAttributes,
  type RegisterRetention,
} from './hold-register';
export { HoldRole, type HoldRoleProps } from './hold-role';
export { LegalHoldExport } from './legal-hold-export';
export type { DestinationProps, LegalHoldExportProps, Preserve } from './legal-hold-export-props';
export type { Statement } from './policy';
export { ReleaseRole, type ReleaseRoleProps } from './release-role';
export type { IExportRole, IGrantee, OperatorRoleProps, StorageRole, StorageRoleProps } from './storage-role';

export * from './bindings/data-genesyscloud-compliance-holds';
export * from './bindings/data-genesyscloud-compliance-preflight';
export * from './bindings/data-genesyscloud-recording-export-job';
export * from './bindings/genesyscloud-compliance-legalhold';
export * from './bindings/genesyscloud-compliance-object-hold';
export * from './bindings/genesyscloud-recording-export-job';
export * from './bindings/provider';
