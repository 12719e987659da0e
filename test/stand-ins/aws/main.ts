/** The executable of the stand-in for hashicorp/aws. */
import { createProviderServer, serve } from '../../../src/framework';
import { connectAws } from './clients';
import { standInAws } from './provider';

void serve({
  factory: createProviderServer(standInAws(connectAws)),
  address: 'registry.terraform.io/hashicorp/aws',
  debug: process.argv.includes('--debug'),
});
