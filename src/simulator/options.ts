/** How a simulator is set up. Everything has a default that suits trying things out by hand; tests set small times. */
import type { ConditionalWrites } from './aws/s3/preconditions';
import { checkTrail, type TrailSettings } from './aws/trail/trail-settings';
import { checkRetention, NO_RETENTION, type RetentionRules } from './genesys/retention-rules';
import type { Seed } from './control/seed-input';

export interface SimulatorOptions {
  /** Port of the Genesys Cloud API. @default 0, a free one */
  readonly port?: number;
  /** Port of S3. @default 0, a free one */
  readonly s3Port?: number;
  /** Keeps the state in this folder, so that a restart loses nothing. @default state dies with the process */
  readonly dataDir?: string;
  /** The organization has `/api/v2/compliance/legalholds`. @default false, as the public API */
  readonly complianceApi?: boolean;
  /** Reference ids that the compliance API takes. @default `^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$` */
  readonly referenceIdPattern?: RegExp;
  /** Requests a minute and token. @default 300 */
  readonly rateLimitPerMinute?: number;
  /** Conversations that deletion protection can hold. @default 1000 */
  readonly protectedLimit?: number;
  /** How long a recording job is PENDING. @default 1000 */
  readonly pendingMs?: number;
  /** How long a recording job is PROCESSING. @default 1500 */
  readonly processingMs?: number;
  /** From FULFILLED (or the action date) until the last file of a job is in S3; the others arrive earlier. @default 2000 */
  readonly exportDelayMs?: number;
  /** How long a job of S3 Batch Operations stays in each state on its way. @default 200 */
  readonly batchStateMs?: number;
  /** Tasks that a job of S3 Batch Operations does in a second. @default 5000 */
  readonly batchTasksPerSecond?: number;
  /**
   * Whether S3 looks at `If-None-Match` and `If-Match` of a write; Ceph 16 does not in a bucket with versioning.
   * @default `honored`
   */
  readonly conditionalWrites?: ConditionalWrites;
  /** From a GDPR request for erasure until it is carried out. @default a day */
  readonly erasureDelayMs?: number;
  /** Log files of CloudTrail in a bucket, with the changes of objects, which `LookupEvents` never has. @default none */
  readonly trail?: TrailSettings | null;
  /** From a request until `LookupEvents` knows of it; AWS says up to 15 minutes. @default 0 */
  readonly trailLookupDelayMs?: number;
  /** @default 2, as AWS */
  readonly trailLookupsPerSecond?: number;
  /** Life time of an access token. @default 86400 */
  readonly tokenLifetimeSeconds?: number;
  /**
   * What the organization holds at the start. `default`: conversations of January 2026, SMS numbers and trunks; `none`:
   * organization, client, integration and bucket only; else exactly what is given. @default `default`
   */
  readonly seed?: 'default' | 'none' | Seed;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /** @default a fixed UUID */
  readonly organizationId?: string;
  /** @default `Simulated Organization` */
  readonly organizationName?: string;
  /** When recordings are deleted. @default never */
  readonly retention?: Partial<RetentionRules>;
}

export type Settings = Required<Omit<SimulatorOptions, 'dataDir' | 'retention'>> & {
  readonly dataDir: string | undefined;
  readonly retention: RetentionRules;
};

/** What can be changed while it runs; everything is kept over a restart. */
const CHANGEABLE = [
  'complianceApi',
  'rateLimitPerMinute',
  'protectedLimit',
  'pendingMs',
  'processingMs',
  'exportDelayMs',
  'batchStateMs',
  'batchTasksPerSecond',
  'conditionalWrites',
  'erasureDelayMs',
  'trail',
  'trailLookupDelayMs',
  'trailLookupsPerSecond',
  'tokenLifetimeSeconds',
  'organizationName',
  'retention',
] as const satisfies readonly (keyof SimulatorOptions)[];

export type SettingsChange = Pick<SimulatorOptions, (typeof CHANGEABLE)[number]>;

/** The settings that can be changed, as they are. */
export function changeableSettings(settings: Settings): Required<SettingsChange> {
  return Object.fromEntries(CHANGEABLE.map((name) => [name, settings[name]])) as unknown as Required<SettingsChange>;
}

/** The settings after a change; of `retention` too, what is not named stays. Throws a RangeError for values that make no sense. */
export function changedSettings(settings: Settings, change: SettingsChange): Settings {
  const unknown = Object.keys(change).filter((name) => !(CHANGEABLE as readonly string[]).includes(name));
  if (unknown.length > 0) {
    throw new RangeError(`settings: unknown field ${unknown.join(', ')}; there is ${CHANGEABLE.join(', ')}`);
  }
  const { dataDir, ...rest } = settings;
  const retention = { ...settings.retention, ...change.retention };
  checkRetention(retention, settings.retention);
  const data = dataDir === undefined ? {} : { dataDir };
  return settingsOf({ ...rest, ...data, ...change, retention });
}

export const DEFAULT_ORGANIZATION_ID = '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';

/** The options with their defaults. Throws a RangeError for values that make no sense. */
export function settingsOf(options: SimulatorOptions): Settings {
  const settings: Settings = {
    port: options.port ?? 0,
    s3Port: options.s3Port ?? 0,
    dataDir: options.dataDir,
    complianceApi: options.complianceApi ?? false,
    referenceIdPattern: options.referenceIdPattern ?? /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
    rateLimitPerMinute: options.rateLimitPerMinute ?? 300,
    protectedLimit: options.protectedLimit ?? 1000,
    pendingMs: options.pendingMs ?? 1000,
    processingMs: options.processingMs ?? 1500,
    exportDelayMs: options.exportDelayMs ?? 2000,
    batchStateMs: options.batchStateMs ?? 200,
    batchTasksPerSecond: options.batchTasksPerSecond ?? 5000,
    conditionalWrites: options.conditionalWrites ?? 'honored',
    erasureDelayMs: options.erasureDelayMs ?? 86_400_000,
    trail: options.trail ?? null,
    trailLookupDelayMs: options.trailLookupDelayMs ?? 0,
    trailLookupsPerSecond: options.trailLookupsPerSecond ?? 2,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 86_400,
    seed: options.seed ?? 'default',
    now: options.now ?? Date.now,
    organizationId: options.organizationId ?? DEFAULT_ORGANIZATION_ID,
    organizationName: options.organizationName ?? 'Simulated Organization',
    retention: { ...NO_RETENTION, ...options.retention },
  };
  checkRetention(settings.retention);
  checkTrail(settings.trail);
  if (typeof settings.complianceApi !== 'boolean') throw new RangeError('complianceApi is true or false');
  if (typeof settings.organizationName !== 'string') throw new RangeError('organizationName is a text');
  for (const name of ['rateLimitPerMinute', 'protectedLimit', 'tokenLifetimeSeconds', 'batchTasksPerSecond'] as const) {
    if (!(settings[name] >= 0)) throw new RangeError(`${name} is ${settings[name]}: expected a number from 0`);
  }
  for (const name of [
    'pendingMs',
    'processingMs',
    'exportDelayMs',
    'batchStateMs',
    'erasureDelayMs',
    'trailLookupDelayMs',
  ] as const) {
    if (!(settings[name] >= 0)) throw new RangeError(`${name} is ${settings[name]}: expected milliseconds from 0`);
  }
  if (!['honored', 'ignored-when-versioned'].includes(settings.conditionalWrites)) {
    throw new RangeError(
      `conditionalWrites is ${settings.conditionalWrites}: expected "honored" or "ignored-when-versioned"`,
    );
  }
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(settings.organizationId)) {
    throw new RangeError(`organizationId is ${settings.organizationId}: expected a UUID in lower case`);
  }
  return settings;
}
