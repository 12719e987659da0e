// Generated from the schema of the provider by "npm run bindings". Do not edit.
export * as genesyscloudComplianceLegalhold from './genesyscloud-compliance-legalhold';
export * as genesyscloudComplianceObjectHold from './genesyscloud-compliance-object-hold';
export * as genesyscloudRecordingExportJob from './genesyscloud-recording-export-job';
export * as dataGenesyscloudComplianceHolds from './data-genesyscloud-compliance-holds';
export * as dataGenesyscloudCompliancePreflight from './data-genesyscloud-compliance-preflight';
export * as dataGenesyscloudRecordingExportJob from './data-genesyscloud-recording-export-job';
export * as provider from './provider';
