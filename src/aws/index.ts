/** Exported recordings in S3: where they are, and whether they have arrived. */
export { AwsError, describeAwsFailure } from './aws-error';
export { createDeliveryProof, type Destination, type RecordingRef } from './delivery';
export { metadataKey, parseRecordingKey, recordingKey, type RecordingKey } from './key-layout';
