import type { AwsReach } from './preflight/sources';
import type { LiveSources } from '../collect/live';
import type { Bounds, DeliveryProof, Genesys, GenesysConfig, HoldApiName } from '../genesys';
import type { BucketAccess, Place } from './bucket-access';
import type { Predecessor } from './export-job/succession';
import type { ExportedSets } from './exported-sets';
import type { RegisterSurroundings, SharedRegister } from './register';
import type { Environment } from './sources';

/** Where exported files are looked for, as `destination` of an export job says. */
export interface Destination {
  readonly bucket: string;
  readonly prefix?: string;
  readonly region?: string;
  readonly endpoint?: string;
}

/** The outside world, passed in so that tests can bring their own. */
export interface ProviderDependencies {
  readonly version: string;
  readonly env: Environment;
  readonly now: () => Date;
  /** Sends nothing before the first call. */
  readonly connect: (config: GenesysConfig) => Genesys;
  readonly deliveryProof: (destination: Destination) => DeliveryProof;
  /** Whom the live rules ask; AWS only when told how. Sends nothing before the first call. */
  readonly liveSources: (config: GenesysConfig, reach: AwsReach | undefined) => Promise<LiveSources>;
  /** Sends nothing before the first call. */
  readonly openBucket: (place: Place) => BucketAccess;
  /** Where the journals of object holds lie that name no folder of their own. */
  readonly journalFolder: string;
  readonly registers: RegisterSurroundings;
}

/** What every resource works with: one organization, and how the provider block says to treat it. */
export interface Compliance {
  readonly genesys: Genesys;
  readonly holdApi: HoldApiName | 'auto';
  /** Reference ids must match this as a whole. */
  readonly externalReferenceIdPattern: string;
  /** Exports that were just destroyed to be made again, by scope. */
  readonly predecessors: Map<string, Predecessor>;
  /** What exports of this run cover, by export id: filled by the export, read by holds. */
  readonly exportedSets: ExportedSets;
  readonly now: () => Date;
  /** What the looks of one resource may cost in a refresh; null: everything is looked at. */
  readonly lookBounds: Bounds | null;
  readonly deliveryProof: (destination: Destination) => DeliveryProof;
  /** Whom the live rules ask; AWS only when told how. */
  readonly preflight: (reach: AwsReach | undefined) => Promise<LiveSources>;
  readonly openBucket: (place: Place) => BucketAccess;
  readonly journalFolder: string;
  /** Which matter needs what. */
  readonly register: SharedRegister;
  /** Journals in use, by path: a second user of one waits for the first. */
  readonly journals: Map<string, Promise<unknown>>;
}
