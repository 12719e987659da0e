/**
 * What of Genesys Cloud's SDK goes into the provider: its client, which sends every request here, and not the 2 MB of
 * classes with a method for each endpoint. Loading it is on the way of every plan that asks Genesys Cloud anything.
 */
import { readFileSync } from 'node:fs';
import type { Plugin, StdinOptions } from 'esbuild';

/** The package, as `src/genesys/sdk.ts` imports it. */
export const SDK = 'purecloud-platform-client-v2';

const SOURCES = `${SDK}/src/${SDK}`;

/** Stands in for the package's main file, with what `src/genesys/sdk.ts` takes from it. */
export function genesysSdk(resolveDir: string): StdinOptions {
  return {
    resolveDir,
    contents: `
      import ApiClientClass from '${SOURCES}/ApiClient.js';
      import DefaultHttpClient from '${SOURCES}/DefaultHttpClient.js';
      module.exports = { ApiClient: new ApiClientClass(), ApiClientClass, DefaultHttpClient };
    `,
  };
}

/**
 * Modules that the client loads and that are never used here, in the least form that lets it load.
 *
 * winston: the SDK's log is switched off, since stdout belongs to Terraform; with this, not even a configuration file in the
 * home folder switches it on. form-data: bodies are JSON.
 */
const UNUSED: Readonly<Record<string, string>> = {
  winston: `
    const format = () => () => ({});
    class Transport {}
    module.exports = {
      createLogger: () => ({ transports: [], add() {}, log() {} }),
      format: Object.assign(format, { combine: format, simple: format, json: format }),
      transports: { File: Transport, Console: Transport },
    };
  `,
  'form-data': 'module.exports = class FormData {};',
};

/**
 * What axios does while it loads and that is never used here, with what stands there instead. Each of them makes Node load
 * its own fetch, which takes as long as the rest of the SDK; requests go through `node:http`, axios's first choice in Node.
 */
const UNUSED_FETCH: readonly (readonly [found: string, instead: string])[] = [
  // Tries out what this Node's fetch can do. Without it, that is done when the fetch adapter is first asked for.
  ['\ngetFetch();\n', '\n'],
  // Is looked into for FormData only.
  ['\nconst G = getGlobal();\n', '\nconst G = {};\n'],
];

/** The text of axios without {@link UNUSED_FETCH}. Throws when it reads otherwise than expected: it has to be looked at. */
export function withoutFetch(axios: string): string {
  return UNUSED_FETCH.reduce((text, [found, instead]) => {
    const parts = text.split(found);
    if (parts.length === 2) return parts.join(instead);
    throw new Error(
      `Cannot leave fetch out of axios: ${JSON.stringify(found)} is there ${parts.length - 1} times, not once. ` +
        'Look for what axios does with fetch while it loads, and adapt UNUSED_FETCH in scripts/genesys-sdk-bundle.ts.',
    );
  }, axios);
}

/** Leaves {@link UNUSED} and fetch out, and takes axios as the package's own build does: in one CommonJS file. */
export const withoutUnused: Plugin = {
  name: 'without-unused-parts',
  setup(builder) {
    builder.onResolve({ filter: /^(winston|form-data)$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    builder.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({ contents: UNUSED[path] ?? '' }));
    builder.onResolve({ filter: /^axios$/ }, ({ resolveDir }) => ({
      path: require.resolve('axios/dist/node/axios.cjs', { paths: [resolveDir] }),
    }));
    builder.onLoad({ filter: /axios\.cjs$/ }, ({ path }) => ({ contents: withoutFetch(readFileSync(path, 'utf8')) }));
  },
};
