/**
 * The words of this room: what each of the five sources says of a conversation, and what differs between them. Rows are plain data,
 * so that they can be kept in files of lines and compared without an account. Instants are milliseconds since 1970. `null` is
 * unknown, never "none".
 */
import type { Question } from '../attribution';
import type { SurveyedJob } from '../genesys';

/** Who did something. `why`: half a sentence, why nobody knows. */
export type Actor =
  | {
      readonly known: true;
      /** A person or a program, as the account names it. */
      readonly name: string;
      /** What it was done with: an OAuth client, a role. */
      readonly client?: string;
      /** The network address. */
      readonly address?: string;
      readonly at?: number;
      /** Which record says so, with its id. */
      readonly source: string;
    }
  | { readonly known: false; readonly why: string };

/** What is known of a conversation: scope, claims, protection. One row for each that is in scope or claimed. */
export interface ConversationRow {
  readonly id: string;
  /** Analytics list it now in the scope of the matter's exports. Null: no export was named. */
  readonly inScope: boolean | null;
  /** A live claim of the matter covers it. */
  readonly claimed: boolean;
  /** A claim of another matter covers it, or one of this matter that is being released. */
  readonly claimedByOthers: boolean;
  /** Genesys Cloud protects it. */
  readonly held: boolean | null;
  /** Genesys Cloud knows it. False: it answers that there is no such conversation. */
  readonly known: boolean | null;
}

/** A recording at Genesys Cloud. */
export interface RecordingRow {
  readonly conversation: string;
  readonly recording: string;
  readonly kind: 'screen' | 'snippet' | 'other';
  /** Its file is in Genesys Cloud's archive and has to be restored before it can be exported. */
  readonly archived: boolean;
  /** When it was made. */
  readonly created: number | null;
  /** When it is or was due to be exported; null: no job has taken it. */
  readonly exportDue: number | null;
  readonly exported: number | null;
  /** When Genesys Cloud deletes it unless it is protected. */
  readonly deleteDue: number | null;
}

/** A recording that a job names as failed. */
export interface FailureRow {
  readonly conversation: string;
  readonly recording: string;
  readonly job: string;
}

/** A record that something was deleted at Genesys Cloud. */
export interface DeletionRow {
  readonly conversation: string;
  /** Null: the conversation with all that it had. */
  readonly recording: string | null;
  readonly cause: 'retention' | 'erasure';
  readonly at: number;
  readonly actor: Actor;
}

/** A checksum and who computed it over what. */
export interface Checksum {
  /** `SHA-256`, or as S3 names it: `CRC64NVME`, `CRC32`, `CRC32C`, `SHA1`, `SHA256`. */
  readonly algorithm: string;
  /** In hex for SHA-256 of contents that were read here; else as S3 writes it, in base64. */
  readonly value: string;
  /** `contents`: all bytes were read and hashed here. `s3`: S3 says so; `composite`: of the parts of an upload. */
  readonly by: 'contents' | 's3' | 's3-composite';
}

/** A version of a file in S3. */
export interface ObjectRow {
  /** Empty for a key that is not one of an exported recording. */
  readonly conversation: string;
  readonly recording: string;
  /** The metadata file beside a recording. */
  readonly metadata: boolean;
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly size: number;
  /** When S3 took it. */
  readonly modified: number;
  readonly hold: 'ON' | 'OFF' | null;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly checksum: Checksum | null;
  /** A live claim of the matter covers it. */
  readonly claimed: boolean;
  /** A claim of another matter covers it, or one of this matter that is being released. */
  readonly claimedByOthers: boolean;
}

/** A version that the matter's journal says was put under hold, and not released since. */
export interface PlacedRow {
  /** Empty for a key that is not one of an exported recording. */
  readonly conversation: string;
  readonly recording: string;
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly since: number;
}

/** A job, and which conversations analytics list now for its query. */
export interface Job extends SurveyedJob {
  readonly covers: { has(conversation: string): boolean };
}

/** Why sources differ. */
export type Cause =
  | 'failed'
  | 'skipped-sensitive'
  | 'screen'
  | 'snippet'
  | 'archived'
  | 'too-young'
  | 'late'
  | 'deleted-by-retention'
  | 'erased'
  | 'gone'
  | 'lost-version'
  | 'never-delivered'
  | 'unexported'
  | 'foreign-file'
  | 'held-without-claim'
  | 'claimed-without-hold';

/** One difference. */
export interface Difference {
  readonly cause: Cause;
  /** Empty where the key of a file says none. */
  readonly conversation: string;
  readonly recording: string | null;
  readonly file: { readonly bucket: string; readonly key: string; readonly version: string } | null;
  /** What is the case, a sentence. */
  readonly text: string;
  /** When it happened, where that is known. */
  readonly at?: number;
  /** Who did it; left out where nobody need have done anything. */
  readonly actor?: Actor;
  /** What a record can be asked about who did it. */
  readonly asks?: Question;
}

/** A version of a file of the matter, with what the sources say of it together: a row of the manifest. */
export interface FileRow {
  readonly conversation: string;
  readonly recording: string;
  readonly metadata: boolean;
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly size: number;
  readonly modified: number;
  readonly checksum: Checksum | null;
  /** When Genesys Cloud says that the recording was exported. */
  readonly exported: number | null;
  readonly hold: 'ON' | 'OFF' | null;
  /** Since when the matter holds it, by its journal. */
  readonly heldSince: number | null;
  readonly tags: Readonly<Record<string, string>> | null;
}

/** Something that was not looked at, or could not be. */
export interface NotLookedAt {
  readonly what: string;
  /** A sentence, with what to do. */
  readonly why: string;
}
