import { TerraformStack, Token } from 'cdktf';
import type { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { errors } from './errors';

/** Address -> path of the construct that has it, per stack. Registered: an app may hold two copies of this package. */
const TAKEN = Symbol.for('genesyscloud-compliance/taken-addresses');

type Taken = Map<string, string>;

/**
 * The name that a construct's resources get in Terraform, from its own id alone. The framework's own names are made
 * from the whole path, so wrapping or moving a construct would give its hold another address, which Terraform reads as
 * "destroy the old one". `prevent_destroy` does not help: it goes away together with the block.
 */
export function stableLogicalId(path: string, id: string, wanted: string | undefined): string {
  if (wanted !== undefined) {
    if (Token.isUnresolved(wanted) || !/^[A-Za-z_][\w-]*$/.test(wanted))
      throw errors.logicalIdIsMalformed(path, wanted);
    return wanted;
  }
  const name = id.replace(/[^A-Za-z0-9_-]+/g, '_');
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}

/** Gives a resource its address; throws when another one of the same stack has it. */
export function pinAddress(owner: Construct, resource: TerraformResource, logicalId: string): void {
  const address = `${resource.terraformResourceType}.${logicalId}`;
  const taken = takenIn(TerraformStack.of(owner));
  const holder = taken.get(address);
  if (holder !== undefined) throw errors.addressIsTaken(owner.node.path, address, holder);
  taken.set(address, owner.node.path);
  resource.overrideLogicalId(logicalId);
}

function takenIn(stack: IConstruct): Taken {
  const holder = stack as { [TAKEN]?: Taken };
  return (holder[TAKEN] ??= new Map());
}
