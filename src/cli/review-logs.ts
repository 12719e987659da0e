import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NotALog, readPlanLog, type PlanLog } from '../plan';
import type { UnreadPlan } from '../review';
import { CommandError } from './command';
import { bytesOf, planFileName } from './plan-file';
import { whyUnreadable } from './unreadable';

/** Logs of plans. */
export interface GivenLogs {
  /** By the name of the plan. */
  readonly logs: ReadonlyMap<string, PlanLog>;
  /** Those of which no plan was given: none came of it. */
  readonly alone: readonly UnreadPlan[];
}

/**
 * Reads the logs that `--log` names, `FILE` or `PLAN=FILE`. `plans` are the names of the plans that were given; in the
 * folder of a stack, `plan.log` needs no option. Throws a
 * CommandError for a log that is none, and for one of which it is not clear which plan it belongs to.
 */
export async function readLogs(
  given: readonly string[],
  plans: readonly string[],
  isStdinTaken: boolean,
  stacks: readonly { readonly name: string; readonly path: string }[],
): Promise<GivenLogs> {
  const logs = new Map<string, PlanLog>();
  const alone: UnreadPlan[] = [];
  const pairs = given.map((text) => pairOf(text, plans));
  if (pairs.filter(({ file }) => file === '-').length > (isStdinTaken ? 0 : 1)) {
    throw new CommandError('Only one plan or log can come from stdin. Write the others to files.');
  }
  for (const { plan, file } of pairs) {
    if (plan !== undefined && logs.has(plan))
      throw new CommandError(`${plan} has two logs. Name one --log for each plan.`);
    const log = await readLog(file);
    if (plan === undefined) alone.push({ name: planFileName(file), problem: NO_PLAN, log });
    else logs.set(plan, log);
  }
  for (const { name, path } of stacks) {
    const log = logs.has(name) ? undefined : await logBeside(path);
    if (log !== undefined) logs.set(name, log);
  }
  return { logs, alone };
}

/** The log beside the plan of a stack. A file of that name that is none belongs to somebody else. */
async function logBeside(folder: string): Promise<PlanLog | undefined> {
  const [file, plan] = [join(folder, 'plan.log'), join(folder, 'plan')];
  if (!existsSync(file)) return undefined;
  // Terraform writes the plan before its last word: an older log is of an earlier run.
  if (existsSync(plan) && statSync(file).mtimeMs < statSync(plan).mtimeMs) return undefined;
  try {
    return await readPlanLog(bytesOf(file));
  } catch (error) {
    if (error instanceof NotALog) return undefined;
    throw new CommandError(`${file} cannot be read: ${whyUnreadable(error)}.`);
  }
}

/** The log of a plan, for what takes one. */
export function logIn(logs: GivenLogs['logs'], plan: string): { readonly log?: PlanLog } {
  const log = logs.get(plan);
  return log === undefined ? {} : { log };
}

const NO_PLAN = 'Only the log was given, so what would change is unknown. Give the plan too, if Terraform wrote one.';

/** Which plan a log belongs to; undefined where there is none. */
function pairOf(text: string, plans: readonly string[]): { readonly plan: string | undefined; readonly file: string } {
  const named = plans.find((name) => text.startsWith(`${name}=`));
  if (named !== undefined) return { plan: named, file: text.slice(named.length + 1) };
  const [only, ...others] = plans;
  if (others.length > 0) {
    throw new CommandError(
      `Which plan does --log ${text} belong to? Of several plans, name it: --log ${only ?? ''}=${text}. The plans are ${plans.join(', ')}.`,
    );
  }
  return { plan: only, file: text };
}

async function readLog(file: string): Promise<PlanLog> {
  try {
    return await readPlanLog(file === '-' ? process.stdin : bytesOf(file));
  } catch (error) {
    if (error instanceof NotALog) throw new CommandError(`--log ${file}: ${error.message}`);
    throw new CommandError(`--log ${file} cannot be read: ${whyUnreadable(error)}.`);
  }
}
