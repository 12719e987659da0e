/** Puts the parts together: one world, two servers, and the controls. */
import { serveAws } from './aws/server';
import { DEFAULT_CLIENT } from './genesys/client';
import { releaseQuietly } from './genesys/compliance';
import { controlRoutes, type Controls } from './control/routes';
import { DataFolder } from './control/data-folder';
import { checkFault, Faults } from './control/faults';
import { genesysRoutes } from './genesys/routes';
import { serveGenesys } from './genesys/server';
import { listen, type Listener } from './http-server';
import { ACCOUNT_ID, ADMIN, REGION } from './aws/identity/account';
import { DEFAULT_INTEGRATION } from './genesys/integrations';
import { changeableSettings, settingsOf, type Settings, type SimulatorOptions } from './options';
import { changeQuietly } from './control/quiet-change';
import { RateLimit } from './genesys/rate-limit';
import { RequestLog, type LoggedAwsRequest, type LoggedRequest } from './control/request-log';
import { Router } from './genesys/router';
import { eraseRecordings, setDeleteDate, shownConversations, vanishConversations } from './control/recording-changes';
import { restoreSnapshot, takeSnapshot } from './control/snapshot';
import { stateOf } from './control/state';
import { World } from './world';

/** A running simulator. */
export interface Simulator extends Controls {
  /** `http://127.0.0.1:PORT`: API, token endpoint and control routes. */
  readonly url: string;
  /** `http://127.0.0.1:PORT`: S3, path-style; IAM, STS, KMS and S3 Control on the same port. */
  readonly s3Url: string;
  /** Environment variables with which terraform, this provider and the AWS SDK reach it. */
  readonly env: Readonly<Record<string, string>>;
  /** The S3 recording bulk actions integration. */
  readonly integrationId: string;
  /** The bucket of that integration. */
  readonly bucket: string;
  readonly organizationId: string;
  /** The AWS account that everything is in. */
  readonly accountId: string;
  /** Saves the state, closes both ports and cuts what is open. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts Genesys Cloud and S3 on the loopback interface. Ends with {@link Simulator.stop}, or with the process. Rejects
 * when a port is taken, an option makes no sense, or the saved state cannot be read.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = settingsOf(options);
  const instance = new Instance(settings);
  await instance.start();
  return instance;
}

class Instance implements Simulator {
  private world: World;
  private router: Router;
  private rateLimit: RateLimit;
  private readonly faults = new Faults();
  private readonly log: RequestLog<LoggedRequest>;
  private readonly awsLog = new RequestLog<LoggedAwsRequest>();
  private readonly folder: DataFolder | undefined;
  private listeners: readonly Listener[] = [];
  private stopped: Promise<void> | undefined;

  constructor(private readonly initial: Settings) {
    this.world = new World(initial, this.faults);
    if (initial.dataDir !== undefined) {
      this.folder = new DataFolder(initial.dataDir, () => takeSnapshot(this.world, this.folder as DataFolder));
    }
    const { folder } = this;
    this.log =
      folder === undefined
        ? new RequestLog()
        : new RequestLog(folder.loadRequests(), (request) => folder.addRequest(request));
    const saved = folder?.load() ?? null;
    if (saved === null) sowFirst(this.world);
    else restoreSnapshot(this.world, saved, this.folder as DataFolder);
    this.router = this.routerOf(this.world);
    this.rateLimit = rateLimitOf(this.world);
  }

  async start(): Promise<void> {
    const save = (): Promise<void> => this.folder?.save() ?? Promise.resolve();
    const genesys = await listen(this.initial.port, (request) =>
      serveGenesys(
        {
          world: this.world,
          router: this.router,
          rateLimit: this.rateLimit,
          faults: this.faults,
          log: this.log,
          save: request.method === 'GET' ? () => Promise.resolve() : save,
        },
        request,
      ),
    );
    this.listeners = [genesys];
    try {
      const s3 = await listen(this.initial.s3Port, (request) =>
        serveAws({ world: this.world, faults: this.faults, log: this.awsLog, save }, request),
      );
      this.listeners = [genesys, s3];
    } catch (error) {
      await genesys.close();
      throw error;
    }
    await save();
  }

  get url(): string {
    return `http://127.0.0.1:${this.portAt(0)}`;
  }

  get s3Url(): string {
    return `http://127.0.0.1:${this.portAt(1)}`;
  }

  get env(): Readonly<Record<string, string>> {
    return {
      GENESYSCLOUD_OAUTHCLIENT_ID: DEFAULT_CLIENT.id,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: DEFAULT_CLIENT.secret,
      GENESYSCLOUD_REGION: 'us-east-1',
      GENESYSCLOUD_GATEWAY_PROTOCOL: 'http',
      GENESYSCLOUD_GATEWAY_HOST: '127.0.0.1',
      GENESYSCLOUD_GATEWAY_PORT: String(this.portAt(0)),
      AWS_ACCESS_KEY_ID: ADMIN.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ADMIN.secretAccessKey,
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL_S3: this.s3Url,
      AWS_ENDPOINT_URL_S3_CONTROL: this.s3Url,
      AWS_ENDPOINT_URL_IAM: this.s3Url,
      AWS_ENDPOINT_URL_STS: this.s3Url,
      AWS_ENDPOINT_URL_KMS: this.s3Url,
      AWS_ENDPOINT_URL_CLOUDTRAIL: this.s3Url,
      TF_VAR_integration_id: this.integrationId,
      // For programs of cdktf, whose command takes TF_VAR_… out of their environment.
      GENESYSCLOUD_INTEGRATION_ID: this.integrationId,
      GENESYSCLOUD_ORGANIZATION_ID: this.organizationId,
      GENESYSCLOUD_COMPLIANCE_SIMULATOR: 'true',
    };
  }

  readonly integrationId = DEFAULT_INTEGRATION.id;
  readonly bucket = DEFAULT_INTEGRATION.bucket;
  readonly accountId = ACCOUNT_ID;

  get organizationId(): string {
    return this.initial.organizationId;
  }

  requests(): ReturnType<Controls['requests']> {
    return this.log.list();
  }

  s3Requests(): ReturnType<Controls['s3Requests']> {
    return this.awsLog.list().filter((request) => request.service === 's3');
  }

  awsRequests(): ReturnType<Controls['awsRequests']> {
    return this.awsLog.list();
  }

  state(): ReturnType<Controls['state']> {
    return stateOf(this.world);
  }

  addFault(fault: Parameters<Controls['addFault']>[0]): void {
    const checked = checkFault(fault);
    if (checked.failJob === undefined) this.faults.add(checked);
    else for (let n = 0; n < (checked.times ?? 1); n += 1) this.world.jobs.failures.push(checked.failJob);
  }

  clearFaults(): void {
    this.faults.clear();
    this.world.jobs.failures.length = 0;
  }

  seed(seed: Parameters<Controls['seed']>[0]): void {
    this.world.sow(seed);
  }

  advance(milliseconds: number): void {
    this.world.clock.advance(milliseconds);
    this.world.settle();
  }

  settings(): ReturnType<Controls['settings']> {
    return changeableSettings(this.world.settings);
  }

  configure(change: Parameters<Controls['configure']>[0]): void {
    this.world.configure(change);
    // The organization may have got the compliance API, or lost it.
    this.router = this.routerOf(this.world);
  }

  conversations(): ReturnType<Controls['conversations']> {
    return shownConversations(this.world);
  }

  setDeleteDate(...change: Parameters<Controls['setDeleteDate']>): number {
    return setDeleteDate(this.world, ...change);
  }

  erase(choice: Parameters<Controls['erase']>[0]): ReturnType<Controls['erase']> {
    return eraseRecordings(this.world, choice);
  }

  vanish(conversationIds: readonly string[]): number {
    return vanishConversations(this.world, conversationIds);
  }

  forgetJobs(ids?: readonly string[]): number {
    return this.world.jobs.forget(ids);
  }

  changeObjectsQuietly(change: Parameters<Controls['changeObjectsQuietly']>[0]): number {
    return changeQuietly(this.world.objects, change);
  }

  releaseQuietly(...release: Parameters<Controls['releaseQuietly']>): number {
    return releaseQuietly(this.world, ...release);
  }

  async reset(): Promise<void> {
    this.world = new World(this.initial, this.faults);
    sowFirst(this.world);
    this.router = this.routerOf(this.world);
    this.rateLimit = rateLimitOf(this.world);
    this.faults.clear();
    this.log.clear();
    this.folder?.clearRequests();
    this.awsLog.clear();
    await this.folder?.save();
  }

  stop(): Promise<void> {
    this.stopped ??= (async () => {
      await Promise.all(this.listeners.map((listener) => listener.close()));
      await this.folder?.save();
    })();
    return this.stopped;
  }

  private portAt(index: number): number {
    const listener = this.listeners[index];
    if (listener === undefined) throw new Error('the simulator is not started');
    return listener.port;
  }

  private routerOf(world: World): Router {
    return new Router([...controlRoutes(this), ...genesysRoutes(world)]);
  }
}

function sowFirst(world: World): void {
  const { seed } = world.settings;
  if (seed === 'default') world.sow({ estate: 'default' });
  else if (seed !== 'none') world.sow(seed);
}

function rateLimitOf(world: World): RateLimit {
  return new RateLimit(
    () => world.settings.rateLimitPerMinute,
    () => world.clock.now(),
  );
}
