import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { errors } from './errors';

/** The construct that reports for a stack: one says it, not each of its neighbours. */
const reporters = new WeakMap<IConstruct, IConstruct>();

/**
 * What is wrong where another stack of the app has this stack's id, which is allowed as long as their scopes differ: cdktf
 * names the folder of a stack by its id alone (manifest.ts, `forStack`), and the last one written stays.
 */
export function sharedStackId(construct: IConstruct): string[] {
  const stack = construct.node.scopes.find((scope) => TerraformStack.isStack(scope));
  if (stack === undefined) return [];
  if (!reporters.has(stack)) reporters.set(stack, construct);
  if (reporters.get(stack) !== construct) return [];
  const twin = construct.node.root.node
    .findAll()
    .find((other) => other !== stack && TerraformStack.isStack(other) && other.node.id === stack.node.id);
  return twin === undefined ? [] : [errors.stackIdIsTaken(stack.node.path, twin.node.path, stack.node.id).message];
}
