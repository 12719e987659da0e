import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package this code is part of, from sources and from the build alike. */
export interface PackageInfo {
  readonly root: string;
  readonly version: string;
}

/** Walks up to this package's own package.json. */
export function packageInfo(): PackageInfo {
  let folder = __dirname;
  for (;;) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
      if (name === 'genesyscloud-compliance' && version !== undefined) return { root: folder, version };
    }
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json of genesyscloud-compliance above ${__dirname}.`);
    folder = parent;
  }
}
