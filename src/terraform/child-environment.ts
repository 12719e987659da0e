/** What a terraform that only looks is given of the environment. */

type Environment = NodeJS.ProcessEnv;

/** Read by commands alone: programs that a folder runs have no business with them. */
const OF_COMMANDS: readonly string[] = ['GENESYSCLOUD_COMPLIANCE_WEBHOOK'];

/** The environment without what only commands read. What the provider and other providers read stays. */
export function withoutCommandVariables(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OF_COMMANDS.includes(name)));
}

/** Options that make init or plan write into the folder, or send a plan elsewhere. */
const WRITING = /(?:^|\s)["']?--?(generate-config-out|state-out|backup)(?:[=\s"']|$)/;

/**
 * Why nothing is looked at: TF_CLI_ARGS and its siblings hold an option that would write. Undefined where they do not. Options
 * that commands say no to themselves, such as -lock and -upgrade, need no mention: the last word counts.
 */
export function writingArguments(env: Environment): string | undefined {
  for (const [name, value] of Object.entries(env)) {
    if (!/^TF_CLI_ARGS(?:_(?:init|plan|show))?$/.test(name) || value === undefined) continue;
    const found = WRITING.exec(value)?.[1];
    if (found !== undefined) {
      return `${name} holds -${found}, with which looking would write. Nothing was looked at: run drift without it.`;
    }
  }
  return undefined;
}
