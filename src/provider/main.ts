/**
 * The executable `terraform-provider-compliance`. Terraform starts it several times per command and waits for the
 * handshake each time, so only what shakes hands is loaded here; the provider comes while Terraform connects, and the two
 * SDKs with the first request. With `--debug` it waits for Terraform to be attached and prints what to set for that.
 */
import { writeSync } from 'node:fs';
import { serve } from '../framework';
import { silenceNode } from '../secrets';
import type * as Served from './served';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be loaded before the handshake
const served = (): typeof Served => require('./served') as typeof Served;

const refused = silenceNode(process);
if (refused === undefined) {
  void serve({
    factory: () => served().createServer(),
    prepare: () => void served(),
    address: 'terraform.local/genesyscloud/compliance',
    debug: process.argv.includes('--debug'),
  });
} else {
  // Terraform shows the first line on stdout where a provider does not start.
  writeSync(1, `genesyscloud-compliance: ${refused}\n`);
  process.exitCode = 1;
}
