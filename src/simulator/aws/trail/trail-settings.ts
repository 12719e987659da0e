/** A trail: log files in a bucket. */

/** Where a trail writes its log files. With it, changes of objects are recorded, too. */
export interface TrailSettings {
  readonly bucket: string;
  /** @default none */
  readonly prefix?: string;
  /** From an event until its file is there. @default 300000 */
  readonly delayMs?: number;
}

export const DELIVERY_MS = 300_000;

const FIELDS = ['bucket', 'prefix', 'delayMs'];

/** Refuses what makes no sense. Throws a RangeError. */
export function checkTrail(trail: TrailSettings | null): void {
  if (trail === null) return;
  const unknown = Object.keys(trail).filter((name) => !FIELDS.includes(name));
  if (unknown.length > 0) {
    throw new RangeError(`trail: unknown field ${unknown.join(', ')}; there is ${FIELDS.join(', ')}`);
  }
  if (typeof trail.bucket !== 'string' || trail.bucket === '') throw new RangeError('trail: give a bucket');
  if (trail.delayMs !== undefined && !(trail.delayMs >= 0)) {
    throw new RangeError(`trail: delayMs is ${trail.delayMs}: expected milliseconds from 0`);
  }
}
