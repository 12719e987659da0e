/**
 * The executable `terraform-provider-compliance`. Terraform starts it several times per command, so nothing heavy is
 * loaded here: both SDKs come with the first request. With `--debug` it waits for Terraform to be attached and prints
 * what to set for that.
 */
import { createDeliveryProof } from '../aws';
import { createProviderServer, serve } from '../framework';
import { createGenesys } from '../genesys';
import { complianceProvider } from './provider';
import { VERSION } from './version';

const provider = complianceProvider({
  version: VERSION,
  env: process.env,
  now: () => new Date(),
  connect: createGenesys,
  deliveryProof: createDeliveryProof,
});

void serve({
  factory: createProviderServer(provider),
  address: 'terraform.local/genesyscloud/compliance',
  debug: process.argv.includes('--debug'),
});
