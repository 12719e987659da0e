import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NotAPlan, parsePlan } from '../plan';
import { readSynthesized } from '../terraform';
import { planTextOf } from '../review';
import { registerPlan } from '../secrets';
import { whyUnreadable } from './unreadable';

/** A plan as `terraform show -json` printed it, and the `cdk.tf.json` beside it. */
export interface PlanFile {
  readonly plan: ReturnType<typeof parsePlan>;
  /** Undefined where there is none. */
  readonly synthesized: Awaited<ReturnType<typeof readSynthesized>>;
}

/** What `--plan FILE` is called: its path, or `stdin` for `-`. */
export function planFileName(file: string): string {
  return file === '-' ? 'stdin' : file;
}

/** Reads what `--plan FILE` names; `-` is the standard input. Throws {@link NotAPlan}, also for a file that cannot be read. */
export function readPlanFile(file: string): Promise<PlanFile> {
  return file === '-' ? readPlan(standardInput, null) : readPlan(() => readFile(file), dirname(file));
}

/** Reads a plan from anywhere; `folder` may have a `cdk.tf.json`. Throws {@link NotAPlan}, also when `bytes` cannot be had. */
export async function readPlan(bytes: () => Promise<Buffer>, folder: string | null): Promise<PlanFile> {
  try {
    const plan = parsePlan(planTextOf(await bytes()));
    registerPlan(plan);
    return { plan, synthesized: folder === null ? undefined : await readSynthesized(folder) };
  } catch (error) {
    if (!isOfFiles(error)) throw error;
    throw new NotAPlan(`The plan cannot be read: ${whyUnreadable(error)}.`);
  }
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Errors of the file system: a file that is not there, or may not be read. */
function isOfFiles(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
