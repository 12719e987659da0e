/** The causes of differences, in the order in which reports show them, and their words. */
import type { Cause } from '../model';

/** What a cause means. */
export interface CauseWords {
  /** `recordings that failed`: completes "12 …". */
  readonly many: string;
  readonly one: string;
  /** What it means and what to do, for people who did not set this up. */
  readonly meaning: string;
}

/** All causes. */
export const CAUSES: Readonly<Record<Cause, CauseWords>> = {
  'claimed-without-hold': {
    one: 'claimed and not held',
    many: 'claimed and not held',
    meaning:
      'The register says that the matter needs it held, and it was not held when it was looked at. Somebody released it, or the hold was never placed. The next apply of the hold places it.',
  },
  'held-without-claim': {
    one: 'held and claimed by nobody',
    many: 'held and claimed by nobody',
    meaning:
      'It is protected, and no matter in the register asks for that. It may have been held by hand, by another tool, or for a matter in another register. Find out who needs it before anybody releases it.',
  },
  'lost-version': {
    one: 'held version lost',
    many: 'held versions lost',
    meaning:
      'The journal of the hold, where each version is recorded when it is held, names this version, and it is not in the bucket any more. S3 deletes no version while it has a legal hold: the hold was lifted first, or the version was tagged only.',
  },
  'deleted-by-retention': {
    one: 'deleted by retention',
    many: 'deleted by retention',
    meaning:
      'A record says that Genesys Cloud deleted it when its retention ended. The manifest says whether its file is in S3.',
  },
  erased: {
    one: 'erased',
    many: 'erased',
    meaning: 'A record says that somebody deleted it at Genesys Cloud. The manifest says whether its file is in S3.',
  },
  gone: {
    one: 'gone at Genesys Cloud, cause unknown',
    many: 'gone at Genesys Cloud, cause unknown',
    meaning: 'It was there once, Genesys Cloud does not have it any more, and no record that was read says why.',
  },
  failed: {
    one: 'failed to export',
    many: 'failed to export',
    meaning: 'The export job could not process the recording. The next apply of the export tries again.',
  },
  'never-delivered': {
    one: 'never delivered',
    many: 'never delivered',
    meaning:
      'The recording was due or is said to be exported, and its file is not in the bucket. Check the integration, its role and the bucket, and export again.',
  },
  late: {
    one: 'came late',
    many: 'came late',
    meaning:
      'It came into scope after the export jobs had counted or the hold was placed. The next apply exports and holds it.',
  },
  archived: {
    one: 'archived',
    many: 'archived',
    meaning: 'The recording lies in the archive of Genesys Cloud and must be restored before it can be exported.',
  },
  'too-young': {
    one: 'not due yet',
    many: 'not due yet',
    meaning: 'The export has a date or an age that the recording has not reached.',
  },
  'skipped-sensitive': {
    one: 'skipped as sensitive',
    many: 'skipped as sensitive',
    meaning:
      'The export leaves out recordings with sensitive data (include_recordings_with_sensitive_data is false), and the job counted as many as skipped.',
  },
  screen: {
    one: 'screen recording left out',
    many: 'screen recordings left out',
    meaning: 'The export leaves out screen recordings (include_screen_recordings is false).',
  },
  snippet: {
    one: 'snippet left out',
    many: 'snippets left out',
    meaning: 'The export job leaves out snippet recordings.',
  },
  unexported: {
    one: 'not exported, cause unknown',
    many: 'not exported, cause unknown',
    meaning: 'No source says why the recording was not exported.',
  },
  'foreign-file': {
    one: 'foreign file',
    many: 'foreign files',
    meaning:
      'A file that the matter claims by its place is not one of an export, or belongs to a conversation that is neither in scope nor claimed. Find out who put it there.',
  },
};

/** In the order of reports. */
export const CAUSE_NAMES = Object.keys(CAUSES) as readonly Cause[];
