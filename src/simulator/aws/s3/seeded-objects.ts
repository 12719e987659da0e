/** Many equal objects at once, for tests of size. Their content is their key, made again whenever it is read. */
import type { Bucket } from './bucket';
import { defaultChecksum } from './checksum';
import type { Origin } from './object-version';

const SEEDED: Origin = { kind: 'seeded' };

/** Puts `count` objects under the prefix: `000000000.json` and so on, after those that a seed put there before. */
export function putMany(bucket: Bucket, prefix: string, count: number): void {
  for (let index = 0, put = 0; put < count; index += 1) {
    const key = `${prefix}${String(index).padStart(9, '0')}.json`;
    if (bucket.version(key) !== undefined) continue;
    const read = seededContent(key);
    bucket.put(key, { origin: SEEDED, read, contentType: 'application/json', checksum: defaultChecksum(read()) });
    put += 1;
  }
}

export function seededContent(key: string): () => Buffer {
  return () => Buffer.from(`${JSON.stringify({ key })}\n`);
}
