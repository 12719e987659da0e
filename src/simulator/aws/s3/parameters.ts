/** Which query parameters a request may have: what is not known to a route must not look as if it had worked. */
import type { S3Request } from './exchange';
import { notImplemented } from './s3-error';

/** Query parameters that change nothing about what is asked for. */
const HARMLESS = new Set(['x-id']);

/** The first query parameter that means something. */
export function subResource(query: URLSearchParams): string | undefined {
  return [...query.keys()].find((name) => !HARMLESS.has(name) && !name.startsWith('X-Amz-'));
}

/** Throws 501 for a parameter that is not in the list. */
export function allowOnly({ query }: Pick<S3Request, 'query'>, names: readonly string[]): void {
  for (const name of query.keys()) {
    if (!names.includes(name) && !HARMLESS.has(name) && !name.startsWith('X-Amz-')) throw notImplemented(`?${name}`);
  }
}
