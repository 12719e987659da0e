import { createDeliveryProof } from '../aws';
import { createProviderServer } from '../framework';
import { createGenesys } from '../genesys';
import { liveSources } from './preflight/sources';
import { complianceProvider } from './provider';
import { VERSION } from './version';

/** Makes a server for one Terraform connection, with the process's environment and the real outside world. */
export const createServer = createProviderServer(
  complianceProvider({
    version: VERSION,
    env: process.env,
    now: () => new Date(),
    connect: createGenesys,
    deliveryProof: createDeliveryProof,
    liveSources: (config, withAws) => liveSources(config, withAws, process.env),
  }),
);
