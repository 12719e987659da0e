/** A list that counts everything and keeps only the first few: state and messages must not grow with the bucket. */

/** The first of many. */
export interface Sampled<T> {
  readonly count: number;
  readonly first: readonly T[];
}

/** Collects a {@link Sampled}. */
export class BoundedList<T> implements Sampled<T> {
  private total = 0;
  private readonly kept: T[] = [];

  constructor(private readonly most: number) {}

  add(item: T): void {
    this.total += 1;
    if (this.kept.length < this.most) this.kept.push(item);
  }

  /** Counts items that were not kept elsewhere either. */
  skip(count: number): void {
    this.total += count;
  }

  get count(): number {
    return this.total;
  }

  get first(): readonly T[] {
    return this.kept;
  }

  /** A copy that no longer changes. */
  snapshot(): Sampled<T> {
    return { count: this.total, first: [...this.kept] };
  }
}
