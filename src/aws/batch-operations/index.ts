/** Tags and legal holds by jobs of S3 Batch Operations. */
export { applyWithBatchOperations } from './apply';
export type { BatchHoldDeps, BatchHoldRequest, BatchHoldResult } from './batch-run';
export { followJobs, type BatchJob, type BatchProgress, type FinishedJob } from './follow';
export { createJobRequest, jobMark, requestToken } from './job-request';
export type { BatchOperation, BatchSettings, Manifest } from './job-request';
export { isOver, nextStep, type JobStatus, type JobStep, type JobView } from './job-state';
export { createJobControl, type JobControl, type ListedJob } from './jobs';
export { CsvReader, decodeKey, encodeKey, manifestRow } from './manifest-row';
export { StreamingUpload, type Uploaded, type UploadTarget } from './multipart-upload';
export { TooManyTagSets } from './prepare';
export { readReport, type ReportSource, type TaskReport } from './report';
