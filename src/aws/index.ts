/** Exported recordings in S3: where they are, whether they have arrived, holding them, and who may do what with them. */
export { AwsError, describeAwsFailure } from './aws-error';
export { callAws, isHopeless, type Receipt } from './call';
export {
  connectCloudTrail,
  connectIam,
  connectKms,
  connectS3,
  connectS3Control,
  connectSts,
  type AwsConnection,
  type AwsEndpoints,
} from './clients';
export { createDeliveryProof, type Destination, type RecordingRef } from './delivery';
export { exportPrefixes, MOST_EXPORT_PREFIXES, type Stretch } from './export-prefixes';
export {
  conversationOfKey,
  exportedFile,
  metadataKey,
  parseRecordingKey,
  recordingKey,
  type ExportedFile,
  type RecordingKey,
} from './key-layout';
export { kmsKey, type KmsKey } from './kms-signing';
export { createObjectContents, type ObjectContents, type StoredChecksum } from './object-contents';
export { readObject, type ObjectPlace } from './read-object';
export * from './object-hold';
export * from './batch-operations';
export * from './policies';
export * from './trail';
