import { Token, TerraformStack, type TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import { ComplianceProvider } from './bindings/provider';
import { errors } from './errors';

/** What is read of a provider; its class may be of another copy of this package. */
type ProviderLike = Partial<Pick<ComplianceProvider, 'alias' | 'registerInput' | 'terraformResourceType'>>;

/**
 * Has synthesis fail when the provider of a construct does not use this register.
 * @param chosen The provider that the construct was given; undefined: the default one of its stack.
 */
export function checkRegister(construct: IConstruct, chosen: TerraformProvider | undefined, place: string): void {
  construct.node.addValidation({
    validate: () => {
      const used = (chosen ?? defaultProvider(construct)) as ProviderLike | undefined;
      const given = used?.registerInput;
      if (given === place || Token.isUnresolved(given) || Token.isUnresolved(place)) return [];
      return [errors.registerDiffers(construct.node.path, place, given).message];
    },
  });
}

function defaultProvider(construct: IConstruct): ProviderLike | undefined {
  const isDefault = ({ terraformResourceType: type, alias }: ProviderLike): boolean =>
    type === ComplianceProvider.tfResourceType && alias === undefined;
  return TerraformStack.of(construct).node.children.find((child) => isDefault(child as ProviderLike)) as
    ProviderLike | undefined;
}
