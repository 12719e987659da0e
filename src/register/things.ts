/** What bits are on: conversations at Genesys Cloud, or versions of files in S3. */

/** An immutable, sorted set of them. `ConversationSet` and {@link FileVersions} are such. */
export interface Things<Self> {
  readonly size: number;
  minus(other: Self): Self;
  and(other: Self): Self;
  union(other: Self): Self;
  /** The same in order, in sets of at most `size`. */
  parts(size: number): Iterable<Self>;
  /** Those that lie in one of these ranges, both ends included. */
  between(ranges: readonly Range[]): Self;
  /** The smallest and the largest; undefined for none. */
  readonly range: Range | undefined;
}

/** From one to another, both included. */
export interface Range {
  readonly first: string;
  readonly last: string;
}
