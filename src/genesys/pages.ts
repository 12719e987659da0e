/** Walks through listings, whichever way the endpoint turns its pages. */
import type { Caller } from './bounded';
import type { Asked } from './operation';
import type { Page } from './shapes';
import type { Request } from './transport';

/**
 * Every entity of a listing, page by page. The next page is the one that `nextUri` or `cursor` name, else the next
 * number while `pageCount` promises more. Throws {@link GenesysError} as {@link Client.call}, and for a listing that is
 * not whole: pages that come again, or fewer entities than its total says.
 *
 * @param keyOf what tells entities apart
 */
export async function* pages<Entity>(
  client: Caller,
  request: Request<Page<Entity>>,
  keyOf: (entity: Entity) => string,
  signal: AbortSignal,
): AsyncGenerator<readonly Entity[]> {
  for await (const { entities } of pagesWithPlace(client, request, keyOf, signal))
    if (entities.length > 0) yield entities;
}

/** A page, and where the listing continues: what to add to its query; undefined at the end. */
export interface PlacedPage<Entity> {
  readonly entities: readonly Entity[];
  readonly next: Readonly<Record<string, string | number>> | undefined;
}

/** As {@link pages}, empty ones too, for a listing that is continued later from where it stopped. */
export async function* pagesWithPlace<Entity>(
  client: Caller,
  request: Request<Page<Entity>>,
  keyOf: (entity: Entity) => string,
  signal: AbortSignal,
): AsyncGenerator<PlacedPage<Entity>> {
  let query: Asked['query'] = request.query;
  const asked = new Set<string>();
  let last: ReadonlySet<string> = new Set();
  let listed = 0;
  for (;;) {
    const page = await client.call({ ...request, ...(query === undefined ? {} : { query }) }, signal);
    const keys = new Set(page.entities.map(keyOf));
    if (keys.size > 0 && keys.size === last.size && [...keys].every((key) => last.has(key))) {
      throw client.foreign(request, 'a page of the list came twice');
    }
    last = keys;
    listed += page.entities.length;
    const next = nextQuery(page, query);
    yield { entities: page.entities, next };
    if (next === undefined) {
      if (page.total === undefined || listed >= page.total) return;
      throw client.foreign(request, `the list ends after ${listed} of ${page.total}`);
    }
    const key = JSON.stringify(next);
    if (asked.has(key)) throw client.foreign(request, 'its pages lead in a circle');
    asked.add(key);
    query = { ...query, ...next };
  }
}

function nextQuery(page: Page<unknown>, query: Asked['query']): Record<string, string | number> | undefined {
  if (page.nextUri !== undefined && page.nextUri !== '') {
    const params = new URL(page.nextUri, 'https://api.invalid').searchParams;
    const cursor = params.get('cursor');
    if (cursor !== null) return { cursor };
    const number = params.get('pageNumber');
    if (number !== null) return { pageNumber: Number(number) };
  }
  if (page.cursor !== undefined && page.cursor !== '') return { cursor: page.cursor };
  const current = page.pageNumber ?? Number(query?.['pageNumber'] ?? 1);
  return page.pageCount !== undefined && page.pageCount > current ? { pageNumber: current + 1 } : undefined;
}
