/**
 * The executable `terraform-provider-compliance`. Terraform starts it several times per command and waits for the
 * handshake each time, so only what shakes hands is loaded here; the provider comes while Terraform connects, and the two
 * SDKs with the first request. With `--debug` it waits for Terraform to be attached and prints what to set for that.
 */
import { serve } from '../framework';
import type * as Served from './served';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be loaded before the handshake
const served = (): typeof Served => require('./served') as typeof Served;

void serve({
  factory: () => served().createServer(),
  prepare: () => void served(),
  address: 'terraform.local/genesyscloud/compliance',
  debug: process.argv.includes('--debug'),
});
