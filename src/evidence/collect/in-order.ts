/** Doing many things at once and giving the results in the order of the items, so that they can be written as they come. */

/** Results in order; at most `width` are under way. The first error ends it; what is under way is waited for. */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const one = work(item);
      // Its error is met when its turn comes; until then nobody listens.
      one.catch(() => undefined);
      underWay.push(one);
      if (underWay.length >= width) yield await (underWay.shift() as Promise<Result>);
    }
    while (underWay.length > 0) yield await (underWay.shift() as Promise<Result>);
  } finally {
    await Promise.allSettled(underWay);
  }
}
