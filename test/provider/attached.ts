import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDeliveryProof } from '../../src/aws';
import { createProviderServer, startServer } from '../../src/framework';
import { createGenesys, type DeliveryProof, type Genesys, type GenesysConfig } from '../../src/genesys';
import { complianceProvider, liveSources } from '../../src/provider';
import { openBucket, type BucketAccess, type Place } from '../../src/provider/bucket-access';
import type { Destination } from '../../src/provider/compliance';
import type { RegisterSurroundings } from '../../src/provider/register';
import { registersIn } from '../support/registers';
import { Workspace } from './workspace';

/** A provider in this process, and a workspace whose terraform talks to it. */
export interface Attached {
  readonly workspace: Workspace;
  /** The value of TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
  /** How the provider was told to reach Genesys Cloud, each time it was configured. */
  readonly configs: readonly GenesysConfig[];
  /** Where journals of object holds lie; removed with the workspace. */
  readonly journalFolder: string;
  close(): Promise<void>;
}

/** What the provider finds when nothing else is said: enough to be configured. */
export const CREDENTIALS = {
  GENESYSCLOUD_OAUTHCLIENT_ID: 'client',
  GENESYSCLOUD_OAUTHCLIENT_SECRET: 'very-secret-text',
  GENESYSCLOUD_REGION: 'us-east-1',
};

/** Starts one; without `genesys` it uses the real client and goes where `env` says. */
export async function attach(options: {
  readonly env?: Readonly<Record<string, string>>;
  readonly genesys?: Genesys;
  readonly now?: () => Date;
  readonly openBucket?: (place: Place) => BucketAccess;
  readonly deliveryProof?: (destination: Destination) => DeliveryProof;
  /** Where this machine's register is. @default one in memory, of its own */
  readonly registers?: RegisterSurroundings;
}): Promise<Attached> {
  const configs: GenesysConfig[] = [];
  const journalFolder = mkdtempSync(join(tmpdir(), 'gcc-journals-'));
  const provider = complianceProvider({
    version: '0.0.0-test',
    env: options.env ?? CREDENTIALS,
    now: options.now ?? (() => new Date()),
    connect: (config) => {
      configs.push(config);
      // Terraform configures a provider in a new process each time, which connects again.
      return options.genesys === undefined ? createGenesys(config) : (Object.create(options.genesys) as Genesys);
    },
    deliveryProof: options.deliveryProof ?? createDeliveryProof,
    liveSources: (config, reach) => liveSources(config, reach, {}),
    openBucket: options.openBucket ?? openBucket,
    journalFolder,
    registers: options.registers ?? registersIn(),
  });
  const server = await startServer(createProviderServer(provider), {
    address: 'terraform.local/genesyscloud/compliance',
  });
  const workspace = Workspace.attached(server.reattach);
  return {
    workspace,
    reattach: server.reattach,
    configs,
    journalFolder,
    close: async () => {
      await server.close();
      workspace.remove();
      rmSync(journalFolder, { recursive: true, force: true });
    },
  };
}
