import { createReadStream } from 'node:fs';
import { dirname } from 'node:path';
import { NotAPlan, readPlan, type PlanJson } from '../plan';
import { readSynthesized } from '../terraform';
import { registerPlan } from '../secrets';
import { whyUnreadable } from './unreadable';

/** A plan as `terraform show -json` printed it, and the `cdk.tf.json` beside it. */
export interface PlanFile {
  readonly plan: PlanJson;
  /** Undefined where there is none. */
  readonly synthesized: Awaited<ReturnType<typeof readSynthesized>>;
}

/** Bytes that are read at once. */
const PIECE = 2 ** 20;

/** What `--plan FILE` is called: its path, or `stdin` for `-`. */
export function planFileName(file: string): string {
  return file === '-' ? 'stdin' : file;
}

/** Reads what `--plan FILE` names; `-` is the standard input. Throws {@link NotAPlan}, also for a file that cannot be read. */
export function readPlanFile(file: string): Promise<PlanFile> {
  return file === '-'
    ? planFrom(() => readPlan(process.stdin), null)
    : planFrom(() => readPlan(bytesOf(file)), dirname(file));
}

/** Reads a plan from anywhere; `folder` may have a `cdk.tf.json`. Throws {@link NotAPlan}, also when it cannot be had. */
export async function planFrom(read: () => Promise<PlanJson>, folder: string | null): Promise<PlanFile> {
  try {
    const plan = await read();
    registerPlan(plan);
    return { plan, synthesized: folder === null ? undefined : await readSynthesized(folder) };
  } catch (error) {
    if (!isOfFiles(error)) throw error;
    throw new NotAPlan(`The plan cannot be read: ${whyUnreadable(error)}.`);
  }
}

/** A file, or a pipe, in pieces. */
export function bytesOf(file: string): AsyncIterable<Buffer> {
  return createReadStream(file, { highWaterMark: PIECE });
}

/** Errors of the file system: a file that is not there, or may not be read. */
function isOfFiles(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
