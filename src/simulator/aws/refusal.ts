/** A failure that comes from no service itself, but from what stands before all of them: who asks, and when. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Further elements of S3's answer. */
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
