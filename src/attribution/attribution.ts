/** Whose act something was, or why that is unknown. */
export type Attribution = KnownActor | UnknownActor;

/** A record names them. */
export interface KnownActor {
  readonly known: true;
  /** As people know them: `user Anna Archivist`, `role deploy (session ci-17)`. */
  readonly actor: string;
  /** What they used: an OAuth client, a program; null where the record does not say. */
  readonly client: string | null;
  /** IP address, or the service of AWS that asked; null where the record does not say. */
  readonly address: string | null;
  /** ISO-8601 in UTC. */
  readonly at: string;
  /** The record and the id of its entry, so that anybody can look it up. */
  readonly source: string;
}

/** No record does. */
export interface UnknownActor {
  readonly known: false;
  /** A whole sentence without its full stop: no right, no record, too old, contradicted. */
  readonly why: string;
}
