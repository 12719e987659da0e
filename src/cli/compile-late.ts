import { setFlagsFromString } from 'node:v8';

/**
 * How often V8 has to see code before it compiles it to its best, by V8's major version: that of Node 20 and that of Node 22. A
 * command is over in a second, and what these compile by themselves is a third of its processor time, for code that then hardly
 * runs. Later ones compile less. Their default is 132 KB of executed bytecode, and 3,000 calls.
 */
const LATER: Readonly<Record<string, string>> = {
  11: '--interrupt-budget=300000',
  12: '--invocation-count-for-turbofan=7000',
};

/** The flag for a version of V8; undefined for one that needs none, or of which nobody tried. V8 complains on stderr of flags that it does not know. */
export function laterFlag(version: string): string | undefined {
  return LATER[version.split('.')[0] ?? ''];
}

/** For this process, from here on. Changes when code is compiled, and nothing of what it does. */
export function compileLate(): void {
  const flag = laterFlag(process.versions.v8);
  if (flag !== undefined) setFlagsFromString(flag);
}
