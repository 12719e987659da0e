/**
 * What a register is kept in: a folder or an S3 prefix. Three operations are enough, because nothing is ever changed or
 * deleted: an object that exists stays as it is.
 */
export interface Store {
  /** Where it is, for messages: `s3://bucket/prefix` or a folder. */
  readonly place: string;
  /**
   * Keys below `prefix` (which ends in `/`) that sort after `after`, in order. Complete: a store that cannot list
   * everything throws.
   */
  list(prefix: string, after: string | undefined, signal: AbortSignal): Promise<readonly string[]>;
  /** The bytes at this key; undefined where there is nothing. */
  read(key: string, signal: AbortSignal): Promise<Buffer | undefined>;
  /**
   * Puts bytes where nothing is yet, whole or not at all. Answers `exists` where something is there already, which then
   * is untouched. Throws when it is not known whether it worked: read the key before anything else.
   */
  create(key: string, body: Buffer, signal: AbortSignal): Promise<'created' | 'exists'>;
}

/** The register cannot be used: unreachable, damaged, of another id, or in a store that ignores conditions. */
export class RegisterProblem extends Error {
  override readonly name = 'RegisterProblem';

  constructor(
    /** `unreachable`: may pass. The others stay until somebody does something. */
    readonly kind: 'unreachable' | 'damaged' | 'foreign' | 'unconditional' | 'newer',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
