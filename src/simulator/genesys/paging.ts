/** The two ways in which the API cuts a list: numbered pages and cursors. */
import { ApiError } from './api-error';
import { wholeParameter } from './validation';

/** A numbered page as the API's entity listings have it. `path` is that of the request. */
export function numberedPage<T, U>(
  items: readonly T[],
  query: URLSearchParams,
  path: string,
  toEntity: (item: T) => U,
  limits: { readonly maxPageSize: number; readonly withTotal?: boolean } = { maxPageSize: 100 },
): Record<string, unknown> {
  const pageSize = wholeParameter(query, 'pageSize', { from: 1, to: limits.maxPageSize, fallback: 25 });
  const pageNumber = wholeParameter(query, 'pageNumber', { from: 1, to: 1_000_000, fallback: 1 });
  const pageCount = Math.max(1, Math.ceil(items.length / pageSize));
  const from = (pageNumber - 1) * pageSize;
  const uri = (number: number): string =>
    uriOf(path, query, { pageSize: String(pageSize), pageNumber: String(number) });
  return {
    entities: items.slice(from, from + pageSize).map(toEntity),
    pageSize,
    pageNumber,
    ...(limits.withTotal === false ? {} : { total: items.length, pageCount }),
    selfUri: uri(pageNumber),
    firstUri: uri(1),
    lastUri: uri(pageCount),
    ...(pageNumber > 1 ? { previousUri: uri(pageNumber - 1) } : {}),
    ...(pageNumber < pageCount ? { nextUri: uri(pageNumber + 1) } : {}),
  };
}

export interface CursorPage<T> {
  readonly items: readonly T[];
  readonly pageSize: number;
  /** Undefined on the last page. */
  readonly cursor: string | undefined;
}

/** A page behind a cursor. Throws 400 for a cursor this list did not make. */
export function cursorPage<T>(
  items: readonly T[],
  query: URLSearchParams,
  limits: { readonly maxPageSize: number; readonly pageSize?: number },
): CursorPage<T> {
  const pageSize = wholeParameter(query, 'pageSize', {
    from: 1,
    to: limits.maxPageSize,
    fallback: limits.pageSize ?? 25,
  });
  const [from = 0] = readCursor(query.get('cursor'));
  const next = from + pageSize;
  return { items: items.slice(from, next), pageSize, cursor: next < items.length ? writeCursor([next]) : undefined };
}

/** Path and query of a page, with these parameters in place of those of the request. */
export function uriOf(path: string, query: URLSearchParams, replace: Readonly<Record<string, string>>): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(replace)) next.set(name, value);
  return `${path}?${next.toString()}`;
}

/** A cursor that stands for a position, of one or more numbers. */
export function writeCursor(position: readonly number[]): string {
  return Buffer.from(`at:${position.join(':')}`).toString('base64url');
}

/** The position of a cursor; empty for none. Throws 400 for what {@link writeCursor} did not make. */
export function readCursor(cursor: string | null): readonly number[] {
  if (cursor === null || cursor === '') return [];
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^at(:\d{1,9})+$/.test(text)) throw new ApiError(400, 'bad.request', `The cursor [${cursor}] is not valid.`);
  return text.split(':').slice(1).map(Number);
}
