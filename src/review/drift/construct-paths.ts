import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

type Elements = Readonly<Record<string, Readonly<Record<string, { readonly '//'?: unknown }>>>>;

/** Address to construct path for each resource of a synthesized stack; empty when the folder was not made by cdktf. */
export async function readConstructPaths(folder: string): Promise<ReadonlyMap<string, string>> {
  let text: string;
  try {
    text = await readFile(join(folder, 'cdk.tf.json'), 'utf8');
  } catch {
    return new Map();
  }
  return constructPathsIn(text);
}

/** The same from the text of cdk.tf.json. What cannot be read there has no path, which is no reason to fail. */
export function constructPathsIn(text: string): ReadonlyMap<string, string> {
  let resources: Elements | undefined;
  try {
    resources = (JSON.parse(text) as { readonly resource?: Elements }).resource;
  } catch {
    return new Map();
  }
  const found = new Map<string, string>();
  for (const [type, elements] of Object.entries(resources ?? {})) {
    for (const [name, element] of Object.entries(elements)) {
      const path = (element['//'] as { readonly metadata?: { readonly path?: unknown } } | undefined)?.metadata?.path;
      if (typeof path === 'string') found.set(`${type}.${name}`, path);
    }
  }
  return found;
}
