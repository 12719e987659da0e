/** All buckets. */
import { Bucket } from './bucket';

export class ObjectStore {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly now: () => number) {}

  createBucket(name: string, created = this.now()): Bucket {
    const bucket = new Bucket(name, created, this.now);
    this.buckets.set(name, bucket);
    return bucket;
  }

  hasBucket(name: string): boolean {
    return this.buckets.has(name);
  }

  /** Throws a RangeError when there is none; ask `hasBucket` first. */
  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw new RangeError(`no bucket ${name}`);
    return bucket;
  }

  deleteBucket(name: string): void {
    this.buckets.delete(name);
  }

  list(): readonly Bucket[] {
    return [...this.buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
