import { getRawAsset } from 'node:sea';
import { requireOver } from './parts';

/** For a self-contained executable: parts, and what V8 compiled of them, are its assets. */
export const over = (node: (id: string) => unknown): ((id: string) => unknown) =>
  requireOver(node, (name) => ({
    text: assetOf(name)?.toString('latin1') ?? '',
    filename: `/genesyscloud-compliance/${name}`,
    compiled: assetOf(`${name}.compiled`),
  }));

/** Its bytes, where they lie in the executable; undefined when it has none of that name. */
function assetOf(name: string): Buffer | undefined {
  try {
    return Buffer.from(getRawAsset(name) as ArrayBuffer);
  } catch {
    return undefined;
  }
}
