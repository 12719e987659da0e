import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The parsed `cdk.tf.json` of a folder, which says where resources come from in the code. Undefined when the folder was not
 * made by cdktf, or when it cannot be read: a report without construct paths is better than none.
 */
export async function readSynthesized(folder: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(folder, 'cdk.tf.json'), 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}
