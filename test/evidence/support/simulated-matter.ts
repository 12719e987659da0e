import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { applyObjectHold, createObjectContents, createS3ObjectStore, openJournal } from '../../../src/aws';
import { ConversationSet } from '../../../src/conversations';
import { createGenesys, ProcessState, type Genesys, type HoldApiName } from '../../../src/genesys';
import { openRegister, type Register } from '../../../src/register';
import { startSimulator, type SeedConversation, type Simulator } from '../../../src/simulator';
import { fastClock, never, seeded } from '../../genesys/helpers';
import { FakeConversations } from '../../register/support/fake-bits';

export const MATTER = 'MATTER-2026-0017';
const JANUARY = '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z';

/** A matter whose conversations were exported, claimed and held by the real parts, against the simulator. */
export class SimulatedMatter {
  readonly genesys: Genesys;
  readonly registerFolder: string;
  jobIds: readonly string[] = [];

  private constructor(
    readonly simulator: Simulator,
    private readonly clock: ReturnType<typeof fastClock>,
    readonly folder: string,
    private readonly s3: S3Client,
    private readonly holdApi: HoldApiName,
  ) {
    const { port } = new URL(simulator.url);
    this.registerFolder = join(folder, 'register');
    this.genesys = createGenesys(
      {
        clientId: simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'] ?? '',
        clientSecret: simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '',
        region: 'us-east-1',
        gateway: { protocol: 'http', host: '127.0.0.1', port: Number(port) },
        requestsPerMinute: 300,
        retryTimeoutMs: 300_000,
        holdApi,
      },
      { clock, random: seeded(), state: new ProcessState() },
    );
  }

  /** Exports, claims and holds these conversations of January 2026, files included. */
  static async start(
    conversations: readonly SeedConversation[],
    holdApi: HoldApiName = 'deletion_protection',
  ): Promise<SimulatedMatter> {
    const clock = fastClock(20);
    const simulator = await startSimulator({
      now: clock.now,
      complianceApi: holdApi === 'compliance',
      seed: { conversations, buckets: [{ name: 'genesys-recordings', objectLock: true }] },
    });
    const s3 = new S3Client({
      endpoint: simulator.s3Url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: {
        accessKeyId: simulator.env['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: simulator.env['AWS_SECRET_ACCESS_KEY'] ?? '',
      },
    });
    const matter = new SimulatedMatter(simulator, clock, mkdtempSync(join(tmpdir(), 'matter-')), s3, holdApi);
    try {
      await matter.export();
      await matter.hold(ConversationSet.of(simulator.conversations().map(({ id }) => id)));
      await matter.holdFiles();
    } catch (error) {
      await matter.stop();
      throw error;
    }
    return matter;
  }

  async stop(): Promise<void> {
    this.s3.destroy();
    await this.simulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  register(): Promise<Register> {
    return openRegister(
      {
        address: this.registerFolder,
        s3: () => Promise.resolve(this.s3),
        clock: { ...this.clock, monotonic: this.clock.now },
        random: seeded(),
        actor: 'ann@laptop',
      },
      never,
    );
  }

  readerOf = (bucket: string) => ({
    store: createS3ObjectStore({ bucket, client: () => Promise.resolve(this.s3) }),
    contents: createObjectContents(bucket, () => Promise.resolve(this.s3)),
  });

  private async export(): Promise<void> {
    const spec = {
      integrationId: this.simulator.integrationId,
      scope: { interval: JANUARY, mediaTypes: [], messageTypes: [] },
      includeScreenRecordings: false,
      includeRecordingsWithSensitiveData: false,
      includeMetadata: false,
    };
    const { batches } = await this.genesys.exports.run(spec, [], { waitFor: 'fulfilled', signal: never });
    this.jobIds = batches.flatMap(({ jobId }) => jobId ?? []);
    // Until the last file is in S3.
    this.simulator.advance(60_000);
  }

  private async hold(ids: ConversationSet): Promise<void> {
    const api = this.genesys.holds.api(this.holdApi);
    const { holdId } = await api.protect({ name: 'Acme v. Example' }, null, ids, never);
    const key = {
      organization: this.simulator.organizationId,
      resourceType: 'genesyscloud_compliance_legalhold',
      holdApi: this.holdApi,
      matter: MATTER,
      name: 'Acme v. Example',
    };
    const register = await this.register();
    const { reference } = await register.claimConversations({ key, ids }, new FakeConversations(), never);
    if (holdId !== null) await register.knownAs(reference, holdId, never);
  }

  private async holdFiles(): Promise<void> {
    const { bucket } = this.simulator;
    const register = await this.register();
    const key = {
      organization: this.simulator.organizationId,
      resourceType: 'genesyscloud_compliance_object_hold',
      holdApi: 's3',
      matter: MATTER,
      name: 'Files',
    };
    const { claim, setting } = await register.claimFiles({ key, files: { bucket, prefix: '' } }, never);
    const path = join(this.folder, 'journal.jsonl');
    const journal = await openJournal(path, this.clock);
    const request = { bucket, prefixes: [''], tags: new Map([['matter', MATTER]]), legalHold: true };
    const { store } = this.readerOf(bucket);
    const result = await applyObjectHold(request, { store, journal, clock: this.clock }, never);
    await journal.close();
    await register.journal(claim.id).append(readFileSync(path), never);
    await setting.finish(result.versions, never);
  }
}
