import { existsSync } from 'node:fs';
import { cdktfFolders, duplicates, namedFolders, NoStacks, type Folder } from '../terraform';
import { CommandError, valuesOf, type GivenOptions, type OptionSpec } from './command';

/** Options that name stacks, for the commands that look at several. */
export const STACK_OPTIONS: readonly OptionSpec[] = [
  { name: 'dir', value: 'DIR', repeated: true, description: 'a folder with a Terraform configuration' },
  { name: 'cdktf-out', value: 'DIR', repeated: true, description: 'an output folder of cdktf synth: all its stacks' },
  { name: 'terraform', value: 'PROGRAM', description: 'the executable, such as tofu', default: 'terraform' },
];

/** The stacks that the options name, each with a name of its own. Throws a CommandError. */
export async function stackFolders(options: GivenOptions): Promise<readonly Folder[]> {
  const folders = [...namedFolders(valuesOf(options, 'dir'))];
  const outs = valuesOf(options, 'cdktf-out');
  for (const out of outs) {
    if (!existsSync(out))
      throw new CommandError(`There is no folder ${out}. Run "cdktf synth" first, and name its output folder.`);
    const stacks = await cdktfFolders(out).catch((error: unknown) => {
      throw error instanceof NoStacks ? new CommandError(error.message) : error;
    });
    // The stack's name alone where it can only mean one.
    folders.push(...stacks.map((stack) => (outs.length === 1 ? stack : { ...stack, name: `${out}/${stack.name}` })));
  }
  const twice = duplicates(folders.map(({ name }) => name));
  if (twice.length > 0) throw new CommandError(`${twice.join(', ')}: named twice. Name each stack once.`);
  return folders;
}
