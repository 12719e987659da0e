import type { Construct } from 'constructs';
import { ComplianceProvider as Binding, type ComplianceProviderConfig as BindingConfig } from './bindings/provider';
import { placeOf, type IHoldRegister } from './hold-register';

export interface ComplianceProviderConfig extends Omit<BindingConfig, 'register'> {
  /**
   * Where it is kept which matter needs which recordings: a HoldRegister, or its place as the provider takes it
   * (`s3://bucket/prefix`, or a folder). All machines that hold or release must use the same one.
   * @default GENESYSCLOUD_COMPLIANCE_REGISTER of the environment; else a folder of the user who applies
   */
  readonly register?: IHoldRegister | string;
}

/** The provider, under the local name `compliance`, so that the official one can stand beside it. */
export class ComplianceProvider extends Binding {
  constructor(scope: Construct, id: string, { register, ...config }: ComplianceProviderConfig = {}) {
    super(scope, id, { ...config, ...(register === undefined ? {} : { register: placeOf(register) }) });
  }
}
