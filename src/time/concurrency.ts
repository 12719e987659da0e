/** Doing many things, a bounded number of them at once. */
import { setMaxListeners } from 'node:events';

/** Something that says how many at once; asked before each start. */
export interface Limited {
  readonly limit: number;
}

type Items<T> = Iterable<T> | AsyncIterable<T> | ((signal: AbortSignal) => AsyncIterable<T>);

/**
 * Calls `work` for each item, in order, at most `width` at a time, and resolves when all are done. A stream is read only as fast
 * as the work goes. The first error of items or work ends the reading and aborts the signal that both are given; what is
 * under way is waited for, then the error is thrown. Without a `signal` only such an error aborts.
 */
export async function forEachConcurrently<T>(
  items: Items<T>,
  width: number | Limited,
  work: (item: T, signal: AbortSignal) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const control = typeof width === 'number' ? { limit: width } : width;
  const ending = new AbortController();
  const both = signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal]);
  // Every request under way listens to it: Node would take more than ten for a leak and warn on stderr.
  setMaxListeners(0, both);
  let underWay = 0;
  let failure: { readonly error: unknown } | undefined;
  let wake: (() => void) | undefined;
  const oneDone = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const failed = (): boolean => failure !== undefined;
  const run = async (item: T): Promise<void> => {
    try {
      await work(item, both);
    } catch (error) {
      failure ??= { error };
      ending.abort(error);
    } finally {
      underWay -= 1;
      wake?.();
    }
  };
  try {
    for await (const item of typeof items === 'function' ? items(both) : items) {
      underWay += 1;
      void run(item);
      while (underWay >= Math.max(1, control.limit)) await oneDone();
      if (failed()) break;
    }
  } catch (error) {
    failure ??= { error };
  }
  while (underWay > 0) await oneDone();
  if (failure !== undefined) throw failure.error;
}

/** Reads one item ahead, so that the next page of a listing is on its way while this one is worked on. */
export async function* readAhead<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const current = await next;
      if (current.done === true) return;
      next = iterator.next();
      // Its error is met when its turn comes; until then nobody listens.
      next.catch(() => undefined);
      yield current.value;
    }
  } finally {
    await next.catch(() => undefined);
    await iterator.return?.();
  }
}

/** Does the work for each item, at most `width` at once, and keeps the order. Fails as soon as one fails. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return results;
}
