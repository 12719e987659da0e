/** Says so at once when Node is too old, before anything is loaded that an old Node cannot read. Imported first. */
const OLDEST = 20;

/** What is wrong with a version of Node, `v18.19.0`; undefined when it is new enough. */
export function nodeProblem(version: string): string | undefined {
  const major = Number(/^v?(\d+)/.exec(version)?.[1]);
  if (!(major < OLDEST)) return undefined;
  return `genesyscloud-compliance needs Node ${OLDEST} or later; this is Node ${version.replace(/^v/, '')} (${process.execPath}). Install a newer Node, or put it first on the PATH.`;
}

const problem = nodeProblem(process.version);
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
