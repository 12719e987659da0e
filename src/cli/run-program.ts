import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { CommandError } from './command';

/**
 * Runs a program of the user's on the same terminal, with more in its environment, and resolves with its exit code (128 and
 * the signal's number where a signal ended it, as shells say it). It ends when the program does: Ctrl-C reaches the program by
 * the terminal, a SIGTERM is passed on, and however long terraform takes to stop, it is waited for.
 * Throws a CommandError where there is no such program.
 */
export async function runProgram(
  [file = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const child = spawn(file, words, { stdio: 'inherit', env: { ...process.env, ...env } });
  const passOn = (): void => void child.kill('SIGTERM');
  const leaveToTheTerminal = (): void => undefined;
  process.on('SIGTERM', passOn).on('SIGINT', leaveToTheTerminal);
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + constants.signals[signal ?? 'SIGTERM'];
  } catch (error) {
    throw new CommandError(`"${file}" was not started: ${(error as Error).message}.`);
  } finally {
    process.off('SIGTERM', passOn).off('SIGINT', leaveToTheTerminal);
  }
}
