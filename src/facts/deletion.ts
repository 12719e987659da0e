/** What is deleted, and when: by retention policies, by the organization's maximum retention, by the limit of screen recordings. */
import type { Known, Subject } from './known';

/** A recording that is deleted as things stand. Nobody protects it. */
export interface PlannedDeletionFact {
  readonly conversationId: string;
  readonly recordingId: string;
  /** ISO-8601 in UTC. */
  readonly at: string;
  readonly by: 'policy' | 'maximum-retention';
}

/** What an export's scope loses over time; the subject is the export. */
export interface DeletionFact extends Subject {
  /** The time to count from, ISO-8601: of the look, or of the plan. */
  readonly asOf: Known<string>;
  /** Deletions up to this instant were looked for, ISO-8601 in UTC. */
  readonly until: Known<string>;
  /** Soonest first, some of them. */
  readonly next: Known<readonly PlannedDeletionFact[]>;
  /** How many there are until then; at least, where `partly` says so. */
  readonly count: Known<number>;
  /** What of it could not be seen, half sentences; empty: everything was. */
  readonly partly: readonly string[];
  /** The maximum retention of the organization in days; null: it names none. */
  readonly maximumDays: Known<number | null>;
  /** Whether the export asks for screen recordings, which are kept for a year at most. */
  readonly screenRecordings: Known<boolean>;
}
