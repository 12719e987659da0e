/** Runs the terraform program to look, and finds folders to look at. There is no way from here to an apply. */
export { cdktfFolders, duplicates, namedFolders, NoStacks } from './folders';
export { lookAtFolders, lookAtFolder, type Folder, type TerraformSettings } from './look-at-folders';
export { runProcess, type Ended, type ProcessOptions, type RunProcess } from './process';
export { readSynthesized } from './synthesized-stack';
