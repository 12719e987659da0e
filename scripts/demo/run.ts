import { spawn, type ChildProcess } from 'node:child_process';

/** How a child process ended, with everything it printed. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called with each whole line as it comes. */
  readonly onLine?: (line: string) => void;
}

/** A failed step of the demo: what was run and what it said. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** Runs child processes and remembers them, so that all can be stopped whatever happens. */
export class Children {
  private readonly running = new Set<ChildProcess>();
  private stopping = false;

  /** Runs to the end. Rejects only when the command cannot be started. */
  run(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
    if (this.stopping) return Promise.reject(new StepFailed('stopped'));
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
      this.running.add(child);
      let output = '';
      let rest = '';
      const take = (chunk: Buffer): void => {
        const text = chunk.toString('utf8');
        output += text;
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) options.onLine?.(line);
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.on('error', (error) => {
        this.running.delete(child);
        reject(new StepFailed(`"${command}" could not be started: ${error.message}`));
      });
      child.on('close', (code, signal) => {
        this.running.delete(child);
        if (rest !== '') options.onLine?.(rest);
        resolve({ code: code ?? (signal === null ? 1 : 130), output });
      });
    });
  }

  /** Runs and demands one of the given exit codes. */
  async expect(
    codes: readonly number[],
    command: string,
    args: readonly string[],
    options: RunOptions,
  ): Promise<Ended> {
    const ended = await this.run(command, args, options);
    if (!codes.includes(ended.code)) {
      throw new StepFailed(
        `"${[command.split('/').pop(), ...args].join(' ')}" ended with ${ended.code} where ${codes.join(' or ')} was expected.\n${ended.output.trim()}`,
      );
    }
    return ended;
  }

  /** Interrupts what runs, gives it ten seconds to save its state, then ends it. */
  async stop(): Promise<void> {
    this.stopping = true;
    const left = [...this.running];
    for (const child of left) child.kill('SIGINT');
    await Promise.all(
      left.map(
        (child) =>
          new Promise<void>((resolve) => {
            const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
            child.once('close', () => {
              clearTimeout(force);
              resolve();
            });
          }),
      ),
    );
  }
}
