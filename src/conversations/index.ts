/** Sets of conversations, at 16 bytes each: what exports, holds, claims and evidence are about; and lists of them in files. */
export * from './conversation-set';
export { compareIds, copyIds } from './id-bytes';
export * from './id-list';
export { RecordingMarks, RecordingMarksBuilder } from './recording-marks';
