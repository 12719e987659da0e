import { filesOf, requireOver } from './parts';

/** For a provider that lies in files: what its `require` becomes. */
export const over = (node: (id: string) => unknown, folder: string): ((id: string) => unknown) =>
  requireOver(node, filesOf(folder, process.env));
