import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProvider } from '../../scripts/bundle-provider';
import { withoutFetch } from '../../scripts/genesys-sdk-bundle';

describe('the built provider', () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gcc-bundle-'));
    await bundleProvider(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The modules of Node's own fetch that are loaded in a process of its own once `script` has run. */
  function fetchLoadedBy(script: string): readonly string[] {
    const report = `${script}; console.log(JSON.stringify(process.moduleLoadList))`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', report], { encoding: 'utf8', cwd: folder });
    if (stdout === '') throw new Error(stderr);
    return (JSON.parse(stdout) as readonly string[]).filter((name) => name.includes('undici'));
  }

  test("the SDK loads and makes a client without Node's own fetch, which takes as long as all of it", () => {
    const load = "const sdk = require('./genesys-sdk.cjs'); new sdk.ApiClientClass(); new sdk.DefaultHttpClient(1000)";

    expect(fetchLoadedBy(load)).toEqual([]);
    // The question can be answered: with fetch, the list tells.
    expect(fetchLoadedBy(`${load}; void globalThis.FormData`)).not.toEqual([]);
  });

  test('no part brings in the loader of ECMAScript modules: late parts come by require', () => {
    const importing = readdirSync(folder).filter((file) =>
      /\bimport\("\.\/[a-z0-9-]+\.cjs"\)/.test(readFileSync(join(folder, file), 'utf8')),
    );

    expect(importing).toEqual([]);
    expect(readFileSync(join(folder, 'compliance.cjs'), 'utf8')).toContain('require("./genesys-sdk.cjs")');
  });
});

describe('leaving fetch out of axios', () => {
  test('an axios that reads otherwise stops the build, which says where to look', () => {
    expect(() => withoutFetch('const G = getGlobal();\n')).toThrow(
      /getFetch.* is there 0 times, not once.*UNUSED_FETCH in scripts\/genesys-sdk-bundle\.ts/,
    );
  });

  test('a place that is there twice is not guessed at', () => {
    expect(() => withoutFetch('\ngetFetch();\n\ngetFetch();\n\nconst G = getGlobal();\n')).toThrow(/2 times, not once/);
  });
});
