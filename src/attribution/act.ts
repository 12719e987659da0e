/** One thing that somebody did, as a record has it. */
export interface Act {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** As people know them: `user Anna Archivist`. */
  readonly actor: string;
  readonly client: string | null;
  readonly address: string | null;
  /** The record and the id of its entry. */
  readonly source: string;
  readonly doing: Doing;
}

/** What was done, to what. */
export type Doing =
  /** The protection of a conversation from deletion was applied or revoked. */
  | { readonly kind: 'protection'; readonly conversation: string; readonly on: boolean }
  /** A hold of the compliance API was made or deleted. */
  | { readonly kind: 'hold'; readonly hold: string; readonly on: boolean }
  /** A recording was deleted; `bySystem`: by Genesys Cloud itself, as its retention says. */
  | {
      readonly kind: 'recording';
      readonly conversation: string;
      /** Null: the record does not name it. */
      readonly recording: string | null;
      readonly bySystem: boolean;
    }
  /** A legal hold of S3 was put on a version or taken off; null: the request named no version, so it was the newest one then. */
  | {
      readonly kind: 'lock';
      readonly bucket: string;
      readonly key: string;
      readonly version: string | null;
      readonly on: boolean;
    }
  /** A version was deleted; without a version only a delete marker was written. `key` null: the record names no keys. */
  | { readonly kind: 'version'; readonly bucket: string; readonly key: string | null; readonly version: string | null }
  /** A policy or another setting was written. */
  | {
      readonly kind: 'setting';
      /** `bucket/recordings`, `role/exporter`, `key/0b9f…`, `policy/arn:aws:iam::…`. */
      readonly of: string;
      /** `policy`, `versioning`, `trust`, `inline/NAME`, `attachment/ARN`, … */
      readonly setting: string;
      /** What it was set to; null: it was taken away; undefined: the record does not say. */
      readonly content: unknown;
    };
