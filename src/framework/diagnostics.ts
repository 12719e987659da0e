import type { Unknown } from '../plugin';

/** A step into a value: an attribute name, a list index or a map key. Paths never enter set elements: point at the set. */
export type PathStep = string | number;

/** Where in a configuration: `['destination', 'bucket']`, `['conversation_ids', 3]`. */
export type Path = readonly PathStep[];

/** A message for the user. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** Short title, no full stop: "Export cannot resolve metadata on digital channels". */
  readonly summary: string;
  /** What was tried, why it failed, correlation id or address, what to do now. */
  readonly detail: string;
  /** The attribute at fault; left out when there is none. */
  readonly path?: Path;
}

/** Collects messages during one call. Identical ones are reported once. */
export interface Diagnostics {
  error(summary: string, detail: string, path?: Path): void;
  warn(summary: string, detail: string, path?: Path): void;
  readonly hasErrors: boolean;
  readonly findings: readonly Finding[];
}

/**
 * An error that is already a message for the user: thrown anywhere below a resource, it becomes one error diagnostic.
 * Any other error becomes "… failed unexpectedly" with its stack in the log.
 */
export class DiagnosticError extends Error {
  override readonly name = 'DiagnosticError';

  constructor(
    readonly summary: string,
    readonly detail: string,
    readonly path?: Path,
    options?: { cause?: unknown },
  ) {
    super(`${summary}: ${detail}`, options);
  }
}

/** Log lines at Terraform's levels; they appear with TF_LOG or TF_LOG_PROVIDER. Never put a secret into one. */
export interface Log {
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
export type LogFields = { readonly [key: string]: string | number | boolean | null };

/** A value, or not known yet. */
export type MaybeUnknown<T> = T | Unknown;
