/** How a process's memory goes while it works through many things. */
export interface MemoryTrack {
  /** Resident memory, in MB. */
  readonly residentAtQuarter: number;
  readonly residentAtMost: number;
  /**
   * Bytes that each further thing leaves behind on the heap: the slope of what is alive after a full collection, the first
   * quarter of the work, in which caches fill, left out. Buffers of an upload's part, which fill and empty, are beside the heap
   * and show in resident memory. Zero for memory that is flat. Null without `--expose-gc`: collecting makes resident
   * memory look smaller than it is for a user, so the two are measured in runs of their own.
   */
  readonly bytesPerThing: number | null;
}

/** More than this a thing, and a million of them would show. A key that is kept takes several times as much. */
export const FLAT_BYTES_PER_THING = 32;

interface Point {
  readonly done: number;
  readonly live: number;
}

const EVERY_MS = 250;
/** Collections over the whole work. */
const POINTS = 40;

/** Watches this process until `end`; `note` is told how many things are done. */
export function trackMemory(total: number): { note(done: number): void; end(): MemoryTrack } {
  const resident: number[] = [];
  const points: Point[] = [];
  let next = total / 4;
  const sample = (): void => void resident.push(process.memoryUsage.rss() / 2 ** 20);
  const sampling = setInterval(sample, EVERY_MS);
  return {
    note: (done) => {
      if (globalThis.gc === undefined || done < next) return;
      next = done + total / POINTS;
      globalThis.gc();
      points.push({ done, live: process.memoryUsage().heapUsed });
    },
    end: () => {
      clearInterval(sampling);
      sample();
      return {
        residentAtQuarter: resident[Math.floor(resident.length / 4)] ?? 0,
        residentAtMost: Math.max(...resident),
        bytesPerThing: globalThis.gc === undefined ? null : slope(points),
      };
    },
  };
}

/** The figures of a plain run and of one that collects. */
export function describeMemory(
  plain: MemoryTrack,
  collected: MemoryTrack,
): readonly { readonly label: string; readonly value: number; readonly unit: string }[] {
  return [
    { label: 'resident memory at a quarter of the work', value: plain.residentAtQuarter, unit: 'MB' },
    { label: 'resident memory at the most', value: plain.residentAtMost, unit: 'MB' },
    { label: 'live memory that each further one adds', value: collected.bytesPerThing ?? Number.NaN, unit: 'bytes' },
  ];
}

/** Whether nothing is kept of each thing. */
export function isFlat({ bytesPerThing }: MemoryTrack): boolean {
  return bytesPerThing !== null && bytesPerThing <= FLAT_BYTES_PER_THING;
}

/** Theil and Sen's: the median of the slopes of all pairs, which a few points taken at an odd moment do not bend. */
function slope(points: readonly Point[]): number {
  const slopes: number[] = [];
  for (const [index, from] of points.entries()) {
    for (const to of points.slice(index + 1)) slopes.push((to.live - from.live) / (to.done - from.done));
  }
  slopes.sort((left, right) => left - right);
  return slopes[slopes.length >> 1] ?? Number.NaN;
}
