import { homedir } from 'node:os';
import { createDeliveryProof } from '../aws';
import { createProviderServer } from '../framework';
import { createGenesys } from '../genesys';
import { openBucket } from './bucket-access';
import { defaultJournalFolder, defaultRegisterFolder } from './journal-folder';
import { liveSources } from './preflight/sources';
import { complianceProvider } from './provider';
import { registerSurroundings } from './register-surroundings';
import { VERSION } from './version';

// The AWS SDK tells of Node versions that it will drop. Who runs Terraform cannot act on that, and it is no log line of
// ours. Source: AWS SDK for JavaScript v3, @aws-sdk/core/client, emitWarningIfUnsupportedVersion.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const makeServer = createProviderServer(
  complianceProvider({
    version: VERSION,
    env: process.env,
    now: () => new Date(),
    connect: createGenesys,
    deliveryProof: createDeliveryProof,
    liveSources: (config, reach) => liveSources(config, reach, process.env),
    openBucket,
    journalFolder: defaultJournalFolder(process.env, process.platform, homeFolder()),
    registers: registerSurroundings(defaultRegisterFolder(process.env, process.platform, homeFolder())),
  }),
);

let planned = false;

/** Makes a server for one Terraform connection, with the process's environment and the real outside world. */
export const createServer: typeof makeServer = () => {
  const server = makeServer();
  return {
    ...server,
    PlanResourceChange: (...call) => {
      planned = true;
      return server.PlanResourceChange(...call);
    },
  };
};

/** Whether this process has planned: what is compiled by then is what a plan needs. Asked by scripts/launch/parts.ts. */
export function hasPlanned(): boolean {
  return planned;
}

/** In a container whose user has no name, and without HOME, the system knows no home folder: then it is the root, as for daemons. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '/';
  }
}
