/** The AWS partition that a construct's ARNs are of: `aws`, `aws-us-gov` or `aws-cn`. */
import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { partitionOf } from '../words';

/** What is read of a provider; its class may be of another copy of cdktf. */
interface ProviderLike {
  readonly terraformResourceType?: unknown;
  readonly terraformProviderSource?: unknown;
  readonly alias?: unknown;
  readonly region?: unknown;
}

/**
 * That of the region of the stack's AWS provider, where it is made before and its region is a literal; undefined where nothing
 * says so. A provider with an alias serves what names it, and says nothing of the rest.
 */
export function partitionOfStack(scope: IConstruct): string | undefined {
  for (const child of TerraformStack.of(scope).node.children) {
    const { terraformResourceType: type, terraformProviderSource: source, alias, region } = child as ProviderLike;
    if (type !== 'aws' || typeof source !== 'string' || alias !== undefined) continue;
    if (typeof region === 'string' && /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(region)) return partitionOf(region);
  }
  return undefined;
}

/** Has synthesis fail when the stack's AWS provider turns out to be of another partition: AWS would refuse each policy. */
export function checkPartition(construct: IConstruct, used: string): void {
  construct.node.addValidation({
    validate: () => {
      const partition = partitionOfStack(construct);
      if (partition === undefined || partition === used) return [];
      return [
        `The ARNs and policies of this construct begin with "arn:${used}:", but the AWS provider of its stack is in the partition ${partition}, where AWS refuses them. ` +
          `Make the AwsProvider before this construct, or give partition: '${partition}'.`,
      ];
    },
  });
}
