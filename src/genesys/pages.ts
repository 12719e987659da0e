/** Walks through listings, whichever way the endpoint turns its pages. */
import type { Client } from './client';
import type { Request } from './transport';

interface Page<Entity> {
  readonly entities?: readonly Entity[];
  readonly nextUri?: string | null;
  readonly cursor?: string | null;
  readonly pageNumber?: number;
  readonly pageCount?: number;
}

/**
 * Every entity of a listing, page by page. The next page is the one that `nextUri` or `cursor` name, else the next
 * number while `pageCount` promises more. Ends when a page repeats itself, so that no server can hold us for ever.
 */
export async function* pages<Entity>(
  client: Client,
  request: Request,
  signal: AbortSignal,
): AsyncGenerator<readonly Entity[]> {
  let query = request.query ?? {};
  const seen = new Set<string>();
  for (;;) {
    const page = await client.call<Page<Entity>>({ ...request, query }, signal);
    const entities = page.entities ?? [];
    if (entities.length > 0) yield entities;
    const next = nextQuery(page, query);
    const key = JSON.stringify(next);
    if (next === undefined || seen.has(key)) return;
    seen.add(key);
    query = { ...query, ...next };
  }
}

function nextQuery(
  page: Page<unknown>,
  query: Readonly<Record<string, unknown>>,
): Record<string, string | number> | undefined {
  if (typeof page.nextUri === 'string' && page.nextUri !== '') {
    const params = new URL(page.nextUri, 'https://api.invalid').searchParams;
    const cursor = params.get('cursor');
    if (cursor !== null) return { cursor };
    const number = params.get('pageNumber');
    if (number !== null) return { pageNumber: Number(number) };
  }
  if (typeof page.cursor === 'string' && page.cursor !== '') return { cursor: page.cursor };
  const current = page.pageNumber ?? Number(query['pageNumber'] ?? 1);
  return page.pageCount !== undefined && page.pageCount > current ? { pageNumber: current + 1 } : undefined;
}
