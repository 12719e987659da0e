/** One line of the matrix, and how it is come by. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What was tried, and how it ended. */
export interface Row {
  readonly label: string;
  /** Which versions it was. */
  readonly versions: string;
  readonly ms: number;
  /** What went wrong, with what was printed; undefined when all went well. */
  readonly problem: string | undefined;
}

/** Does it in a folder of its own, which goes afterwards. */
export async function row(label: string, work: (folder: string) => Promise<string>): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-'));
  const began = process.hrtime.bigint();
  const took = () => Number(process.hrtime.bigint() - began) / 1e6;
  try {
    const versions = await work(folder);
    return { label, versions, ms: took(), problem: undefined };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    return { label, versions: '', ms: took(), problem: [(error as Error).message, stdout, stderr].join('\n') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
