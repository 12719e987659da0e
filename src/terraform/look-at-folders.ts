/**
 * Looks at a folder with the real terraform, read-only: init, plan with refresh and without a lock, show. There is no way
 * from here to an apply, and a plan writes no state. The plan file holds secrets, so it lives in a private folder for as
 * long as it is read. What remains in the folder is `.terraform`, as init leaves it.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redact, registerPlan } from '../secrets';
import { failedLook, lookAtPlan, NotALog, NotAPlan, parsePlanLog, PlanReader, type Look, type PlanLog } from '../plan';
import { inParallel } from '../time';
import { withoutCommandVariables, writingArguments } from './child-environment';
import type { Ended, RunProcess } from './process';
import { readSynthesized } from './synthesized-stack';

/** One folder with a configuration. */
export interface Folder {
  /** What people call it. */
  readonly name: string;
  readonly path: string;
}

export interface TerraformSettings {
  /** The executable: `terraform`, `tofu`, or a path. */
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds for each of init, plan and show. */
  readonly timeoutMs: number;
  /** Whether to run init; false for folders that are initialized. */
  readonly init: boolean;
  readonly run: RunProcess;
  readonly signal: AbortSignal;
}

const MOST_CHARACTERS = 2_000;
const LOCK_FILE = '.terraform.lock.hcl';

/**
 * All that would write a state, change a lock file or look away, said no to in so many words: TF_CLI_ARGS and its
 * siblings come before these on the command line, and the last word counts.
 */
const INIT = ['-input=false', '-upgrade=false', '-migrate-state=false', '-reconfigure=false', '-force-copy=false'];
const PLAN = ['-input=false', '-lock=false', '-refresh=true', '-refresh-only=false', '-destroy=false'];

/** Looks at many folders, at most `width` at once, in the order of the folders. `progress` hears of each that is done. */
export function lookAtFolders(
  folders: readonly Folder[],
  width: number,
  settings: TerraformSettings,
  progress: (name: string, done: number) => void = () => undefined,
): Promise<readonly Look[]> {
  let done = 0;
  return inParallel(folders, width, async (folder) => {
    const look = await lookAtFolder(folder, settings);
    progress(folder.name, ++done);
    return look;
  });
}

/** Looks at one folder. Whatever goes wrong is told in the look, never thrown. */
export async function lookAtFolder(folder: Folder, settings: TerraformSettings): Promise<Look> {
  if (!existsSync(folder.path)) return failedLook(folder.name, `There is no folder ${folder.path}.`);
  const scratch = await mkdtemp(join(tmpdir(), 'genesyscloud-compliance-drift-'));
  const lockFile = join(folder.path, LOCK_FILE);
  const wasLocked = existsSync(lockFile);
  try {
    return await look(folder, settings, join(scratch, 'plan'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const hint = (error as { code?: unknown }).code === 'ENOENT' ? ' Install it, or name it with --terraform.' : '';
    return failedLook(folder.name, `${settings.program} could not be run in ${folder.path}: ${why}.${hint}`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
    // Where there was no lock file, init made one: the next run is to choose versions again, as this one did.
    if (settings.init && !wasLocked) await rm(lockFile, { force: true });
  }
}

async function look({ name, path }: Folder, settings: TerraformSettings, planFile: string): Promise<Look> {
  const { program, timeoutMs, signal } = settings;
  const writes = writingArguments(settings.env);
  if (writes !== undefined) return failedLook(name, writes);
  const env = {
    ...withoutCommandVariables(settings.env),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    NO_COLOR: '1',
  };
  const options = { cwd: path, env, timeoutMs, signal };
  const run = (...args: readonly string[]): Promise<Ended> => settings.run(program, args, options);

  if (settings.init) {
    // What a team has pinned stays pinned: a run that only looks does not change the lock file.
    const pinned = existsSync(join(path, LOCK_FILE)) ? ['-lockfile=readonly'] : [];
    const init = await run('init', '-no-color', ...INIT, ...pinned);
    if (init.code !== 0) return failedLook(name, failure(`${program} init`, path, init, plainErrors(init)));
  }
  const plan = await run('plan', '-no-color', '-json', ...PLAN, `-out=${planFile}`);
  const log = logOf(plan);
  const errors = errorsIn(log) || plainErrors(plan);
  const problems = plan.code === 0 ? [] : [failure(`${program} plan`, path, plan, errors)];
  if (!existsSync(planFile) || plan.stopped !== undefined) {
    return failedLook(name, problems[0] ?? `${program} plan in ${path} wrote no plan.`);
  }

  try {
    const reader = new PlanReader();
    const take = (bytes: Buffer): void => reader.push(bytes);
    const show = await settings.run(program, ['show', '-no-color', '-json', planFile], { ...options, take });
    if (show.code !== 0) return failedLook(name, failure(`${program} show`, path, show, plainErrors(show)));
    const shown = reader.end();
    registerPlan(shown);
    return { ...lookAtPlan(name, shown, await readSynthesized(path), problems), ...(log === undefined ? {} : { log }) };
  } catch (error) {
    if (!(error instanceof NotAPlan)) throw error;
    return failedLook(name, `What ${program} show wrote in ${path} cannot be read. ${error.message}`);
  }
}

function failure(command: string, path: string, ended: Ended, errors: string): string {
  if (ended.stopped === 'timeout') {
    return `"${command}" in ${path} took too long and was stopped. Give it more time with --timeout.`;
  }
  if (ended.stopped === 'interrupt') return `"${command}" in ${path} was interrupted.`;
  const how = ended.code === null ? 'was killed' : `ended with exit code ${ended.code}`;
  // Before it is cut: half a secret would not be found any more.
  const text = errors === '' ? 'It said nothing.' : redact(errors);
  return `"${command}" in ${path} ${how}, so not everything could be looked at.\n${text.slice(0, MOST_CHARACTERS)}`;
}

/** What a plan said in JSON; undefined for one that ended before it said anything so. */
function logOf({ stdout }: Ended): PlanLog | undefined {
  try {
    return parsePlanLog(stdout);
  } catch (error) {
    if (!(error instanceof NotALog)) throw error;
    return undefined;
  }
}

function errorsIn(log: PlanLog | undefined): string {
  return (log?.diagnostics ?? [])
    .filter(({ severity }) => severity === 'error')
    .map(({ address, summary, detail }) => {
      const where = address === undefined ? '' : `${address}: `;
      return `${where}${summary}${detail === '' ? '' : `. ${detail}`}`;
    })
    .join('\n');
}

/** Errors as terraform prints them for people, without boxes. */
function plainErrors({ stdout, stderr }: Ended): string {
  const text = (stderr.trim() === '' ? stdout : stderr).replace(/^[│╷╵ ]+/gm, '').replace(/\n{2,}/g, '\n');
  const begin = text.indexOf('Error:');
  return text.slice(Math.max(begin, 0)).trim();
}
