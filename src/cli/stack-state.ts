import { existsSync, statSync } from 'node:fs';
import { NotAState } from '../review';
import { runProcess, type Folder } from '../terraform';

const TIMEOUT_MS = 300_000;

/** What was read of a stack's state, or why nothing was. */
export type StackState<State> = { readonly state: State } | { readonly problem: string };

/** Reads the state of a stack with "terraform show -json"; asks nobody else and changes nothing. `read` may throw {@link NotAState}. */
export async function stateOf<State>(
  { path }: Folder,
  program: string,
  signal: AbortSignal,
  read: (text: string) => State,
): Promise<StackState<State>> {
  if (!existsSync(path) || !statSync(path).isDirectory()) return { problem: `There is no folder ${path}.` };
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
  try {
    const shown = await runProcess(program, ['show', '-json', '-no-color'], {
      cwd: path,
      env,
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    if (shown.code === 0) return { state: read(shown.stdout) };
    const why = shown.stopped === undefined ? shown.stderr.trim() : `stopped (${shown.stopped})`;
    return { problem: `"${program} show" in ${path} failed. Is the folder initialized (terraform init)?\n${why}` };
  } catch (error) {
    if (error instanceof NotAState) return { problem: error.message };
    const isMissing = (error as { code?: unknown }).code === 'ENOENT';
    return {
      problem: isMissing
        ? `There is no program "${program}" on the PATH. Install Terraform, or name it with --terraform.`
        : `"${program} show" in ${path} could not be run: ${(error as Error).message}`,
    };
  }
}
