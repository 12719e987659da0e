/**
 * What the vendor's client (`purecloud-platform-client-v2`) can ask. Its calls are generated from the whole API
 * description, so that a path which it has is a published one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** One call of the vendor's client. */
export interface ClientOperation {
  /** The names that its query may have. */
  readonly query: readonly string[];
  readonly hasBody: boolean;
}

const API = resolve(
  dirname(require.resolve('purecloud-platform-client-v2/package.json')),
  'src/purecloud-platform-client-v2/api',
);

/** callApi(path, method, path parameters, query parameters, header parameters, form parameters, body, … */
const CALL =
  /callApi\(\s*'(?<path>\/api\/[^']+)',\s*'(?<method>[A-Z]+)',\s*\{[^}]*\},\s*\{(?<query>[^}]*)\},\s*\{[^}]*\},\s*\{[^}]*\},\s*(?<body>[^,]+),/g;

let calls: readonly (ClientOperation & { readonly method: string; readonly path: RegExp })[] | undefined;

/** The client's call of this method and path; undefined when it has none. */
export function operationOfTheClient(method: string, path: string): ClientOperation | undefined {
  calls ??= readdirSync(API).flatMap((file) =>
    [...readFileSync(join(API, file), 'utf8').matchAll(CALL)].map(({ groups = {} }) => ({
      method: groups['method'] ?? '',
      path: new RegExp(`^${(groups['path'] ?? '').replace(/\{[^}]*\}/g, '[^/]+')}$`),
      query: [...(groups['query'] ?? '').matchAll(/'([^']+)':/g)].map(([, name]) => name ?? ''),
      hasBody: groups['body']?.trim() !== 'null',
    })),
  );
  return calls.find((call) => call.method === method && call.path.test(path));
}
