/**
 * What a register is kept in: a folder or an S3 prefix. Three operations are enough, because nothing is ever changed or
 * deleted: an object that exists stays as it is.
 */
export interface Store {
  /** Where it is, for messages: `s3://bucket/prefix` or a folder. */
  readonly place: string;
  /**
   * Keys below `prefix` (which ends in `/`) that sort after `after`, in order. Complete: a store that cannot list
   * everything throws. With `most`, only the first so many.
   */
  list(prefix: string, after: string | undefined, signal: AbortSignal, most?: number): Promise<readonly string[]>;
  /** The bytes at this key; undefined where there is nothing. */
  read(key: string, signal: AbortSignal): Promise<Buffer | undefined>;
  /**
   * Puts bytes where nothing is yet, whole or not at all. Answers `exists` where something is there already, which then
   * is untouched. Throws when it is not known whether it worked: read the key before anything else.
   */
  create(key: string, body: Buffer, signal: AbortSignal): Promise<'created' | 'exists'>;
}

/**
 * `unreachable` the store did not answer · `damaged` an entry or a set is missing or is not what it should be · `foreign` the
 * state was made with another register · `missing` the register lacks a claim or a journal that state names · `unconditional` the
 * store ignores conditions · `newer` a newer version wrote it
 */
export type ProblemKind = 'unreachable' | 'damaged' | 'foreign' | 'missing' | 'unconditional' | 'newer';

/** The register cannot be used: unreachable, damaged, of another id, or in a store that ignores conditions. */
export class RegisterProblem extends Error {
  override readonly name = 'RegisterProblem';

  constructor(
    /** `unreachable`: may pass. The others stay until somebody does something. */
    readonly kind: ProblemKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The register lacks a claim that state names. */
export function missingClaim(place: string, id: string): RegisterProblem {
  return new RegisterProblem(
    'missing',
    `The register at ${place} has no claim ${id}, which the state names. Nothing is released on a guess. If the register was restored from an older copy, bring back the newer one; if this is another register, name the right one (register in the provider block, or GENESYSCLOUD_COMPLIANCE_REGISTER).`,
  );
}

/** The log lacks an entry that it had. */
export function missingEntry(where: string): RegisterProblem {
  return new RegisterProblem(
    'damaged',
    `The register is damaged: ${where} is missing. Restore it from a version or backup of the store.`,
  );
}
