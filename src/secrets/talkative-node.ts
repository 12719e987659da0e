/**
 * Node itself prints requests with their credentials when it is told to: `NODE_DEBUG=http` writes headers to stderr, past
 * every redactor, and Terraform puts that into TF_LOG. Node reads these variables before any program runs, so that a program
 * can only start again without them.
 */

type Environment = Readonly<Record<string, string | undefined>>;

const READ_BY_NODE: readonly string[] = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'];
/** Read by packages when they are loaded. */
const READ_BY_PACKAGES = 'DEBUG';

/** The variables of this kind that are set. */
export function talkativeVariables(environment: Environment): readonly string[] {
  return READ_BY_NODE.filter((name) => (environment[name] ?? '') !== '');
}

/** What can be replaced in the running process, for tests. */
export interface ThisProcess {
  readonly env: Record<string, string | undefined>;
  readonly execPath: string;
  readonly execArgv: readonly string[];
  readonly argv: readonly string[];
  /** Node 22.15 and later, not on Windows: another program takes the place of this one, with its id and its pipes. */
  readonly execve?: (file: string, args: readonly string[], env: Readonly<Record<string, string>>) => never;
}

/**
 * Sees to it that nothing prints requests. Starts this process again where that is needed and possible; else answers why it
 * must not continue, with what to do. Undefined: continue. To be called before anything is loaded that sends.
 */
export function silenceNode(self: ThisProcess): string | undefined {
  delete self.env[READ_BY_PACKAGES];
  const names = talkativeVariables(self.env);
  if (names.length === 0) return undefined;
  if (self.execve !== undefined) {
    const env = Object.entries(self.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const quiet = Object.fromEntries(env.filter(([name]) => !READ_BY_NODE.includes(name)));
    // In a self-contained executable the first argument is the executable itself, and Node puts it there again.
    const [, script = '', ...words] = self.argv;
    const program = script === self.execPath ? [] : [script];
    self.execve(self.execPath, [self.execPath, ...self.execArgv, ...program, ...words], quiet);
  }
  return `${names.join(' and ')} is set: Node.js would print every request with its credentials to stderr. Unset ${names.length === 1 ? 'it' : 'them'} and run again.`;
}
